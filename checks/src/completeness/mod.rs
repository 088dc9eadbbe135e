//! Which papers a claim must hold. Rules are data, with the day from which they hold.

pub mod required;

pub use required::{Channel, Circumstance, ClaimType, Need, Requirement, Slot, required, slots};
