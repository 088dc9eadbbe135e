//! `DAT-ORDR` — dates out of order.
//!
//! Sees a discharge before every admission, a bill or receipt before the admission, an operation outside the stay,
//! a report before its accident. A second stay is no fault: only what no admission explains is told.

use super::lacks;
use super::story::{Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds the dates of the stay and of the papers about it against each other.
///
/// # Errors
/// When neither an admission nor a report was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let admissions: Vec<&Told> = story.on_papers(Role::Admission).collect();
    let reports: Vec<&Told> = story.on_papers(Role::Report).collect();
    if admissions.is_empty() && reports.is_empty() {
        return Err(lacks("DAT-ORDR", story, "neither an admission nor a report"));
    }
    let mut early: Vec<(&Told, &Told)> = Vec::new();
    if let Some(first) = admissions.iter().copied().min_by(|a, b| a.iso.cmp(&b.iso)) {
        let bills = story.on_papers(Role::Issue).filter(|told| told.in_slot(&["hospital-bill", "cash-receipt"]));
        let after = story.on_papers(Role::Discharge).chain(bills);
        early.extend(after.filter(|told| told.iso < first.iso).map(|told| (told, first)));
        early.extend(same_paper(story, &admissions));
        early.extend(operations(story, first));
    }
    let accident = story.accident();
    early.extend(reports.into_iter().filter(|told| told.iso < accident.iso).map(|told| (told, accident)));
    if early.is_empty() {
        return Ok(vec![]);
    }
    let (one, other): (Vec<&Told>, Vec<&Told>) = early.into_iter().unzip();
    Ok(vec![conflict("DAT-ORDR", Severity::Reject, &distinct(one), &distinct(other))])
}

/// A discharge before the admission of the very same paper.
fn same_paper<'s>(story: &'s Story<'_>, admissions: &[&'s Told]) -> Vec<(&'s Told, &'s Told)> {
    let of_paper = |told: &Told| {
        let own = admissions.iter().copied().filter(|a| a.slot == told.slot && a.file == told.file);
        own.min_by(|a, b| a.iso.cmp(&b.iso))
    };
    let discharges = story.on_papers(Role::Discharge);
    discharges.filter_map(|told| of_paper(told).filter(|a| told.iso < a.iso).map(|a| (told, a))).collect()
}

/// Operations outside the stay, where both its ends are known.
fn operations<'s>(story: &'s Story<'_>, first: &'s Told) -> Vec<(&'s Told, &'s Told)> {
    let Some(last) = story.on_papers(Role::Discharge).max_by(|a, b| a.iso.cmp(&b.iso)) else { return vec![] };
    let done = story.on_papers(Role::Service).filter(|told| told.in_slot(&["operation-note"]));
    done.filter_map(|told| {
        if told.iso < first.iso {
            Some((told, first))
        } else if told.iso > last.iso {
            Some((told, last))
        } else {
            None
        }
    })
    .collect()
}

fn distinct(told: Vec<&Told>) -> Vec<&Told> {
    let mut kept: Vec<&Told> = Vec::new();
    for one in told {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn a_bill_before_the_admission_is_told() {
        let papers = [
            paper("admission-record", &[(Role::Admission, "2023-12-20")]),
            paper("hospital-bill", &[(Role::Issue, "2023-12-18")]),
        ];
        assert_eq!(found(check, &papers)[0].code.as_str(), "DAT-ORDR");
    }

    #[test]
    fn a_discharge_before_its_admission_and_an_operation_outside_the_stay() {
        let turned = [paper("discharge-summary", &[(Role::Admission, "2023-12-25"), (Role::Discharge, "2023-12-22")])];
        assert_eq!(found(check, &turned).len(), 1);
        let stay = || paper("discharge-summary", &[(Role::Admission, "2023-12-20"), (Role::Discharge, "2023-12-28")]);
        assert_eq!(found(check, &[stay(), paper("operation-note", &[(Role::Service, "2024-01-03")])]).len(), 1);
        assert!(found(check, &[stay(), paper("operation-note", &[(Role::Service, "2023-12-21")])]).is_empty());
    }

    #[test]
    fn a_second_stay_is_no_fault() {
        let papers = [
            paper("discharge-summary", &[(Role::Admission, "2023-12-20"), (Role::Discharge, "2023-12-24")]),
            paper("admission-record", &[(Role::Admission, "2024-01-10")]),
        ];
        assert!(found(check, &papers).is_empty());
    }
}
