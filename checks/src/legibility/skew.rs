//! `LEG-SKEW` — tilted, or shot at a slant.
//!
//! Sees lines of text that are not level, and lines that fan out because the camera was not above the
//! paper. Both are undone before reading, so this is at most a remark. Measures the angle under which
//! the letters pile up best on their lines, over the page and apart for its upper and lower half, and the
//! angle between opposite edges of the sheet where a desk shows them.

use super::{Measured, View};
use crate::finding::Severity;
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-SKEW", explains: Factor::None, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let limits = view.limits;
    let tilt = view.sheet.tilt.ok_or("too few letters for a tilt")?;
    let keystone = view.sheet.sheet.keystone_deg() / limits.max_keystone_deg;
    let by_fan = (tilt.fan_deg.abs() / limits.max_fan_deg).max(keystone) * limits.max_skew_deg;
    let value = tilt.deg.abs().max(by_fan);
    let severity = if value > limits.warn_skew_deg { Severity::Warn } else { Severity::Info };
    Ok(Measured::new("skew", value, limits.max_skew_deg, "deg")
        .found(value > limits.max_skew_deg)
        .at_most(severity)
        .regions(vec![view.whole_page()]))
}
