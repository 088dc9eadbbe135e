//! `CRT-COPY` — a copy said to be certified on which no certification is seen.
//!
//! Looks only at papers declared as certified copies. Words «برابر اصل» or their like with a stamp near them are a
//! certification. The words are often part of the stamp or written by hand and cannot be read, so without them any stamp
//! speaks for one. Words without a stamp are none, where surely no stamp is on the page; where one stands elsewhere,
//! nothing is said. A page without colour hides its stamp, so it must be surer to bear none. It asks and never refuses.

use super::lacking::most_stamp_nearness;
use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Form, Paper};
use crate::facts::Facts;
use crate::finding::{NotRun, Severity};
use crate::thresholds::MARKS;

/// Looks at the papers declared as certified copies.
///
/// # Errors
/// When no such paper shows a sign of certification or could show one.
pub fn check(papers: &[Paper]) -> Result<Vec<ClaimFinding>, NotRun> {
    let told = papers
        .iter()
        .filter(|paper| paper.form == Some(Form::CertifiedCopy))
        .filter_map(|paper| Some((paper, paper.facts.as_ref().and_then(certified)?)));
    let told: Vec<(&Paper, bool)> = told.collect();
    if told.is_empty() {
        return Err(not_run("CRT-COPY", "no paper said to be a certified copy could be judged"));
    }
    Ok(told.into_iter().filter(|(_, certified)| !certified).map(|(paper, _)| finding(paper)).collect())
}

/// Whether a sign of certification is seen; `None` where the page cannot show it.
fn certified(facts: &Facts) -> Option<bool> {
    if facts.certified_copy.stamp {
        return Some(true);
    }
    if !facts.stamps.is_empty() {
        return (!facts.certified_copy.phrase).then_some(true);
    }
    let surely = facts.marks.is_some_and(|seen| seen.stamp <= most_stamp_nearness(facts));
    (surely && facts.words >= MARKS.min_words).then_some(false)
}

fn finding(paper: &Paper) -> ClaimFinding {
    let place = Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
    ClaimFinding::new("CRT-COPY", Severity::Warn, &[], vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{CertifiedCopy, MarkFact, MarksSeen};
    use crate::page::Region;

    fn paper(form: Option<Form>, phrase: bool, stamp: bool, coloured: bool) -> Paper {
        let mark = MarkFact { page: 0, region: Region::default(), colour: "blue".to_owned(), confidence: 0.9 };
        let stamps = if stamp { vec![mark] } else { vec![] };
        let certified_copy = CertifiedCopy { phrase, stamp: phrase && stamp };
        let nearness = if stamp || !coloured { 0.9 } else { 0.05 };
        let marks = Some(MarksSeen { stamp: nearness, signature: 0.0 });
        let facts = Facts { certified_copy, stamps, coloured, marks, words: 80, ..Facts::default() };
        Paper { slot: "admission-record".to_owned(), form, facts: Some(facts), ..Paper::default() }
    }

    #[test]
    fn a_copy_without_words_or_stamp_is_asked_about() {
        let copy = Some(Form::CertifiedCopy);
        for signed in [paper(copy, true, true, true), paper(copy, false, true, true)] {
            assert_eq!(check(&[signed]), Ok(vec![]));
        }
        for unsigned in [paper(copy, false, false, true), paper(copy, true, false, true)] {
            let found = check(&[unsigned]).unwrap();
            assert_eq!((found.len(), found[0].severity), (1, Severity::Warn));
        }
    }

    #[test]
    fn words_with_a_stamp_elsewhere_are_left_to_people() {
        let mut elsewhere = paper(Some(Form::CertifiedCopy), true, true, true);
        elsewhere.facts.as_mut().unwrap().certified_copy.stamp = false;
        assert!(check(&[elsewhere]).is_err());
    }

    #[test]
    fn what_a_grey_page_cannot_show_is_not_told() {
        for phrase in [false, true] {
            assert!(check(&[paper(Some(Form::CertifiedCopy), phrase, false, false)]).is_err());
        }
    }

    #[test]
    fn a_grey_page_must_be_surer_to_bear_none() {
        let grey = |nearness: f64| {
            let mut paper = paper(Some(Form::CertifiedCopy), false, false, false);
            paper.facts.as_mut().unwrap().marks = Some(MarksSeen { stamp: nearness, signature: 0.0 });
            check(&[paper])
        };
        assert!(grey(0.3).is_err());
        assert_eq!(grey(0.2).map(|found| found.len()), Ok(1));
    }

    #[test]
    fn other_forms_and_undeclared_ones_are_not_judged() {
        assert!(check(&[paper(None, false, false, true)]).is_err());
        assert!(check(&[paper(Some(Form::Original), false, false, true)]).is_err());
    }
}
