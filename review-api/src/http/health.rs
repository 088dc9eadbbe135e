//! `GET /health`: whether the server answers; for a supervisor.

use axum::http::StatusCode;

/// The server answers.
#[utoipa::path(get, path = "/health", tag = "system", responses((status = 204, description = "The server answers")))]
pub(super) async fn show() -> StatusCode {
    StatusCode::NO_CONTENT
}
