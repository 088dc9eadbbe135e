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
use crate::accounts::{self, Entered, Login, LoginError, OpenSession, REMEMBERED_LASTS};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::{HALF_COOKIE, SESSION_COOKIE, Visit};
use crate::i18n::{self, msg};
use crate::views::login_page::LoginForm;

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[schema(as = Login)]
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
    /// Whether the password must be changed before anything else.
    must_change: bool,
}

/// A right password that does not suffice.
#[derive(Serialize, ToSchema)]
pub(crate) struct Half {
    /// `code`, or `enrol` for somebody without a second factor.
    second_factor: &'static str,
    /// Send it with the code to `/login/code`.
    half: String,
}

/// A cookie of this service: never read by scripts, sent to our own pages only.
pub(super) fn plain_cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(app.config.server.secure());
    cookie
}

fn cookie(app: &App, open: &OpenSession) -> Cookie<'static> {
    let plain = plain_cookie(app, SESSION_COOKIE, open.token.clone());
    if !open.remember {
        return plain;
    }
    // The browser forgets it when the server does.
    let lasting = format!("{plain}; Max-Age={}", REMEMBERED_LASTS.as_secs());
    Cookie::parse(lasting).unwrap_or(plain)
}

/// Answers with an open session: a page goes on with its cookie, a program gets the token.
pub(super) fn entered(app: &App, visit: &Visit, jar: CookieJar, open: OpenSession, then: &str) -> Response {
    if visit.html() {
        let jar = jar.add(cookie(app, &open)).remove(Cookie::build(HALF_COOKIE).path("/"));
        return (jar, Redirect::to(local(then))).into_response();
    }
    let session = Session {
        role: open.actor.role.as_str(),
        display_name: open.actor.display_name.clone(),
        expires_at: open.expires_at.0,
        must_change: open.actor.must_change,
        token: open.token,
    };
    (StatusCode::CREATED, Json(session)).into_response()
}

/// Opens a session.
#[utoipa::path(post, path = "/login", tag = "account", request_body = Typed, responses(
    (status = 201, description = "Open; pages get 303 and a cookie", body = Session),
    (status = 202, description = "A code of the second factor is asked for; pages get 303", body = Half),
    (status = 401, description = "Wrong name or password", body = crate::http::Problem),
    (status = 429, description = "Too many attempts", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let login = Login {
        user_name: typed.user_name.clone(),
        password: typed.password.clone(),
        address: visit.peer(),
        label: visit.agent().to_owned(),
        remember: typed.remember.is_some(),
    };
    // Invented accounts have a public password: a second factor would only stand in the way of looking around.
    let entered_as = if app.config.demo.enabled {
        accounts::log_in(&app.store, &login).await.map(Entered::Open)
    } else {
        accounts::enter(&app.store, &login).await
    };
    let (half, second_factor) = match entered_as {
        Ok(Entered::Open(open)) => return Ok(entered(&app, &visit, jar, open, &typed.then)),
        Ok(Entered::Code { half }) => (half, "code"),
        Ok(Entered::Enrol { half }) => (half, "enrol"),
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
        let jar = jar.add(plain_cookie(&app, HALF_COOKIE, half));
        let then = crate::http::urlencode(local(&typed.then));
        return Ok((jar, Redirect::to(&format!("/login/code?then={then}"))).into_response());
    }
    Ok((StatusCode::ACCEPTED, Json(Half { second_factor, half })).into_response())
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
