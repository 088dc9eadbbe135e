//! The letter of an office: prefilled, to be stamped and signed by its head. It has no place for an account number,
//! because that comes with the bank's slip alone.

use super::PrintError;
use super::lines::number as ltr;
use super::sheet::{Align, Sheet};
use crate::claim::ClaimDetail;
use crate::claim::text::ascii_digits;
use crate::i18n::{self, Lang, msg};
use crate::views::terms;

/// Sizes of letters, points.
const TITLE: f32 = 15.0;
const BODY: f32 = 12.0;
const SMALL: f32 = 10.0;

/// The frame for stamp and signature, points.
const STAMP: (f32, f32) = (230.0, 130.0);

/// The letter of this claim.
///
/// # Errors
/// When it cannot be put together.
pub fn letter(claim: &ClaimDetail) -> Result<Vec<u8>, PrintError> {
    let lang = Lang::Fa;
    let say = |key: &str| i18n::text(lang, key, &[]);
    let mut sheet = Sheet::new()?;
    sheet.text(&say(msg("letter-head")), SMALL, false, Align::Middle)?;
    sheet.gap(6.0);
    sheet.text(&claim.summary.office_name_fa, TITLE, true, Align::Middle)?;
    sheet.gap(10.0);
    sheet.text(&say(msg("letter-number")), BODY, false, Align::Start)?;
    sheet.text(&say(msg("letter-date")), BODY, false, Align::Start)?;
    sheet.gap(10.0);
    sheet.text(&say(msg("letter-to")), BODY, true, Align::Start)?;
    let number = ltr(&lang.digits(&claim.summary.number));
    sheet.text(&i18n::text(lang, msg("letter-about"), &[("number", (&number).into())]), BODY, true, Align::Start)?;
    sheet.gap(10.0);
    let day = i18n::day(lang, &claim.summary.accident_date);
    let kind = say(terms::claim_type_key(claim.summary.claim_type));
    // As it is printed on the paper itself: its letters are Latin, and so are its figures.
    let paper = ltr(&ascii_digits(&claim.insured.document_number));
    let policy = claim.insured.policy_number.as_deref().map(|number| ltr(&lang.digits(number))).unwrap_or_default();
    let nation = terms::nation_key(&claim.insured.nationality).map(|key| say(&key)).unwrap_or_default();
    let words = [
        ("name", (&claim.insured.name).into()),
        ("nation", (&nation).into()),
        ("paper", (&paper).into()),
        ("policy", (&policy).into()),
        ("day", (&day).into()),
        ("place", (&claim.place).into()),
        ("kind", (&kind).into()),
    ];
    sheet.text(&i18n::text(lang, msg("letter-body"), &words), BODY, false, Align::Start)?;
    sheet.gap(4.0);
    sheet.text(&lang.digits(&without_accounts(&claim.description)), BODY, false, Align::Start)?;
    sheet.gap(8.0);
    sheet.text(&say(msg("letter-papers")), BODY, true, Align::Start)?;
    let sent = claim.checklist.iter().filter(|line| line.need != "optional" && line.slot != "office-letter");
    for (place, line) in (1..).zip(sent) {
        let line = format!("{}. {}", lang.number(place), say(&terms::slot_key(&line.slot)));
        sheet.text(&line, SMALL, false, Align::Start)?;
    }
    sheet.gap(16.0);
    sheet.frame(STAMP.0, STAMP.1, &say(msg("letter-stamp")), SMALL)?;
    sheet.finish()
}

/// Signs of an account number without its country.
const ACCOUNT_DIGITS: usize = 24;

/// The description as typed, without any account number: none may stand in an office's letter.
fn without_accounts(text: &str) -> String {
    let keep = |word: &&str| word.chars().filter(|sign| sign.is_numeric()).count() < ACCOUNT_DIGITS;
    text.split_whitespace().filter(keep).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_account_number_gets_into_the_letter() {
        let said = "افتاد IR062960000000100324200001 و ۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱ شکست";
        assert_eq!(without_accounts(said), "افتاد و شکست");
    }
}
