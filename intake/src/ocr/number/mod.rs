//! A second reader for numbers and dates: a small network of our own, trained on lines the generator draws.
//!
//! It reads a crop around one number, a label beside it or not, and says digits, the signs between them and the
//! names of the Jalali months; it does not know words. It exists because the reader of words takes Persian digits for
//! one another without noticing: two readers that agree are worth more than either alone. How it was trained, on what,
//! and how well it reads: `docs/number-reader.md`.
//!
//! ```text
//! crop ──▶ normalise ──▶ network ──▶ decode
//! grey     ink, 32 rows   a score a   text, how sure,
//!                         sign and    where each sign
//!                         column      stands
//! ```

mod decode;
mod network;
mod normalise;
mod zone_line;

use sanad_checks::page::Luma;

use self::network::Network;
use self::normalise::Look;
pub(crate) use self::zone_line::{LOOKS as ZONE_LOOKS, ZoneReader};
use crate::net::Weights;

/// The weights of the two networks.
const WEIGHTS: [&[u8]; 2] = [include_bytes!("weights.bin"), include_bytes!("weights-other.bin")];

/// Signs of the network's classes; class 0 says nothing, class 1 is the first of these. The space is said after each
/// number, the letters are months.
const SIGNS: &[u8; 28] = b"0123456789/.-:, ABCDEFGHIJKL";
/// Classes of the network.
const CLASSES: usize = SIGNS.len() + 1;

/// A sign that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadSign {
    /// An ASCII digit, one of `/ . - : ,`, or a letter from `A` (Farvardin) to `L` (Esfand) for a month's name.
    pub sign: char,
    /// How sure, 0 to 1: the network's own share for this sign where it stands.
    pub confidence: f32,
    /// Columns of the crop it stands in, about: first and past the last.
    pub span: (f32, f32),
    /// Which of the line's numbers, from the left, it belongs to.
    pub word: usize,
    /// Share of each digit where it stands; `None` where its place is only guessed.
    pub digits: Option<[f32; 10]>,
}

/// What a crop says.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberReading {
    /// Numbers parted by single spaces, in the order they are said: from the left, but from the right where a month's
    /// name shows that the line is a Persian date («۱۷ مرداد ۱۴۰۲» is `17 E 1402`). Signs at the ends of a number are
    /// left out. A comma stands for every sign of its shape, the Persian thousands and decimal signs among them.
    pub text: String,
    /// How sure the whole text is, 0 to 1: the network's share for this text among all texts, divided by those of the
    /// texts found beside it. Calibrated figures: `docs/number-reader.md`.
    pub confidence: f32,
    /// The signs, from the left.
    pub chars: Vec<ReadSign>,
    /// Other texts the crop may say, best first, each with its share as `confidence` has it.
    pub others: Vec<(String, f32)>,
}

/// The reader. Built once; reading needs no lock.
#[derive(Debug)]
pub struct NumberReader {
    /// The first one, and one of another size that learnt other faces and is asked where the first sees a number.
    networks: [Network; 2],
}

impl Default for NumberReader {
    fn default() -> Self {
        Self::new()
    }
}

/// A crop wider than this many times its height is no number.
const WIDEST: usize = 60;
/// A reading less sure than this is looked at again, in other shapes.
const SURE: f32 = 0.98;
/// A number of fewer figures is no date and no sum, and one network is enough for it.
const FEWEST_FIGURES: usize = 4;
/// The other shapes: who sees a figure narrower, or smaller, may know it.
const LOOKS: [Look; 2] = [Look { wide: 0.9, paper: 0.0 }, Look { wide: 1.08, paper: 0.1 }];

impl NumberReader {
    /// The reader with the weights built into the program.
    #[must_use]
    pub fn new() -> Self {
        Self { networks: WEIGHTS.map(|bytes| Network::new(&Weights::of(bytes))) }
    }

    /// Reads a crop of one line: grey, upright, the number's ink between about a third of the height and all of it.
    /// Light letters on dark ground are read too. `None` where the crop is no line or nothing is read in it.
    #[must_use]
    pub fn read(&self, crop: &Luma) -> Option<NumberReading> {
        let [first, other] = &self.networks;
        let plain = self.glance(crop)?;
        if plain.text.bytes().filter(u8::is_ascii_digit).count() < FEWEST_FIGURES {
            return Some(agreed(&[first], crop, vec![Some(plain)]));
        }
        let second = look(other, crop, Look::PLAIN);
        Some(agreed(&[first, other], crop, vec![Some(plain), second]))
    }

    /// The first of the looks that [`Self::read`] takes, of up to six.
    #[must_use]
    pub fn glance(&self, crop: &Luma) -> Option<NumberReading> {
        if crop.width() < 4 || crop.height() < 6 || crop.width() > WIDEST * crop.height() {
            return None;
        }
        look(&self.networks[0], crop, Look::PLAIN)
    }
}

/// What the networks' first looks say together; where they are not sure of one text, after more looks.
fn agreed(networks: &[&Network], crop: &Luma, mut looks: Vec<Option<NumberReading>>) -> NumberReading {
    let text = looks.iter().flatten().next().map(|reading| reading.text.clone()).unwrap_or_default();
    let sure = |reading: &Option<NumberReading>| {
        reading.as_ref().is_some_and(|reading| reading.confidence >= SURE && reading.text == text)
    };
    if !looks.iter().all(sure) {
        looks.extend(networks.iter().flat_map(|network| LOOKS.map(|shape| look(network, crop, shape))));
    }
    decode::agreed(looks)
}

fn look(network: &Network, crop: &Luma, shape: Look) -> Option<NumberReading> {
    let line = normalise::line(crop, shape);
    decode::decode(&network.scores(&line), line.scale)
}

#[cfg(test)]
mod tests;
