//! `DAT-EXPI` — the identity paper had expired at the accident.
//!
//! Sees the printed last day of validity, or that of a proved machine-readable zone, before the accident. A remark:
//! many lawful residents wait long for a renewal.

use super::lacks;
use super::story::{IDENTITY, Story, Told, conflict};
use crate::dossier::{ClaimFinding, Evidence, shown};
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds the validity of identity papers against the accident.
///
/// # Errors
/// When no last day of validity was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let accident = story.accident();
    let printed: Vec<&Told> = story.on_papers(Role::Expiry).filter(|told| told.in_slot(&IDENTITY)).collect();
    let zones: Vec<(&str, Evidence)> = story
        .papers
        .iter()
        .filter(|paper| IDENTITY.contains(&paper.slot.as_str()))
        .filter_map(|paper| {
            let zone = paper.facts.as_ref()?.mrz.as_ref().filter(|zone| zone.valid && !zone.expiry.is_empty())?;
            Some((zone.expiry.as_str(), paper.place(zone.page, zone.region, "expiry", &zone.expiry)))
        })
        .collect();
    if printed.is_empty() && zones.is_empty() {
        return Err(lacks("DAT-EXPI", story, "no last day of validity"));
    }
    let expired: Vec<&Told> = printed.into_iter().filter(|told| told.iso < accident.iso).collect();
    if !expired.is_empty() {
        return Ok(vec![conflict("DAT-EXPI", Severity::Warn, &expired, &[accident])]);
    }
    let old = zones.into_iter().find(|(expiry, _)| *expiry < accident.iso.as_str());
    Ok(old
        .map(|(expiry, evidence)| {
            let facts = [("one", shown(expiry)), ("other", shown(&accident.iso))];
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            ClaimFinding::new("DAT-EXPI", Severity::Warn, &facts, vec![evidence, accident.evidence()])
        })
        .into_iter()
        .collect())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;
    use crate::facts::MrzFact;

    #[test]
    fn the_printed_day_and_the_zone_are_both_looked_at() {
        assert_eq!(found(check, &[paper("identity", &[(Role::Expiry, "2023-12-01")])]).len(), 1);
        assert!(found(check, &[paper("identity", &[(Role::Expiry, "2024-12-01")])]).is_empty());
        let mut zone = paper("identity", &[]);
        zone.facts.as_mut().unwrap().mrz =
            Some(MrzFact { valid: true, expiry: "2020-01-01".to_owned(), ..MrzFact::default() });
        assert_eq!(found(check, &[zone])[0].code.as_str(), "DAT-EXPI");
    }
}
