//! `LEG-BLANK` — nothing written on the page.
//!
//! Sees a page with fewer letter-like marks than any paper has: the wrong side, a separator sheet. Counts
//! letters that stand in lines, so dirt, punch holes and folds do not make a page; nor does the other side
//! of the paper where it shines through, hardly darker than the paper itself. A page on which a ghost of
//! writing is left by over-exposure is not blank but burnt.

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-BLANK", explains: Factor::Presence, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let letters = view.sheet.text.letters.len();
    let limit = view.limits.min_letters_blank;
    let empty = letters < limit && !(view.ghost && view.burnt());
    Ok(Measured::new("letters", letters as f32, limit as f32, "letters")
        .found(empty || (view.barely_visible && !view.burnt()))
        .regions(vec![view.whole_page()]))
}
