//! Papers seen before, one file a reason.

pub mod case;
pub mod slot;
