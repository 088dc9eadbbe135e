//! Truth, figures and fit of the legibility judgement.

pub mod again;
pub mod cer;
pub mod figures;
pub mod fit;
pub mod folder;
pub mod hard;
pub mod learn;
pub mod numbers;
pub mod rank;
pub mod signs;
pub mod truth;
pub mod turns;
