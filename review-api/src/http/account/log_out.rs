//! `POST /logout`: ends this session, or all of them.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::visit::{SESSION_COOKIE, Signed};

/// Which sessions end.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = LogOut)]
pub(crate) struct Wanted {
    /// `on` ends the sessions on all devices.
    #[serde(default)]
    everywhere: Option<String>,
}

/// Ends the session. Pictures of papers leave the browser's cache with it: office machines are shared.
#[utoipa::path(post, path = "/logout", tag = "account", request_body = Wanted, responses((status = 204, description = "Ended; pages get 303")))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    jar: CookieJar,
    body: Result<axum::Form<Wanted>, axum::extract::rejection::FormRejection>,
) -> Result<Response, ApiError> {
    // The button of the menu sends no field, a program may send no body.
    let wanted = body.map(|form| form.0).unwrap_or_default();
    if wanted.everywhere.is_some() {
        accounts::log_out_everywhere(&app.store, &signed.actor).await?;
    } else if let Some(token) = signed.visit.token() {
        accounts::log_out(&app.store, token).await?;
    }
    if !signed.visit.html() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let jar = jar.remove(Cookie::build(SESSION_COOKIE).path("/"));
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(([clear], jar, Redirect::to("/login")).into_response())
}
