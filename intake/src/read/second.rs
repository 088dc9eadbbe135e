//! What the reader of numbers made of a place, for whoever holds it against the reader of words.

use sanad_checks::facts::Precision;
use sanad_checks::page::Region;

use super::amounts::grouped_sum;
use super::belief::reread;
use super::dates::spelt_month;
use crate::ocr::{SecondReading, Word};

/// How sure the reader of numbers must be, 0–1. Figures: `docs/number-reader.md`.
pub(super) mod sure {
    /// That its agreement with the reader of words makes a date or a sum trusted.
    pub(crate) const AGREES: f32 = 0.9;
    /// That its sum may take part in a proof by other sums.
    pub(crate) const IN_PROOF: f32 = 0.5;
    /// That its day, of which the reader of words made none in its page, is trusted where that reader, asked about the
    /// field by itself, says the same.
    pub(crate) const PROVED: f32 = 0.95;
    /// That its day is trusted by the calendar alone: a label names its role, the figures say one day that a claim's papers
    /// may bear, and the reader of words has no other such day there.
    pub(crate) const BY_CALENDAR: f32 = 0.998;
    /// That its sum stands where the reader of words has another; not trusted by that.
    pub(crate) const ALONE: f32 = 0.965;
    /// The same where the reader of words made no sum of the place.
    pub(crate) const UNOPPOSED: f32 = 0.85;
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

/// The readings with the months that the reader of words spells out in their places: it knows letters, the reader of
/// numbers takes خرداد for مرداد where the print is soft. A reading mended so bears nobody out.
pub(super) fn with_spelt_months(words: &[Word], second: &[SecondReading]) -> Vec<SecondReading> {
    /// How sure the reader of words must be of the name, 0 to 1.
    const SURE: f32 = 0.5;
    let spelt: Vec<(Region, &str)> = words
        .iter()
        .filter(|word| word.confidence >= SURE)
        .filter_map(|w| Some((w.region, month_in(&w.text)?)))
        .collect();
    let of_one = |reading: &SecondReading| {
        let mut here = spelt.iter().filter(|(place, _)| reading.region.holds_middle(*place)).map(|(_, name)| *name);
        match (here.next(), here.next(), month_in(&reading.text)) {
            (Some(name), None, Some(heard)) if name != heard => told_as(reading, heard, name),
            _ => reading.clone(),
        }
    };
    second.iter().map(of_one).collect()
}

/// The readings with the likeliest sum in the place of a garbled one: figures and commas whose groups are no threes say
/// that a sum stands there, and what else the place may be says which. Sure enough to be told where nothing gainsays it
/// and to be proved by other sums, never to be trusted for its likeness to what the reader of words made of it.
pub(super) fn with_sums(second: &[SecondReading]) -> Vec<SecondReading> {
    let of_one = |reading: &SecondReading| match mended_sum(reading) {
        Some(sum) => SecondReading {
            others: reading.others.iter().filter(|(text, _)| *text != sum).cloned().collect(),
            text: sum,
            confidence: sure::UNOPPOSED,
            region: reading.region,
        },
        None => reading.clone(),
    };
    second.iter().map(of_one).collect()
}

/// The sum in the place of figures and commas that make none.
fn mended_sum(reading: &SecondReading) -> Option<String> {
    let in_figures = reading.text.chars().all(|c| c.is_ascii_digit() || c == ',');
    let garbled = in_figures && grouped_sum(&reading.text).is_none();
    garbled.then(|| likeliest_sum(reading).or_else(|| parted_by_commas(reading)))?
}

/// The likeliest sum that a garbled one may be.
fn likeliest_sum(reading: &SecondReading) -> Option<String> {
    /// The share of all readings that the sum must have, 0 to 1.
    const LEAST: f32 = 0.15;
    let sum = reading.others.iter().find(|(text, _)| grouped_sum(text).is_some());
    sum.filter(|(_, share)| *share >= LEAST && ends_in_three(&reading.text)).map(|(sum, _)| sum.clone())
}

/// Whether a text ends as sums do, with a comma and three figures.
fn ends_in_three(text: &str) -> bool {
    let last: Vec<char> = text.chars().rev().take(4).collect();
    matches!(last[..], [a, b, c, ','] if [a, b, c].iter().all(char::is_ascii_digit))
}

/// The sum of which a nought was read for each comma, as in faces whose noughts are small and whose commas are raised: the
/// groups of three say where its commas stand, and for each some other reading has one there.
fn parted_by_commas(reading: &SecondReading) -> Option<String> {
    /// The share of a reading that bears a comma out, 0 to 1.
    const LEAST: f32 = 0.005;
    const FEWEST: usize = 9;
    let signs: Vec<char> = reading.text.chars().collect();
    if signs.len() < FEWEST {
        return None;
    }
    let borne_out = |at: usize| {
        let mut heard = reading.others.iter().filter(|(text, share)| *share >= LEAST && text.len() == signs.len());
        signs[at] == ',' || (signs[at] == '0' && heard.any(|(text, _)| text.as_bytes()[at] == b','))
    };
    let is_comma = |at: usize| (signs.len() - 1 - at) % 4 == 3;
    let parted: String =
        (0..signs.len()).map(|at| if is_comma(at) && borne_out(at) { ',' } else { signs[at] }).collect();
    grouped_sum(&parted).map(|_| parted)
}

/// The one Jalali month that a text names letter for letter.
fn month_in(text: &str) -> Option<&'static str> {
    let mut named = text.split(|c: char| !c.is_alphabetic()).filter_map(spelt_month);
    named.next().filter(|_| named.next().is_none())
}

