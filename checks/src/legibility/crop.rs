//! `LEG-CROP` — cut off.
//!
//! Sees letters that run into the edge of the picture: the part beyond it is missing. Counts letters of a
//! line that touch an edge; rules and frames are no letters and may touch. How much is gone cannot be
//! seen, so the loss is estimated from the share of the lines that are cut.

use super::sheet::Sheet;
use super::{Measured, View};
use crate::page::Region;
use crate::registry::{Check, Factor};

/// Analysis pixels from the edge that still count as touching it.
const TOUCH_PX: u32 = 1;

/// The check.
pub const CHECK: Check = Check { code: "LEG-CROP", explains: Factor::Presence, measure };

/// Letters of lines that touch an edge of the picture, full-size pixels.
#[must_use]
pub fn cut_letters(sheet: &Sheet) -> Vec<Region> {
    let (width, height) = (sheet.map.width as u32, sheet.map.height as u32);
    let scale = sheet.map.scale as u32;
    sheet
        .text
        .letters
        .iter()
        .filter(|b| {
            b.x0 <= TOUCH_PX || b.y0 <= TOUCH_PX || b.x1 + TOUCH_PX >= width || b.y1 + TOUCH_PX >= height
        })
        .map(|b| Region::new(b.x0 * scale, b.y0 * scale, b.width() * scale, b.height() * scale))
        .collect()
}

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limit = view.limits.max_cut_letters;
    let cut = cut_letters(sheet);
    Ok(Measured::new("cut_letters", cut.len() as f32, limit as f32, "letters")
        .found(cut.len() >= limit)
        .regions(super::sheet::join(cut)))
}
