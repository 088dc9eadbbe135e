//! Jalali (solar Hijri) dates, by the 33-year rule of the astronomical calendar.

use icu_calendar::cal::Persian;
use icu_calendar::{Date, Iso};
use serde::{Deserialize, Serialize};

/// Offset of Tehran from UTC; no daylight saving since 1401.
const TEHRAN_OFFSET_MS: i64 = (3 * 60 + 30) * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A day of the Jalali calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Jalali {
    /// Year, e.g. 1402.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, 1–31.
    pub day: u8,
}

/// Names of the months as used in Iran.
pub const MONTHS: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

impl Jalali {
    /// The day, if it exists: month 7–12 has no 31st, and 30 Esfand only stands in leap years.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        Date::try_new_persian(year, month, day).ok().map(|_| Self { year, month, day })
    }

    /// The day of this Gregorian date, `YYYY-MM-DD`.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next()?.parse::<i32>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        Some(Self::of(Date::try_new_iso(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?))
    }

    /// The day in Tehran at this instant, Unix milliseconds.
    #[must_use]
    pub fn from_unix_ms(ms: i64) -> Self {
        let days = (ms + TEHRAN_OFFSET_MS).div_euclid(DAY_MS);
        let epoch = Date::try_new_iso(1970, 1, 1).expect("the epoch is a day");
        let fixed = epoch.to_rata_die() + days;
        Self::of(Date::from_rata_die(fixed, Iso))
    }

    /// Hour and minute in Tehran at this instant, Unix milliseconds.
    #[must_use]
    pub const fn time_of(ms: i64) -> (u8, u8) {
        let minutes = (ms + TEHRAN_OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
        ((minutes / 60) as u8, (minutes % 60) as u8)
    }

    /// The Gregorian date, `YYYY-MM-DD`.
    #[must_use]
    pub fn to_iso(self) -> String {
        let date = Date::try_new_persian(self.year, self.month, self.day).expect("checked when it was made");
        let iso = date.to_calendar(Iso);
        format!("{:04}-{:02}-{:02}", iso.era_year().year, iso.month().ordinal, iso.day_of_month().0)
    }

    /// `1402/05/17`, ASCII.
    #[must_use]
    pub fn slashed(self) -> String {
        format!("{:04}/{:02}/{:02}", self.year, self.month, self.day)
    }

    /// The name of its month.
    #[must_use]
    pub fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month.clamp(1, 12)) - 1]
    }

    fn of(iso: Date<Iso>) -> Self {
        let persian = iso.to_calendar(Persian);
        Self { year: persian.era_year().year, month: persian.month().ordinal, day: persian.day_of_month().0 }
    }
}

/// The number of a Gregorian day, `YYYY-MM-DD`, for counting days between two.
#[must_use]
pub fn day_number(iso: &str) -> Option<i64> {
    let mut parts = iso.splitn(3, '-');
    let mut part = || parts.next()?.parse::<i32>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let date = Date::try_new_iso(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
    Some(date.to_rata_die().to_i64_date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_convert_both_ways() {
        for (jalali, iso) in [
            ((1402, 5, 17), "2023-08-08"),
            ((1403, 12, 30), "2025-03-20"),
            ((1404, 1, 1), "2025-03-21"),
            ((1395, 7, 27), "2016-10-18"),
        ] {
            let day = Jalali::new(jalali.0, jalali.1, jalali.2).unwrap();
            assert_eq!(day.to_iso(), iso);
            assert_eq!(Jalali::from_iso(iso), Some(day));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Jalali::new(1404, 12, 30), None);
        assert_eq!(Jalali::new(1403, 13, 5), None);
        assert_eq!(Jalali::new(1403, 7, 31), None);
        assert_eq!(Jalali::from_iso("2023-02-30"), None);
        assert_eq!(Jalali::from_iso("soon"), None);
    }

    #[test]
    fn the_day_turns_at_midnight_in_tehran() {
        // 2025-03-20 20:29:59 UTC is one second before 1404 began in Tehran
        let before = 1_742_502_599_000;
        assert_eq!(Jalali::from_unix_ms(before).slashed(), "1403/12/30");
        assert_eq!(Jalali::from_unix_ms(before + 1000).slashed(), "1404/01/01");
        assert_eq!(Jalali::time_of(before), (23, 59));
    }
}
