//! The Jalali month in which a moment falls at Tehran: reports count by it.

use sanad_checks::jalali::Jalali;

use super::clock::UnixMs;

/// A Jalali year and month, `month` from 1 (Farvardin) to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JalaliMonth {
    /// Year, e.g. 1405.
    pub year: i64,
    /// Month, 1–12.
    pub month: i64,
}

/// Characters of `YYYY-MM-DD`, and where its month begins.
const DAY_LENGTH: usize = 10;
const MONTH_AT: usize = 5;

/// The day of this moment at Tehran as ISO `YYYY-MM-DD`.
#[must_use]
pub fn day_of(moment: UnixMs) -> String {
    Jalali::from_unix_ms(moment.0).to_iso()
}

/// The Jalali month of this moment at Tehran.
#[must_use]
pub fn month_of(moment: UnixMs) -> JalaliMonth {
    let day = Jalali::from_unix_ms(moment.0);
    JalaliMonth { year: i64::from(day.year), month: i64::from(day.month) }
}

/// Whether the text is a day written `YYYY-MM-DD`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    text.len() == DAY_LENGTH && text.is_ascii() && Jalali::from_iso(text).is_some()
}

/// Whole years from one ISO day to another; `None` when either is no day.
#[must_use]
pub fn years_between(from: &str, to: &str) -> Option<i64> {
    if !is_day(from) || !is_day(to) {
        return None;
    }
    let year = |day: &str| day[..MONTH_AT - 1].parse::<i64>().ok();
    // Month and day compare as they are written.
    let before_birthday = to[MONTH_AT..] < from[MONTH_AT..];
    Some(year(to)? - year(from)? - i64::from(before_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_turns_at_midnight_in_tehran() {
        // 1404/01/01 is 2025-03-21; midnight there is 20:30 UTC of the day before.
        let midnight = UnixMs(1_742_502_600_000);
        assert_eq!(month_of(UnixMs(midnight.0 - 1)), JalaliMonth { year: 1403, month: 12 });
        assert_eq!(month_of(midnight), JalaliMonth { year: 1404, month: 1 });
        assert_eq!(day_of(midnight), "2025-03-21");
    }

    #[test]
    fn ages_are_whole_years() {
        assert_eq!(years_between("2007-04-10", "2025-04-09"), Some(17));
        assert_eq!(years_between("2007-04-10", "2025-04-10"), Some(18));
        assert_eq!(years_between("nonsense", "2025-04-10"), None);
        assert!(is_day("2025-04-10") && !is_day("2025-4-10") && !is_day("2025-02-30"));
    }
}
