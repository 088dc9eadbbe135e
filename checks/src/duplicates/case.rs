//! `DUP-CASE` — a paper that stands in another claim too, in the same bytes or captured again.
//!
//! A remark, never an accusation: the victims of one accident share its police report, and there it is no more
//! than a word.

use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::Severity;

/// Papers that one accident gives to all its victims.
const SHARED: &[&str] = &["accident-report", "traffic-report"];

/// Tells of papers that stand in other claims of the register.
#[must_use]
pub fn check(papers: &[Paper]) -> Vec<ClaimFinding> {
    papers.iter().filter_map(of_paper).collect()
}

fn of_paper(paper: &Paper) -> Option<ClaimFinding> {
    let captured: Vec<_> = paper.again.iter().filter(|a| a.dir.is_some() && a.relation.again()).collect();
    let count = paper.elsewhere.len() + captured.len();
    if count == 0 {
        return None;
    }
    let own = Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
    let same_bytes = paper.elsewhere.iter().map(|(dir, file)| Evidence {
        dir: Some(dir.clone()),
        file: Some(file.clone()),
        ..Evidence::default()
    });
    let captured_again = captured.iter().flat_map(|again| again.evidence(paper).into_iter().skip(1));
    let evidence = std::iter::once(own).chain(same_bytes).chain(captured_again).collect();
    let shared = SHARED.contains(&paper.slot.as_str())
        && paper.elsewhere.is_empty()
        && captured.iter().all(|again| SHARED.contains(&again.slot.as_str()));
    let severity = if shared { Severity::Info } else { Severity::Warn };
    Some(ClaimFinding::new("DUP-CASE", severity, &[("count", &count.to_string())], evidence))
}
