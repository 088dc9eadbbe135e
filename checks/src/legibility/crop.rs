//! `LEG-CROP` — cut off.
//!
//! Sees letters that run into the edge of the picture: the part beyond it is missing. Counts letters of a
//! line that touch an edge; rules and frames are no letters and may touch. How much is gone cannot be
//! seen, so the loss is estimated from the shape of the picture and from the share of the lines that are cut.

use super::sheet::Sheet;
use super::{Measured, View};
use crate::page::Region;
use crate::registry::{Check, Factor};

/// Letters this near an edge count as cut, body heights: no paper is printed that close to its border.
const TOUCH_BODIES: f32 = 0.25;
/// A line that ends this near the edge of the picture goes on beyond it, body heights.
const NO_MARGIN_BODIES: f32 = 1.0;
/// Letters of shorter lines may be dirt or texture.
const MIN_LINE: usize = 5;
/// Long side over short side of a whole sheet (ISO 216), which passports share to a hundredth.
const SHEET_RATIO: f32 = 1.414;
/// Other shapes that pictures and papers have: letter, cards, 4:3, 3:2, 16:9.
const OTHER_RATIOS: [f32; 5] = [1.294, 1.333, 1.5, 1.586, 1.778];
/// A shape this far from all of these was cut to it.
const RATIO_SLACK: f32 = 0.035;
/// Text is denser in the middle of a page than at its borders: this share of the lost area was text.
const LOST_TEXT: f32 = 0.8;

/// The check.
pub const CHECK: Check = Check { code: "LEG-CROP", explains: Factor::Presence, measure };

/// Letters of lines that touch an edge of the picture, full-size pixels.
#[must_use]
pub fn cut_letters(sheet: &Sheet) -> Vec<Region> {
    let near = (TOUCH_BODIES * sheet.text.body).max(1.0) as u32;
    let (width, height) = (sheet.map.width as u32, sheet.map.height as u32);
    let scale = sheet.map.scale as u32;
    let mut lines = vec![0_usize; sheet.text.lines as usize];
    for &line in &sheet.text.line_of {
        lines[line as usize] += 1;
    }
    let letters = sheet.text.letters.iter().zip(&sheet.text.line_of);
    letters
        .filter(|(_, line)| lines[**line as usize] >= MIN_LINE)
        .filter(|(b, _)| b.x0 <= near || b.y0 <= near || b.x1 + near >= width || b.y1 + near >= height)
        .map(|(b, _)| Region::new(b.x0 * scale, b.y0 * scale, b.width() * scale, b.height() * scale))
        .collect()
}

/// Share of the lines that end at an edge of the picture, 0–1: what follows, or came before, is missing. Between two
/// words a line is cut without any letter that touches, so a margin too narrow for a paper counts as well.
#[must_use]
pub fn cut_lines(sheet: &Sheet) -> f32 {
    let near = (NO_MARGIN_BODIES * sheet.text.body).max(1.0) as u32;
    let (width, height) = (sheet.map.width as u32, sheet.map.height as u32);
    let mut lines = vec![(0_usize, false); sheet.text.lines as usize];
    for (letter, &line) in sheet.text.letters.iter().zip(&sheet.text.line_of) {
        let (letters, cut) = &mut lines[line as usize];
        *letters += 1;
        *cut |= letter.x0 <= near || letter.x1 + near >= width || letter.y0 == 0 || letter.y1 == height;
    }
    let whole: Vec<bool> = lines.into_iter().filter(|&(letters, _)| letters >= MIN_LINE).map(|(_, cut)| cut).collect();
    whole.iter().filter(|&&cut| cut).count() as f32 / whole.len().max(1) as f32
}

/// Whether the picture has a shape that no sheet and no camera has.
fn odd_shape(sheet: &Sheet) -> bool {
    let ratio = ratio(sheet);
    let like = |known: f32| (ratio / known - 1.0).abs() < RATIO_SLACK;
    !sheet.sheet.on_desk && !like(SHEET_RATIO) && !OTHER_RATIOS.into_iter().any(like)
}

fn ratio(sheet: &Sheet) -> f32 {
    sheet.width.max(sheet.height) as f32 / sheet.width.min(sheet.height).max(1) as f32
}

/// Share of the text that lies beyond the edges, as far as the shape of the rest tells; 0 where nothing is cut.
#[must_use]
pub fn lost_share(sheet: &Sheet) -> f32 {
    if cut_letters(sheet).is_empty() || !odd_shape(sheet) {
        return 0.0;
    }
    let ratio = ratio(sheet);
    // a page cut to a strip lost its width, one cut to a square lost its height
    let left = if ratio > SHEET_RATIO { SHEET_RATIO / ratio } else { ratio / SHEET_RATIO };
    (1.0 - left) * LOST_TEXT
}

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    if sheet.specks_per_letter() > view.limits.max_specks_per_letter {
        return Err("too noisy to tell letters at the edge");
    }
    let limit = if odd_shape(sheet) { 1 } else { view.limits.max_cut_letters };
    let cut = cut_letters(sheet);
    Ok(Measured::new("cut_letters", cut.len() as f32, limit as f32, "letters")
        .found(cut.len() >= limit)
        .regions(super::sheet::join(cut)))
}
