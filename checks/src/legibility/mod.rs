//! Can the page be read? Measures taken once (`sheet.rs`), one file a reason, one fitted estimate.

pub mod blank;
pub mod blobs;
pub mod blocking;
pub mod blur;
pub mod bright;
pub mod crop;
pub mod dark;
pub mod edges;
pub mod faint;
pub mod glare;
pub mod grid;
pub mod ink;
pub mod jpeg;
pub mod judge;
pub mod marks;
pub mod measured;
pub mod motion;
pub mod noise;
pub mod paper;
pub mod readability;
pub mod res;
pub mod resampled;
pub mod shadow;
pub mod sheet;
pub mod skew;
pub mod small;
pub mod swallowed;
pub mod text;
pub mod tilt;
pub mod turn;
pub mod upright;

pub use judge::judge;
pub use marks::Marks;
pub use measured::{Measured, View};
pub use upright::find_turn;
