//! `POST /claims/{claim}/explanations`: why a required paper cannot be had.

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

/// A slot and why it stays empty.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Explanation {
    /// The slot.
    slot: String,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Records the explanation.
#[utoipa::path(post, path = "/claims/{claim}/explanations", tag = "claims", params(("claim" = String, Path)), request_body = Explanation, responses(
    (status = 200, description = "The claim; pages get 303", body = Object)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Explanation>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    claim::explain_missing(&app.store, &signed.actor, &id, &typed.slot, typed.reason.trim()).await?;
    let view = claim::detail(&app.store, &signed.actor, &id).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}#slot-{}", typed.slot), &view))
}
