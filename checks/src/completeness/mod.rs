//! Which papers a claim must hold. Rules are data, with the day from which they hold.

pub mod crt_copy;
pub mod kinds;
mod lacking;
pub mod required;
pub mod sig_none;
pub mod stm_none;

pub use kinds::{accepts, wrong_kind};
pub use required::{Certifier, Channel, Circumstance, ClaimType, Need, Requirement, Rules, Slot, required, slots};
