//! What the reader of numbers made of a place, for whoever holds it against the reader of words.

use sanad_checks::facts::Precision;
use sanad_checks::page::Region;

use super::belief::reread;
use crate::ocr::SecondReading;

/// How sure the reader of numbers must be, 0–1. Figures: `docs/number-reader.md`.
pub(super) mod sure {
    /// That its agreement with the reader of words makes a date or a sum trusted, or its sum may take part in a proof.
    pub(crate) const AGREES: f32 = 0.9;
    /// That its day, of which the reader of words made none in its page, is trusted where that reader, asked about the
    /// field by itself, says the same.
    pub(crate) const PROVED: f32 = 0.95;
    /// That its day is trusted by the calendar alone: a label names its role, the figures say one day that a claim's papers
    /// may bear, and the reader of words has no other such day there.
    pub(crate) const BY_CALENDAR: f32 = 0.998;
    /// That its sum stands where the reader of words has another or none; not trusted by that.
    pub(crate) const ALONE: f32 = 0.965;
    /// The same of its day, which the calendar bears out besides: most slips make a day that is none.
    pub(crate) const DAY_ALONE: f32 = 0.8;
}

/// The surest second reading of a field; one that says a whole day goes before those that leave some of it out.
pub(super) fn surest(second: &[SecondReading], field: Region) -> Option<&SecondReading> {
    let whole = |reading: &SecondReading| reread(&reading.text).is_some_and(|day| day.precision == Precision::Day);
    let here = second.iter().filter(|reading| covers(reading.region, field));
    here.max_by(|a, b| whole(a).cmp(&whole(b)).then(a.confidence.total_cmp(&b.confidence)))
}

/// Whether a second reading is of this field.
pub(super) fn covers(reading: Region, field: Region) -> bool {
    let left = reading.x.max(field.x);
    let right = (reading.x + reading.width).min(field.x + field.width);
    let rows = (reading.y..reading.y + reading.height).contains(&(field.y + field.height / 2));
    rows && right.saturating_sub(left) * 2 > field.width
}
