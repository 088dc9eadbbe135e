//! `DAT-FUTR` — after the day of sending.
//!
//! Sees an accident that is declared for a day after the claim was sent, or after today where that day is not known,
//! and papers dated after it. A typing error in nearly every case; what a person typed may refuse, what was read
//! only warns. Ends of validity and of cover lie ahead by nature.

use super::story::{Source, Story, Told, conflict};
use crate::dossier::{ClaimFinding, shown};
use crate::facts::{Precision, Role};
use crate::finding::{NotRun, Severity};

/// Roles that lie ahead by nature, or whose meaning is not known.
const AHEAD: [Role; 4] = [Role::Expiry, Role::CoverFrom, Role::CoverTo, Role::Other];

/// Holds every date against the day of sending.
///
/// # Errors
/// Never: the accident's date is always given.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let sent = story.sent();
    let later = |told: &&Told| {
        let exact = told.trusted && told.precision == Precision::Day && !AHEAD.contains(&told.role);
        let counts = told.slot.is_some() || told.role == Role::Accident;
        exact && counts && told.iso.as_str() > sent
    };
    let late: Vec<&Told> = story.standing().filter(later).collect();
    let (people, read): (Vec<&Told>, Vec<&Told>) = late.into_iter().partition(|told| told.source > Source::Read);
    let sides = [people, read].into_iter().filter(|side| !side.is_empty());
    let worded = sides.map(|side| {
        let finding = conflict("DAT-FUTR", Severity::Reject, &side, &[]);
        let facts = [("one", shown(&side[0].iso)), ("other", shown(sent))];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let confidence = side.iter().map(|told| told.confidence).fold(0.0, f64::max);
        ClaimFinding { confidence, ..ClaimFinding::new("DAT-FUTR", finding.severity, &facts, finding.evidence) }
    });
    Ok(worded.take(1).collect())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn a_paper_of_tomorrow_is_told_and_a_policys_end_is_not() {
        assert_eq!(found(check, &[paper("hospital-bill", &[(Role::Issue, "2024-02-03")])])[0].severity, Severity::Warn);
        assert!(found(check, &[paper("policy", &[(Role::CoverTo, "2024-12-03")])]).is_empty());
    }
}
