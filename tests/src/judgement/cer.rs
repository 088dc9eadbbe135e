//! Character error rate that does not mind the order of the lines.
//!
//! A reader may take columns and lines in another order than the truth; a paper is no worse for it. So
//! words are matched: every printed word takes the closest read word that is still free, exact ones
//! first, and what is left over on the printed side is lost. A word of which only scraps were read is lost
//! as a whole: among the many words of a garbled page every printed word finds some that shares a few letters.

use std::collections::BTreeMap;

/// Letters and digits in one form: Arabic letter forms, all digits to ASCII, no joiners or marks.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            'ي' | 'ى' | 'ئ' => Some('ی'),
            'ك' => Some('ک'),
            'ة' | 'ۀ' => Some('ه'),
            'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
            'ؤ' => Some('و'),
            '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10),
            '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10),
            '\u{200c}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | 'ـ'
            | '\u{64b}'..='\u{652}' => None,
            _ => Some(c.to_ascii_lowercase()),
        })
        .collect()
}

fn words(text: &str) -> Vec<Vec<char>> {
    fold(text)
        .split(|c: char| c.is_whitespace() || "،؛:()«».,-–_|[]٬٫".contains(c))
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().collect())
        .collect()
}

/// Edits between two words.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &ca) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let substitution = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = substitution.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

/// A printed text, and how much of it has been read so far.
///
/// A page may be read several times: a word that any reading got is read. What one reading drops, a block of a table
/// or a line beside a rule, is no fault of the page.
#[derive(Debug)]
pub struct Printed {
    words: Vec<Vec<char>>,
    /// Letters of each word that no reading got.
    lost: Vec<usize>,
}

impl Printed {
    /// A text of which nothing is read yet.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut words = words(text);
        // long words first: the closest of what was read goes to the word that can be mistaken least
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        Self { lost: words.iter().map(Vec::len).collect(), words }
    }

    /// Adds what one reading says.
    pub fn read(&mut self, text: &str) {
        let mut free: BTreeMap<Vec<char>, usize> = BTreeMap::new();
        for word in words(text) {
            *free.entry(word).or_default() += 1;
        }
        let exact: Vec<bool> = self
            .words
            .iter()
            .map(|word| match free.get_mut(word) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            })
            .collect();
        let mut others: Vec<Vec<char>> = free.into_iter().flat_map(|(w, n)| std::iter::repeat_n(w, n)).collect();
        for ((word, lost), exact) in self.words.iter().zip(&mut self.lost).zip(exact) {
            let wrong = if exact { 0 } else { take_closest(word, &mut others) };
            *lost = wrong.min(*lost);
        }
    }

    /// Share of the printed characters that no reading got, 0–1.
    #[must_use]
    pub fn error(&self) -> f64 {
        let all: usize = self.words.iter().map(Vec::len).sum();
        self.lost.iter().sum::<usize>() as f64 / all.max(1) as f64
    }
}

/// A word is read, with errors, when at most one letter in this many is wrong.
const LETTERS_AN_ERROR: usize = 3;

/// Letters of the word that the closest free word gets wrong, and takes that word; all where none is close.
fn take_closest(word: &[char], free: &mut Vec<Vec<char>>) -> usize {
    let most = word.len() / LETTERS_AN_ERROR;
    let near = free
        .iter()
        .enumerate()
        .filter(|(_, other)| other.len().abs_diff(word.len()) <= most)
        .map(|(i, other)| (distance(word, other), i))
        .min();
    match near {
        Some((edits, i)) if edits <= most => {
            free.swap_remove(i);
            edits
        }
        _ => word.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(printed: &str, readings: &[&str]) -> f64 {
        let mut printed = Printed::new(printed);
        readings.iter().for_each(|text| printed.read(text));
        printed.error()
    }

    #[test]
    fn order_and_digit_forms_do_not_matter() {
        assert!(error("تاریخ ۱۴۰۲/۰۵/۱۷ بیمارستان", &["بيمارستان 1402/05/17 تاريخ"]).abs() < 1e-9);
    }

    #[test]
    fn lost_and_misread_characters_count() {
        assert!((error("abcd efgh", &["abcd"]) - 0.5).abs() < 1e-9);
        assert!((error("abcd efgh", &["abcx efgh"]) - 0.125).abs() < 1e-9);
        assert!((error("abcd", &[""]) - 1.0).abs() < 1e-9);
        assert!((error("abcd", &[]) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn scraps_of_words_are_not_read() {
        assert!((error("بیمارستان", &["بسمالخنات"]) - 1.0).abs() < 1e-9);
        assert!((error("به از", &["با اس"]) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_any_reading_got_is_read_and_counts_once() {
        assert!(error("abcd efgh", &["abcd", "efgh"]).abs() < 1e-9);
        assert!((error("abcd abcd", &["abcd", "abcd"]) - 0.5).abs() < 1e-9);
    }
}
