//! Numbers that were found by their ink, put among the words: where the reader of words made nothing of a number, its
//! label still stands beside it, and the roles of dates and the names of sums go by labels and places.

use sanad_checks::page::Region;

use super::amounts::grouped_sum;
use super::belief::reread;
use super::dates::names_month;
use super::second::sure;
use crate::ocr::{SecondReading, Word};

/// The words of a page with the numbers that were surely read by their ink in the place of whatever was read there, and
/// the places of those numbers.
pub(super) struct Mended {
    pub(super) words: Vec<Word>,
    pub(super) places: Vec<Region>,
}

/// A word less sure than this that lies over a number is what the reader of words made of the number.
const GARBLED: f32 = 0.6;

/// Puts the sure numbers among the words.
pub(super) fn mended(words: &[Word], second: &[SecondReading]) -> Mended {
    let opposed = |place: Region| words.iter().any(|w| w.confidence >= GARBLED && place.holds_middle(w.region));
    let enough = |reading: &SecondReading| {
        let least = match reread(&reading.text) {
            Some(_) => sure::DAY_ALONE,
            None if opposed(reading.region) => sure::ALONE,
            None => sure::UNOPPOSED,
        };
        reading.confidence >= least
    };
    let mut sure: Vec<&SecondReading> =
        second.iter().filter(|reading| is_number(&reading.text) && enough(reading)).collect();
    sure.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut places: Vec<Region> = Vec::new();
    let mut mended: Vec<Word> = Vec::new();
    for reading in sure {
        if !places.iter().any(|place| place.near(reading.region, 0)) {
            places.push(reading.region);
            mended.extend(pieces(reading));
        }
    }
    let kept = |word: &&Word| {
        let r = word.region;
        let over = |p: &Region| r.shared(*p) * 2 > u64::from(p.width.min(r.width)) * u64::from(p.height);
        !places.iter().any(|p| p.holds_middle(r) || (word.confidence < GARBLED && over(p)))
    };
    mended.extend(words.iter().filter(kept).cloned());
    Mended { words: mended, places }
}

/// A date, or a sum whose groups of three bear it out.
fn is_number(text: &str) -> bool {
    reread(text).is_some() || grouped_sum(text).is_some()
}

/// The words of a reading, side by side in its place: from the right where a month's name shows a Persian date.
fn pieces(reading: &SecondReading) -> Vec<Word> {
    let mut parts: Vec<&str> = reading.text.split_whitespace().collect();
    if parts.iter().any(|part| names_month(part)) {
        parts.reverse();
    }
    let signs = |part: &&str| part.chars().count() as u32;
    let all = (parts.iter().map(signs).sum::<u32>() + parts.len() as u32 - 1).max(1);
    let place = reading.region;
    let mut before = 0;
    let mut words = Vec::with_capacity(parts.len());
    for part in &parts {
        let (x, width) = (place.width * before / all, place.width * signs(part) / all);
        let region = Region::new(place.x + x, place.y, width.max(1), place.height);
        words.push(Word { text: (*part).to_owned(), region, confidence: reading.confidence });
        before += signs(part) + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::line;
    use super::*;

    fn reading(text: &str, region: Region, confidence: f32) -> SecondReading {
        SecondReading { text: text.to_owned(), region, confidence, ..SecondReading::default() }
    }

    #[test]
    fn a_sure_number_takes_the_place_of_what_was_garbled() {
        let words = line("جمع کل: رد۱۷", 900, 10);
        let field = words[2].region;
        let read = mended(&words, &[reading("9,000,000", field, 0.99)]);
        let texts: Vec<&str> = read.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["9,000,000", "جمع", "کل:"]);
        assert_eq!(read.places, [field]);
    }

    #[test]
    fn doubtful_numbers_and_other_numbers_change_nothing() {
        let words = line("شماره: ۱۲۳۴", 900, 10);
        let field = words[1].region;
        assert_eq!(mended(&words, &[reading("9,000,000", field, 0.9)]).words, words);
        assert_eq!(mended(&words, &[reading("1234", field, 0.99)]).words, words);
    }

    #[test]
    fn a_day_needs_less_than_a_sum_does() {
        let words = line("تاریخ: رد۱۷", 900, 10);
        let field = words[1].region;
        assert_eq!(mended(&words, &[reading("1404/02/21", field, 0.85)]).places, [field]);
        assert!(mended(&words, &[reading("1404/02/21", field, 0.7)]).places.is_empty());
        assert!(mended(&words, &[reading("9,000,000", field, 0.84)]).places.is_empty());
    }

    #[test]
    fn a_date_with_a_month_is_set_from_the_right() {
        let place = Region::new(100, 10, 120, 20);
        let read = mended(&[], &[reading("17 دی 1404", place, 0.99)]).words;
        let mut by_place: Vec<&Word> = read.iter().collect();
        by_place.sort_by_key(|word| std::cmp::Reverse(word.region.x));
        let texts: Vec<&str> = by_place.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["17", "دی", "1404"]);
    }
}
