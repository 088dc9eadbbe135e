//! `POST /login`: opens a session. A page gets a cookie; a program gets the token to send as a
//! bearer token.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::local;
use crate::accounts::{self, Login, LoginError, OpenSession};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::{SESSION_COOKIE, Visit};
use crate::i18n::{self, msg};
use crate::views::login_page::LoginForm;

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Typed {
    user_name: String,
    password: String,
    /// Page to go to.
    #[serde(default)]
    then: String,
    /// `on` keeps the session after the browser is closed.
    #[serde(default)]
    remember: Option<String>,
}

/// An open session.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    role: &'static str,
    display_name: String,
    /// When it ends, Unix milliseconds.
    expires_at: i64,
}

fn cookie(app: &App, open: &OpenSession, remember: bool) -> Cookie<'static> {
    let mut cookie = Cookie::new(SESSION_COOKIE, open.token.clone());
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(app.config.server.secure());
    if remember {
        // The server's own end of the session still holds; the browser merely keeps the cookie.
        cookie.make_permanent();
    }
    cookie
}

/// Opens a session.
#[utoipa::path(post, path = "/login", tag = "account", request_body = Typed, responses(
    (status = 201, description = "Open; pages get 303 and a cookie", body = Session),
    (status = 401, description = "Wrong name or password", body = crate::http::Problem),
    (status = 429, description = "Too many attempts", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let login = Login { user_name: typed.user_name.clone(), password: typed.password.clone(), address: visit.peer() };
    let open = match accounts::log_in(&app.store, &login).await {
        Ok(open) => open,
        Err(LoginError::Store(error)) => return Err(error.into()),
        Err(LoginError::Wrong) => {
            let words = i18n::text(visit.lang(), msg("login-wrong"), &[]);
            return refused(&visit, &typed, StatusCode::UNAUTHORIZED, words);
        }
        Err(LoginError::Throttled { until }) => {
            let until = i18n::moment(visit.lang(), until.0);
            let words = i18n::text(visit.lang(), msg("login-throttled"), &[("until", (&until).into())]);
            return refused(&visit, &typed, StatusCode::TOO_MANY_REQUESTS, words);
        }
    };
    if visit.html() {
        let jar = jar.add(cookie(&app, &open, typed.remember.is_some()));
        return Ok((jar, Redirect::to(local(&typed.then))).into_response());
    }
    let session = Session {
        role: open.actor.role.as_str(),
        display_name: open.actor.display_name.clone(),
        expires_at: open.expires_at.0,
        token: open.token,
    };
    Ok((StatusCode::CREATED, Json(session)).into_response())
}

fn refused(visit: &Visit, typed: &Typed, status: StatusCode, words: String) -> Result<Response, ApiError> {
    if visit.html() {
        let form = LoginForm {
            then: local(&typed.then).to_owned(),
            user_name: typed.user_name.clone(),
            fault: Some(words),
            ..LoginForm::default()
        };
        return Ok((status, Html(form.draw(visit.shell())?)).into_response());
    }
    Ok(crate::http::error::problem_response(status, "login", words))
}
