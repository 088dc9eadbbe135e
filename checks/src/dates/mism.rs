//! `DAT-MISM` — the accident's date differs between papers.
//!
//! Sees papers that name another day for the accident than was declared. Letters, reports and hospital papers all
//! repeat that day, so a difference is a slip of somebody or the paper of another accident. A paper that also names
//! the declared day under a label of its own is left alone: its other date is most likely about something else.

use super::lacks;
use super::story::{Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds the accident's date on every paper against the declared one.
///
/// # Errors
/// When no paper's date of the accident was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let declared = story.accident();
    let read: Vec<&Told> = story.on_papers(Role::Accident).collect();
    if read.is_empty() {
        return Err(lacks("DAT-MISM", story, "no paper's date of the accident"));
    }
    let agrees =
        |paper: &Told| read.iter().any(|t| t.slot == paper.slot && t.file == paper.file && t.iso == declared.iso);
    let other: Vec<&Told> = read.iter().copied().filter(|told| told.iso != declared.iso && !agrees(told)).collect();
    if other.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![conflict("DAT-MISM", Severity::Reject, &other, &[declared])])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn another_day_is_told_and_the_same_is_not() {
        let sound = [paper("accident-report", &[(Role::Accident, "2023-12-20"), (Role::Report, "2023-12-21")])];
        assert!(found(check, &sound).is_empty());
        let off = found(check, &[paper("accident-report", &[(Role::Accident, "2023-12-10")])]);
        assert_eq!((off[0].code.as_str(), off[0].severity, off[0].evidence.len()), ("DAT-MISM", Severity::Warn, 2));
    }

    #[test]
    fn what_is_not_trusted_stands_against_nobody() {
        let mut unsure = paper("accident-report", &[(Role::Accident, "2023-12-10")]);
        unsure.facts.as_mut().unwrap().dates[0].trusted = false;
        assert!(found(check, &[unsure]).is_empty());
    }
}
