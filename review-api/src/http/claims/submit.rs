//! `POST /claims/{claim}/submission`: sends a complete claim to the experts.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::claim_id;
use crate::claim;
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// What the sender saw.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Submission)]
pub(crate) struct Seen {
    /// Revision of the claim that was seen.
    revision: i64,
}

/// Sends the claim.
#[utoipa::path(post, path = "/claims/{claim}/submission", tag = "claims", params(("claim" = String, Path)), request_body = Seen, responses(
    (status = 200, description = "The claim, in review; pages get 303", body = Object),
    (status = 409, description = "Something is missing, or the claim changed", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(seen): Body<Seen>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    let view = claim::submit(&app.store, &signed.actor, &id, seen.revision).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view))
}
