//! Deleting a claim that is not payable, and bringing it back. Its rows, hashes and record stay.

use std::time::Duration;

use super::access;
use super::error::{ClaimError, Refusal};
use super::moves::say;
use super::show::detail;
use super::states;
use super::text::paragraph;
use super::view::ClaimDetail;
use super::words::SaidKind;
use crate::accounts::{Action, Actor, Reach};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::ClaimId;
use crate::store::tables::claims::{self, ClaimSummary};

/// How long a deleted claim may be brought back.
pub const RESTORE_WITHIN: Duration = Duration::from_secs(30 * 24 * 3600);

/// Deleted claims shown at most.
const MOST: i64 = 200;

/// Deletes the claim.
///
/// # Errors
/// [`Refusal::NotDeletable`] where it stands; [`ClaimError::Stale`]; others when something fails.
pub async fn delete(store: &Store, actor: &Actor, id: &ClaimId, revision: i64, reason: &str) -> Result<(), ClaimError> {
    access::allowed(actor, Action::DeleteClaim)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    if !states::is_deletable(claim.state) {
        return Err(Refusal::NotDeletable.into());
    }
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    let now = act.now;
    claims::delete(&mut act.tx, id, Some(now)).await?;
    say(&mut act, actor, &claim, SaidKind::Deleted, &[], &reason).await?;
    act.record(Entry::new(EventKind::ClaimDeleted).claim(&claim.office, id)).await?;
    act.commit().await?;
    Ok(())
}

/// Brings a deleted claim back where it stood.
///
/// # Errors
/// [`Refusal::RestoreTooLate`] after [`RESTORE_WITHIN`]; others when something fails.
pub async fn restore(store: &Store, actor: &Actor, id: &ClaimId) -> Result<ClaimDetail, ClaimError> {
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_deleted(&mut act.tx, actor, id).await?;
    if claim.deleted_at.is_some_and(|at| at < act.now.minus(RESTORE_WITHIN)) {
        return Err(Refusal::RestoreTooLate.into());
    }
    claims::delete(&mut act.tx, id, None).await?;
    act.record(Entry::new(EventKind::ClaimRestored).claim(&claim.office, id)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// Deleted claims that may still be brought back, latest first.
///
/// # Errors
/// When the actor may delete none, or the database fails.
pub async fn deleted(store: &Store, actor: &Actor) -> Result<Vec<ClaimSummary>, ClaimError> {
    let reach = access::allowed(actor, Action::DeleteClaim)?;
    let (office, insured) = match reach {
        Reach::OwnPolicy(insured) => (None, Some(insured)),
        reach => (access::office_of(reach)?, None),
    };
    let mut tx = store.read().await?;
    Ok(claims::deleted(&mut tx, office, insured, store.now().minus(RESTORE_WITHIN), MOST).await?)
}
