//! The Jalali month in which a moment falls at Tehran: reports count by it.

use icu_calendar::Date;
use icu_calendar::cal::Persian;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::clock::UnixMs;

/// A Jalali year and month, `month` from 1 (Farvardin) to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JalaliMonth {
    /// Year, e.g. 1405.
    pub year: i64,
    /// Month, 1–12.
    pub month: i64,
}

/// The zone of the office, with its history of summer times.
fn tehran() -> TimeZone {
    TimeZone::get("Asia/Tehran").unwrap_or(TimeZone::UTC)
}

/// The day of this moment at Tehran as ISO `YYYY-MM-DD`.
#[must_use]
pub fn day_of(moment: UnixMs) -> String {
    civil(moment).to_string()
}

fn civil(moment: UnixMs) -> jiff::civil::Date {
    let stamp = Timestamp::from_millisecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    stamp.to_zoned(tehran()).date()
}

/// The Jalali month of this moment at Tehran.
#[must_use]
pub fn month_of(moment: UnixMs) -> JalaliMonth {
    let day = civil(moment);
    let (month, date) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    let iso = Date::try_new_iso(i32::from(day.year()), month, date).expect("a civil date is a date");
    let jalali = iso.to_calendar(Persian);
    JalaliMonth { year: i64::from(jalali.year().extended_year()), month: i64::from(jalali.month().ordinal) }
}

/// Whether the text is a day written `YYYY-MM-DD`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    text.len() == "YYYY-MM-DD".len() && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whole years from one ISO day to another; `None` when either is no day.
#[must_use]
pub fn years_between(from: &str, to: &str) -> Option<i64> {
    let (from, to): (jiff::civil::Date, jiff::civil::Date) = (from.parse().ok()?, to.parse().ok()?);
    let whole = i64::from(to.year()) - i64::from(from.year());
    let before_birthday = (to.month(), to.day()) < (from.month(), from.day());
    Some(whole - i64::from(before_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMs {
        UnixMs(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn the_month_turns_at_midnight_in_tehran() {
        // 1404/01/01 is 2025-03-21; midnight there is 20:30 UTC of the day before.
        assert_eq!(month_of(at("2025-03-20T20:29:59Z")), JalaliMonth { year: 1403, month: 12 });
        assert_eq!(month_of(at("2025-03-20T20:30:00Z")), JalaliMonth { year: 1404, month: 1 });
        assert_eq!(day_of(at("2025-03-20T20:30:00Z")), "2025-03-21");
    }

    #[test]
    fn ages_are_whole_years() {
        assert_eq!(years_between("2007-04-10", "2025-04-09"), Some(17));
        assert_eq!(years_between("2007-04-10", "2025-04-10"), Some(18));
        assert_eq!(years_between("nonsense", "2025-04-10"), None);
        assert!(is_day("2025-04-10") && !is_day("2025-4-10") && !is_day("2025-02-30"));
    }
}
