//! `POST /claims/{claim}/lease` and `…/lease/release`: an expert takes a claim and gives it back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::claim_id;
use crate::claim;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::queue;

/// Takes the claim, or holds it longer when it is the asker's already.
#[utoipa::path(post, path = "/claims/{claim}/lease", tag = "queue", params(("claim" = String, Path)), responses(
    (status = 200, description = "The lease; pages get 303 to the desk", body = Object),
    (status = 409, description = "With another expert", body = crate::http::Problem)))]
pub(crate) async fn take(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    let held = claim::detail(&app.store, &signed.actor, &id).await?.lease.is_some_and(|lease| lease.mine);
    let lease = if held {
        queue::renew(&app.store, &signed.actor, &id).await?
    } else {
        queue::open(&app.store, &signed.actor, &id).await?
    };
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}/desk"), &lease))
}

/// Gives the claim back to the queue.
#[utoipa::path(post, path = "/claims/{claim}/lease/release", tag = "queue", params(("claim" = String, Path)), responses(
    (status = 204, description = "Given back; pages get 303 to the queue")))]
pub(crate) async fn release(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    queue::release(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    Ok(if signed.visit.html() {
        Redirect::to("/queue").into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}
