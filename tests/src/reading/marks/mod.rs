//! Stamps and signatures: are they found, and is nothing else taken for one? And the fit of the network that says so.

pub mod figures;
pub mod fit;
pub mod learn;
pub mod truth;
