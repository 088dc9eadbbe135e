//! Lunar hijri dates, by the Umm al-Qura tables. Iran's own months may begin a day or two earlier or later, so a
//! day that comes from here is right to about two days and never decides by itself.

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::{Date, Iso};

/// The Gregorian day, `YYYY-MM-DD`, of a lunar one; `None` where there is no such day.
#[must_use]
pub fn to_iso(year: i32, month: u8, day: u8) -> Option<String> {
    let date = Date::try_new_hijri_with_calendar(year, month, day, Hijri::<UmmAlQura>::new_umm_al_qura()).ok()?;
    let iso = date.to_calendar(Iso);
    Some(format!("{:04}-{:02}-{:02}", iso.era_year().year, iso.month().ordinal, iso.day_of_month().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_day_converts() {
        // 1402/05/17 was 21 Muharram 1445
        assert_eq!(to_iso(1445, 1, 21).as_deref(), Some("2023-08-08"));
        assert_eq!(to_iso(1445, 13, 1), None);
    }
}
