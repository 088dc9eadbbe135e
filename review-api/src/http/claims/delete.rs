//! `POST /claims/{claim}/deletion` and `…/restoration`, and the list of what may be brought back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{again, claim_id};
use crate::claim::{Listing, delete};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::lists::ClaimList;

/// Why it is deleted.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Deletion)]
pub(crate) struct Typed {
    /// Revision of the claim that was seen.
    revision: i64,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Deletes the claim; it may be brought back for thirty days.
#[utoipa::path(post, path = "/claims/{claim}/deletion", tag = "claims", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 204, description = "Deleted; pages get 303"),
    (status = 409, description = "Not where it stands, or it changed", body = crate::http::Problem)))]
pub(crate) async fn delete(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    if let Err(error) = delete::delete(&app.store, &signed.actor, &id, typed.revision, &typed.reason).await {
        return again(&app, &signed, &id, error, "why-delete", &[("reason", &typed.reason)]).await;
    }
    Ok(if signed.visit.html() {
        Redirect::to("/claims/deleted").into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}

/// Brings the claim back where it stood.
#[utoipa::path(post, path = "/claims/{claim}/restoration", tag = "claims", params(("claim" = String, Path)), responses(
    (status = 200, description = "The claim; pages get 303", body = Object),
    (status = 409, description = "Deleted too long ago", body = crate::http::Problem)))]
pub(crate) async fn restore(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    let view = delete::restore(&app.store, &signed.actor, &id).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view))
}

/// The deleted claims that may be brought back.
#[utoipa::path(get, path = "/claims/deleted", tag = "claims", responses(
    (status = 200, description = "rows, total, offset", body = Object)))]
pub(crate) async fn list(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let rows = delete::deleted(&app.store, &signed.actor).await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let view = ClaimList::new(Listing { rows, total, offset: 0 }, String::new(), None);
    face::show(&signed.visit, &view, |view| view.draw_deleted(signed.visit.shell()))
}
