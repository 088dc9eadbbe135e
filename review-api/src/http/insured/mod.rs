//! The insured persons of an office.

pub(super) mod keep;
pub(super) mod list;
