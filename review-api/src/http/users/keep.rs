//! Resetting, closing and opening an account again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::list;
use crate::accounts::people;
use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Gives a fresh first password, ends every session and takes a lost second factor away.
#[utoipa::path(post, path = "/users/{user}/reset", tag = "account", params(("user" = String, Path)), responses(
    (status = 200, description = "The account and its first password", body = Object),
    (status = 404, description = "Not the asker's to keep", body = crate::http::Problem)))]
pub(crate) async fn reset(
    State(app): State<App>,
    signed: Signed,
    Path(user): Path<String>,
) -> Result<Response, ApiError> {
    let made = people::reset(&app.store, &signed.actor, &id(&user)?).await?;
    list::handed(&app, &signed, StatusCode::OK, made).await
}

/// Closes an account and ends its sessions.
#[utoipa::path(post, path = "/users/{user}/disable", tag = "account", params(("user" = String, Path)), responses(
    (status = 200, description = "Closed; pages get 303", body = Object),
    (status = 404, description = "Not the asker's to keep", body = crate::http::Problem)))]
pub(crate) async fn disable(
    State(app): State<App>,
    signed: Signed,
    Path(user): Path<String>,
) -> Result<Response, ApiError> {
    let account = people::set_disabled(&app.store, &signed.actor, &id(&user)?, true).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, "/users", &account))
}

/// Opens a closed account again.
#[utoipa::path(post, path = "/users/{user}/enable", tag = "account", params(("user" = String, Path)), responses(
    (status = 200, description = "Open; pages get 303", body = Object),
    (status = 404, description = "Not the asker's to keep", body = crate::http::Problem)))]
pub(crate) async fn enable(
    State(app): State<App>,
    signed: Signed,
    Path(user): Path<String>,
) -> Result<Response, ApiError> {
    let account = people::set_disabled(&app.store, &signed.actor, &id(&user)?, false).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, "/users", &account))
}
