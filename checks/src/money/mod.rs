//! Checks over the sums of a claim, one file a reason.

pub mod diff;
