//! Words with their places, as a reader gave them.

use sanad_checks::page::Region;
use serde::{Deserialize, Serialize};

/// A word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Its letters, in the order they are read.
    pub text: String,
    /// Where it stands, in page pixels.
    pub region: Region,
    /// How sure the reader is, 0–1.
    pub confidence: f32,
}

/// A number or date field that was looked at once more, by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SecondReading {
    /// What the reader of numbers read, words in the order they are read.
    pub text: String,
    /// The field, in page pixels.
    pub region: Region,
    /// How sure the reader is, 0–1.
    pub confidence: f32,
    /// What else the field may say, each with its share: a rule may decide between them.
    #[serde(default)]
    pub others: Vec<(String, f32)>,
}

/// What the readers made of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageWords {
    /// Width of the page, pixels.
    pub width: u32,
    /// Height of the page, pixels.
    pub height: u32,
    /// Words of the Persian pass.
    pub words: Vec<Word>,
    /// Words of the Latin pass; empty where none was made.
    pub latin: Vec<Word>,
    /// Lines of a zone that may be machine-readable, several tries of it one after another.
    pub zones: Vec<Zone>,
    /// Fields read once more.
    pub second: Vec<SecondReading>,
    /// Fields of dates that the reader of words read once more, each by itself.
    #[serde(default)]
    pub alone: Vec<SecondReading>,
    /// Places beside labels of dates that have ink and no words.
    #[serde(default)]
    pub blots: Vec<Region>,
}

/// A strip that may be a machine-readable zone, as read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Its lines, from the top.
    pub lines: Vec<String>,
    /// Whether our own reader of zones read it, and not the reader of words.
    #[serde(default)]
    pub own: bool,
    /// Where it stands, in page pixels.
    pub region: Region,
}

/// Takes the words out of Tesseract's table (tab-separated; level 5 are words). Places are in the pixels of the
/// picture that was read; words without a letter or digit are kept, since separators may stand alone.
pub(crate) fn from_table(table: &str) -> Vec<Word> {
    const WORD_LEVEL: &str = "5";
    let row = |line: &str| {
        let mut cells = line.splitn(12, '\t');
        if cells.next()? != WORD_LEVEL {
            return None;
        }
        let mut numbers = cells.by_ref().skip(5).take(4).map(|cell| cell.parse::<u32>().ok());
        let region = Region::new(numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()??);
        let confidence: f32 = cells.next()?.parse().ok()?;
        let text = cells.next()?.trim().to_owned();
        let empty = text.is_empty() || region.width == 0 || region.height == 0;
        (!empty).then_some(Word { text, region, confidence: (confidence / 100.0).clamp(0.0, 1.0) })
    };
    table.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_of_words_are_taken() {
        let table = "level\tpage_num\n4\t1\t1\t1\t1\t0\t5\t6\t70\t8\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t91.5\t۱۴۰۲/۰۵\n5\t1\t1\t1\t1\t2\t10\t20\t30\t40\t95\t \n";
        let words = from_table(table);
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].region, Region::new(10, 20, 30, 40));
        assert!((words[0].confidence - 0.915).abs() < 1e-6);
    }
}
