//! `LEG-GLARE` — a reflection that swallows text.
//!
//! Sees burnt areas beside text that fades towards them: glare is bright *and* strokes are missing.
//! Measures the share of the text that is lost or fading. Bright paper alone is no glare, and a blank
//! part of a form is none either, because the text around it does not fade.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-GLARE", explains: Factor::Presence, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    view.text()?;
    let limit = view.limits.max_glare_share;
    let glare = view.glare;
    Ok(Measured::new("glare_share", glare.share, limit, "share")
        .found(glare.share > limit)
        .regions(super::sheet::join(glare.regions.clone())))
}
