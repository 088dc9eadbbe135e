//! `LEG-TURN` — a quarter turn or upside down.
//!
//! The turn was found and undone before the page came here, so this only tells the sender. How it is
//! found is written in `upright.rs`.

use super::{Measured, View};
use crate::finding::Severity;
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-TURN", explains: Factor::None, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    let turned = view.page.turned_deg;
    Ok(Measured::new("turn", f32::from(turned), 0.0, "deg")
        .found(turned != 0)
        .at_most(Severity::Info)
        .regions(vec![view.whole_page()]))
}
