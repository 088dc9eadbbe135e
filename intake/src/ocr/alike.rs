//! One page is printed in few faces, so that what looks alike on it is the same figure and what does not is another.
//!
//! The reader of numbers sees one crop at a time and may take the two of a face it never saw for a three, wherever it
//! stands. On the page both are there, several times each, and each unlike the other: then the shape that it holds less
//! surely for a three is the figure that is left over. Figures are cut out, put together by their looks, and given the
//! digits that the readings hold likeliest under that rule, as a cipher of ten signs is broken. A nine is known by its
//! ring besides (`ring.rs`), wherever it stands.

mod cipher;
mod cutout;
mod faces;
mod ring;

use sanad_checks::page::{Luma, Region};

use super::number::NumberReading;
use cutout::{Figure, figures};

/// A field with its crop and what was read in it.
#[derive(Debug)]
pub(super) struct Look {
    /// The field.
    pub(super) region: Region,
    /// Its crop.
    pub(super) crop: Luma,
    /// What it says.
    pub(super) reading: NumberReading,
}

/// Figures of a page that are compared at most.
const MOST_FIGURES: usize = 400;
/// No reading is surer than this by what is alike on its page: the calendar may not decide by it.
const SUREST: f32 = 0.99;

/// Weighs what the looks of a page say by what is alike on it.
pub(super) fn settle(looks: &mut [Look]) {
    let mut figures: Vec<Figure> = looks.iter().enumerate().flat_map(|(at, look)| figures(at, look)).collect();
    figures.truncate(MOST_FIGURES);
    let shares = cipher::shares(&figures);
    for (at, look) in looks.iter_mut().enumerate() {
        let own: Vec<(usize, [f32; 10])> =
            figures.iter().zip(&shares).filter(|(f, _)| f.look == at).map(|(f, shares)| (f.place, *shares)).collect();
        if !own.is_empty() {
            weigh(&mut look.reading, &own);
        }
    }
}

/// The text with its digits left out.
fn skeleton(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// A reading under new shares of some of its digits, each with its place among the digits of the text.
fn weigh(reading: &mut NumberReading, shares: &[(usize, [f32; 10])]) {
    let bare = skeleton(&reading.text);
    let own = (reading.text.clone(), reading.confidence);
    let texts: Vec<(String, f32)> = std::iter::once(own).chain(reading.others.iter().cloned()).collect();
    let (like, unlike): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(text, _)| skeleton(text) == bare);
    let all: f32 = like.iter().map(|(_, share)| share).sum::<f32>().min(1.0);
    let count = bare.chars().filter(char::is_ascii_digit).count();
    let mut places = read_shares(&like, count);
    for (place, shares) in shares {
        places[*place] = *shares;
    }
    let best: Vec<usize> = places.iter().map(largest).collect();
    let share = |digits: &[usize]| digits.iter().zip(&places).map(|(digit, shares)| shares[*digit]).product::<f32>();
    let digits = |text: &str| text.chars().filter_map(|c| c.to_digit(10)).map(|d| d as usize).collect::<Vec<_>>();
    let text = filled(&bare, &best);
    let mut others: Vec<(String, f32)> = like
        .iter()
        .filter(|(other, _)| *other != text)
        .map(|(other, _)| (other.clone(), all * share(&digits(other))))
        .chain(unlike)
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    let sure = (all * share(&best)).min(SUREST);
    // What stays as it was read is no less sure for it, unless another figure is likelier than not.
    let kept = if text == reading.text && sure > 0.5 { sure.max(reading.confidence) } else { sure };
    (reading.text, reading.confidence, reading.others) = (text, kept, others);
}

/// Share of each digit at each place, among texts that differ in digits only.
fn read_shares(texts: &[(String, f32)], count: usize) -> Vec<[f32; 10]> {
    let mut places = vec![[0f32; 10]; count];
    for (text, share) in texts {
        for (place, digit) in places.iter_mut().zip(text.chars().filter_map(|c| c.to_digit(10))) {
            place[digit as usize] += share;
        }
    }
    for place in &mut places {
        let sum: f32 = place.iter().sum();
        place.iter_mut().for_each(|share| *share /= sum.max(1e-6));
    }
    places
}

fn largest(shares: &[f32; 10]) -> usize {
    (0..10).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(0)
}

/// The skeleton with these digits in it.
fn filled(bare: &str, digits: &[usize]) -> String {
    let mut digits = digits.iter().filter_map(|digit| char::from_digit(*digit as u32, 10));
    bare.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or(c) } else { c }).collect()
}

#[cfg(test)]
mod tests;
