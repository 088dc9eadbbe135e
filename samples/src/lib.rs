//! Invented Persian papers, drawn and then spoilt as scans and photos are, with the truth beside each.
//!
//! Everything follows from seeds: the same seed gives the same bytes, in any order and on any number of threads.
//! The package shares no code and no constant with the checks that are judged on its output.
//!
//! ```text
//! plan ──▶ render ──▶ degrade
//! seed     clean page  spoilt page + file + geometry
//! ```

mod again;
mod calendar;
mod chance;
mod claim;
mod degrade;
mod draw;
mod error;
mod faces;
mod fault;
mod holdout;
mod identifiers;
mod lines;
mod note;
mod paper;
mod plan;
mod script;
mod story;
mod truth;
mod varying;

pub use again::{Added, Capture, Change, PaperCopy, RECAPTURES, Recapture, differ, recapture, template};
pub use calendar::{Calendar, Day, Parts};
pub use claim::{Claim, ClaimPlan, Paper, claim, suited};
pub use degrade::{Cause, Defect, Degradation, Degraded, Encoding, degrade, mechanisms_of};
pub use draw::{Drawn, render, render_paper};
pub use error::SampleError;
pub use faces::{FACES, Face, Fonts};
pub use fault::Fault;
pub use holdout::{Holdout, Split};
pub use lines::{Line, LineTruth, TypeCase, line};
pub use note::note;
pub use paper::{Kind, LAYOUTS, PaperSize};
pub use plan::{PagePlan, PaperPlan, Request, plan};
pub use script::{DateForm, Digits};
pub use truth::{
    AmountTruth, DateTruth, DecoyTruth, Geometry, Light, MasterTruth, PageTruth, PenTruth, Region, SecondTruth,
    StampTruth, TextTruth,
};
pub use varying::Varying;
