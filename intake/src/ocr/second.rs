//! A second look at number and date fields, by our own reader of numbers.
//!
//! One reader can be wrong with great confidence, so a field counts as read only when two readings agree or a
//! rule decides. The reader of numbers learnt other faces by other means than the reader of words, so that the two
//! seldom make the same mistake.

use super::alike::Look;
use super::words::SecondReading;
use crate::read::jalali_month;

/// What the reader of numbers says of a field, months by their names.
pub(super) fn said(look: &Look) -> SecondReading {
    let reading = &look.reading;
    let others = reading.others.iter().map(|(text, share)| (spelt(text), *share)).collect();
    SecondReading { text: spelt(&reading.text), region: look.region, confidence: reading.confidence, others }
}

/// `A` to `L`, which stand for the months of the year, by their names.
fn spelt(text: &str) -> String {
    let name = |sign: char| jalali_month(usize::try_from(u32::from(sign).checked_sub(u32::from('A'))?).ok()?);
    text.chars().map(|sign| name(sign).map_or_else(|| sign.to_string(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::spelt;

    #[test]
    fn months_are_spelt_and_numbers_left_alone() {
        assert_eq!(spelt("17 E 1402"), "17 مرداد 1402");
        assert_eq!(spelt("1402/05/17"), "1402/05/17");
    }
}
