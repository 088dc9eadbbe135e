//! Stamps and signatures: hints for the expert, each with its place, its colour and how sure the reader is.
//!
//! ```text
//! page ──▶ scene ──▶ candidates ──▶ signs ──▶ judge
//!          small,    patches of     shape,    a small network that was fitted on drawn papers:
//!          even      one hue, dark  stroke,   stamp, signature, or neither
//!          light     strokes        colour
//! ```
//!
//! The page is looked at small (`scene.rs`), since neither a stamp nor a signature is small. Candidates are patches of one
//! hue (`patches.rs`) and connected dark strokes that are larger than letters (`strokes.rs`); what each looks like is told
//! by thirty-odd numbers (`signs.rs`), and a network of one layer says what it is (`judge.rs`). Fitted by `evaluate
//! fit-marks`, measured by `evaluate marks`; both in `docs/marks.md`.

mod judge;
mod patches;
mod scene;
mod shape;
mod signs;
mod strokes;

use sanad_checks::facts::{MarkFact, MarksSeen};
use sanad_checks::legibility::Marks;
use sanad_checks::page::{Luma, Region};

pub use self::judge::{MODEL_UNITS, Model, Unit};
pub use self::signs::{NAMES as SIGN_NAMES, SIGNS};

use self::scene::Scene;
use self::signs::Spot;
use super::IntakeError;
use crate::raster::Rgb;

/// A place that may be a mark, and what it looks like.
#[derive(Clone, Debug)]
pub struct MarkCandidate {
    /// Where, in page pixels.
    pub region: Region,
    /// What it looks like, in the order of [`SIGN_NAMES`].
    pub signs: [f32; SIGNS],
    /// Its ink, `dark` where it has no hue.
    pub colour: &'static str,
}

/// What was seen on a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) stamps: Vec<MarkFact>,
    pub(crate) signatures: Vec<MarkFact>,
    pub(crate) nearness: MarksSeen,
}

/// From this probability on a candidate is told: three to one, so that a hint is worth the look.
const TOLD: f32 = 0.75;
/// Width over height of a stamp and of a signature: bars and columns of anything are neither.
const ASPECTS: [std::ops::Range<f64>; 2] = [0.3..6.0, 0.35..9.0];
/// Two candidates that share more than this of their union, or of the smaller one, are one mark.
const SAME: (f64, f64) = (0.25, 0.6);

/// What is this near to being a stamp may hide a signature on a page without colour: that it bears none is then not sure.
const MAY_HIDE: f64 = 0.3;
const HIDDEN: f64 = 0.5;

/// Every candidate of a page. `letters` are the page's legibility marks: how high its letters are, and where the sheet
/// lies.
///
/// # Errors
/// When a smaller copy cannot be made.
pub(crate) fn candidates(
    luma: &Luma,
    colour: Option<&Rgb>,
    letters: &Marks,
) -> Result<Vec<MarkCandidate>, IntakeError> {
    let scene = Scene::of(luma, colour, letters)?;
    let mut spots: Vec<Spot> = patches::patches(&scene);
    spots.extend(strokes::strokes(&scene));
    Ok(spots
        .iter()
        .filter_map(|spot| {
            let (signs, colour) = signs::signs(&scene, spot)?;
            Some(MarkCandidate { region: scene.region(spot, luma), signs, colour })
        })
        .collect())
}

/// Stamps and signatures of a page, in its pixels.
///
/// # Errors
/// When a smaller copy cannot be made.
pub(crate) fn find(luma: &Luma, colour: Option<&Rgb>, letters: &Marks, page: u32) -> Result<Seen, IntakeError> {
    find_by(Model::fitted(), luma, colour, letters, page)
}

/// The same by another model.
pub(super) fn find_by(
    model: &Model,
    luma: &Luma,
    colour: Option<&Rgb>,
    letters: &Marks,
    page: u32,
) -> Result<Seen, IntakeError> {
    let candidates = candidates(luma, colour, letters)?;
    let judged: Vec<(&MarkCandidate, [f32; 2])> = candidates.iter().map(|c| (c, model.judge(&c.signs))).collect();
    let of = |which: usize| {
        let shaped = |c: &MarkCandidate| {
            ASPECTS[which].contains(&(f64::from(c.region.width) / f64::from(c.region.height.max(1))))
        };
        let mut ranked: Vec<(&MarkCandidate, f32)> =
            judged.iter().filter(|(c, _)| shaped(c)).map(|(c, told)| (*c, told[which])).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let nearest = ranked.first().map_or(0.0, |(_, told)| f64::from(*told));
        let mut kept: Vec<MarkFact> = Vec::new();
        for (candidate, told) in ranked.into_iter().take_while(|(_, told)| *told >= TOLD) {
            if kept.iter().all(|known| !same(known.region, candidate.region)) {
                kept.push(MarkFact {
                    page,
                    region: candidate.region,
                    colour: candidate.colour.to_owned(),
                    confidence: (f64::from(told) * 100.0).round() / 100.0,
                });
            }
        }
        (kept, nearest)
    };
    let ((stamps, stamp), (signatures, signature)) = (of(0), of(1));
    // Without colour a signature that touches a stamp is one piece of ink with it.
    let hidden = colour.is_none_or(Rgb::is_grey) && stamp >= MAY_HIDE;
    let signature = if hidden { signature.max(HIDDEN) } else { signature };
    Ok(Seen { stamps, signatures, nearness: MarksSeen { stamp, signature } })
}

fn same(one: Region, other: Region) -> bool {
    let both = one.shared(other) as f64;
    let area = |region: Region| region.area() as f64;
    both > SAME.0 * (area(one) + area(other) - both) || both > SAME.1 * area(one).min(area(other))
}

#[cfg(test)]
mod tests;
