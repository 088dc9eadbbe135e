//! The one list of checks: one line each.

use crate::legibility::{self, Measured, View};

/// A check of one page.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its reason code, which is also the name of its file in lower case.
    pub code: &'static str,
    /// Which part of the readability it explains.
    pub explains: Factor,
    /// Measures the page; `Err` says why it could not.
    pub measure: fn(&View<'_>) -> Result<Measured, &'static str>,
}

/// A part of the readability: a page is as readable as all of them together allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// Edges of the letters.
    Sharpness,
    /// Pixels per letter.
    Size,
    /// Ink against paper and noise.
    Contrast,
    /// Text that is no longer in the picture.
    Presence,
    /// Damage by compression or thresholding.
    Damage,
    /// Nothing: it is undone or does not hurt reading.
    None,
}

/// All checks of a page, in the order in which their findings are told.
pub const CHECKS: &[Check] = &[
    legibility::blank::CHECK,
    legibility::crop::CHECK,
    legibility::glare::CHECK,
    legibility::motion::CHECK,
    legibility::blur::CHECK,
    legibility::res::CHECK,
    legibility::small::CHECK,
    legibility::dark::CHECK,
    legibility::bright::CHECK,
    legibility::faint::CHECK,
    legibility::shadow::CHECK,
    legibility::noise::CHECK,
    legibility::jpeg::CHECK,
    legibility::skew::CHECK,
    legibility::turn::CHECK,
];
