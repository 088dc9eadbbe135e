//! Claims: opening, listing, the page of one, sending it, and the expert's desk and lease.

pub(super) mod create;
pub(super) mod desk;
pub(super) mod explain;
pub(super) mod lease;
pub(super) mod list;
pub(super) mod new_form;
pub(super) mod outcome;
pub(super) mod show;
pub(super) mod submit;
pub(super) mod upload;

use super::App;
use super::error::ApiError;
use crate::accounts::Actor;
use crate::claim::{ClaimDetail, notes};
use crate::store::ids::ClaimId;
use crate::views::claim_page::Notes;

/// The id in an address; anything else is an address that does not exist.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}

/// The claim's id in an address.
pub(super) fn claim_id(text: &str) -> Result<ClaimId, ApiError> {
    id(text)
}

/// The notes of the claim's papers that have any.
pub(super) async fn notes_of(app: &App, actor: &Actor, claim: &ClaimDetail) -> Result<Notes, ApiError> {
    let mut all = Notes::new();
    for document in claim.documents.iter().filter(|document| document.notes > 0) {
        all.insert(document.id.clone(), notes::list(&app.store, actor, &document.id).await?);
    }
    Ok(all)
}
