//! What the eye for signs and the reader of numbers say of the places that leave open whether two pages are one paper.

use sanad_checks::duplicates::relation::{Answer, DoubtThresholds, Eyes, Said};
use sanad_checks::duplicates::twins::Twin;
use sanad_checks::page::Luma;

use super::number::NumberReader;
use super::signs;

struct Both<'r>(&'r NumberReader);

impl Eyes for Both<'_> {
    fn number(&self, crop: &Luma) -> Option<Said> {
        let reading = self.0.read(crop)?;
        let digits: String = reading.text.chars().filter(char::is_ascii_digit).collect();
        Some(Said { digits, confidence: reading.confidence })
    }

    fn other(&self, twin: &Twin, usual: f32) -> f32 {
        signs::other(twin, usual)
    }
}

/// The answer over two pages once the places it left open were looked at.
#[must_use]
pub fn settled(answer: Answer, reader: &NumberReader) -> Answer {
    answer.settled(&Both(reader), &DoubtThresholds::default())
}
