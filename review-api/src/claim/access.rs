//! Whose claim it is: an office sees its own, experts and managers see all.

use super::error::ClaimError;
use crate::accounts::{Actor, Role};
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::versions::{self, VersionRow};

/// The office an actor is bound to: `None` means every office.
pub(crate) fn scope(actor: &Actor) -> Result<Option<&OfficeId>, ClaimError> {
    match (actor.role, &actor.office) {
        (Role::Office, Some(office)) => Ok(Some(office)),
        (Role::Office, None) => Err(ClaimError::Forbidden),
        (Role::Expert | Role::Manager, _) => Ok(None),
    }
}

/// The actor's office, for what only an office does.
pub(crate) fn office(actor: &Actor) -> Result<&OfficeId, ClaimError> {
    scope(actor)?.ok_or(ClaimError::Forbidden)
}

/// Refuses everybody but experts.
pub(crate) fn expert(actor: &Actor) -> Result<(), ClaimError> {
    if actor.role == Role::Expert { Ok(()) } else { Err(ClaimError::Forbidden) }
}

fn visible(actor: &Actor, claim: Option<ClaimRow>) -> Result<ClaimRow, ClaimError> {
    let scope = scope(actor)?;
    claim.filter(|claim| scope.is_none_or(|office| claim.office == *office)).ok_or(ClaimError::NotFound)
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
