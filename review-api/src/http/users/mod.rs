//! Keeping accounts.

pub(super) mod keep;
pub(super) mod list;
