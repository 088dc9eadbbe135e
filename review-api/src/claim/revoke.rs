//! Taking an approval back: a supervisor's act, with a reason; the paper lies before the experts again.

use super::access;
use super::error::{ClaimError, Refusal};
use super::moves::{say, shift};
use super::show::document;
use super::states::{self, ClaimStep, DocumentStep};
use super::text::paragraph;
use super::view::DocumentDetail;
use super::words::{ClaimState, SaidKind};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::DocumentId;
use crate::store::tables::{claims, documents};

/// Takes the approval of a paper back.
///
/// # Errors
/// [`Refusal::StateNotAllowed`] once money moves; [`ClaimError::Stale`]; others when something fails.
pub async fn revoke(
    store: &Store,
    actor: &Actor,
    id: &DocumentId,
    revision: i64,
    reason: &str,
) -> Result<DocumentDetail, ClaimError> {
    access::allowed(actor, Action::ReopenClaim)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let (mut paper, claim) = access::held_document(&mut act.tx, actor, id).await?;
    if paper.revision != revision {
        return Err(ClaimError::Stale);
    }
    if paper.approved_sha256.is_none() {
        return Err(Refusal::StateNotAllowed.into());
    }
    paper.state = states::document(paper.state, DocumentStep::Revoke)?;
    paper.approved_sha256 = None;
    let now = act.now;
    if !documents::set(&mut act.tx, &mut paper, now).await? {
        return Err(ClaimError::Stale);
    }
    say(&mut act, actor, &claim, SaidKind::ApprovalRevoked, &[], &reason).await?;
    // A claim that is being looked at or mended stays where it is.
    let entry = if matches!(claim.state, ClaimState::InReview | ClaimState::NeedsCorrection) {
        Entry::new(EventKind::ApprovalRevoked).claim(&claim.office, &claim.id)
    } else {
        claims::set_originals(&mut act.tx, &claim.id, None).await?;
        shift(&mut act, &claim, ClaimStep::Revoke).await?
    };
    act.record(entry.document(id)).await?;
    act.commit().await?;
    document(store, actor, id).await
}
