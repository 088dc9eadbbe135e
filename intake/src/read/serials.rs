//! Numbers by which an issuer knows its papers: of a bill, of a receipt, and those by which a payment is followed up.
//!
//! A number counts by its label alone, since any row of figures may be a number of something. The reader of words often
//! slips in figures, so a number is trusted only where the reader of numbers has the very same.

use sanad_checks::facts::{NumberFact, Numbered};
use sanad_checks::page::Region;

use super::belief::reread;
use super::cues::{Phrases, Place};
use super::rows::{Item, Row, gap, right};
use super::second::{sure, surest};
use super::text::{digit, fold, is_mark};
use crate::ocr::SecondReading;

/// Labels of each number.
const LABELS: [(Numbered, &[&str]); 3] = [
    (
        Numbered::Invoice,
        &["شماره صورتحساب", "شماره صورت حساب", "شماره فاکتور", "صورتحساب شماره", "فاکتور شماره", "شماره سریال فاکتور"],
    ),
    (Numbered::Receipt, &["شماره قبض", "شماره رسید", "قبض شماره", "رسید شماره"]),
    (Numbered::Tracking, &["کد رهگیری", "شماره رهگیری", "کد پیگیری", "شماره پیگیری", "شماره ارجاع"]),
];

/// Figures of a number: fewer are a row's or a page's, more are an account's.
const FIGURES: std::ops::RangeInclusive<usize> = 4..=20;
/// Letters a number may have before, between or after its figures.
const LETTERS: usize = 3;
/// A label with more slips than this is another word (a document's number is two from a receipt's).
const SLIPS: usize = 1;
/// White between a label and its number, in heights of the row.
const FURTHEST: u32 = 14;
/// A value under its label begins at most so many heights below.
const BELOW: u32 = 2;

/// The labelled numbers of a page, each once.
pub(super) fn find(rows: &[Row], second: &[SecondReading], page: u32) -> Vec<NumberFact> {
    let phrases = Phrases::of(rows);
    let mut found: Vec<NumberFact> = Vec::new();
    for (of, labels) in LABELS {
        for place in labels.iter().flat_map(|label| phrases.places(&fold(label))).filter(|p| p.slips <= SLIPS) {
            let Some(value) = beside(rows, place).or_else(|| under(rows, place)) else { continue };
            let Some(text) = number(&value) else { continue };
            if !found.iter().any(|known| known.of == of && known.text == text) {
                found.push(told(of, text, &value, second, page));
            }
        }
    }
    found
}

/// The words that stand for the number on the label's row.
fn beside(rows: &[Row], label: Place) -> Option<Vec<&Item>> {
    let row = &rows[label.row];
    let mut value: Vec<&Item> = Vec::new();
    for item in &row.items[label.items.1..] {
        let (last, furthest) = match value.last() {
            Some(last) => (last.region, row.height / 2),
            None => (label.region, FURTHEST * row.height),
        };
        if gap(last, item.region) > furthest || !may_be_part(item) {
            break;
        }
        value.push(item);
    }
    value.retain(|item| item.text.chars().any(char::is_alphanumeric));
    (!value.is_empty()).then_some(value)
}

/// The word in the cell under a label that nothing follows on its row.
fn under(rows: &[Row], label: Place) -> Option<Vec<&Item>> {
    let row = &rows[label.row];
    let height = row.height.max(1);
    let follows = row.items.get(label.items.1).is_some_and(|item| gap(item.region, label.region) < 3 * height);
    let bottom = label.region.y + label.region.height;
    let here = |item: &&Item| {
        let place = item.region;
        let shared = right(place).min(right(label.region)) > place.x.max(label.region.x);
        shared && place.y + place.height / 2 > bottom && place.y < bottom + BELOW * height && may_be_part(item)
    };
    let first = rows[label.row + 1..].iter().take(2).flat_map(|row| &row.items).find(here);
    first.filter(|_| !follows).map(|item| vec![item])
}

/// Whether a word may be a part of a number: figures, a few Latin letters and signs, no word of Persian.
fn may_be_part(item: &Item) -> bool {
    item.text.chars().all(|c| is_mark(c) || c.is_ascii() || digit(c).is_some())
}

/// The number some words say, where they say one; numbers run from the left.
fn number(value: &[&Item]) -> Option<String> {
    let said: Vec<&str> = value.iter().rev().map(|item| item.text.as_str()).collect();
    let text = fold(&said.concat());
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let fits = FIGURES.contains(&figures) && text.chars().count() - figures <= LETTERS;
    // where the number was lost, the next field may stand here
    (fits && reread(&said.concat()).is_none()).then_some(text)
}

fn told(of: Numbered, text: String, value: &[&Item], second: &[SecondReading], page: u32) -> NumberFact {
    let region = value.iter().map(|item| item.region).reduce(Region::union).unwrap_or_default();
    let other = surest(second, region).filter(|other| other.confidence >= sure::AGREES);
    let trusted = other.is_some_and(|other| fold(&other.text) == text);
    let lowest = value.iter().map(|item| item.confidence).fold(1.0, f32::min);
    NumberFact { of, text, trusted, confidence: f64::from(lowest.clamp(0.0, 1.0)), page, region }
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::line;
    use super::*;

    fn numbers(text: &str) -> Vec<(Numbered, String)> {
        find(&rows(&line(text, 1200, 10)), &[], 0).into_iter().map(|n| (n.of, n.text)).collect()
    }

    #[test]
    fn a_label_names_the_number() {
        assert_eq!(numbers("شماره صورتحساب: ۱۴۰۲-۰۰۷۱۲"), [(Numbered::Invoice, "140200712".to_owned())]);
        assert_eq!(numbers("شماره قبض: ۰۰۴۲۱۷ تاریخ: ۱۴۰۲/۰۵/۱۷"), [(Numbered::Receipt, "004217".to_owned())]);
        assert_eq!(numbers("کد رهگیری: AB123456"), [(Numbered::Tracking, "ab123456".to_owned())]);
    }

    #[test]
    fn other_numbers_and_other_fields_are_none() {
        for text in ["شماره سند: ۰۰۴۲۱۷", "شماره پرونده: ۰۰۴۲۱۷", "شماره قبض: ۱۲", "شماره قبض: ندارد ۰۰۴۲۱۷"]
        {
            assert_eq!(numbers(text), [], "{text}");
        }
        assert_eq!(numbers("شماره فاکتور: ۱۴۰۲/۰۵/۱۷"), [], "the next field stands where the number was lost");
    }

    #[test]
    fn a_number_is_trusted_where_both_readers_have_it() {
        let words = line("شماره قبض: ۰۰۴۲۱۷", 1200, 10);
        let again = |text: &str, confidence| SecondReading {
            text: text.to_owned(),
            region: words[2].region,
            confidence,
            ..SecondReading::default()
        };
        let trusted = |second: SecondReading| find(&rows(&words), &[second], 0)[0].trusted;
        assert!(trusted(again("004217", 0.95)));
        assert!(!trusted(again("004277", 0.95)) && !trusted(again("004217", 0.5)));
        assert!(!find(&rows(&words), &[], 0)[0].trusted);
    }

    #[test]
    fn a_number_may_stand_under_its_label() {
        let mut words = line("شماره فاکتور", 900, 10);
        words.extend(line("۵۵۲۷۱۰", 900, 45));
        assert_eq!(find(&rows(&words), &[], 2)[0].text, "552710");
    }
}
