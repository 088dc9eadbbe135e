//! Which papers a claim needs, and which of them are there.

use std::collections::BTreeMap;

use sanad_checks::completeness::{self as rules, Circumstance, Need};
use sanad_checks::finding::Bilingual;
use serde::Serialize;

use super::error::ClaimError;
use super::words::{Channel, ClaimType, DocumentState};
use crate::store::sql::Tx;
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::explanations;

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChecklistLine {
    /// The slot.
    pub slot: String,
    /// `required`, `conditional` or `optional`.
    pub need: String,
    /// Why it is asked for.
    pub why: Bilingual,
    /// Place in the list.
    pub order: i64,
    /// Whether a paper is there.
    pub filled: bool,
    /// Why none is there, in the office's words.
    pub explanation: Option<String>,
}

/// What stands between the claim and the experts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Submittable {
    /// Nothing does.
    pub ready: bool,
    /// Slots that are neither filled nor explained.
    pub missing: Vec<String>,
    /// Slots with a paper that was refused and neither replaced nor sent anyway.
    pub blocking: Vec<String>,
    /// Slots with a paper the checks have not answered for.
    pub checking: Vec<String>,
}

/// The word for a paper that may stay away.
const OPTIONAL: &str = "optional";

const fn need(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Conditional => "conditional",
        Need::Optional => OPTIONAL,
    }
}

const fn rules_type(claim_type: ClaimType) -> rules::ClaimType {
    match claim_type {
        ClaimType::Death => rules::ClaimType::Death,
        ClaimType::Disability => rules::ClaimType::Disability,
        ClaimType::Injury => rules::ClaimType::Injury,
    }
}

const fn rules_channel(channel: Channel) -> rules::Channel {
    match channel {
        Channel::Office => rules::Channel::Office,
        Channel::Individual => rules::Channel::Individual,
    }
}

/// The papers that a claim would be asked for, before there is one; `None` where a circumstance is not of the list.
#[must_use]
pub fn asked_before(
    claim_type: ClaimType,
    circumstances: &[String],
    channel: Channel,
) -> Option<Vec<rules::Requirement>> {
    let given: Vec<Circumstance> =
        circumstances.iter().map(|word| serde_json::from_value(word.as_str().into()).ok()).collect::<Option<_>>()?;
    Some(rules::required(rules_type(claim_type), &given, rules_channel(channel)))
}

/// The claim's checklist in its order.
pub(super) async fn lines(
    tx: &mut Tx,
    claim: &ClaimRow,
    documents: &[DocumentRow],
) -> Result<Vec<ChecklistLine>, ClaimError> {
    let circumstances: Vec<Circumstance> = serde_json::from_str(&claim.circumstances)?;
    let explained: BTreeMap<String, String> = explanations::of_claim(tx, &claim.id).await?.into_iter().collect();
    let filled = |slot: &str| documents.iter().any(|d| d.slot == slot && d.current.is_some());
    let asked = rules::required(rules_type(claim.claim_type), &circumstances, rules_channel(claim.channel));
    let lines = asked.into_iter().map(|line| ChecklistLine {
        slot: line.slot.to_owned(),
        need: need(line.need).to_owned(),
        why: line.why,
        order: i64::from(line.order),
        filled: filled(line.slot),
        explanation: explained.get(line.slot).cloned(),
    });
    Ok(lines.collect())
}

/// What stands between the claim and the experts.
pub(super) fn submittable(lines: &[ChecklistLine], documents: &[DocumentRow]) -> Submittable {
    let missing: Vec<String> = lines
        .iter()
        .filter(|line| line.need != OPTIONAL && !line.filled && line.explanation.is_none())
        .map(|line| line.slot.clone())
        .collect();
    let slots_in = |states: &[DocumentState]| {
        let mut slots: Vec<String> =
            documents.iter().filter(|d| states.contains(&d.state)).map(|d| d.slot.clone()).collect();
        slots.dedup();
        slots
    };
    let blocking = slots_in(&[DocumentState::Refused, DocumentState::Rejected]);
    let checking = slots_in(&[DocumentState::Checking]);
    let some_paper = documents.iter().any(|document| document.current.is_some());
    let ready = missing.is_empty() && blocking.is_empty() && checking.is_empty() && some_paper;
    Submittable { ready, missing, blocking, checking }
}
