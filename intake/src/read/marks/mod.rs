//! Stamps and signatures: hints for the expert, each with its place, its colour and how sure the reader is.
//!
//! ```text
//! page ──▶ small page ──▶ finder ──▶ guesses ──▶ told
//!          ink as a       a network  one box     surer than a limit, and for signatures
//!          share of the   that says  for each    no print that is all level and upright
//!          paper          for each   mark
//!                         cell
//! ```
//!
//! The page is looked at small, since neither a stamp nor a signature is small. A network (`finder.rs`, trained by
//! `training/marks` on drawn papers) says for each cell of it whether the middle of a stamp or of a signature lies there and
//! how far it reaches; cells that speak of one mark are one guess (`guesses.rs`), and an unsure one is looked at again
//! (`again.rs`). Square codes, bar codes and ruled cells are what a finder that never saw them may take for strokes of a
//! hand; no hand draws level and upright alone (`edges.rs`), and the rules of a table go on beyond what looks like a framed
//! stamp (`ruled.rs`).
//! Measured by `evaluate marks`; figures in `docs/marks.md`.

mod again;
mod edges;
mod finder;
mod guesses;
mod hue;
mod ruled;

use std::sync::LazyLock;

use sanad_checks::facts::{MarkFact, MarksSeen};
use sanad_checks::page::{Luma, Region};

use self::again::{Eye, by_both};
use self::finder::Finder;
use self::guesses::{Guess, SAME, best, guesses, nearness, of_union};
use super::IntakeError;
use crate::picture;
use crate::raster::Rgb;

/// What was seen on a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) stamps: Vec<MarkFact>,
    pub(crate) signatures: Vec<MarkFact>,
    pub(crate) nearness: MarksSeen,
}

/// Long side of the small page, pixels: about 90 dpi on A4.
const SIDE: usize = 1024;
/// How sure the finder must be of a stamp and of a signature for it to be told: about as many are missed as are invented on
/// pages of the fitting split.
const TOLD: [f32; 2] = [0.55, 0.5];
/// The more the edges of what has no colour run two ways only, the surer the finder must be, from here on; a stamp may have
/// a frame of such edges, so it counts for less.
const LEVEL_FROM: f32 = 0.35;
const LEVEL_COUNTS: [f32; 2] = [0.5, 1.0];
/// Where so many rules run on beyond a place in dark ink, it lies in a table, and the finder must be surer by so much.
const TABLE_RULES: usize = 2;
const TABLE_COUNTS: f32 = 0.2;
/// A place is no stamp where the finder is surer by so much that the same place is a signature: so much of the union is
/// shared. Signatures are written across stamps, so both may be there.
const ONE_PLACE: f32 = 0.6;
const SURER: f32 = 0.2;

static FINDER: LazyLock<Finder> = LazyLock::new(Finder::new);

/// Stamps and signatures of a page, in its pixels.
///
/// # Errors
/// When a smaller copy cannot be made.
pub(crate) fn find(luma: &Luma, colour: Option<&Rgb>, page: u32) -> Result<Seen, IntakeError> {
    let small = match colour {
        Some(rgb) => picture::coloured(rgb, SIDE)?,
        None => Rgb::from_luma(&picture::small(luma, SIDE)?),
    };
    let coloured = colour.is_some() && !small.is_grey();
    let paper = hue::paper(&small);
    let said = FINDER.look(&small, paper);
    let scale = luma.width() as f32 / small.width as f32;
    let eye = Eye { finder: &FINDER, luma, colour, paper, scale };
    let look = |kind: usize| eye.looked(best(guesses(&said, kind), SAME[kind]), kind);
    let looked = [look(0)?, look(1)?];
    let kinds = [by_both(&looked[0]), by_both(&looked[1])];
    // What a guess tells, where it is sure enough for what its ink and its edges are.
    let told = |kind: usize, guess: &Guess| -> Option<MarkFact> {
        let rival = |other: &Guess| other.sure > guess.sure + SURER && of_union(other.area, guess.area) > ONE_PLACE;
        let (place, ink) = (region(guess, scale, luma), hue::word(&small, paper, guess.area, coloured));
        let print = kind == 1 || ink == hue::DARK;
        let level = if print { edges::two_ways(luma, place) } else { 0.0 };
        let in_table = kind == 0 && print && ruled::rules_beyond(luma, place) >= TABLE_RULES;
        let table = if in_table { TABLE_COUNTS } else { 0.0 };
        let least = TOLD[kind] + LEVEL_COUNTS[kind] * (level - LEVEL_FROM).max(0.0) + table;
        let other = if kind == 0 { kinds[1].iter().any(rival) } else { level > edges::MOST_LEVEL };
        (!other && guess.sure >= least).then(|| MarkFact {
            page,
            region: place,
            colour: ink.to_owned(),
            confidence: (f64::from(guess.sure) * 100.0).round() / 100.0,
        })
    };
    let of = |kind: usize| -> Result<(Vec<MarkFact>, f64), IntakeError> {
        let sure = kinds[kind].iter().take_while(|guess| guess.sure >= TOLD[kind]);
        let found: Vec<MarkFact> = sure.filter_map(|guess| told(kind, guess)).collect();
        let nearest = match looked[kind].first() {
            None => 0.0,
            Some(surest) if found.is_empty() => eye.nearness(surest, kind)?,
            Some(surest) => nearness(surest.guess.sure),
        };
        Ok((found, nearest))
    };
    let ((stamps, stamp), (signatures, signature)) = (of(0)?, of(1)?);
    Ok(Seen { stamps, signatures, nearness: MarksSeen { stamp, signature } })
}

/// A guess's box in page pixels.
fn region(guess: &Guess, scale: f32, luma: &Luma) -> Region {
    let place = |v: f32, most: usize| ((v * scale).round().max(0.0) as usize).min(most) as u32;
    let [x, right] = [guess.area[0], guess.area[2]].map(|v| place(v, luma.width()));
    let [y, low] = [guess.area[1], guess.area[3]].map(|v| place(v, luma.height()));
    Region::new(x, y, right.saturating_sub(x).max(1), low.saturating_sub(y).max(1))
}

#[cfg(test)]
mod tests;
