//! Days, and the two calendars the papers print.
//!
//! Written for the generator alone: the checks have a calendar of their own, and neither may lean on the other's
//! mistakes.

/// A day, counted from 1970-01-01 (day 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

/// Year, month and day of one calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Year as printed.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

/// Which calendar a printed date is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Solar hijri, as on Iranian papers.
    Jalali,
    /// As on passports.
    Gregorian,
}

impl Calendar {
    /// The word used in truth files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Jalali => "jalali",
            Self::Gregorian => "gregorian",
        }
    }
}

/// Names of the Jalali months as printed in Iran.
pub(crate) const JALALI_MONTHS: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// English month abbreviations as printed in passports.
pub(crate) const LATIN_MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// 1 Farvardin 1403 is 2024-03-20.
const ANCHOR_YEAR: i32 = 1403;
const ANCHOR_DAY: i32 = 19_802;

/// Leap years of the 33-year cycle, true to the sky from 1178 to 1501.
fn jalali_leap(year: i32) -> bool {
    matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

fn gregorian_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn jalali_year_days(year: i32) -> i32 {
    365 + i32::from(jalali_leap(year))
}

fn gregorian_year_days(year: i32) -> i32 {
    365 + i32::from(gregorian_leap(year))
}

fn jalali_month_days(year: i32, month: u32) -> i32 {
    match month {
        1..=6 => 31,
        7..=11 => 30,
        _ => 29 + i32::from(jalali_leap(year)),
    }
}

fn gregorian_month_days(year: i32, month: u32) -> i32 {
    match month {
        2 => 28 + i32::from(gregorian_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Splits a day counted from a year's first day into parts, walking whole years and months.
fn split(anchor: i32, start: i32, day: i32, year_days: fn(i32) -> i32, month_days: fn(i32, u32) -> i32) -> Parts {
    let (mut year, mut first) = (anchor, start);
    while day < first {
        year -= 1;
        first -= year_days(year);
    }
    while day >= first + year_days(year) {
        first += year_days(year);
        year += 1;
    }
    let (mut month, mut rest) = (1, day - first);
    while rest >= month_days(year, month) {
        rest -= month_days(year, month);
        month += 1;
    }
    Parts { year, month, day: rest as u32 + 1 }
}

impl Day {
    /// The day of a Gregorian date.
    #[must_use]
    pub fn gregorian(year: i32, month: u32, day: u32) -> Self {
        let years: i32 = if year >= 1970 {
            (1970..year).map(gregorian_year_days).sum()
        } else {
            -(year..1970).map(gregorian_year_days).sum::<i32>()
        };
        let months: i32 = (1..month).map(|m| gregorian_month_days(year, m)).sum();
        Self(years + months + day as i32 - 1)
    }

    /// The day of a Jalali date.
    #[must_use]
    pub fn jalali(year: i32, month: u32, day: u32) -> Self {
        let years: i32 = if year >= ANCHOR_YEAR {
            (ANCHOR_YEAR..year).map(jalali_year_days).sum()
        } else {
            -(year..ANCHOR_YEAR).map(jalali_year_days).sum::<i32>()
        };
        let months: i32 = (1..month).map(|m| jalali_month_days(year, m)).sum();
        Self(ANCHOR_DAY + years + months + day as i32 - 1)
    }

    /// Year, month and day in `calendar`.
    #[must_use]
    pub fn parts(self, calendar: Calendar) -> Parts {
        match calendar {
            Calendar::Jalali => split(ANCHOR_YEAR, ANCHOR_DAY, self.0, jalali_year_days, jalali_month_days),
            Calendar::Gregorian => split(1970, 0, self.0, gregorian_year_days, gregorian_month_days),
        }
    }

    /// `YYYY-MM-DD` in `calendar`, ASCII digits.
    #[must_use]
    pub fn dashed(self, calendar: Calendar) -> String {
        let p = self.parts(calendar);
        format!("{:04}-{:02}-{:02}", p.year, p.month, p.day)
    }

    /// `YYYY-MM-DD`, Gregorian.
    #[must_use]
    pub fn iso(self) -> String {
        self.dashed(Calendar::Gregorian)
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (jalali, gregorian) in [
            ((1402, 5, 17), (2023, 8, 8)),
            ((1403, 12, 30), (2025, 3, 20)),
            ((1404, 1, 1), (2025, 3, 21)),
            ((1395, 7, 27), (2016, 10, 18)),
            ((1401, 11, 16), (2023, 2, 5)),
        ] {
            let day = Day::jalali(jalali.0, jalali.1, jalali.2);
            assert_eq!(day, Day::gregorian(gregorian.0, gregorian.1, gregorian.2), "{jalali:?}");
            let back = day.parts(Calendar::Jalali);
            assert_eq!((back.year, back.month, back.day), jalali);
        }
        assert_eq!(Day::gregorian(1976, 9, 25).iso(), "1976-09-25");
        assert_eq!(Day::gregorian(1962, 2, 28).iso(), "1962-02-28");
    }
}
