//! Stamps and signatures: are they found, and is nothing else taken for one?

pub mod figures;
pub mod truth;
