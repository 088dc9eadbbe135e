//! `LEG-FAINT` — low contrast.
//!
//! Sees ink that is hardly darker than the paper: worn ribbons, pencil, third copies. Measures the depth
//! of the core of the strokes as a share of the paper's brightness, in the text. Limit: blur lowers the
//! depth of thin strokes as well, so blurred pages are left to `LEG-BLUR`.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-FAINT", explains: Factor::Contrast, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let burnt = view.burnt();
    let relative = |contrast: f32, paper: f32| contrast / paper.max(1.0);
    let value = sheet.over_tiles(0.5, |t| relative(t.contrast, t.paper));
    Ok(Measured::new("contrast", value, limits.min_contrast, "share")
        .found(value < limits.min_contrast && !burnt && (!view.softened() || value < limits.min_contrast / 2.0))
        .regions(sheet.regions(|t| relative(t.contrast, t.paper) < limits.min_contrast)))
}
