//! Claims: opening, listing, the page of one, sending it, and the expert's desk and lease.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod desk;
pub(super) mod edit;
pub(super) mod explain;
pub(super) mod extra;
pub(super) mod lease;
pub(super) mod list;
pub(super) mod new_form;
pub(super) mod outcome;
pub(super) mod payment;
pub(super) mod post;
pub(super) mod print;
pub(super) mod refusal;
pub(super) mod show;
pub(super) mod split;
pub(super) mod story;
pub(super) mod submit;
pub(super) mod upload;

use axum::http::StatusCode;
use axum::response::Response;

use super::App;
use super::error::ApiError;
use super::face;
use super::visit::Signed;
use crate::accounts::Actor;
use crate::claim::{self, ClaimDetail, ClaimError, notes};
use crate::store::ids::ClaimId;
use crate::views::claim_acts::Trouble;
use crate::views::claim_page::{self, Notes};
use crate::views::terms;

pub(super) use create::on_form;

/// The id in an address; anything else is an address that does not exist.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}

/// The claim's id in an address.
pub(super) fn claim_id(text: &str) -> Result<ClaimId, ApiError> {
    id(text)
}

/// A form of the claim's page that was refused: the page again, with why and with what was typed. Programs, and errors
/// that are no refusal, get the error itself.
pub(super) async fn again(
    app: &App,
    signed: &Signed,
    claim: &ClaimId,
    error: ClaimError,
    form: &'static str,
    typed: &[(&'static str, &str)],
) -> Result<Response, ApiError> {
    let error = ApiError::from(error);
    if !signed.visit.html() || !matches!(error, ApiError::Claim(ClaimError::Refused(_) | ClaimError::Stale)) {
        return Err(error);
    }
    let problem = error.problem(signed.visit.lang());
    let slots = problem.slots.iter().map(|slot| signed.visit.shell().t(terms::slot_key(slot)));
    let message = std::iter::once(problem.detail.clone()).chain(slots).collect::<Vec<_>>().join(" · ");
    let fields = typed.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    let trouble = Trouble { message: Some(message), form, fields };
    let view = claim::detail(&app.store, &signed.actor, claim).await?;
    let notes = notes_of(app, &signed.actor, &view).await?;
    let limit = app.config.limits.file_bytes();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    face::show_as(status, &signed.visit, &view, |view| {
        claim_page::draw(signed.visit.shell(), view, &notes, trouble, limit)
    })
}

/// The notes of the claim's papers that have any.
pub(super) async fn notes_of(app: &App, actor: &Actor, claim: &ClaimDetail) -> Result<Notes, ApiError> {
    let mut all = Notes::new();
    for document in claim.documents.iter().filter(|document| document.notes > 0) {
        all.insert(document.id.clone(), notes::list(&app.store, actor, &document.id).await?);
    }
    Ok(all)
}
