//! `/login/code`: the second factor, set up at the first login of a role that needs it.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::local;
use super::log_in::entered;
use crate::accounts::{AccountError, second_factor};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::{HALF_COOKIE, Visit};
use crate::views::door_pages::{CodePage, RecoveryPage};
use crate::views::form::Form;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    then: String,
}

/// A code of the second factor.
#[derive(Deserialize, ToSchema)]
#[schema(as = LoginCode)]
pub(crate) struct Typed {
    /// Six digits of the telephone, or a code on paper.
    #[serde(default)]
    code: String,
    /// The half session, for programs; pages send it as a cookie.
    #[serde(default)]
    half: String,
    /// Page to go to.
    #[serde(default)]
    then: String,
}

/// What sets a second factor up.
#[derive(Serialize, ToSchema)]
pub(crate) struct Secret {
    /// The secret in letters.
    secret: String,
    /// The address for the telephone.
    uri: String,
}

/// A session with the codes on paper, told once.
#[derive(Serialize, ToSchema)]
pub(crate) struct Whole {
    token: String,
    recovery_codes: Vec<String>,
}

async fn page(app: &App, visit: &Visit, half: &str, form: Form, then: &str) -> Result<String, ApiError> {
    let enrolment = match second_factor::enrol(&app.store, half).await {
        Ok(enrolment) => Some(enrolment),
        Err(AccountError::NotFound) => None,
        Err(other) => return Err(other.into()),
    };
    let page = CodePage { shell: visit.shell(), form, then: local(then).to_owned(), enrolment };
    Ok(askama::Template::render(&page)?)
}

/// The form for the code; with the picture for the telephone where there is none yet.
pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let Some(half) = jar.get(HALF_COOKIE).map(|cookie| cookie.value().to_owned()) else {
        return Ok(Redirect::to("/login").into_response());
    };
    Ok(Html(page(&app, &visit, &half, Form::default(), &asked.then).await?).into_response())
}

/// The secret of a second factor that is being set up.
#[utoipa::path(post, path = "/login/second-factor", tag = "account", request_body = Typed, responses(
    (status = 200, description = "The secret, until it is proved", body = Secret),
    (status = 404, description = "There is one already, or the half session ended", body = crate::http::Problem)))]
pub(crate) async fn enrol(State(app): State<App>, Body(typed): Body<Typed>) -> Result<Response, ApiError> {
    let enrolment = second_factor::enrol(&app.store, &typed.half).await?;
    Ok(Json(Secret { secret: enrolment.secret, uri: enrolment.uri }).into_response())
}

/// Takes the code and opens the session.
#[utoipa::path(post, path = "/login/code", tag = "account", request_body = Typed, responses(
    (status = 201, description = "Open; pages get 303, or the codes on paper", body = Whole),
    (status = 404, description = "The half session ended", body = crate::http::Problem),
    (status = 422, description = "The code does not count", body = crate::http::Problem),
    (status = 429, description = "Too many codes", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let half = jar.get(HALF_COOKIE).map(|cookie| cookie.value().to_owned()).filter(|_| visit.html());
    let half = half.unwrap_or_else(|| typed.half.clone());
    let completed = match second_factor::complete(&app.store, &half, &typed.code, &visit.peer()).await {
        Ok(completed) => completed,
        Err(AccountError::NotFound) if visit.html() => return Ok(Redirect::to("/login").into_response()),
        Err(error) => {
            let error = ApiError::from(error);
            return match error.on_form().filter(|_| visit.html()) {
                Some(faults) => {
                    let form = Form::default().refused(visit.lang(), &faults);
                    let page = page(&app, &visit, &half, form, &typed.then).await?;
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
                }
                None => Err(error),
            };
        }
    };
    if !visit.html() {
        let whole = Whole { token: completed.session.token, recovery_codes: completed.recovery };
        return Ok((StatusCode::CREATED, Json(whole)).into_response());
    }
    let mut response = entered(&app, &visit, jar, completed.session, &typed.then);
    if !completed.recovery.is_empty() {
        let then = local(&typed.then).to_owned();
        let page = RecoveryPage { shell: visit.shell(), codes: &completed.recovery, then };
        let body = Html(askama::Template::render(&page)?).into_response();
        // The session's cookie comes with the page that shows the codes.
        let (parts, _) = response.into_parts();
        response = body;
        for cookie in parts.headers.get_all(axum::http::header::SET_COOKIE) {
            response.headers_mut().append(axum::http::header::SET_COOKIE, cookie.clone());
        }
    }
    Ok(response)
}
