//! `LEG-SHADOW` — a shadow on the text.
//!
//! Sees text on paper that is much darker than the brightest paper of the same page: a hand, a phone, a
//! fold near the binding. Even light is put back before reading, so a shadow is a remark unless the ink
//! inside it drowns. Measures the darkest text paper against the brightest.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// Shares of the text that stand for its darkest and its brightest paper.
const ENDS: (f32, f32) = (0.03, 0.95);

/// The check.
pub const CHECK: Check = Check { code: "LEG-SHADOW", explains: Factor::Contrast, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let brightest = sheet.over_tiles(ENDS.1, |t| t.paper).max(1.0);
    let dark = |paper: f32| paper / brightest < limits.min_shadow_ratio;
    let value = sheet.over_tiles(ENDS.0, |t| t.paper) / brightest;
    let share = sheet.share_of_text(|t| dark(t.paper));
    Ok(Measured::new("light_ratio", value, limits.min_shadow_ratio, "ratio")
        .found(dark(value * brightest) && share >= limits.min_shadow_share)
        .regions(sheet.regions(|t| dark(t.paper))))
}
