//! `/register`: people who bought their policy on the internet make their own account, once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::CookieJar;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::log_in::entered;
use crate::accounts::registration::{self, Chosen, Eligible, Proof};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::Visit;
use crate::policies::number_key;
use crate::views::door_pages::{RegisterPage, Step};
use crate::views::form::Form;

/// What somebody types to register.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = Registration)]
pub(crate) struct Typed {
    /// Number of the policy, as printed.
    policy_number: String,
    /// Number of the passport or other paper on the policy.
    document_number: String,
    /// The password; read by `/register` only.
    password: String,
    /// The same again.
    password_again: String,
}

/// Whether somebody may register.
#[derive(Serialize, ToSchema)]
pub(crate) struct Checked {
    /// Whether the policy stands and has no account yet.
    may_register: bool,
    /// Whether there is an account already: log in.
    registered: bool,
    /// The name to log in with.
    user_name: String,
}

fn proof(typed: &Typed, visit: &Visit) -> Proof {
    Proof {
        policy_number: typed.policy_number.clone(),
        document_number: typed.document_number.clone(),
        address: visit.peer(),
    }
}

fn draw(visit: &Visit, typed: &Typed, step: Step, form: Form, status: StatusCode) -> Result<Response, ApiError> {
    let form = form.with("policy_number", &typed.policy_number).with("document_number", &typed.document_number);
    let user_name = number_key(&typed.policy_number).unwrap_or_default();
    let page = RegisterPage { shell: visit.shell(), form, step, user_name };
    Ok((status, Html(askama::Template::render(&page)?)).into_response())
}

fn refused(visit: &Visit, typed: &Typed, step: Step, error: ApiError) -> Result<Response, ApiError> {
    match error.on_form().filter(|_| visit.html()) {
        Some(faults) => {
            let of_numbers = faults.iter().any(|fault| !fault.field.starts_with("password"));
            let step = if of_numbers { Step::Numbers } else { step };
            let form = Form::default().refused(visit.lang(), &faults);
            draw(visit, typed, step, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        None => Err(error),
    }
}

/// The first step's empty form; a page only.
pub(crate) async fn show(visit: Visit) -> Result<Response, ApiError> {
    draw(&visit, &Typed::default(), Step::Numbers, Form::default(), StatusCode::OK)
}

/// Checks that both numbers belong to one policy.
#[utoipa::path(post, path = "/register/check", tag = "account", request_body = Typed, responses(
    (status = 200, description = "They do", body = Checked),
    (status = 422, description = "They do not; which is wrong is not told", body = crate::http::Problem),
    (status = 429, description = "Too many attempts", body = crate::http::Problem)))]
pub(crate) async fn check(
    State(app): State<App>,
    visit: Visit,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let eligible = match registration::check(&app.store, &app.policies, &proof(&typed, &visit)).await {
        Ok(eligible) => eligible,
        Err(error) => return refused(&visit, &typed, Step::Numbers, error.into()),
    };
    let registered = matches!(eligible, Eligible::Registered);
    if visit.html() {
        let step = if registered { Step::Registered } else { Step::Password };
        return draw(&visit, &typed, step, Form::default(), StatusCode::OK);
    }
    let user_name = match eligible {
        Eligible::Fresh(known) => known.number,
        Eligible::Registered => number_key(&typed.policy_number).unwrap_or_default(),
    };
    Ok(Json(Checked { may_register: !registered, registered, user_name }).into_response())
}

/// Makes the account and opens its first session.
#[utoipa::path(post, path = "/register", tag = "account", request_body = Typed, responses(
    (status = 200, description = "There is an account already: log in", body = Checked),
    (status = 201, description = "Registered and signed in; pages get 303", body = Object),
    (status = 422, description = "Numbers or password refused", body = crate::http::Problem),
    (status = 429, description = "Too many attempts", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let chosen = Chosen {
        password: typed.password.clone(),
        password_again: typed.password_again.clone(),
        label: visit.agent().to_owned(),
    };
    match registration::register(&app.store, &app.policies, &proof(&typed, &visit), &chosen).await {
        Ok(Some(open)) => Ok(entered(&app, &visit, jar, open, "/claims")),
        Ok(None) if visit.html() => draw(&visit, &typed, Step::Registered, Form::default(), StatusCode::OK),
        Ok(None) => {
            let user_name = number_key(&typed.policy_number).unwrap_or_default();
            Ok(Json(Checked { may_register: false, registered: true, user_name }).into_response())
        }
        Err(error) => refused(&visit, &typed, Step::Password, error.into()),
    }
}
