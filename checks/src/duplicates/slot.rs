//! `DUP-SLOT` — one scan for two papers of the same claim.
//!
//! Sees the same bytes in two slots. Mostly a slip of the hand, so it asks and does not refuse. Re-captures
//! of one paper are not seen here: they have other bytes.

use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::Severity;

/// Finds papers of different slots with the same bytes.
#[must_use]
pub fn check(papers: &[Paper]) -> Vec<ClaimFinding> {
    let mut found = Vec::new();
    for (i, paper) in papers.iter().enumerate() {
        for other in papers[i + 1..].iter().filter(|o| o.sha256 == paper.sha256 && o.slot != paper.slot) {
            let evidence = [paper, other].map(|p| Evidence {
                slot: Some(p.slot.clone()),
                file: Some(p.file.clone()),
                ..Evidence::default()
            });
            found.push(ClaimFinding::new("DUP-SLOT", Severity::Warn, &[("slot", &other.slot)], evidence.to_vec()));
        }
    }
    found
}
