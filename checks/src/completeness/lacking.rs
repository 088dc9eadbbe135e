//! What the checks over marks share: which papers can be said to lack one.

use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::facts::{Facts, MarkFact, MarksSeen};
use crate::finding::Severity;
use crate::thresholds::MARKS;

/// Whether a paper bears a mark: `marks` are those found, `nearness` how near it came and `most` how near is too near to
/// deny it. `None` where nothing can be said: nobody looked, the page cannot be read, or something is nearly one.
pub(super) fn bears(
    paper: &Paper,
    marks: fn(&Facts) -> &[MarkFact],
    nearness: fn(MarksSeen) -> f64,
    most: f64,
) -> Option<bool> {
    let facts = paper.facts.as_ref()?;
    if !marks(facts).is_empty() {
        return Some(true);
    }
    let unreadable = paper
        .findings
        .iter()
        .any(|(_, finding)| finding.severity == Severity::Reject && finding.code.family() == "LEG");
    let clear = facts.marks.is_some_and(|seen| nearness(seen) <= most);
    (clear && !unreadable && facts.words >= MARKS.min_words).then_some(false)
}

/// The stamps of a paper.
pub(super) fn stamps(facts: &Facts) -> &[MarkFact] {
    &facts.stamps
}

/// The signatures of a paper.
pub(super) fn signatures(facts: &Facts) -> &[MarkFact] {
    &facts.signatures
}

/// The finding that a paper lacks it; a warning, for the expert decides.
pub(super) fn finding(code: &str, paper: &Paper) -> ClaimFinding {
    let place = Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
    ClaimFinding::new(code, Severity::Warn, &[("page", &paper.file)], vec![place])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::page::Region;

    /// A paper of forty words with or without marks.
    pub(in super::super) fn paper(slot: &str, stamped: bool, signed: bool, seen: Option<(f64, f64)>) -> Paper {
        let mark = || MarkFact { page: 0, region: Region::default(), colour: "blue".to_owned(), confidence: 0.9 };
        let facts = Facts {
            stamps: stamped.then(mark).into_iter().collect(),
            signatures: signed.then(mark).into_iter().collect(),
            marks: seen.map(|(stamp, signature)| MarksSeen { stamp, signature }),
            words: 40,
            ..Facts::default()
        };
        Paper { slot: slot.to_owned(), facts: Some(facts), ..Paper::default() }
    }
}
