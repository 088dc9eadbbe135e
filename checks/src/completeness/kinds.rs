//! `TYP-WRONG` — another kind of paper than belongs into its slot.
//!
//! Kind is what a paper is, a slot the place it is put into; a slot takes its own kind and those that serve as
//! well, after the table of the rules. A paper whose kind is not told is never called wrong, and a paper that was
//! sent as a translation may look like anything.

use super::required::slot;
use crate::facts::KindFact;
use crate::finding::{Finding, FindingBuilder, Severity};

/// How sure the kind must be before a slot is called wrong.
const SURE: f64 = 0.85;

/// Whether a slot takes a kind of paper.
#[must_use]
pub fn accepts(slot_name: &str, kind: &str) -> bool {
    kind == slot_name
        || kind == "other"
        || slot_name == "translation"
        || slot(slot_name).is_none_or(|slot| slot.kinds.iter().any(|known| known == kind))
}

/// The finding over a paper that was put into a slot, or that is said to be of a kind; none where it may stand.
///
/// # Errors
/// The words do not tell what the paper is.
pub fn wrong_kind(slot_name: Option<&str>, seen: &KindFact) -> Result<Option<Finding>, &'static str> {
    let Some(slot_name) = slot_name.filter(|name| *name != "other") else { return Ok(None) };
    if seen.code == "other" {
        return Err("the words do not tell what it is");
    }
    if accepts(slot_name, &seen.code) || seen.confidence < SURE {
        return Ok(None);
    }
    let finding = FindingBuilder::new("TYP-WRONG", Severity::Warn).confidence(seen.confidence);
    Ok(finding.fact("seen", &seen.code).build().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(code: &str, confidence: f64) -> KindFact {
        KindFact { code: code.to_owned(), confidence }
    }

    #[test]
    fn another_paper_is_told_and_a_serving_one_is_not() {
        let found = wrong_kind(Some("hospital-bill"), &seen("office-letter", 0.97)).unwrap();
        let found = found.unwrap();
        assert_eq!(found.code.as_str(), "TYP-WRONG");
        assert!(found.message.en.contains("Office letter"), "{}", found.message.en);
        assert_eq!(wrong_kind(Some("head-identity"), &seen("identity", 0.99)), Ok(None));
        assert_eq!(wrong_kind(Some("translation"), &seen("policy", 0.99)), Ok(None));
    }

    #[test]
    fn what_is_not_told_is_never_wrong() {
        assert!(wrong_kind(Some("policy"), &seen("other", 0.2)).is_err());
        assert_eq!(wrong_kind(Some("policy"), &seen("identity", 0.7)), Ok(None));
        assert_eq!(wrong_kind(None, &seen("identity", 0.9)), Ok(None));
    }

    #[test]
    fn every_kind_of_the_table_is_a_slot() {
        for slot_rule in super::super::slots() {
            assert!(slot_rule.kinds.iter().all(|kind| slot(kind).is_some()), "{}", slot_rule.name);
        }
    }
}
