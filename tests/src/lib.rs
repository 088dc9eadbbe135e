//! How good is the judgement? Truth by a reader, figures against it, and the fit of the estimate.

pub mod judgement;
pub mod reading;
