//! `DUP-NEAR` — a paper very like another, but for a place or two that a person must look at.
//!
//! Sees pairs whose relation is *possible*: the same form with one date, number or name that may differ, or two
//! captures too poor to tell. Information for the expert, with the places to look at; it never weighs on a claim.

use crate::dossier::{ClaimFinding, Paper};
use crate::duplicates::relation::Relation;
use crate::finding::Severity;

/// Tells of papers that are nearly another.
#[must_use]
pub fn check(papers: &[Paper]) -> Vec<ClaimFinding> {
    let mut found = Vec::new();
    for (i, paper) in papers.iter().enumerate() {
        let told = |slot: &str, file: &str| papers[..i].iter().any(|p| p.slot == slot && p.file == file);
        for again in paper.again.iter().filter(|a| a.relation == Relation::Possible) {
            if again.dir.is_none() && told(&again.slot, &again.file) {
                continue;
            }
            let value = format!("{:.2}", again.score);
            let facts = [("value", value.as_str()), ("limit", "1")];
            let mut finding = ClaimFinding::new("DUP-NEAR", Severity::Info, &facts, again.evidence(paper));
            finding.confidence = again.score;
            found.push(finding);
        }
    }
    found
}