/// The reading with another month in it, and of what else it may be what has that month.
fn told_as(reading: &SecondReading, heard: &str, name: &str) -> SecondReading {
    let others = reading.others.iter().filter(|(text, _)| month_in(text) == Some(name)).cloned().collect();
    let confidence = reading.confidence.min(sure::DAY_ALONE);
    SecondReading { text: reading.text.replace(heard, name), confidence, others, region: reading.region }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_that_is_spelt_out_goes_before_one_that_was_heard() {
        let place = Region::new(100, 10, 120, 20);
        let heard = SecondReading {
            text: "22 مرداد 1402".to_owned(),
            region: place,
            confidence: 0.95,
            others: vec![("23 مرداد 1402".to_owned(), 0.02), ("22 خرداد 1402".to_owned(), 0.01)],
        };
        let word =
            |text: &str, confidence| Word { text: text.to_owned(), region: Region::new(150, 12, 30, 16), confidence };
        let told = |word: Word| with_spelt_months(&[word], std::slice::from_ref(&heard)).remove(0);
        let mended = told(word("۲۲خرداد", 0.8));
        assert_eq!((mended.text.as_str(), mended.confidence, mended.others.len()), ("22 خرداد 1402", 0.8, 1));
        assert_eq!(told(word("مرداد", 0.8)), heard);
        assert_eq!(told(word("خرداد", 0.3)), heard);
        assert_eq!(told(word("جرداد", 0.8)), heard);
        let elsewhere = Word { region: Region::new(400, 12, 30, 16), ..word("خرداد", 0.8) };
        assert_eq!(told(elsewhere), heard);
    }

    #[test]
    fn a_garbled_sum_gives_way_to_the_likeliest_that_is_one() {
        let heard = |text: &str, share: f32| SecondReading {
            text: text.to_owned(),
            region: Region::new(100, 10, 120, 20),
            confidence: 0.46,
            others: vec![("1,018,45,000".to_owned(), 0.1), ("1,018,450,000".to_owned(), share)],
        };
        let told = |text: &str, share| with_sums(std::slice::from_ref(&heard(text, share))).remove(0);
        let mended = told("14018,450,000", 0.24);
        assert_eq!((mended.text.as_str(), mended.confidence), ("1,018,450,000", sure::UNOPPOSED));
        assert_eq!(mended.others.len(), 1);
        for (text, share) in [("14018,450,000", 0.05), ("14018450000", 0.24), ("18,450,000", 0.24)] {
            assert_eq!(told(text, share), heard(text, share), "{text}");
        }
    }

    #[test]
    fn noughts_that_were_read_for_commas_part_the_sum() {
        let told = |text: &str, others: &[&str]| {
            let others = others.iter().map(|other| ((*other).to_owned(), 0.1)).collect();
            let heard = SecondReading { text: text.to_owned(), confidence: 0.6, others, ..SecondReading::default() };
            with_sums(std::slice::from_ref(&heard)).remove(0).text
        };
        assert_eq!(told("55704600000", &["557,4600000", "5570460,000"]), "557,460,000");
        assert_eq!(told("6190400,000", &["619,400.000", "619,4000000"]), "619,400,000");
        // a comma that no reading has, another length, a figure that is no nought
        assert_eq!(told("55704600000", &["557,4600000"]), "55704600000");
        assert_eq!(told("55704600000", &["557,460000", "5570460,000"]), "55704600000");
        assert_eq!(told("55714600000", &["557,4600000", "5571460,000"]), "55714600000");
    }
}
