//! `POST /claims/{claim}/outcome`: the expert ends the round; the claim goes back for correction or
//! its papers are approved.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::claim_id;
use crate::claim::decide;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Ends the round.
#[utoipa::path(post, path = "/claims/{claim}/outcome", tag = "queue", params(("claim" = String, Path)), responses(
    (status = 200, description = "The claim; pages get 303 to the queue", body = Object),
    (status = 409, description = "A paper is not decided yet", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = decide::finish(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, "/queue", &view))
}
