//! `CRT-COPY` — a copy said to be certified on which no certification is seen.
//!
//! Looks only at papers declared as certified copies. A stamp anywhere on the file, or the words «برابر اصل» or their
//! like, speak for a certification: the words are often written by hand and cannot be read. A page without colour
//! hides its stamp, so without the words nothing is said of it. It asks and never refuses.

use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Form, Paper};
use crate::facts::Facts;
use crate::finding::{NotRun, Severity};

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
    if facts.certified_copy.phrase || !facts.stamps.is_empty() {
        return Some(true);
    }
    (facts.coloured && facts.words > 0).then_some(false)
}

fn finding(paper: &Paper) -> ClaimFinding {
    let place = Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() };
    ClaimFinding::new("CRT-COPY", Severity::Warn, &[("page", &paper.file)], vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{CertifiedCopy, MarkFact};
    use crate::page::Region;

    fn paper(form: Option<Form>, phrase: bool, stamp: bool, coloured: bool) -> Paper {
        let mark = MarkFact { page: 0, region: Region::default(), colour: "blue".to_owned(), confidence: 0.9 };
        let stamps = if stamp { vec![mark] } else { vec![] };
        let certified_copy = CertifiedCopy { phrase, stamp: phrase && stamp };
        let facts = Facts { certified_copy, stamps, coloured, words: 80, ..Facts::default() };
        Paper { slot: "admission-record".to_owned(), form, facts: Some(facts), ..Paper::default() }
    }

    #[test]
    fn a_copy_without_words_or_stamp_is_asked_about() {
        let copy = Some(Form::CertifiedCopy);
        for signed in [paper(copy, true, true, true), paper(copy, false, true, true), paper(copy, true, false, false)] {
            assert_eq!(check(&[signed]), Ok(vec![]));
        }
        let found = check(&[paper(copy, false, false, true)]).unwrap();
        assert_eq!((found.len(), found[0].severity), (1, Severity::Warn));
    }

    #[test]
    fn what_a_grey_page_cannot_show_is_not_told() {
        assert!(check(&[paper(Some(Form::CertifiedCopy), false, false, false)]).is_err());
    }

    #[test]
    fn other_forms_and_undeclared_ones_are_not_judged() {
        assert!(check(&[paper(None, false, false, true)]).is_err());
        assert!(check(&[paper(Some(Form::Original), false, false, true)]).is_err());
    }
}
