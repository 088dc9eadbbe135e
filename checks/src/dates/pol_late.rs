//! `POL-LATE` — the policy was issued after the accident.
//!
//! Sees a policy whose day of issue, declared or printed, lies after the accident it should cover. A remark for the
//! expert: a renewal or a replacement paper is issued late for good reasons.

use super::not_run;
use super::story::{Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds the policy's day of issue against the declared accident.
///
/// # Errors
/// When the day of issue is not known.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let declared = story.all().iter().find(|told| told.role == Role::Issue && told.slot.is_none());
    let printed = || story.on_papers(Role::Issue).find(|told| told.in_slot(&["policy"]));
    let issued: Vec<&Told> = declared.into_iter().chain(printed()).collect();
    if issued.is_empty() {
        return Err(not_run("POL-LATE", "the policy's day of issue is not known"));
    }
    let accident = story.accident();
    let late: Vec<&Told> = issued.into_iter().filter(|told| told.iso > accident.iso).collect();
    let finding = (!late.is_empty()).then(|| conflict("POL-LATE", Severity::Warn, &late, &[accident]));
    Ok(finding.into_iter().collect())
}
