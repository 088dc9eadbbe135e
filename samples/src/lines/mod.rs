//! Lines: short crops around one number or date, with what it says, for a reader of numbers to be trained and judged.
//!
//! A line is set among what stands beside numbers on papers (labels, units, rules, the lines above and below, stamps),
//! spoilt by the mechanisms of [`crate::degrade`], and cut out a little wrongly, as a page reader would cut it.
//!
//! ```text
//! says ──▶ scene ──▶ harm
//! pieces   drawing   spoilt strip, cut, grey
//! ```

mod faces;
mod forms;
mod harm;
mod marks;
mod scene;
mod words;

pub use faces::TypeCase;

use image::GrayImage;
use serde::Serialize;

use crate::chance::stream;
use crate::error::SampleError;
use crate::holdout::Split;

/// What is known of a line.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct LineTruth {
    /// Numbers from left to right as they stand on the paper, parted by single spaces: ASCII digits and `/ . - : ,`
    /// (`,` for every sign of its shape); a letter from `A` (Farvardin) to `L` (Esfand) for the name of a month.
    /// Other words are not named.
    pub text: String,
    /// Face of the number.
    pub face: String,
    /// `persian`, `arabic-indic`, `latin` or `mixed`.
    pub digits: &'static str,
    /// What the number is: `date-slash`, `amount`, `iban`, …
    pub form: &'static str,
    /// What was done to the line: mechanism and severity, joined by `+` where there are two.
    pub harm: String,
    /// True for a scan without fault, read straight: the kind that must be read.
    pub clean: bool,
    /// Type size in pixels.
    pub em_px: f32,
    /// Dots an inch.
    pub dpi: u32,
    /// What stands near the number: `label`, `unit`, `neighbours`, `rule`, `stamp`, …
    pub clutter: Vec<&'static str>,
}

/// A line with its truth.
#[derive(Clone, Debug)]
pub struct Line {
    /// The crop, grey.
    pub image: GrayImage,
    /// What it says.
    pub truth: LineTruth,
}

/// Draws line `index` of a seed. The same arguments and faces give the same bytes.
///
/// # Errors
/// When the drawing fails.
pub fn line(case: &TypeCase, split: Split, seed: u64, index: u64) -> Result<Line, SampleError> {
    let mut rng = stream(crate::chance::derive(seed, split.word(), index), "line");
    let type_choice = case.choose(&mut rng)?;
    let says = forms::says(&mut rng, &type_choice);
    let scene = scene::compose(case, &mut rng, &type_choice, says, split)?;
    harm::finish(&mut rng, split, &type_choice, scene)
}

#[cfg(test)]
mod tests;
