//! `DAT-COVR` — outside the cover.
//!
//! Sees an accident before the first or after the last day of the policy. Both ends count as covered. Declared days
//! win; where none are declared the policy paper's own serve, and where they are the paper is held against the
//! accident as well.

use super::not_run;
use super::story::{Story, Told, conflict};
use crate::dossier::{ClaimFinding, shown};
use crate::facts::Role;
use crate::finding::{NotRun, Severity};

/// Holds the declared accident against the cover.
///
/// # Errors
/// When neither end of the cover is known.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let declared = |role| story.all().iter().find(|told: &&Told| told.role == role && told.slot.is_none());
    let on_paper = |role| story.on_papers(role).find(|told| told.in_slot(&["policy"]));
    let stated = (declared(Role::CoverFrom), declared(Role::CoverTo));
    let printed = (on_paper(Role::CoverFrom), on_paper(Role::CoverTo));
    if [stated.0, stated.1, printed.0, printed.1].iter().all(Option::is_none) {
        return Err(not_run("DAT-COVR", "the days of the cover are not known"));
    }
    Ok([stated, printed].into_iter().filter_map(|(from, to)| outside(story.accident(), from, to)).take(1).collect())
}

fn outside(accident: &Told, from: Option<&Told>, to: Option<&Told>) -> Option<ClaimFinding> {
    let early = from.is_some_and(|from| accident.iso < from.iso);
    let late = to.is_some_and(|to| accident.iso > to.iso);
    if !early && !late {
        return None;
    }
    let ends: Vec<&Told> = [from, to].into_iter().flatten().collect();
    let finding = conflict("DAT-COVR", Severity::Reject, &[accident], &ends);
    let end = |told: Option<&Told>| told.map(|t| shown(&t.iso)).unwrap_or_default();
    let cover = format!("{} – {}", end(from), end(to));
    let facts = [("one", shown(&accident.iso)), ("other", cover)];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let worded = ClaimFinding::new("DAT-COVR", finding.severity, &facts, finding.evidence);
    Some(ClaimFinding { confidence: finding.confidence, ..worded })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn the_papers_days_serve_where_none_are_declared() {
        let ended = [paper("policy", &[(Role::CoverFrom, "2022-12-01"), (Role::CoverTo, "2023-12-01")])];
        assert_eq!(found(check, &ended)[0].severity, Severity::Warn);
        let runs = [paper("policy", &[(Role::CoverFrom, "2023-12-20"), (Role::CoverTo, "2024-12-01")])];
        assert!(found(check, &runs).is_empty());
    }
}
