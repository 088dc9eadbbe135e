//! What the reader of numbers says of the figures that leave open whether two pages are one paper.

use sanad_checks::duplicates::relation::{Answer, ReadingThresholds, Said};

use super::number::NumberReader;

/// The answer over two pages once the rows it left open were read.
#[must_use]
pub fn settled(answer: Answer, reader: &NumberReader) -> Answer {
    let read = |crop: &_| {
        let reading = reader.read(crop)?;
        let digits: String = reading.text.chars().filter(char::is_ascii_digit).collect();
        Some(Said { digits, confidence: reading.confidence })
    };
    answer.settled(read, &ReadingThresholds::default())
}
