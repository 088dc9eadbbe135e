//! Checks of identity and bank details, one file a reason.

pub mod ibn_bad;
pub mod ibn_letr;
pub mod mism;
pub mod mrz;
pub mod names;
