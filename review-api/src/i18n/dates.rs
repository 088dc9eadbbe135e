//! Dates for people: Jalali in Persian, ISO in English; and days as people type them.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _, Zoned};

use super::Lang;

const JALALI_MONTHS: [&str; 12] = [
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
];
const JALALI_MONTHS_EN: [&str; 12] = [
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman",
    "Esfand",
];
/// Iran keeps one offset all year since 1401.
const TEHRAN_MINUTES: i32 = 210;
/// Years that are read as Jalali when typed; above them a year is Gregorian.
const JALALI_YEARS: std::ops::RangeInclusive<i16> = 1250..=1500;
const GREGORIAN_YEARS: std::ops::RangeInclusive<i16> = 1850..=2150;

/// The name of a Jalali month, 1–12.
#[must_use]
pub fn month_name(lang: Lang, month: i64) -> &'static str {
    let index = usize::try_from(month - 1).unwrap_or(usize::MAX);
    let names = if lang == Lang::Fa { JALALI_MONTHS } else { JALALI_MONTHS_EN };
    names.get(index).copied().unwrap_or("—")
}

/// A leap year has 366 days, by the 33-year rule, which agrees with the calendar in force for 1178–1501.
fn leap(year: i16) -> bool {
    matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

fn month_days(year: i16, month: i8) -> i8 {
    match month {
        1..=6 => 31,
        7..=11 => 30,
        _ if leap(year) => 30,
        _ => 29,
    }
}

/// The first of Farvardin 1400, from which days are counted.
fn anchor() -> Date {
    jiff::civil::date(2021, 3, 21)
}

fn days_before_year(year: i16) -> i32 {
    let count = |from: i16, to: i16| (from..to).map(|y| if leap(y) { 366 } else { 365 }).sum::<i32>();
    if year >= 1400 { count(1400, year) } else { -count(year, 1400) }
}

fn to_jalali(date: Date) -> (i16, i8, i8) {
    let days = anchor().until(date).map_or(0, |span| span.get_days());
    let mut year = 1400;
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    while days_before_year(year) > days {
        year -= 1;
    }
    let mut rest = days - days_before_year(year);
    let mut month = 1;
    while rest >= i32::from(month_days(year, month)) {
        rest -= i32::from(month_days(year, month));
        month += 1;
    }
    (year, month, i8::try_from(rest + 1).unwrap_or(1))
}

fn from_jalali(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=month_days(year, month)).contains(&day) {
        return None;
    }
    let months: i32 = (1..month).map(|m| i32::from(month_days(year, m))).sum();
    anchor().checked_add((days_before_year(year) + months + i32::from(day) - 1).days()).ok()
}

fn written(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Fa => {
            let (year, month, day) = to_jalali(date);
            lang.digits(&format!("{day} {} {year}", month_name(lang, i64::from(month))))
        }
        Lang::En => date.to_string(),
    }
}

/// An ISO day for people, `۱۲ آبان ۱۴۰۵`; a text that is no day stays as it is.
#[must_use]
pub fn day(lang: Lang, iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), |date| written(lang, date))
}

fn in_tehran(unix_ms: i64) -> Option<Zoned> {
    let offset = Offset::from_seconds(TEHRAN_MINUTES * 60).ok()?;
    Some(Timestamp::from_millisecond(unix_ms).ok()?.to_zoned(TimeZone::fixed(offset)))
}

/// A moment for people, in the time of Tehran: `۱۲ آبان ۱۴۰۵، ۱۴:۰۵`.
#[must_use]
pub fn moment(lang: Lang, unix_ms: i64) -> String {
    let Some(zoned) = in_tehran(unix_ms) else {
        return "—".to_owned();
    };
    let time = lang.digits(&format!("{:02}:{:02}", zoned.hour(), zoned.minute()));
    let comma = if lang == Lang::Fa { "،" } else { "," };
    format!("{}{comma} {time}", written(lang, zoned.date()))
}

/// A typed day as ISO: Jalali or Gregorian by its year, any digits, year first, `/`, `-` or `.` between.
#[must_use]
pub fn parse_day(typed: &str) -> Option<String> {
    let ascii: String = typed.trim().chars().map(ascii_digit).collect();
    let mut parts = ascii.split(['/', '-', '.']).map(|part| part.trim().parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = if JALALI_YEARS.contains(&year) {
        from_jalali(year, month, day)?
    } else if GREGORIAN_YEARS.contains(&year) {
        Date::new(year, month, day).ok()?
    } else {
        return None;
    };
    Some(date.to_string())
}

fn ascii_digit(c: char) -> char {
    let value = match c {
        '۰'..='۹' => c as u32 - '۰' as u32,
        '٠'..='٩' => c as u32 - '٠' as u32,
        other => return other,
    };
    char::from_digit(value, 10).unwrap_or(c)
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
        ] {
            assert_eq!(parse_day(jalali).as_deref(), Some(iso), "{jalali}");
        }
        assert_eq!(day(Lang::Fa, "2023-08-08"), "۱۷ مرداد ۱۴۰۲");
        assert_eq!(day(Lang::Fa, "2016-10-18"), "۲۷ مهر ۱۳۹۵");
        assert_eq!(day(Lang::En, "2016-10-18"), "2016-10-18");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for typed in ["1404/12/30", "1404/13/01", "1404/07/31", "دیروز", "1404/01", "12/05/1404", "2026-02-30", ""] {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn moments_are_those_of_tehran() {
        // 2026-11-22T20:35:00Z is past midnight in Tehran.
        assert_eq!(moment(Lang::Fa, 1_795_379_700_000), "۲ آذر ۱۴۰۵، ۰۰:۰۵");
    }
}
