//! `POST /queue/next`: the next claim in line comes on the asker's desk.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::queue;

/// Takes the next claim.
#[utoipa::path(post, path = "/queue/next", tag = "queue", responses(
    (status = 200, description = "The lease; pages get 303 to the desk", body = Object),
    (status = 204, description = "Nothing waits")))]
pub(crate) async fn create(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    Ok(match queue::claim_next(&app.store, &signed.actor).await? {
        Some(lease) => face::done(&signed.visit, StatusCode::OK, &format!("/claims/{}/desk", lease.claim), &lease),
        None if signed.visit.html() => Redirect::to("/queue").into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
