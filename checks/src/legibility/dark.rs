//! `LEG-DARK` — under-exposed.
//!
//! Sees paper that is far from white where text is. Dark pictures carry more noise and lose the thin
//! strokes of carbon copies. Measures the brightness of the paper under the text. Limit: brown or
//! coloured paper looks dark too; it is a remark unless the text cannot be read.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-DARK", explains: Factor::Contrast, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let sheet = view.sheet;
    let limit = view.limits.min_paper_level;
    let regions = sheet.regions(|t| t.paper < limit);
    let whole = if sheet.tiles.is_empty() { vec![view.whole_page()] } else { regions };
    Ok(Measured::new("paper_level", sheet.paper, limit, "level").found(sheet.paper < limit).regions(whole))
}
