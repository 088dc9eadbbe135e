//! The insured persons of an office.

pub(super) mod list;
