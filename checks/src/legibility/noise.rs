//! `LEG-NOISE` — grain, dirt, speckle.
//!
//! Sees paper whose brightness scatters against the strength of the ink, and specks strewn between the
//! letters. Measures the scatter above the paper's median (ink lies below it, so it does not count) and
//! the specks per letter, and tells the worse of the two in units of its limit.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-NOISE", explains: Factor::Contrast, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let scatter = sheet.over_tiles(0.5, |t| t.noise / t.contrast.max(1.0));
    let level = sheet.over_tiles(0.5, |t| t.noise);
    let specks = sheet.specks_per_letter();
    let by_specks = specks / limits.max_specks_per_letter * limits.max_noise_share;
    let value = scatter.max(by_specks);
    Ok(Measured::new("noise", value, limits.max_noise_share, "contrast")
        .found(value > limits.max_noise_share && (by_specks > limits.max_noise_share || level > limits.min_noise_level))
        .regions(sheet.regions(|_| true)))
}
