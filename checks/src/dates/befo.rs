//! `DAT-BEFO` — treatment before the accident.
//!
//! Sees admissions, discharges and services of medical papers that lie before the accident: the paper may belong to
//! another visit. The accident itself may be declared wrongly; the report's day stands in the evidence.

use super::lacks;
use super::story::{MEDICAL, Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds treatment against the declared accident.
///
/// # Errors
/// When no date of treatment was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let treatment: Vec<&Told> = [Role::Admission, Role::Discharge, Role::Service]
        .into_iter()
        .flat_map(|role| story.on_papers(role))
        .chain(story.on_papers(Role::Issue).filter(|told| told.in_slot(&["pharmacy-invoice"])))
        .filter(|told| told.in_slot(&MEDICAL))
        .collect();
    if treatment.is_empty() {
        return Err(lacks("DAT-BEFO", story, "no date of treatment"));
    }
    let accident = story.accident();
    let before: Vec<&Told> = treatment.into_iter().filter(|told| told.iso < accident.iso).collect();
    if before.is_empty() {
        return Ok(vec![]);
    }
    let mut against = vec![accident];
    against.extend(story.on_papers(Role::Accident).filter(|told| told.in_slot(&["accident-report", "traffic-report"])));
    Ok(vec![conflict("DAT-BEFO", Severity::Reject, &before, &against)])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn treatment_before_the_accident_is_told_once() {
        let papers = [
            paper("admission-record", &[(Role::Admission, "2023-12-15")]),
            paper("hospital-bill", &[(Role::Admission, "2023-12-15"), (Role::Discharge, "2023-12-26")]),
        ];
        let found = found(check, &papers);
        assert_eq!((found.len(), found[0].code.as_str(), found[0].evidence.len()), (1, "DAT-BEFO", 3));
    }

    #[test]
    fn the_day_itself_is_sound() {
        assert!(found(check, &[paper("admission-record", &[(Role::Admission, "2023-12-20")])]).is_empty());
        // an identity paper was issued long before
        assert!(found(check, &[paper("identity", &[(Role::Issue, "2019-12-20")])]).is_empty());
    }
}
