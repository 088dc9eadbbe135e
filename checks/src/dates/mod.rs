//! Checks over the dates of a claim, one file a reason.

pub mod birt;
pub mod covr;
pub mod futr;
pub mod pol_late;

use crate::finding::NotRun;

/// Says that a check lacks what it needs.
pub(crate) fn not_run(check: &str, why: &str) -> NotRun {
    NotRun { check: check.to_owned(), why: why.to_owned() }
}
