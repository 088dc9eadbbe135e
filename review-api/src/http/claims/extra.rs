//! `POST /claims/{claim}/extra-papers`: an expert asks for a paper beyond the rules.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{claim_id, desk};
use crate::claim::ask;
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// A slot and why its paper is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ExtraPaper)]
pub(crate) struct Typed {
    /// The slot.
    slot: String,
    /// Why, for the sender.
    #[serde(default)]
    reason: String,
}

/// Asks for the paper.
#[utoipa::path(post, path = "/claims/{claim}/extra-papers", tag = "queue", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim with the longer list; pages get 303 to the desk", body = Object),
    (status = 409, description = "It is asked for anyway, or the claim is not with the asker", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    match ask::ask(&app.store, &signed.actor, &id, &typed.slot, &typed.reason).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}/desk"), &view)),
        Err(error) => {
            let typed = vec![("slot", typed.slot), ("reason", typed.reason)];
            desk::again(&app, &signed, &id, None, error, ("extra-why", typed)).await
        }
    }
}
