//! Which papers a claim needs, and which of them are there.

use std::collections::BTreeMap;

use sanad_checks::completeness::{self as rules, Certifier, Circumstance, Need, Requirement, Rules};
use sanad_checks::dossier::Form;
use sanad_checks::finding::Bilingual;
use serde::Serialize;

use super::error::ClaimError;
use super::words::{Channel, ClaimType, DocumentState, SLOTS};
use crate::store::clock::UnixMs;
use crate::store::sql::Tx;
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::{explanations, extra_papers, pages};

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
    /// Whether it may stay away with a reason.
    pub waivable: bool,
    /// The form in which it is posted; absent: any.
    pub form: Option<Form>,
    /// Who certifies a copy of it; absent: whoever may.
    pub certifier: Option<Certifier>,
    /// Whether it must bear a stamp.
    pub stamp: bool,
    /// Whether it must be signed by the head of the office.
    pub signature: bool,
    /// Whether it states the day of the accident.
    pub states_accident: bool,
    /// Whether no account number may stand in it.
    pub no_iban: bool,
    /// Pages it has at least.
    pub min_pages: u32,
    /// An expert asked for it beyond the rules.
    pub extra: bool,
}

impl ChecklistLine {
    pub(super) fn of(rule: Requirement) -> Self {
        Self {
            slot: rule.slot,
            need: need(rule.need).to_owned(),
            why: rule.why,
            order: i64::from(rule.order),
            filled: false,
            explanation: None,
            waivable: rule.waivable && rule.need != Need::Optional,
            form: rule.form,
            certifier: rule.certifier,
            stamp: rule.stamp,
            signature: rule.signature,
            states_accident: rule.states_accident,
            no_iban: rule.no_iban,
            min_pages: rule.min_pages,
            extra: false,
        }
    }

    /// A paper that an expert asks for beyond the rules.
    fn extra(slot: &str, reason: &str) -> Self {
        let place = SLOTS.iter().position(|known| *known == slot).unwrap_or(SLOTS.len());
        Self {
            slot: slot.to_owned(),
            need: "conditional".to_owned(),
            why: Bilingual { fa: reason.to_owned(), en: reason.to_owned() },
            order: i64::try_from(place + 1).unwrap_or(i64::MAX),
            filled: false,
            explanation: None,
            waivable: false,
            form: None,
            certifier: None,
            stamp: false,
            signature: false,
            states_accident: false,
            no_iban: false,
            min_pages: 1,
            extra: true,
        }
    }
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

pub(super) const fn rules_type(claim_type: ClaimType) -> rules::ClaimType {
    match claim_type {
        ClaimType::Death => rules::ClaimType::Death,
        ClaimType::Disability => rules::ClaimType::Disability,
        ClaimType::Injury => rules::ClaimType::Injury,
    }
}

pub(super) const fn rules_channel(channel: Channel) -> rules::Channel {
    match channel {
        Channel::Office => rules::Channel::Office,
        Channel::Individual => rules::Channel::Individual,
    }
}

/// The papers that a claim would be asked for, before there is one; `None` where a circumstance is not of the list.
#[must_use]
pub(super) fn asked_before(
    rules: &Rules,
    claim_type: ClaimType,
    circumstances: &[String],
    channel: Channel,
) -> Option<Vec<Requirement>> {
    let given: Vec<Circumstance> =
        circumstances.iter().map(|word| serde_json::from_value(word.as_str().into()).ok()).collect::<Option<_>>()?;
    Some(rules.required(rules_type(claim_type), &given, rules_channel(channel)))
}

/// The claim's checklist in its order.
pub(super) async fn lines(
    tx: &mut Tx,
    claim: &ClaimRow,
    documents: &[DocumentRow],
    now: UnixMs,
) -> Result<Vec<ChecklistLine>, ClaimError> {
    let explained: BTreeMap<String, String> = explanations::of_claim(tx, &claim.id).await?.into_iter().collect();
    let mut lines = asked(tx, claim, claim.claim_type, now).await?;
    for line in &mut lines {
        line.filled = filled(tx, line, documents).await?;
        line.explanation = explained.get(&line.slot).cloned().filter(|_| line.waivable);
    }
    Ok(lines)
}

/// The papers that the claim asks for as one of this type, by the rules it stands under and by its experts.
pub(super) async fn asked(
    tx: &mut Tx,
    claim: &ClaimRow,
    claim_type: ClaimType,
    now: UnixMs,
) -> Result<Vec<ChecklistLine>, ClaimError> {
    let circumstances: Vec<Circumstance> = serde_json::from_str(&claim.circumstances)?;
    let rules = super::rules::of_claim(tx, claim, now).await?;
    let asked = rules.required(rules_type(claim_type), &circumstances, rules_channel(claim.channel));
    let mut lines: Vec<ChecklistLine> = asked.into_iter().map(ChecklistLine::of).collect();
    for (slot, reason) in extra_papers::of_claim(tx, &claim.id).await? {
        match lines.iter_mut().find(|line| line.slot == slot) {
            Some(line) if line.need == OPTIONAL => {
                line.need = "conditional".to_owned();
                line.why = Bilingual { fa: reason.clone(), en: reason };
                line.extra = true;
            }
            Some(_) => {}
            None => lines.push(ChecklistLine::extra(&slot, &reason)),
        }
    }
    lines.sort_by_key(|line| line.order);
    Ok(lines)
}

/// Whether the slot has its paper, with as many pages as it needs.
async fn filled(tx: &mut Tx, line: &ChecklistLine, documents: &[DocumentRow]) -> Result<bool, ClaimError> {
    let versions = documents.iter().filter(|paper| paper.slot == line.slot).filter_map(|paper| paper.current.as_ref());
    let versions: Vec<_> = versions.collect();
    // The checks count the pages; one is there as soon as a file is.
    if line.min_pages <= 1 || versions.is_empty() {
        return Ok(!versions.is_empty());
    }
    let mut there = 0;
    for version in versions {
        there += pages::of_version(tx, version).await?.len().max(1);
    }
    Ok(there >= usize::try_from(line.min_pages).unwrap_or(usize::MAX))
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
