//! `DUP-SLOT` — one paper for two slots of the same claim.
//!
//! Sees the same bytes in two slots, and another capture of one paper. Mostly a slip of the hand, so it asks and
//! does not refuse. The same paper twice in one slot is left in peace.

use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::Severity;

/// Finds papers of different slots that are one paper.
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
        // every pair is told to both of its papers; the earlier one speaks
        let later = |file: &str, slot: &str| !papers[..i].iter().any(|p| p.file == file && p.slot == slot);
        for again in paper.again.iter().filter(|a| a.dir.is_none() && a.slot != paper.slot && a.relation.again()) {
            if later(&again.file, &again.slot) {
                let evidence = again.evidence(paper);
                found.push(ClaimFinding::new("DUP-SLOT", Severity::Warn, &[("slot", &again.slot)], evidence));
            }
        }
    }
    found
}
