//! `DAT-DETH` — the dates of a death do not fit.
//!
//! Sees a death or burial before the accident, a burial before the death, a certificate issued before the death.

use super::lacks;
use super::story::{Story, Told, conflict};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Slots whose own date must not lie before the death.
const AFTER_DEATH: [&str; 3] = ["death-certificate", "death-registration", "burial-permit"];

/// Holds death, burial and their papers against each other and the accident.
///
/// # Errors
/// When no death or burial was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let deaths: Vec<&Told> = story.on_papers(Role::Death).collect();
    let burials: Vec<&Told> = story.on_papers(Role::Burial).collect();
    if deaths.is_empty() && burials.is_empty() {
        return Err(lacks("DAT-DETH", story, "no death or burial"));
    }
    let accident = story.accident();
    let mut off: Vec<(&Told, &Told)> = Vec::new();
    off.extend(deaths.iter().chain(&burials).filter(|told| told.iso < accident.iso).map(|told| (*told, accident)));
    if let Some(death) = deaths.iter().copied().min_by(|a, b| a.iso.cmp(&b.iso)) {
        let papers = story.on_papers(Role::Issue).filter(|told| told.in_slot(&AFTER_DEATH));
        let after = burials.iter().copied().chain(papers);
        off.extend(after.filter(|told| told.iso < death.iso).map(|told| (told, death)));
    }
    if off.is_empty() {
        return Ok(vec![]);
    }
    let (one, mut other): (Vec<&Told>, Vec<&Told>) = off.into_iter().unzip();
    other.dedup();
    Ok(vec![conflict("DAT-DETH", Severity::Reject, &one, &other)])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn death_before_accident_and_burial_before_death() {
        assert_eq!(found(check, &[paper("death-certificate", &[(Role::Death, "2023-12-19")])]).len(), 1);
        let burial = [
            paper("death-certificate", &[(Role::Death, "2023-12-24"), (Role::Issue, "2023-12-25")]),
            paper("burial-permit", &[(Role::Burial, "2023-12-23")]),
        ];
        assert_eq!(found(check, &burial)[0].code.as_str(), "DAT-DETH");
    }

    #[test]
    fn the_usual_order_is_sound() {
        let papers = [
            paper("death-certificate", &[(Role::Death, "2023-12-20"), (Role::Issue, "2023-12-20")]),
            paper("burial-permit", &[(Role::Burial, "2023-12-21"), (Role::Issue, "2023-12-20")]),
        ];
        assert!(found(check, &papers).is_empty());
    }
}
