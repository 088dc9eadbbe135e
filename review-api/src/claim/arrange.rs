//! The order of several papers in one slot: as they are shown to the expert and laid into the parcel.

use super::access;
use super::error::{ClaimError, Refusal};
use super::pay::BANK_SLIP;
use super::show::document;
use super::states;
use super::story;
use super::view::DocumentDetail;
use super::words::{ClaimState, DocumentState};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::DocumentId;
use crate::store::tables::documents::{self, DocumentRow};

/// Puts the paper at this place of its slot, from 1; those between its old and its new place move by one. `revision`
/// is the paper's as it was seen.
///
/// # Errors
/// [`Refusal::DocumentLocked`] when the paper or one that would move is approved; [`Refusal::PlaceOutside`];
/// [`ClaimError::Stale`] when it changed meanwhile; others when something fails.
pub async fn arrange(
    store: &Store,
    actor: &Actor,
    id: &DocumentId,
    revision: i64,
    place: i64,
) -> Result<DocumentDetail, ClaimError> {
    access::sender(actor, Action::UploadPaper)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let (paper, claim) = access::held_document(&mut act.tx, actor, id).await?;
    if !states::is_editable(claim.state) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    if claim.state == ClaimState::PaymentReturned && paper.slot != BANK_SLIP {
        return Err(Refusal::OnlyBankSlip.into());
    }
    if paper.revision != revision {
        return Err(ClaimError::Stale);
    }
    let all = documents::of_claim(&mut act.tx, &claim.id).await?;
    let mut sheets: Vec<DocumentRow> = all.into_iter().filter(|sheet| sheet.slot == paper.slot).collect();
    let from = sheets.iter().position(|sheet| sheet.id == *id).ok_or(ClaimError::NotFound)?;
    let to = usize::try_from(place).ok().and_then(|place| place.checked_sub(1)).filter(|to| *to < sheets.len());
    let to = to.ok_or(Refusal::PlaceOutside)?;
    // Where an approved paper lies is part of what was approved.
    if sheets[from.min(to)..=from.max(to)].iter().any(|sheet| sheet.state == DocumentState::Approved) {
        return Err(Refusal::DocumentLocked.into());
    }
    if from != to {
        let moved = sheets.remove(from);
        sheets.insert(to, moved);
        documents::lift(&mut act.tx, &claim.id, &paper.slot).await?;
        for (place, sheet) in (1..).zip(&sheets) {
            documents::lay(&mut act.tx, &sheet.id, place).await?;
        }
        let now = act.now;
        story::keep(&mut act.tx, &claim.id, now).await?;
        let entry = Entry::new(EventKind::PapersArranged).claim(&claim.office, &claim.id).document(id);
        act.record(entry.with("slot", paper.slot.as_str()).with("place", place)).await?;
        act.commit().await?;
    }
    document(store, actor, id).await
}
