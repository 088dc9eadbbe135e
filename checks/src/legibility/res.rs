//! `LEG-RES` — too few pixels.
//!
//! Sees a small picture whose strokes are about a pixel thick: a messenger's copy, a scan at 72 dpi. Sees as
//! well a picture whose soft letters come from having been enlarged (`resampled.rs`).
//! Goes by the text, not by the resolution's tag: a 150 dpi scan that reads well has no finding.
//! Measures the thickness of the strokes; a large picture with small print is `LEG-SMALL`.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-RES", explains: Factor::Size, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    if view.enlarged {
        // what the letters had before they were blown up: an edge is about a pixel wide where pixels are few
        let true_stroke = sheet.over_tiles(0.5, |t| t.stroke_px / t.edges.mean().max(1.0));
        return Ok(Measured::new("true_stroke", true_stroke, limits.min_stroke_px, "px")
            .found(true)
            .regions(sheet.regions(|_| true)));
    }
    let small_picture = sheet.width.max(sheet.height) < limits.min_long_side_px;
    let thin = sheet.stroke_px() < limits.min_stroke_px || sheet.body_px() < limits.min_body_px;
    Ok(Measured::new("stroke", sheet.stroke_px(), limits.min_stroke_px, "px")
        .found(small_picture && thin)
        .regions(sheet.regions(|t| t.stroke_px < limits.min_stroke_px || t.body_px < limits.min_body_px)))
}
