//! Dates for people: Jalali in Persian, ISO in English; and days as people type them.

use sanad_checks::jalali::{Jalali, MONTHS};

use super::Lang;
use crate::claim::text::ascii_digit;

const MONTHS_EN: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];
/// Years that are read as Jalali when typed; above them a year is Gregorian.
pub(crate) const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1250..=1500;
/// Years that are read as Gregorian when typed.
pub(crate) const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1850..=2150;

/// The name of a Jalali month, 1–12.
#[must_use]
pub fn month_name(lang: Lang, month: i64) -> &'static str {
    let index = usize::try_from(month - 1).unwrap_or(usize::MAX);
    let names = if lang == Lang::Fa { MONTHS } else { MONTHS_EN };
    names.get(index).copied().unwrap_or("—")
}

fn written(lang: Lang, date: Jalali) -> String {
    match lang {
        Lang::Fa => lang.digits(&format!("{} {} {}", date.day, date.month_name(), date.year)),
        Lang::En => date.to_iso(),
    }
}

/// An ISO day for people, `۱۲ آبان ۱۴۰۵`; a text that is no day stays as it is.
#[must_use]
pub fn day(lang: Lang, iso: &str) -> String {
    Jalali::from_iso(iso).map_or_else(|| iso.to_owned(), |date| written(lang, date))
}

/// An ISO day as Jalali numbers, `1405/08/20`, as it is typed into a form.
#[must_use]
pub fn jalali_numbers(iso: &str) -> String {
    Jalali::from_iso(iso)
        .map_or_else(|| iso.to_owned(), |date| format!("{}/{:02}/{:02}", date.year, date.month, date.day))
}

/// A moment for people, in the time of Tehran: `۱۲ آبان ۱۴۰۵، ۱۴:۰۵`.
#[must_use]
pub fn moment(lang: Lang, unix_ms: i64) -> String {
    let (hour, minute) = Jalali::time_of(unix_ms);
    let time = lang.digits(&format!("{hour:02}:{minute:02}"));
    let comma = if lang == Lang::Fa { "،" } else { "," };
    format!("{}{comma} {time}", written(lang, Jalali::from_unix_ms(unix_ms)))
}

/// A typed day as ISO: Jalali or Gregorian by its year, any digits, year first, `/`, `-` or `.` between; or as people
/// say it, `۱۷ مرداد ۱۴۰۲`. Signs that only steer the direction of a line are left out.
#[must_use]
pub fn parse_day(typed: &str) -> Option<String> {
    let ascii: String = typed.trim().chars().filter(|c| !is_mark(*c)).map(ascii_digit).collect();
    if let Some(day) = named_month(&ascii) {
        return Some(day.to_iso());
    }
    let mut parts = ascii.split(['/', '-', '.']).map(|part| part.trim().parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let date = if JALALI_YEARS.contains(&year) {
        Jalali::new(year, month, day)?
    } else if GREGORIAN_YEARS.contains(&year) {
        Jalali::from_iso(&format!("{year:04}-{month:02}-{day:02}"))?
    } else {
        return None;
    };
    Some(date.to_iso())
}

/// A day of the Jalali calendar with its month in words.
fn named_month(text: &str) -> Option<Jalali> {
    let mut words = text.split_whitespace();
    let (day, month, year) = (words.next()?.parse().ok()?, words.next()?, words.next()?.parse().ok()?);
    let month = MONTHS.iter().position(|name| *name == month.replace(['ي', 'ى'], "ی"))?;
    if words.next().is_some() || !JALALI_YEARS.contains(&year) {
        return None;
    }
    Jalali::new(year, u8::try_from(month + 1).ok()?, day)
}

/// Whether the sign has no shape of its own.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_agree_in_both_directions() {
        for (jalali, iso) in [
            ("1402/05/17", "2023-08-08"),
            ("1403/12/30", "2025-03-20"),
            ("1404/01/01", "2025-03-21"),
            ("1395/07/27", "2016-10-18"),
            ("۱۴۰۵/۰۹/۰۱", "2026-11-22"),
            ("2026-11-22", "2026-11-22"),
            ("۱۷ مرداد ۱۴۰۲", "2023-08-08"),
            ("\u{200f}۱۴۰۲/۰۵/۱۷\u{202c}", "2023-08-08"),
            ("\u{2067}1402 / 5 / 17\u{2069}", "2023-08-08"),
        ] {
            assert_eq!(parse_day(jalali).as_deref(), Some(iso), "{jalali}");
        }
        assert_eq!(day(Lang::Fa, "2023-08-08"), "۱۷ مرداد ۱۴۰۲");
        assert_eq!(day(Lang::Fa, "2016-10-18"), "۲۷ مهر ۱۳۹۵");
        assert_eq!(day(Lang::En, "2016-10-18"), "2016-10-18");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for typed in [
            "1404/12/30",
            "1404/13/01",
            "1404/07/31",
            "دیروز",
            "1404/01",
            "12/05/1404",
            "2026-02-30",
            "1395/11/28/9147/100569",
            "۳۱ مهر ۱۴۰۲",
            "۱۷ مرداد",
            "۱۷ مرداد ۹۹",
            "",
        ] {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn moments_are_those_of_tehran() {
        // 2026-11-22T20:35:00Z is past midnight in Tehran.
        assert_eq!(moment(Lang::Fa, 1_795_379_700_000), "۲ آذر ۱۴۰۵، ۰۰:۰۵");
    }
}
