//! Whose claim it is. The table of permissions (`accounts::may`) decides; here its answer is held
//! against rows.

use super::error::ClaimError;
use crate::accounts::{self, Action, Actor, Reach};
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::versions::{self, VersionRow};

/// How far the actor may do this; refuses who may not at all.
pub(crate) fn allowed(actor: &Actor, action: Action) -> Result<Reach<'_>, ClaimError> {
    Ok(accounts::require(actor, action)?)
}

/// The office within which the actor may do this: `None` means every office. An insured person is bound to the own
/// claims, which no office tells, and is refused here.
pub(crate) fn scope(actor: &Actor, action: Action) -> Result<Option<&OfficeId>, ClaimError> {
    office_of(allowed(actor, action)?)
}

/// The office that a reach is bound to: `None` means every office.
pub(crate) const fn office_of(reach: Reach<'_>) -> Result<Option<&OfficeId>, ClaimError> {
    match reach {
        Reach::OwnOffice(office) => Ok(Some(office)),
        Reach::All => Ok(None),
        Reach::OwnPolicy(_) | Reach::Nothing => Err(ClaimError::Forbidden),
    }
}

/// The office that the papers of this sender go through, for what senders do. Whose claim it is
/// must still be asked.
pub(crate) fn sender(actor: &Actor, action: Action) -> Result<&OfficeId, ClaimError> {
    match allowed(actor, action)? {
        Reach::OwnPolicy(_) | Reach::OwnOffice(_) => actor.office.as_ref().ok_or(ClaimError::Forbidden),
        Reach::Nothing | Reach::All => Err(ClaimError::Forbidden),
    }
}

/// Refuses everybody but experts.
pub(crate) fn expert(actor: &Actor) -> Result<(), ClaimError> {
    allowed(actor, Action::DecidePaper).map(|_| ())
}

fn visible(actor: &Actor, claim: Option<ClaimRow>) -> Result<ClaimRow, ClaimError> {
    let reach = allowed(actor, Action::SeeClaims)?;
    let there = claim.filter(|claim| claim.deleted_at.is_none());
    there.filter(|claim| reach.covers(&claim.office, &claim.insured)).ok_or(ClaimError::NotFound)
}

/// The claim that was deleted, held against other acts, if the actor may bring it back.
pub(crate) async fn held_deleted(tx: &mut Tx, actor: &Actor, id: &ClaimId) -> Result<ClaimRow, ClaimError> {
    let reach = allowed(actor, Action::DeleteClaim)?;
    let claim = claims::lock(tx, id).await?.filter(|claim| claim.deleted_at.is_some());
    claim.filter(|claim| reach.covers(&claim.office, &claim.insured)).ok_or(ClaimError::NotFound)
}

/// The claim, if the actor may see it.
pub(crate) async fn claim(tx: &mut Tx, actor: &Actor, id: &ClaimId) -> Result<ClaimRow, ClaimError> {
    visible(actor, claims::find(tx, id).await?)
}

/// The claim, held against other acts until the transaction ends.
pub(crate) async fn held_claim(tx: &mut Tx, actor: &Actor, id: &ClaimId) -> Result<ClaimRow, ClaimError> {
    visible(actor, claims::lock(tx, id).await?)
}

/// The paper and its claim.
pub(crate) async fn document(
    tx: &mut Tx,
    actor: &Actor,
    id: &DocumentId,
) -> Result<(DocumentRow, ClaimRow), ClaimError> {
    let document = documents::find(tx, id).await?.ok_or(ClaimError::NotFound)?;
    let claim = claim(tx, actor, &document.claim).await?;
    Ok((document, claim))
}

/// The paper and its claim, held against other acts until the transaction ends.
pub(crate) async fn held_document(
    tx: &mut Tx,
    actor: &Actor,
    id: &DocumentId,
) -> Result<(DocumentRow, ClaimRow), ClaimError> {
    let found = documents::find(tx, id).await?.ok_or(ClaimError::NotFound)?;
    let claim = held_claim(tx, actor, &found.claim).await?;
    // Read again: what was read before the claim was held may have changed.
    let document = documents::find(tx, id).await?.ok_or(ClaimError::NotFound)?;
    Ok((document, claim))
}

/// The version and its claim.
pub(crate) async fn version(tx: &mut Tx, actor: &Actor, id: &VersionId) -> Result<(VersionRow, ClaimRow), ClaimError> {
    let version = versions::find(tx, id).await?.ok_or(ClaimError::NotFound)?;
    let claim = claim(tx, actor, &version.claim).await?;
    Ok((version, claim))
}
