//! `STM-NONE` — a paper that must be stamped and bears no stamp.
//!
//! Looks only at slots of which the rules ask for one. Silent where something on the page comes near to being one, where
//! the page cannot be read, and where nobody looked: it asks and never refuses.

use super::lacking::{self, Mark};
use crate::dossier::{ClaimFinding, Paper};
use crate::finding::NotRun;

/// Looks at the papers that must bear a stamp.
///
/// # Errors
/// When no such paper is there, or of none it can be said.
pub fn check(papers: &[Paper]) -> Result<Vec<ClaimFinding>, NotRun> {
    let mark = Mark {
        code: "STM-NONE",
        asked: |slot| slot.stamp,
        found: |facts| &facts.stamps,
        nearness: |seen| seen.stamp,
        most: lacking::most_stamp_nearness,
    };
    lacking::check(papers, &mark, "of no paper that must bear a stamp can it be said")
}

#[cfg(test)]
mod tests {
    use super::super::lacking::tests::paper;
    use super::*;

    #[test]
    fn a_want_is_told_where_the_rules_ask_and_nothing_comes_near() {
        let found = check(&[paper("policy", false, false, Some((0.02, 0.02)))]).unwrap();
        assert_eq!((found.len(), found[0].code.as_str()), (1, "STM-NONE"));
        assert_eq!(check(&[paper("policy", true, true, Some((0.9, 0.9)))]), Ok(vec![]));
    }

    #[test]
    fn doubt_and_papers_of_which_none_is_asked_are_left_alone() {
        assert!(check(&[paper("policy", false, false, Some((0.45, 0.45)))]).is_err(), "nearly one");
        assert!(check(&[paper("policy", false, false, None)]).is_err(), "nobody looked");
        assert!(check(&[paper("hospital-bill", false, false, Some((0.02, 0.02)))]).is_err(), "not asked for");
    }
}
