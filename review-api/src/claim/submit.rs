//! What an office does before and when it sends a claim to the experts.

use super::access;
use super::checklist;
use super::error::{ClaimError, Refusal};
use super::rules;
use super::show::{detail, document};
use super::states::{self, ClaimStep, DocumentStep};
use super::story;
use super::text::paragraph;
use super::view::{ClaimDetail, DocumentDetail};
use super::words::{DocumentState, SLOTS};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::queue::rank;
use crate::store::Store;
use crate::store::ids::{ClaimId, VersionId};
use crate::store::tables::claims::{self, ClaimRow, Move};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::{explanations, insured, versions};

/// Sends a version that the checks refuse all the same, with a reason the expert will read.
///
/// # Errors
/// A [`Refusal`]; others when something fails.
pub async fn send_anyway(
    store: &Store,
    actor: &Actor,
    version: &VersionId,
    reason: &str,
) -> Result<DocumentDetail, ClaimError> {
    access::sender(actor, Action::UploadPaper)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let found = versions::find(&mut act.tx, version).await?.ok_or(ClaimError::NotFound)?;
    let (mut row, claim) = access::held_document(&mut act.tx, actor, &found.document).await?;
    if !states::is_editable(claim.state) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    if row.current.as_ref() != Some(version) {
        return Err(Refusal::VersionNotCurrent.into());
    }
    row.state = match row.state {
        DocumentState::Checking => return Err(Refusal::VersionNotJudged.into()),
        DocumentState::Uploaded => return Err(Refusal::NothingToOverrule.into()),
        state => states::document(state, DocumentStep::SendAnyway)?,
    };
    let now = act.now;
    versions::send_anyway(&mut act.tx, version, &reason, &actor.user).await?;
    if !documents::set(&mut act.tx, &mut row, now).await? {
        return Err(ClaimError::Stale);
    }
    let entry = Entry::new(EventKind::SentAnyway);
    act.record(entry.claim(&claim.office, &claim.id).document(&row.id).version(version)).await?;
    act.commit().await?;
    document(store, actor, &row.id).await
}

/// Says why a required paper is not there, where the rules let it stay away with a reason.
///
/// # Errors
/// A [`Refusal`]; others when something fails.
pub async fn explain_missing(
    store: &Store,
    actor: &Actor,
    claim: &ClaimId,
    slot: &str,
    reason: &str,
) -> Result<(), ClaimError> {
    access::sender(actor, Action::EditClaim)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    if !SLOTS.contains(&slot) {
        return Err(Refusal::SlotUnknown.into());
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, claim).await?;
    if !states::is_editable(claim.state) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    let asked = checklist::asked(&mut act.tx, &claim, claim.claim_type, act.now).await?;
    if !asked.iter().any(|line| line.slot == slot && line.waivable) {
        return Err(Refusal::NotWaivable.into());
    }
    let now = act.now;
    explanations::set(&mut act.tx, &claim.id, slot, &reason, &actor.user, now).await?;
    let entry = Entry::new(EventKind::MissingExplained).claim(&claim.office, &claim.id).with("slot", slot);
    act.record(entry).await?;
    act.commit().await?;
    Ok(())
}

/// Sends the claim to the experts. `revision` is the one the office saw.
///
/// # Errors
/// [`ClaimError::Stale`] when it changed meanwhile, a [`Refusal`] that names the slots in the
/// way, others when something fails.
pub async fn submit(store: &Store, actor: &Actor, id: &ClaimId, revision: i64) -> Result<ClaimDetail, ClaimError> {
    access::sender(actor, Action::SubmitClaim)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    let state = states::claim(claim.state, ClaimStep::Submit)?;
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    let person = insured::find(&mut act.tx, &claim.insured).await?.ok_or(ClaimError::NotFound)?;
    super::insured::insured_for_sending(&person)?;
    let mut papers = documents::of_claim(&mut act.tx, id).await?;
    let lines = checklist::lines(&mut act.tx, &claim, &papers, act.now).await?;
    refuse_unready(checklist::submittable(&lines, &papers))?;
    let now = act.now;
    let rank = rank_of(&mut act, &claim, &papers).await?;
    for paper in papers.iter_mut().filter(|paper| paper.state == DocumentState::Uploaded) {
        paper.state = states::document(paper.state, DocumentStep::Submit)?;
        documents::set(&mut act.tx, paper, now).await?;
    }
    let to = Move {
        state,
        submitted_at: Some(rank.submitted_at),
        paused_since: None,
        paused_ms: rank.paused_ms,
        rank_at: Some(rank.rank_at),
        rank_parts: serde_json::to_string(&rank.parts)?,
    };
    claims::move_to(&mut act.tx, id, now, &to).await?;
    // From its first submission on a claim stands under the rules that it was sent under.
    let (rules, _) = rules::holding(&mut act.tx, now).await?;
    claims::fix_rules(&mut act.tx, id, &rules).await?;
    story::keep(&mut act.tx, id, now).await?;
    let again = claim.submitted_at.is_some();
    let kind = if again { EventKind::ClaimResubmitted } else { EventKind::ClaimSubmitted };
    act.record(Entry::new(kind).claim(&claim.office, id).with("papers", papers.len())).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

fn refuse_unready(found: checklist::Submittable) -> Result<(), Refusal> {
    if !found.checking.is_empty() {
        return Err(Refusal::StillChecking(found.checking));
    }
    if !found.blocking.is_empty() {
        return Err(Refusal::BlockingFindings(found.blocking));
    }
    if !found.ready {
        return Err(Refusal::RequiredMissing(found.missing));
    }
    Ok(())
}

async fn rank_of(
    act: &mut crate::store::act::Act<'_>,
    claim: &ClaimRow,
    papers: &[DocumentRow],
) -> Result<rank::Rank, ClaimError> {
    let mut all_green = true;
    for version in papers.iter().filter_map(|paper| paper.current.as_ref()) {
        let found = versions::find(&mut act.tx, version).await?;
        all_green &= found.is_some_and(|found| found.verdict.as_deref() == Some("accept"));
    }
    let person = insured::find(&mut act.tx, &claim.insured).await?.ok_or(ClaimError::NotFound)?;
    Ok(rank::rank(&rank::Standing {
        now: act.now,
        claim_type: claim.claim_type,
        circumstances: serde_json::from_str(&claim.circumstances)?,
        birth: person.birth,
        accident_date: claim.accident_date.clone(),
        first_submitted: claim.submitted_at,
        paused_since: claim.paused_since,
        paused_ms: claim.paused_ms,
        all_green,
    }))
}
