//! Numbers that a paper shares with papers of other claims, told to those who decide about papers.
//!
//! An office never hears of them. Papers that are known to be one by their looks are told as that, and the paper of one
//! accident may well stand in the claims of all its victims.

use std::collections::BTreeMap;

use sanad_checks::facts::NumberFact;
use sanad_checks::finding::{Finding, FindingBuilder, Severity};

use super::error::ClaimError;
use super::seen::SHARED;
use crate::store::ids::VersionId;
use crate::store::sql::Tx;
use crate::store::tables::seen_pages::{self, SeenPage};
use crate::store::tables::seen_pairs::SharedNumber;
use crate::store::tables::versions::VersionRow;
use crate::store::tables::{claims, readings};

/// Numbers of a version that stand elsewhere too, as they are found.
#[derive(Debug, Default)]
pub(super) struct SameNumbers {
    by_looks: Vec<VersionId>,
    met: Vec<(i64, SeenPage, SharedNumber)>,
}

impl SameNumbers {
    /// The other version is known to be the same paper by its looks.
    pub(super) fn known_by_looks(&mut self, other: &VersionId) {
        self.by_looks.push(other.clone());
    }

    /// A number of the own page stands on the other one.
    pub(super) fn stands_on(&mut self, own: i64, other: &SeenPage, shared: &SharedNumber) {
        self.met.push((own, other.clone(), shared.clone()));
    }

    /// One finding for each number of the paper. `report` says that its slot is one of an accident's reports.
    pub(super) async fn findings(
        self,
        tx: &mut Tx,
        row: &VersionRow,
        report: bool,
    ) -> Result<Vec<Finding>, ClaimError> {
        let accident = claims::find(tx, &row.claim).await?.and_then(|claim| claim.accident);
        // by page and what the number is given to: whether it is told surely, and more than in passing
        let mut told: BTreeMap<(i64, String), (bool, bool)> = BTreeMap::new();
        for (page, other, shared) in self.met {
            if self.by_looks.contains(&other.version) {
                continue;
            }
            let expected = report && SHARED.contains(&other.slot.as_str());
            let theirs = claims::find(tx, &other.claim).await?.and_then(|claim| claim.accident);
            if expected && accident.is_some() && theirs == accident {
                continue;
            }
            let entry = told.entry((page, shared.name)).or_default();
            *entry = (entry.0 || shared.sure, entry.1 || (shared.sure && !expected));
        }
        if told.is_empty() {
            return Ok(Vec::new());
        }
        let facts = readings::find(tx, &row.id).await?.map(|reading| reading.facts()).transpose();
        let numbers = facts.map_err(ClaimError::from)?.flatten().map(|facts| facts.numbers).unwrap_or_default();
        let mut findings = Vec::new();
        for ((page, name), (sure, weighs)) in told {
            let position = seen_pages::find(tx, page).await?.map(|page| page.position);
            let here = |fact: &&NumberFact| fact.of.word() == name && Some(i64::from(fact.page)) == position;
            findings.extend(numbers.iter().find(here).map(|fact| finding(fact, sure, weighs)));
        }
        Ok(findings)
    }
}

fn finding(fact: &NumberFact, sure: bool, weighs: bool) -> Finding {
    let severity = if weighs { Severity::Warn } else { Severity::Info };
    let builder = FindingBuilder::new("DUP-NEAR", severity)
        .said_as(if sure { "number" } else { "number-probably" })
        .confidence(fact.confidence)
        .regions(vec![fact.region])
        .fact("number", &fact.text);
    builder.build().expect("a fact is evidence")
}
