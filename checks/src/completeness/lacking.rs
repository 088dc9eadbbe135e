//! What the checks over marks share: which papers can be said to lack one.

use super::required::{Rules, Slot};
use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::facts::{Facts, MarkFact, MarksSeen};
use crate::finding::{NotRun, Severity};
use crate::thresholds::MARKS;

/// How near a page may come to bearing a stamp for its lack to be told: a page without colour hides one among its print.
pub(super) fn most_stamp_nearness(facts: &Facts) -> f64 {
    if facts.coloured { MARKS.max_stamp_nearness } else { MARKS.max_grey_stamp_nearness }
}

/// Whether a paper bears a mark: `marks` are those found, `nearness` how near it came and `most` how near is too near to
/// deny it. `None` where nothing can be said: nobody looked, the page cannot be read, or something is nearly one.
fn bears(
    paper: &Paper,
    marks: fn(&Facts) -> &[MarkFact],
    nearness: fn(MarksSeen) -> f64,
    most: fn(&Facts) -> f64,
) -> Option<bool> {
    let facts = paper.facts.as_ref()?;
    if !marks(facts).is_empty() {
        return Some(true);
    }
    let unreadable = paper
        .findings
        .iter()
        .any(|(_, finding)| finding.severity == Severity::Reject && finding.code.family() == "LEG");
    let clear = facts.marks.is_some_and(|seen| nearness(seen) <= most(facts));
    (clear && !unreadable && facts.words >= MARKS.min_words).then_some(false)
}

/// A mark that some slots ask for.
pub(super) struct Mark {
    /// The code that tells its want.
    pub(super) code: &'static str,
    /// Whether the rules ask for it in a slot.
    pub(super) asked: fn(&Slot) -> bool,
    /// Those that were found on a paper.
    pub(super) found: fn(&Facts) -> &[MarkFact],
    /// How near the paper came to bearing one.
    pub(super) nearness: fn(MarksSeen) -> f64,
    /// Nearer than this it is not denied.
    pub(super) most: fn(&Facts) -> f64,
}

/// Looks at the papers that must bear the mark; a want is a warning, for the expert decides.
///
/// # Errors
/// `why`, when no such paper is there, or of none it can be said.
pub(super) fn check(papers: &[Paper], mark: &Mark, why: &str) -> Result<Vec<ClaimFinding>, NotRun> {
    let slots = &Rules::built_in().slot;
    let asked = |paper: &&Paper| slots.iter().any(|slot| (mark.asked)(slot) && slot.name == paper.slot);
    let told = |paper| Some((paper, bears(paper, mark.found, mark.nearness, mark.most)?));
    let told: Vec<(&Paper, bool)> = papers.iter().filter(asked).filter_map(told).collect();
    if told.is_empty() {
        return Err(not_run(mark.code, why));
    }
    Ok(told.into_iter().filter(|(_, bears)| !bears).map(|(paper, _)| finding(mark.code, paper)).collect())
}

fn finding(code: &str, paper: &Paper) -> ClaimFinding {
    let place = Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
    ClaimFinding::new(code, Severity::Warn, &[], vec![place])
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
