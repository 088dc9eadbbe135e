//! Lines of machine-readable zones, by a network of the same make with an alphabet of its own.
//!
//! The zone is set in one face all over the world (OCR-B), on printed ground that a reader of words stumbles over, so a
//! small network that knows this face and such grounds reads it where the reader of words does not. What it says is a
//! reading like any other: only check digits prove it.

use sanad_checks::page::Luma;

use super::network::Network;
use super::normalise::{self, Look};
use crate::net::Weights;

/// Signs of the classes; class 0 says nothing.
const SIGNS: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
const CLASSES: usize = SIGNS.len() + 1;
/// A line of a zone is no longer than this, in heights of the crop.
const WIDEST: usize = 120;

/// Other shapes a line is looked at in: narrower, wider, smaller on its paper.
pub(crate) const LOOKS: [ZoneLook; 3] =
    [ZoneLook(Look::PLAIN), ZoneLook(Look { wide: 0.88, paper: 0.1 }), ZoneLook(Look { wide: 1.1, paper: 0.22 })];

/// A shape a line is looked at in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ZoneLook(Look);

/// Reads lines of zones. Built once.
#[derive(Debug)]
pub(crate) struct ZoneReader(Network);

impl ZoneReader {
    /// The reader with the weights built into the program.
    pub(crate) fn new() -> Self {
        Self(Network::new(&Weights::of(include_bytes!("weights-zone.bin"))))
    }

    /// What a crop of one line says, upright and grey, its letters between a third and all of the height. Empty where it
    /// says nothing.
    pub(crate) fn read(&self, crop: &Luma, look: ZoneLook) -> String {
        if crop.width() < 8 || crop.height() < 6 || crop.width() > WIDEST * crop.height() {
            return String::new();
        }
        spelt(&self.0.scores(&normalise::line(crop, look.0)).0)
    }
}

/// The best class of each column, repeats and silence left out.
fn spelt(scores: &[f32]) -> String {
    let mut text = String::new();
    let mut before = 0;
    for row in scores.chunks_exact(CLASSES) {
        let best =
            row.iter().enumerate().fold((0, f32::MIN), |best, (at, v)| if *v > best.1 { (at, *v) } else { best }).0;
        if best != 0 && best != before {
            text.push(char::from(SIGNS[best - 1]));
        }
        before = best;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_one_sign_and_silence_parts_like_ones() {
        let class = |c: u8| SIGNS.iter().position(|sign| *sign == c).map_or(0, |at| at + 1);
        let rows = b"__PP_<<_<UTO__1122_2".iter();
        let scores: Vec<f32> =
            rows.flat_map(|c| (0..CLASSES).map(move |at| if at == class(*c) { 9.0 } else { 0.0 })).collect();
        assert_eq!(spelt(&scores), "P<<UTO122");
    }

    #[test]
    fn an_empty_crop_says_nothing() {
        let reader = ZoneReader::new();
        for look in LOOKS {
            assert_eq!(reader.read(&Luma::filled(600, 30, 220), look), "");
        }
        assert_eq!(reader.read(&Luma::filled(4, 30, 220), LOOKS[0]), "");
    }
}
