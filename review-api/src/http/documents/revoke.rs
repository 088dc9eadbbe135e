//! `POST /documents/{document}/revocation`: a supervisor takes an approval back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::claim::revoke;
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Why the approval is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Revocation)]
pub(crate) struct Typed {
    /// The paper's revision that was seen.
    revision: i64,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Takes the approval back.
#[utoipa::path(post, path = "/documents/{document}/revocation", tag = "outcome", params(("document" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The paper, before the experts again; pages get 303", body = Object),
    (status = 409, description = "It is not approved, money moves, or it changed", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let paper = revoke::revoke(&app.store, &signed.actor, &id(&document)?, typed.revision, &typed.reason).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{}/desk", paper.claim), &paper))
}
