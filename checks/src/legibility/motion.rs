//! `LEG-MOTION` — camera or paper moved.
//!
//! Sees letters smeared along one direction: edges across it are wide, edges along it stay sharp.
//! Measures edge widths in four directions and takes the ratio of the widest to the narrowest. Print
//! itself gives about 1.3. Limit: a very short shake at low resolution cannot be told from blur.

use super::sheet::Sheet;
use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-MOTION", explains: Factor::Sharpness, measure };

/// The typical ratio of the widest to the narrowest direction.
#[must_use]
pub fn anisotropy(sheet: &Sheet) -> f32 {
    sheet.over_tiles(0.5, |t| t.edges.anisotropy())
}

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let value = anisotropy(sheet);
    let widest = sheet.over_tiles(0.5, |t| t.edges.widest());
    Ok(Measured::new("edge_anisotropy", value, limits.max_edge_anisotropy, "ratio")
        .found(value > limits.max_edge_anisotropy && widest > limits.min_blur_edge_px && !view.enlarged)
        .regions(sheet.regions(|t| t.edges.anisotropy() > limits.max_edge_anisotropy)))
}
