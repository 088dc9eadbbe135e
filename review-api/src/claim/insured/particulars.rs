//! What is typed about an insured person, checked field by field.

use super::{Insured, fold};
use crate::claim::error::Refusal;
use crate::claim::text::{ascii_digits, fold_number, line};
use crate::i18n::{GREGORIAN_YEARS, JALALI_YEARS, msg, parse_day};
use crate::policies::Standing;
use crate::store::calendar::is_day;
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId};

/// Letters of a nationality's code (ISO 3166 alpha-3).
const NATIONALITY_LETTERS: usize = 3;
/// Letters of a name, signs of a number, digits of a telephone number at most.
const NAME_CHARS: usize = 120;
const NUMBER_CHARS: usize = 60;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Words for the sex.
pub const SEXES: [&str; 2] = ["female", "male"];
/// What a dependant may be to the head.
pub const KINSHIPS: [&str; 5] = ["spouse", "child", "parent", "sibling", "other"];

/// A person as typed.
#[derive(Clone, Debug, Default)]
pub struct NewInsured {
    /// Full name as on the policy; given and family name take its place where both are there.
    pub name: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The father's name.
    pub father_name: String,
    /// Word of [`SEXES`], or nothing.
    pub sex: String,
    /// Telephone number.
    pub phone: String,
    /// Nationality, ISO 3166 alpha-3.
    pub nationality: String,
    /// Passport or other document number; a child without a paper stands on the head's.
    pub document_number: String,
    /// Day of birth, ISO.
    pub birth: Option<String>,
    /// Year of birth, where the day is not known.
    pub birth_year: Option<i64>,
    /// The calendar in which the birth was typed.
    pub birth_calendar: Option<&'static str>,
    /// Number of the policy.
    pub policy_number: Option<String>,
    /// First day of cover, ISO.
    pub cover_from: Option<String>,
    /// Last day of cover, ISO.
    pub cover_to: Option<String>,
    /// The head of the household, for a dependant.
    pub head: Option<InsuredId>,
    /// Word of [`KINSHIPS`], for a dependant.
    pub kinship: String,
}

/// A birth as people know theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The day, ISO, where it is known.
    pub day: Option<String>,
    /// The year in the calendar, where only that is known.
    pub year: Option<i64>,
    /// `jalali` or `gregorian`.
    pub calendar: &'static str,
}

/// A typed birth: a day in either calendar, or a year alone. `None` when it is neither.
#[must_use]
pub fn parse_birth(typed: &str) -> Option<Birth> {
    let ascii = ascii_digits(typed.trim());
    let year: i32 = ascii.split(['/', '-', '.']).next()?.trim().parse().ok()?;
    let calendar = match year {
        year if JALALI_YEARS.contains(&year) => "jalali",
        year if GREGORIAN_YEARS.contains(&year) => "gregorian",
        _ => return None,
    };
    if ascii.chars().all(|c| c.is_ascii_digit()) {
        return Some(Birth { day: None, year: Some(i64::from(year)), calendar });
    }
    parse_day(&ascii).map(|day| Birth { day: Some(day), year: None, calendar })
}

/// A person whose fields are all fit to keep.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) key: String,
    pub(super) document_number: String,
    pub(super) policy_number: Option<String>,
    name: String,
    given_name: String,
    family_name: String,
    father_name: String,
    sex: Option<String>,
    phone: String,
    nationality: String,
    birth: Option<String>,
    birth_year: Option<i64>,
    birth_calendar: Option<String>,
    cover_from: Option<String>,
    cover_to: Option<String>,
    head: Option<InsuredId>,
    kinship: Option<String>,
}

impl Checked {
    pub(super) fn into_row(self, id: InsuredId, office: OfficeId, now: UnixMs) -> Insured {
        Insured {
            id,
            office,
            name: self.name,
            given_name: self.given_name,
            family_name: self.family_name,
            father_name: self.father_name,
            sex: self.sex,
            phone: self.phone,
            nationality: self.nationality,
            document_number: self.document_number,
            birth: self.birth,
            birth_year: self.birth_year,
            birth_calendar: self.birth_calendar,
            head: self.head,
            kinship: self.kinship,
            revision: 1,
            policy_number: self.policy_number,
            cover_from: self.cover_from,
            cover_to: self.cover_to,
            standing: Standing::Unchecked,
            answered_at: None,
            dependants: 0,
            registered_at: now,
            deleted_at: None,
        }
    }
}

/// Names are letters with the few signs that stand in them; no digits, no pictures, no marks of a program.
fn is_name(text: &str) -> bool {
    let sign = |c: char| {
        c.is_alphabetic()
            || matches!(c, ' ' | '\u{200c}' | '\u{200d}' | '-' | '\'' | '’' | '.' | '\u{64b}'..='\u{655}' | '\u{670}')
    };
    text.chars().any(char::is_alphabetic) && text.chars().all(sign)
}

fn name(field: &'static str, typed: &str) -> Result<String, Refusal> {
    let Some(name) = line(field, typed)? else { return Ok(String::new()) };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME_CHARS {
        return Err(Refusal::TextTooLong(field));
    }
    if is_name(&name) { Ok(name) } else { Err(Refusal::typed(field, msg("refusal-name-signs"))) }
}

fn number(field: &'static str, typed: &str) -> Result<Option<String>, Refusal> {
    let Some(number) = line(field, typed)? else { return Ok(None) };
    if number.chars().count() > NUMBER_CHARS {
        return Err(Refusal::TextTooLong(field));
    }
    let fits = |c: char| c.is_alphanumeric() || c.is_whitespace() || "/\\-_.()،".contains(c) || c == '\u{2044}';
    if number.chars().all(fits) { Ok(Some(number)) } else { Err(Refusal::typed(field, msg("refusal-number-signs"))) }
}

