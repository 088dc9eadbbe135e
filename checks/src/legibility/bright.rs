//! `LEG-BRIGHT` — over-exposed.
//!
//! Sees paper at the end of the scale with ink that has gone grey: thin strokes and dots vanish first.
//! Measures the depth of the ink on burnt paper. Text that is blurred also loses depth, so blurred
//! pages are left to `LEG-BLUR`. Limit: grey print on a well exposed white page looks the same.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-BRIGHT", explains: Factor::Contrast, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.sheet;
    let limits = view.limits;
    let burnt = |paper: f32| paper >= limits.burnt_paper_level;
    let relative = sheet.over_tiles(0.5, |t| t.contrast / t.paper.max(1.0));
    let weak = |contrast: f32, paper: f32| contrast / paper.max(1.0) < limits.min_burnt_contrast;
    // an empty page at the end of the scale may have held writing that is burnt away
    let emptied = sheet.tiles.is_empty() && burnt(sheet.paper);
    let found = emptied
        || (!sheet.tiles.is_empty()
            && view.burnt()
            && relative < limits.min_burnt_contrast
            && !view.softened()
            && !view.bilevel());
    let mut regions = sheet.regions(|t| burnt(t.paper) && weak(t.contrast, t.paper));
    if regions.is_empty() {
        regions = vec![view.whole_page()];
    }
    let value = if sheet.tiles.is_empty() { 0.0 } else { relative };
    Ok(Measured::new("ink_on_burnt_paper", value, limits.min_burnt_contrast, "share").found(found).regions(regions))
}
