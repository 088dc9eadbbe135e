//! `POST /versions/{version}/send-anyway`: the best copy available, with the office's reason.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::claim;
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Why there is no better copy.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SendAnyway)]
pub(crate) struct Typed {
    /// The reason; the expert reads it.
    #[serde(default)]
    reason: String,
}

/// Sends a refused page anyway.
#[utoipa::path(post, path = "/versions/{version}/send-anyway", tag = "documents", params(("version" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The paper; pages get 303", body = Object)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(version): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let paper = claim::send_anyway(&app.store, &signed.actor, &id(&version)?, typed.reason.trim()).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{}#slot-{}", paper.claim, paper.slot), &paper))
}
