//! `IDN-MRZ` — a readable machine-readable zone whose check digits fail.
//!
//! Sees zones that were read twice alike and of which a field says just what was declared, or what is printed beside it,
//! while its check digit fails (ICAO Doc 9303): altered papers, or forms filled by hand. A reader takes one figure of a
//! zone for another as well, and always the same; then the field says something that nobody else says, and nothing is
//! told. Nor is a zone with many failing fields: then it is the reader that fails. An altered field fails its own digit
//! and the composite's.

use super::mism::folded;
use crate::dates::{Story, not_run};
use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::facts::{Facts, MrzFact, Role};
use crate::finding::{NotRun, Severity};

/// Check digits that one altered field makes fail.
const MOST_FAILING: usize = 2;

/// Looks at the zones of all papers.
///
/// # Errors
/// When no zone was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let papers = story.papers;
    let zones =
        || papers.iter().filter_map(|paper| Some((paper, paper.facts.as_ref()?, paper.facts.as_ref()?.mrz.as_ref()?)));
    if zones().next().is_none() {
        return Err(not_run("IDN-MRZ", "no machine-readable zone was read"));
    }
    let failing = zones().filter(|(paper, facts, zone)| {
        let few = !zone.valid && (1..=MOST_FAILING).contains(&zone.failed.len());
        few && zone.failed.iter().any(|field| borne_out(story, paper, facts, zone, field))
    });
    Ok(failing
        .map(|(paper, _, zone)| {
            let place = paper.place(zone.page, zone.region, "", "");
            let evidence = vec![Evidence { text: Some(zone.number.clone()), role: None, ..place }];
            ClaimFinding::new("IDN-MRZ", Severity::Warn, &[("field", &zone.failed.join(", "))], evidence)
        })
        .collect())
}

/// Whether what a failing field says is said elsewhere too: declared, or printed for people on the same paper.
fn borne_out(story: &Story<'_>, paper: &Paper, facts: &Facts, zone: &MrzFact, field: &str) -> bool {
    let insured = story.declared.insured.as_ref().filter(|_| paper.slot == "identity");
    let printed = |role: Role, iso: &str| facts.dates.iter().any(|date| date.role == role && date.iso == iso);
    match field {
        "number" => insured
            .and_then(|insured| insured.document_number.as_ref())
            .is_some_and(|number| folded(number) == folded(&zone.number)),
        "birth" => {
            let declared = insured.and_then(|insured| insured.birth.as_ref());
            !zone.birth.is_empty() && (declared == Some(&zone.birth) || printed(Role::Birth, &zone.birth))
        }
        "expiry" => !zone.expiry.is_empty() && printed(Role::Expiry, &zone.expiry),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::tests::declared;
    use crate::dossier::Insured;

    fn told(valid: bool, failed: &[&str], birth: &str) -> usize {
        let mut claim = declared("2023-12-20");
        claim.insured = Some(Insured { birth: Some("1976-09-25".to_owned()), ..Insured::default() });
        let zone = MrzFact {
            valid,
            failed: failed.iter().map(|f| (*f).to_owned()).collect(),
            birth: birth.to_owned(),
            ..MrzFact::default()
        };
        let facts = Facts { mrz: Some(zone), ..Facts::default() };
        let paper = Paper { slot: "identity".to_owned(), facts: Some(facts), ..Paper::default() };
        check(&Story::of(&claim, &[paper], &[], "2024-03-01")).unwrap().len()
    }

    #[test]
    fn a_failing_zone_is_told_only_where_its_field_is_borne_out() {
        assert_eq!(told(false, &["birth"], "1976-09-25"), 1);
        assert_eq!(told(false, &["birth", "composite"], "1976-09-25"), 1);
        assert_eq!(told(false, &["birth"], "1978-09-25"), 0, "a figure that the reader takes for another");
        assert_eq!(told(false, &[], "1976-09-25"), 0);
        assert_eq!(told(false, &["number", "birth", "composite"], "1976-09-25"), 0);
        assert_eq!(told(true, &[], "1976-09-25"), 0);
        let claim = declared("2023-12-20");
        assert!(check(&Story::of(&claim, &[Paper::default()], &[], "2024-03-01")).is_err());
    }
}
