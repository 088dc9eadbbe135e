//! Checks of identity and bank details, one file a reason.

pub mod ibn_bad;
