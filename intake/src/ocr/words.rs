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
        let text = cells.next()?.trim_matches(|c: char| c.is_whitespace() || is_direction(c)).to_owned();
        let empty = text.is_empty() || region.width == 0 || region.height == 0;
        (!empty).then_some(Word { text, region, confidence: (confidence / 100.0).clamp(0.0, 1.0) })
    };
    untangled(table.lines().filter_map(row).collect())
}

/// Signs that only say which way text runs; the engine adds them at the ends of words.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Numbers whose boxes reach over the words beside them get the part of their box that is their own: the engine now and
/// then gives a number the room of its label, which then cannot be told to stand before it.
fn untangled(mut words: Vec<Word>) -> Vec<Word> {
    /// A number has so many digits at least.
    const DIGITS: usize = 4;
    let number = |text: &str| text.chars().filter(|c| c.is_numeric()).count() >= DIGITS;
    let labels: Vec<Region> =
        words.iter().filter(|word| !word.text.chars().any(char::is_numeric)).map(|word| word.region).collect();
    for word in words.iter_mut().filter(|word| number(&word.text)) {
        let inside: Vec<&Region> = labels.iter().filter(|label| word.region.holds_middle(**label)).collect();
        let own = |left: u32, right: u32| Region { x: left, width: right.saturating_sub(left), ..word.region };
        let (Some(first), Some(last)) = (inside.iter().map(|r| r.x).min(), inside.iter().map(|r| r.x + r.width).max())
        else {
            continue;
        };
        let (before, after) = (own(word.region.x, first), own(last, word.region.x + word.region.width));
        let larger = if before.width >= after.width { before } else { after };
        if larger.width * 3 > word.region.width {
            word.region = larger;
        }
    }
    words
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

    #[test]
    fn signs_of_direction_are_no_part_of_a_word() {
        let words = from_table(
            "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t91.5\tترخیص: \u{200f}\n5\t1\t1\t1\t1\t1\t1\t2\t3\t4\t9\t\u{200e}\n",
        );
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["ترخیص:"]);
    }

    #[test]
    fn a_number_keeps_off_the_label_beside_it() {
        let word = |text: &str, x, width| Word {
            text: text.to_owned(),
            region: Region::new(x, 10, width, 40),
            confidence: 0.9,
        };
        let of = |words: Vec<Word>| untangled(words).pop().map(|word| (word.region.x, word.region.width));
        let (label, colon) = (word("دفن:", 300, 80), word(":", 290, 5));
        assert_eq!(of(vec![label.clone(), colon, word("۱۴۰۴-۰۲-۰۶", 40, 420)]), Some((40, 250)));
        // a word that has digits itself is no label, and what leaves little of the number is the number's own
        assert_eq!(of(vec![word("۱۲", 300, 80), word("۱۴۰۴-۰۲-۰۶", 40, 420)]), Some((40, 420)));
        assert_eq!(of(vec![word("دفن", 50, 400), word("۱۴۰۴-۰۲-۰۶", 40, 420)]), Some((40, 420)));
    }
}
