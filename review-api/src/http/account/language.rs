//! `POST /language`: another language for the pages, kept in a cookie.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use utoipa::ToSchema;

use super::local;
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::LANGUAGE_COOKIE;
use crate::i18n::Lang;

/// The wanted language.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WantedLanguage)]
pub(crate) struct Wanted {
    /// `fa` or `en`.
    lang: String,
    /// Page to go back to.
    #[serde(default)]
    then: String,
}

/// Keeps the language and goes back.
#[utoipa::path(post, path = "/language", tag = "account", request_body = Wanted, responses((status = 303, description = "Kept")))]
pub(crate) async fn set(
    State(app): State<App>,
    jar: CookieJar,
    Body(wanted): Body<Wanted>,
) -> Result<Response, ApiError> {
    let lang = Lang::parse(&wanted.lang).ok_or(ApiError::BadBody)?;
    let cookie = Cookie::build((LANGUAGE_COOKIE, lang.tag()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.server.secure())
        .permanent();
    Ok((jar.add(cookie), Redirect::to(without_lang(local(&wanted.then)))).into_response())
}

/// A language in the address would win over the cookie just set.
fn without_lang(then: &str) -> &str {
    match then.split_once('?') {
        Some((path, query)) if query.split('&').any(|pair| pair.starts_with("lang=")) => path,
        _ => then,
    }
}
