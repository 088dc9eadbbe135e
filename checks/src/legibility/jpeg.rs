//! `LEG-JPEG` — heavy compression.
//!
//! Sees the eight-pixel blocks and ringing of strong JPEG compression, which eat dots and thin strokes.
//! Reads the mean luma step of the file's own quantisation tables where there are any, and measures the
//! block pattern in the text otherwise (a screenshot of a JPEG carries its blocks but not its tables).

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-JPEG", explains: Factor::Damage, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let by_table = view.page.provenance.jpeg_step.unwrap_or(0.0) / limits.max_jpeg_step;
    let contrast = sheet.over_tiles(0.5, |t| t.contrast).max(1.0);
    // where the tables are known the blocks say no more, and grain re-saved looks like them
    let by_blocks = if by_table > 0.0 || sheet.blocking < limits.min_blocking_level {
        0.0
    } else {
        sheet.blocking / contrast / limits.max_blocking_share
    };
    Ok(Measured::new("block_strength", by_table.max(by_blocks), 1.0, "limit")
        .found(by_table > 1.0 || by_blocks > 1.0)
        .regions(sheet.regions(|_| true)))
}