fn phone(typed: &str) -> Result<String, Refusal> {
    let Some(text) = line("phone", typed)? else { return Ok(String::new()) };
    let ascii = ascii_digits(&text);
    let kept: String = ascii.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let fits = PHONE_DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(kept) } else { Err(Refusal::typed("phone", msg("refusal-phone"))) }
}

fn word(field: &'static str, typed: &str, known: &[&str], key: &'static str) -> Result<Option<String>, Refusal> {
    match typed.trim() {
        "" => Ok(None),
        word if known.contains(&word) => Ok(Some(word.to_owned())),
        _ => Err(Refusal::typed(field, key)),
    }
}

fn day(field: &'static str, typed: Option<&str>) -> Result<Option<String>, Refusal> {
    match typed.map(str::trim).filter(|text| !text.is_empty()) {
        Some(day) if is_day(day) => Ok(Some(day.to_owned())),
        Some(_) => Err(Refusal::BadDate(field)),
        None => Ok(None),
    }
}

/// Checks what was typed; `head` is there for a dependant, `today` is an ISO day.
pub(super) fn checked(new: &NewInsured, head: Option<&Insured>, today: &str) -> Result<Checked, Refusal> {
    let (given_name, family_name) = (name("given_name", &new.given_name)?, name("family_name", &new.family_name)?);
    let full = if given_name.is_empty() && family_name.is_empty() {
        name("name", &new.name)?
    } else {
        format!("{given_name} {family_name}").trim().to_owned()
    };
    if full.is_empty() {
        return Err(Refusal::NameMissing);
    }
    let birth = day("birth", new.birth.as_deref())?;
    if birth.as_deref().is_some_and(|birth| birth > today) {
        return Err(Refusal::BadDate("birth"));
    }
    let own = number("document_number", &new.document_number)?;
    let own_key = own.as_deref().map(fold_number).filter(|key| !key.is_empty());
    let (document_number, key) = match (own, own_key, head) {
        (Some(number), Some(key), _) => (number, key),
        // A minor may stand on the head's paper: then name and birth tell the household apart.
        (None, None, Some(head)) => {
            let born = birth.clone().or_else(|| new.birth_year.map(|year| year.to_string()));
            let born = born.ok_or_else(|| Refusal::typed("birth", msg("refusal-birth-missing")))?;
            let head_key = fold_number(&head.document_number);
            (head.document_number.clone(), format!("{head_key}+{born}+{}", fold(&full).replace(' ', "")))
        }
        _ => return Err(Refusal::DocumentNumberMissing),
    };
    let nationality = new.nationality.trim().to_ascii_uppercase();
    if nationality.len() != NATIONALITY_LETTERS || !nationality.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Refusal::BadNationality);
    }
    let kinship = word("kinship", &new.kinship, &KINSHIPS, msg("refusal-kinship"))?;
    if head.is_some() && kinship.is_none() {
        return Err(Refusal::typed("kinship", msg("refusal-kinship")));
    }
    let (cover_from, cover_to) =
        (day("cover_from", new.cover_from.as_deref())?, day("cover_to", new.cover_to.as_deref())?);
    if cover_from.is_some() && cover_to.is_some() && cover_from > cover_to {
        return Err(Refusal::typed("cover_to", msg("refusal-cover-order")));
    }
    Ok(Checked {
        key,
        document_number,
        policy_number: number("policy_number", new.policy_number.as_deref().unwrap_or_default())?,
        name: full,
        given_name,
        family_name,
        father_name: name("father_name", &new.father_name)?,
        sex: word("sex", &new.sex, &SEXES, msg("refusal-sex"))?,
        phone: phone(&new.phone)?,
        nationality,
        birth,
        birth_year: new.birth_year,
        birth_calendar: new.birth_calendar.map(str::to_owned),
        cover_from,
        cover_to,
        head: head.map(|head| head.id.clone()),
        kinship: kinship.filter(|_| head.is_some()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn births_are_days_of_either_calendar_or_years() {
        let day = |typed: &str| parse_birth(typed).and_then(|birth| birth.day.map(|day| (day, birth.calendar)));
        assert_eq!(day("۱۳۷۸/۰۵/۱۷"), Some(("1999-08-08".to_owned(), "jalali")));
        assert_eq!(day("1999-08-08"), Some(("1999-08-08".to_owned(), "gregorian")));
        let year = |typed: &str| parse_birth(typed).and_then(|birth| birth.year.map(|year| (year, birth.calendar)));
        assert_eq!(year("۱۳۷۸"), Some((1378, "jalali")));
        assert_eq!(year("1999"), Some((1999, "gregorian")));
        for typed in ["", "78", "1378/13/01", "دیروز", "1378/05", "2999"] {
            assert_eq!(parse_birth(typed), None, "{typed}");
        }
    }

    #[test]
    fn names_hold_letters_and_numbers_hold_no_pictures() {
        let name = |text: &str| name("name", text).is_ok();
        assert!(name("محمد\u{200c}ابراهیم عبدالرحمن\u{200c}زاده") && name("Jean-Pierre O'Neil"));
        assert!(!name("کریم 😀") && !name("<b>کریم</b>") && !name("کریم'; DROP TABLE insured;--1") && !name("کریم ۲"));
        assert!(number("document_number", "P 798-694/11").is_ok());
        assert!(number("document_number", "P😀").is_err() && number("document_number", "<i>1").is_err());
        assert_eq!(phone("۰۹۱۲ ۳۴۵ ۶۷۸۹").unwrap(), "09123456789");
        assert!(phone("12").is_err() && phone("تلفن").is_err());
    }
}
