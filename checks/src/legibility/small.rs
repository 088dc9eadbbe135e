//! `LEG-SMALL` — text too small in the picture.
//!
//! Sees letters of few pixels in a picture that has enough of them: taken from too far, or a page of
//! fine print. Measures the body height of the letters once their dots are left out; Persian has no
//! x-height. Clean Persian print stays readable to bodies of about six pixels, far below Latin.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-SMALL", explains: Factor::Size, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.text()?;
    let limits = view.limits;
    let large_picture = sheet.width.max(sheet.height) >= limits.min_long_side_px;
    let value = sheet.body_px();
    Ok(Measured::new("body_height", value, limits.min_body_px, "px")
        .found(large_picture && value < limits.min_body_px)
        .regions(sheet.regions(|t| t.body_px < limits.min_body_px)))
}
