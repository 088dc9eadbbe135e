//! `DAT-BIRT` — born after the accident.
//!
//! Sees a day of birth, declared or read from an identity paper or the policy, that lies after the accident, which
//! no person can have.

use super::not_run;
use super::story::{Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds every birth against the declared accident.
///
/// # Errors
/// When no birth is known.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let births: Vec<&Told> = story.standing().filter(|told| told.role == Role::Birth && told.trusted).collect();
    if births.is_empty() {
        return Err(not_run("DAT-BIRT", "the day of birth is not known"));
    }
    let accident = story.accident();
    let (declared, read): (Vec<&Told>, Vec<&Told>) =
        births.into_iter().filter(|told| told.iso > accident.iso).partition(|told| told.slot.is_none());
    // What people gave is judged by itself, so that a doubtful reading does not soften it.
    let sides = [declared, read].into_iter().filter(|side| !side.is_empty());
    Ok(sides.map(|side| conflict("DAT-BIRT", Severity::Reject, &side, &[accident])).take(1).collect())
}
