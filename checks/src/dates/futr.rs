//! `DAT-FUTR` — after the day of sending.
//!
//! Sees an accident that is declared for a day after the claim was sent, or after today where that day is
//! not known. A typing error in nearly every case; the date was typed by a person, so it may refuse.

use crate::dossier::{ClaimFinding, Declared, declared_date, shown};
use crate::finding::{NotRun, Severity};

/// Holds the declared accident against the day of sending.
///
/// # Errors
/// Never: the accident's date is always given.
pub fn check(declared: &Declared, today: &str) -> Result<Option<ClaimFinding>, NotRun> {
    let sent = declared.submitted_on.as_deref().unwrap_or(today);
    let accident = declared.accident_date.as_str();
    Ok((accident > sent).then(|| {
        let facts = [("one", shown(accident)), ("other", shown(sent))];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(n, v)| (*n, v.as_str())).collect();
        ClaimFinding::new("DAT-FUTR", Severity::Reject, &facts, vec![declared_date("accident", accident)])
    }))
}
