//! Where phrases stand among the words of a page, whatever spaces and dots the reader lost.

use sanad_checks::page::Region;

use super::rows::{Row, gap};
use super::text::{fold, reads_as, shape, slips};

/// A phrase found in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// The row's number.
    pub(crate) row: usize,
    /// Its first word in the row, and the one after its last.
    pub(crate) items: (usize, usize),
    /// Where it stands.
    pub(crate) region: Region,
    /// Letters that were lost, added or changed on the way from the phrase; 0 where it stands as it is.
    pub(crate) slips: usize,
}

/// The rows of a page with their words folded for comparison.
#[derive(Debug)]
pub(crate) struct Phrases<'r> {
    rows: &'r [Row],
    folded: Vec<Vec<String>>,
}

/// Words that one phrase may be torn into.
const MOST_WORDS: usize = 7;
/// White inside a phrase, in letter heights; more is another column.
const WIDEST_GAP: f32 = 2.5;

impl<'r> Phrases<'r> {
    /// Folds the words once.
    pub(crate) fn of(rows: &'r [Row]) -> Self {
        let folded = rows.iter().map(|row| row.items.iter().map(|item| fold(&item.text)).collect()).collect();
        Self { rows, folded }
    }

    /// Every place where the phrase stands. `cue` is folded; it begins and ends with whole words.
    pub(crate) fn places(&self, cue: &str) -> Vec<Place> {
        let wanted = cue.chars().count();
        // The first letter, dots aside, is nearly always read; without it most words need no closer look.
        let first = cue.chars().next().map(shape);
        let mut places = Vec::new();
        for (number, words) in self.folded.iter().enumerate() {
            let row = &self.rows[number];
            let mut start = 0;
            while start < words.len() {
                let begins = words[start].chars().next().map(shape) == first;
                let end = if begins { self.from(words, row, start, cue, wanted) } else { None };
                match end {
                    Some(end) => {
                        let parts = row.items[start..end].iter().map(|item| item.region);
                        let region = parts.reduce(Region::union).unwrap_or_default();
                        let slips = slips(&words[start..end].concat(), cue);
                        places.push(Place { row: number, items: (start, end), region, slips });
                        start = end;
                    }
                    None => start += 1,
                }
            }
        }
        places
    }

    /// Whether the phrase stands anywhere.
    pub(crate) fn has(&self, cue: &str) -> bool {
        !self.places(cue).is_empty()
    }

    /// The word after the phrase that begins at `start`.
    fn from(&self, words: &[String], row: &Row, start: usize, cue: &str, wanted: usize) -> Option<usize> {
        const LONGER: usize = 2;
        let mut joined = String::new();
        for end in start..words.len().min(start + MOST_WORDS) {
            let torn = end > start
                && gap(row.items[end - 1].region, row.items[end].region) as f32 > WIDEST_GAP * row.height as f32;
            let figures = words[end].bytes().all(|b| b.is_ascii_digit()) && !words[end].is_empty();
            if torn || figures {
                return None;
            }
            joined.push_str(&words[end]);
            let length = joined.chars().count();
            if length > wanted + LONGER {
                return None;
            }
            let done = !words[end].is_empty() && length + LONGER >= wanted && reads_as(&joined, cue);
            // A letter may still be missing: a longer reading that fits as well is the better one.
            let grows = words.get(end + 1).is_some_and(|next| {
                let more = format!("{joined}{next}");
                joined != cue && (more == cue || (!next.is_empty() && length < wanted && reads_as(&more, cue)))
            });
            if done && !grows {
                return Some(end + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::line;
    use super::*;

    #[test]
    fn joiners_spaces_and_lost_dots_make_no_difference() {
        let rows = rows(&line("شماره بیمه نامه: ۱۲ تاریح حادثه", 900, 10));
        let phrases = Phrases::of(&rows);
        assert_eq!(phrases.places(&fold("بیمه‌نامه")).len(), 1);
        assert_eq!(phrases.places(&fold("تاریخ حادثه"))[0].items, (4, 6));
        assert!(!phrases.has(&fold("تاریخ فوت")));
    }

    #[test]
    fn a_phrase_does_not_reach_into_the_next_column() {
        let mut words = line("تاریخ", 900, 10);
        words.extend(line("صدور", 500, 10));
        let rows = rows(&words);
        assert!(!Phrases::of(&rows).has(&fold("تاریخ صدور")));
    }
}
