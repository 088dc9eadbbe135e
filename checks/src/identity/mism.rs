//! `IDN-MISM` — number or birth on the identity paper differ from those declared.
//!
//! Sees a proved machine-readable zone whose number or day of birth is not the declared one, and a printed day of
//! birth that is trusted. Letters and figures that look alike count as the same. A birth on the first of January may
//! stand for a year alone, so then only the years are compared. Names are written in many ways (`names.rs`): one that
//! is quite another is a remark and no more.

use super::names::likeness;
use crate::dates::{Source, Story, not_run};
use crate::dossier::{ClaimFinding, Evidence, declared_date, shown};
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// A number as it is compared: capitals and figures, look-alikes as one.
pub(super) fn folded(number: &str) -> String {
    let kept = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    kept.map(|c| match c {
        'O' | 'Q' => '0',
        'I' => '1',
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        other => other,
    })
    .collect()
}

/// Whether two births may be the same person's.
fn same_birth(one: &str, other: &str) -> bool {
    let year_only = |iso: &str| iso.ends_with("-01-01");
    one == other || ((year_only(one) || year_only(other)) && one.get(..4) == other.get(..4))
}

/// Holds the identity paper against what was declared.
///
/// # Errors
/// When there is nothing to compare.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let open = || not_run("IDN-MISM", "nothing on the identity paper could be read for sure and compared");
    let insured = story.declared.insured.as_ref().ok_or_else(open)?;
    let mut compared = false;
    let mut others: Vec<(String, String, Evidence)> = Vec::new();
    let mut found = Vec::new();
    let mut told = |what: &str, one: &str, other: &str, evidence: Vec<Evidence>| {
        let facts = [("what", what), ("one", one), ("other", other)];
        found.push(ClaimFinding::new("IDN-MISM", Severity::Warn, &facts, evidence));
    };
    for paper in story.papers.iter().filter(|paper| paper.slot == "identity") {
        let zone = paper.facts.as_ref().and_then(|facts| facts.mrz.as_ref()).filter(|zone| zone.valid);
        if let (Some(zone), Some(number)) = (zone, &insured.document_number) {
            compared = true;
            if folded(&zone.number) != folded(number) {
                let place = paper.place(zone.page, zone.region, "", "");
                let evidence = vec![Evidence { text: Some(zone.number.clone()), role: None, ..place }];
                told("شماره مدرک", &zone.number, number, evidence);
            }
        }
        if let (Some(zone), Some(name)) = (zone, &insured.name) {
            let seen = format!("{} {}", zone.given_names, zone.surname);
            if let Some(alike) = likeness(name, &seen) {
                compared = true;
                if alike < LEAST_ALIKE {
                    let place = paper.place(zone.page, zone.region, "", "");
                    others.push((seen.clone(), name.clone(), Evidence { text: Some(seen), role: None, ..place }));
                }
            }
        }
        let Some(birth) = &insured.birth else { continue };
        let printed = story.on_papers(Role::Birth).find(|told| told.in_slot(&["identity"]));
        let of_zone = zone.filter(|zone| !zone.birth.is_empty());
        let seen = of_zone.map(|zone| (zone.birth.clone(), paper.place(zone.page, zone.region, "birth", &zone.birth)));
        let seen = seen.or_else(|| {
            printed.filter(|told| told.source == Source::Read).map(|told| (told.iso.clone(), told.evidence()))
        });
        if let Some((iso, place)) = seen {
            compared = true;
            if !same_birth(&iso, birth) {
                told("تاریخ تولد", &shown(&iso), &shown(birth), vec![place, declared_date("birth", birth)]);
            }
        }
    }
    found.extend(others.into_iter().map(|(seen, name, place)| {
        let facts = [("what", "نام"), ("one", seen.as_str()), ("other", name.as_str())];
        ClaimFinding::new("IDN-MISM", Severity::Info, &facts, vec![place])
    }));
    if compared { Ok(found) } else { Err(open()) }
}

/// Names less alike than this are told. 0–1.
const LEAST_ALIKE: f64 = 0.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::tests::{declared, paper};
    use crate::dossier::Insured;
    use crate::facts::MrzFact;

    fn codes(number: &str, birth: &str) -> usize {
        let mut claim = declared("2023-12-20");
        claim.insured = Some(Insured {
            document_number: Some("P0869411".to_owned()),
            birth: Some("1976-09-25".to_owned()),
            ..Insured::default()
        });
        let mut id = paper("identity", &[]);
        let zone = MrzFact { valid: true, number: number.to_owned(), birth: birth.to_owned(), ..MrzFact::default() };
        id.facts.as_mut().unwrap().mrz = Some(zone);
        check(&Story::of(&claim, &[id], &[], "2024-03-01")).unwrap().len()
    }

    #[test]
    fn quite_another_name_is_a_remark() {
        let told = |name: &str| {
            let mut claim = declared("2023-12-20");
            claim.insured = Some(Insured { name: Some(name.to_owned()), ..Insured::default() });
            let mut id = paper("identity", &[]);
            let (given_names, surname) = ("MOHAMMAD".to_owned(), "ALEEMI".to_owned());
            let zone = MrzFact { valid: true, given_names, surname, ..MrzFact::default() };
            id.facts.as_mut().unwrap().mrz = Some(zone);
            check(&Story::of(&claim, &[id], &[], "2024-03-01")).unwrap()
        };
        assert!(told("محمد علیمی").is_empty());
        let found = told("فاطمه رضایی");
        assert_eq!((found.len(), found[0].severity), (1, Severity::Info));
    }

    #[test]
    fn number_and_birth_are_compared() {
        assert_eq!(codes("PO869411", "1976-09-25"), 0);
        assert_eq!(codes("P0869412", "1976-09-25"), 1);
        assert_eq!(codes("P0869412", "1977-09-25"), 2);
        assert_eq!(codes("P0869411", "1976-01-01"), 0);
    }
}
