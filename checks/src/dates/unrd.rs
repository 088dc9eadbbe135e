//! `DAT-UNRD` — a date that matters could not be read.
//!
//! Sees papers whose key date is printed and was not read, or was read differently twice. The office is asked to
//! type it; nothing is guessed. One finding for the whole claim, with every such place, so that the desk is not
//! flooded. "Unread" is never "inconsistent".
//!
//! An unsure reading that says just what a person declared, or what is trusted of the same role elsewhere, is two
//! sources that agree: nobody is asked to type what the paper seems to say anyway. It becomes no trusted date by that.

use super::story::{Source, Story, Told};
use crate::dossier::{ClaimFinding, Evidence};
use crate::facts::{Precision, Role};
use crate::finding::Severity;

/// The date each paper is there for.
const KEYS: [(&str, Role); 10] = [
    ("accident-report", Role::Accident),
    ("traffic-report", Role::Accident),
    ("work-accident-report", Role::Accident),
    ("admission-record", Role::Admission),
    ("discharge-summary", Role::Discharge),
    ("hospital-bill", Role::Issue),
    ("operation-note", Role::Service),
    ("death-certificate", Role::Death),
    ("death-registration", Role::Death),
    ("burial-permit", Role::Burial),
];

/// Asks for the key dates that nobody knows yet. Papers whose words were not read at all are not asked about.
#[must_use]
pub fn check(story: &Story<'_>) -> Vec<ClaimFinding> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut roles: Vec<Role> = Vec::new();
    for paper in story.papers {
        let Some(facts) = &paper.facts else { continue };
        for (_, role) in KEYS.iter().filter(|(slot, _)| *slot == paper.slot) {
            let own = |t: &&Told| {
                t.role == *role && t.slot.as_ref() == Some(&paper.slot) && t.file.as_ref() == Some(&paper.file)
            };
            let known = story.all().iter().filter(own).any(settled);
            let mut read = facts.dates.iter().filter(|date| date.role == *role);
            if known || read.clone().any(|date| agreed(story, *role, &date.iso)) {
                continue;
            }
            let unsure = read.next();
            let open = facts.unread.iter().find(|date| date.role == *role);
            let place = match (open, unsure) {
                (Some(open), _) => Some((open.page, open.region, open.text.clone())),
                (None, Some(date)) => Some((date.page, date.region, date.text.clone())),
                (None, None) => None,
            };
            if let Some((page, region, text)) = place {
                roles.push(*role);
                evidence.push(Evidence {
                    text: Some(text),
                    value_iso: None,
                    ..paper.place(page, region, role.word(), "")
                });
            }
        }
    }
    if evidence.is_empty() {
        return vec![];
    }
    roles.sort_unstable();
    roles.dedup();
    let names: Vec<&str> = roles.iter().map(|role| role.persian()).collect();
    vec![ClaimFinding::new("DAT-UNRD", Severity::Warn, &[("role", &names.join("، "))], evidence)]
}

/// Whether somebody declared this very day for this role, or another paper says it for sure.
fn agreed(story: &Story<'_>, role: Role, iso: &str) -> bool {
    story
        .all()
        .iter()
        .any(|told| told.role == role && told.iso == iso && told.precision == Precision::Day && settled(told))
}

/// Whether nobody needs to be asked about it: read for sure, or said by a person.
fn settled(told: &Told) -> bool {
    told.trusted || told.source > Source::Read
}

#[cfg(test)]
mod tests {
    use super::super::tests::{declared, paper};
    use super::super::{Correction, Story};
    use super::*;

    #[test]
    fn an_unsure_date_is_asked_for_until_somebody_types_it() {
        let declared = declared("2023-12-20");
        let mut unsure = paper("admission-record", &[(Role::Admission, "2023-12-20")]);
        unsure.facts.as_mut().unwrap().dates[0].trusted = false;
        let papers = [unsure];
        let asked = check(&Story::of(&declared, &papers, &[], "2024-03-01"));
        assert_eq!((asked[0].code.as_str(), asked[0].evidence.len()), ("DAT-UNRD", 1));
        let typed = Correction {
            slot: "admission-record".to_owned(),
            file: None,
            role: Role::Admission,
            iso: "2023-12-20".to_owned(),
            by: Source::Typed,
            place: None,
            text: None,
        };
        assert!(check(&Story::of(&declared, &papers, &[typed], "2024-03-01")).is_empty());
    }

    #[test]
    fn a_paper_without_that_date_is_not_asked_about() {
        let declared = declared("2023-12-20");
        assert!(check(&Story::of(&declared, &[paper("hospital-bill", &[])], &[], "2024-03-01")).is_empty());
    }

    #[test]
    fn an_unsure_date_that_says_what_was_declared_is_not_asked_for() {
        let declared = declared("2023-12-20");
        let unsure = |iso| {
            let mut paper = paper("accident-report", &[(Role::Accident, iso)]);
            paper.facts.as_mut().unwrap().dates[0].trusted = false;
            [paper]
        };
        assert!(check(&Story::of(&declared, &unsure("2023-12-20"), &[], "2024-03-01")).is_empty());
        assert_eq!(check(&Story::of(&declared, &unsure("2023-12-21"), &[], "2024-03-01")).len(), 1);
    }
}
