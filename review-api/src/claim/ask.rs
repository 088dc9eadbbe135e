//! A paper that an expert asks for beyond the rules, with a reason that the sender reads.

use super::access;
use super::checklist;
use super::decide::hold;
use super::error::{ClaimError, Refusal};
use super::show::detail;
use super::text::paragraph;
use super::view::ClaimDetail;
use super::words::{ClaimState, SLOTS};
use crate::accounts::Actor;
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::ClaimId;
use crate::store::tables::extra_papers;

/// Asks for one more paper. The claim goes back to the sender when the round is finished.
///
/// # Errors
/// [`Refusal::AskedAlready`] for a paper that is asked for anyway; others when something fails.
pub async fn ask(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    slot: &str,
    reason: &str,
) -> Result<ClaimDetail, ClaimError> {
    access::expert(actor)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    if !SLOTS.contains(&slot) {
        return Err(Refusal::SlotUnknown.into());
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    hold(&mut act, actor, id).await?;
    if claim.state != ClaimState::InReview {
        return Err(Refusal::StateNotAllowed.into());
    }
    let asked = checklist::asked(&mut act.tx, &claim, claim.claim_type, act.now).await?;
    if asked.iter().any(|line| line.slot == slot && (line.extra || line.need != "optional")) {
        return Err(Refusal::AskedAlready.into());
    }
    let now = act.now;
    if !extra_papers::insert(&mut act.tx, id, slot, &reason, &actor.user, now).await? {
        return Err(Refusal::AskedAlready.into());
    }
    act.record(Entry::new(EventKind::PaperAsked).claim(&claim.office, id).with("slot", slot)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}
