//! `DUP-CASE` — the same bytes in another claim.
//!
//! A remark, never an accusation: the victims of one accident share its police report.

use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::Severity;

/// Tells of papers whose bytes stand in other claims of the register.
#[must_use]
pub fn check(papers: &[Paper]) -> Vec<ClaimFinding> {
    let repeated = papers.iter().filter(|p| !p.elsewhere.is_empty());
    repeated
        .map(|paper| {
            let own =
                Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
            let others = paper.elsewhere.iter().map(|(dir, file)| Evidence {
                dir: Some(dir.clone()),
                file: Some(file.clone()),
                ..Evidence::default()
            });
            let count = paper.elsewhere.len().to_string();
            let evidence = std::iter::once(own).chain(others).collect();
            ClaimFinding::new("DUP-CASE", Severity::Warn, &[("count", &count)], evidence)
        })
        .collect()
}
