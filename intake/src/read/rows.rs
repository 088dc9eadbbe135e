//! Words put into rows, whatever columns the reader took them from.

use sanad_checks::page::Region;

use crate::ocr::Word;

/// A word of a row.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// As read.
    pub(crate) text: String,
    /// Where.
    pub(crate) region: Region,
    /// How sure the reader is.
    pub(crate) confidence: f32,
}

/// Words that stand beside each other, from the right to the left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its words, by their right edges.
    pub(crate) items: Vec<Item>,
    /// Height of its letters, pixels: the median of the words that have letters or digits.
    pub(crate) height: u32,
}

impl Row {
    /// The smallest region that holds the row.
    pub(crate) fn region(&self) -> Region {
        let all = self.items.iter().map(|item| item.region);
        all.reduce(Region::union).unwrap_or(Region::new(0, 0, 0, 0))
    }

    /// Middle of the row from the top.
    pub(crate) fn middle(&self) -> u32 {
        let region = self.region();
        region.y + region.height / 2
    }
}

/// Right edge.
pub(crate) const fn right(region: Region) -> u32 {
    region.x + region.width
}

/// Pixels of white between two words of a row; 0 where they touch.
pub(crate) fn gap(one: Region, other: Region) -> u32 {
    let (left, right_one) = if one.x <= other.x { (one, other) } else { (other, one) };
    right_one.x.saturating_sub(right(left))
}

/// Share of the lower height that two words have in common.
fn overlap(one: Region, other: Region) -> f32 {
    let top = one.y.max(other.y);
    let bottom = (one.y + one.height).min(other.y + other.height);
    bottom.saturating_sub(top) as f32 / one.height.min(other.height).max(1) as f32
}

/// The rows of a page from the top. A word joins the row with the nearest word that it shares most of its height with.
pub(crate) fn rows(words: &[Word]) -> Vec<Row> {
    const SHARED: f32 = 0.5;
    let mut order: Vec<&Word> = words.iter().collect();
    order.sort_by_key(|word| (word.region.y + word.region.height / 2, word.region.x));
    let mut rows: Vec<Vec<&Word>> = Vec::new();
    for word in order {
        // The nearest neighbour in the row decides, so that a slight slope does not tear rows apart, and a rule read as a
        // letter, which reaches from row to row, takes no label from its own.
        let white = |row: &Vec<&Word>| {
            let near = row.iter().min_by_key(|other| gap(other.region, word.region))?;
            (overlap(near.region, word.region) >= SHARED).then(|| gap(near.region, word.region))
        };
        let near = rows.iter_mut().rev().take(4).filter_map(|row| Some((white(row)?, row)));
        match near.min_by_key(|(white, _)| *white).map(|(_, row)| row) {
            Some(row) => row.push(word),
            None => rows.push(vec![word]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(row).collect();
    rows.sort_by_key(Row::middle);
    rows
}

fn row(mut words: Vec<&Word>) -> Row {
    words.sort_by_key(|word| std::cmp::Reverse(right(word.region)));
    let mut heights: Vec<u32> =
        words.iter().filter(|w| w.text.chars().any(char::is_alphanumeric)).map(|w| w.region.height).collect();
    heights.sort_unstable();
    let height = heights.get(heights.len() / 2).copied().unwrap_or(1).max(1);
    let items = words.into_iter().map(|word| Item {
        text: word.text.clone(),
        region: word.region,
        confidence: word.confidence,
    });
    Row { items: items.collect(), height }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A word of ten pixels a letter.
    pub(crate) fn word(text: &str, x: u32, y: u32) -> Word {
        let width = 10 * text.chars().count() as u32;
        Word { text: text.to_owned(), region: Region::new(x, y, width, 20), confidence: 0.9 }
    }

    /// A line set from the right edge, words apart by half a letter's height.
    pub(crate) fn line(text: &str, right_edge: u32, y: u32) -> Vec<Word> {
        let mut x = right_edge;
        let mut words = Vec::new();
        for part in text.split(' ') {
            x -= 10 * part.chars().count() as u32;
            words.push(word(part, x, y));
            x -= 8;
        }
        words
    }

    #[test]
    fn columns_become_rows_read_from_the_right() {
        let words = [word("یک", 500, 10), word("دو", 100, 14), word("سه", 480, 60), word("چهار", 90, 58)];
        let rows = rows(&words);
        let texts: Vec<Vec<&str>> =
            rows.iter().map(|row| row.items.iter().map(|i| i.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["یک", "دو"], vec!["سه", "چهار"]]);
    }

    #[test]
    fn a_slope_does_not_tear_a_row() {
        let words: Vec<Word> = (0..20).map(|i| word("واژه", 40 * i, 100 + 2 * i)).collect();
        assert_eq!(rows(&words).len(), 1);
    }

    #[test]
    fn a_rule_read_as_a_letter_takes_no_word_from_its_label() {
        let at = |text: &str, x, y, width, height| Word {
            text: text.to_owned(),
            region: Region::new(x, y, width, height),
            confidence: 0.5,
        };
        let words = [
            at("۱", 1084, 537, 1, 24),
            at("حادثه", 982, 551, 42, 17),
            at("تاریخ", 1035, 551, 34, 30),
            at("نقص", 1405, 556, 38, 20),
            at("درصد", 1503, 558, 46, 17),
        ];
        let together = |row: &Row| {
            let texts: Vec<&str> = row.items.iter().map(|item| item.text.as_str()).collect();
            texts.windows(2).any(|pair| pair == ["تاریخ", "حادثه"])
        };
        assert!(rows(&words).iter().any(together));
    }
}
