//! `LEG-RES` — too few pixels.
//!
//! Sees a small picture whose strokes are about a pixel thick: a messenger's copy, a scan at 72 dpi.
//! Goes by the text, not by the resolution's tag: a 150 dpi scan that reads well has no finding.
//! Measures the thickness of the strokes; a large picture with small print is `LEG-SMALL`.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-RES", explains: Factor::Size, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let small_picture = sheet.width.max(sheet.height) < limits.min_long_side_px;
    let thin = sheet.stroke_px() < limits.min_stroke_px || sheet.body_px() < limits.min_body_px;
    Ok(Measured::new("stroke", sheet.stroke_px(), limits.min_stroke_px, "px")
        .found(small_picture && thin)
        .regions(sheet.regions(|t| t.stroke_px < limits.min_stroke_px || t.body_px < limits.min_body_px)))
}
