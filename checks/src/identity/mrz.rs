//! `IDN-MRZ` — a readable machine-readable zone whose check digits fail.
//!
//! Sees zones that were read twice alike and fail their own arithmetic (ICAO Doc 9303): altered papers, or a scan
//! that bends the line. A zone read differently each time is not told, nor one with many failing fields: then it is
//! the reader that fails. An altered field fails its own digit and the composite's.

use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::{NotRun, Severity};

/// Check digits that one altered field makes fail.
const MOST_FAILING: usize = 2;

/// Looks at the zones of all papers.
///
/// # Errors
/// When no zone was read.
pub fn check(papers: &[Paper]) -> Result<Vec<ClaimFinding>, NotRun> {
    let zones = || papers.iter().filter_map(|paper| Some((paper, paper.facts.as_ref()?.mrz.as_ref()?)));
    if zones().next().is_none() {
        return Err(not_run("IDN-MRZ", "no machine-readable zone was read"));
    }
    let failing = zones().filter(|(_, zone)| !zone.valid && (1..=MOST_FAILING).contains(&zone.failed.len()));
    Ok(failing
        .map(|(paper, zone)| {
            let place = paper.place(zone.page, zone.region, "", "");
            let evidence = vec![Evidence { text: Some(zone.number.clone()), role: None, ..place }];
            ClaimFinding::new("IDN-MRZ", Severity::Warn, &[("field", &zone.failed.join(", "))], evidence)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Facts, MrzFact};

    #[test]
    fn a_failing_zone_is_told_only_when_it_was_read_for_sure() {
        let paper = |valid, failed: &[&str]| Paper {
            facts: Some(Facts {
                mrz: Some(MrzFact {
                    valid,
                    failed: failed.iter().map(|f| (*f).to_owned()).collect(),
                    ..MrzFact::default()
                }),
                ..Facts::default()
            }),
            ..Paper::default()
        };
        assert_eq!(check(&[paper(false, &["birth"])]).unwrap().len(), 1);
        assert_eq!(check(&[paper(false, &[])]), Ok(vec![]));
        assert_eq!(check(&[paper(false, &["number", "optional", "composite"])]), Ok(vec![]));
        assert_eq!(check(&[paper(true, &[])]), Ok(vec![]));
        assert!(check(&[Paper::default()]).is_err());
    }
}
