//! `/users`: the accounts that somebody keeps, and new ones.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::people::{self, HandedOut, NewAccount};
use crate::accounts::{self, Action, Reach, Role, may};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::form::Form;
use crate::views::users_page::Users;

/// An account to be made.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewUser)]
pub(crate) struct Typed {
    /// Name to log in with.
    user_name: String,
    /// Name for people.
    display_name: String,
    /// Word of the role.
    role: String,
    /// Code of the office, for people of an office.
    office_code: String,
}

pub(super) async fn view(app: &App, signed: &Signed) -> Result<Users, ApiError> {
    let everywhere = may(&signed.actor, Action::ManageUsers) == Reach::All;
    let roles = Role::ALL.iter().copied().filter(|role| *role != Role::Individual && (everywhere || role.sends()));
    Ok(Users {
        rows: people::list(&app.store, &signed.actor).await?,
        offices: accounts::offices(&app.store).await?,
        roles: roles.collect(),
        everywhere,
        form: Form::default(),
        handed: None,
    })
}

/// A page with a password that is told once: it must not stand in an address.
pub(super) async fn handed(
    app: &App,
    signed: &Signed,
    status: StatusCode,
    handed: HandedOut,
) -> Result<Response, ApiError> {
    if !signed.visit.html() {
        return Ok((status, Json(handed)).into_response());
    }
    let mut view = view(app, signed).await?;
    view.handed = Some(handed);
    Ok((status, Html(view.draw(signed.visit.shell())?)).into_response())
}

/// The accounts that the asker keeps.
#[utoipa::path(get, path = "/users", tag = "account", responses((status = 200, description = "rows", body = Object)))]
pub(crate) async fn list(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = view(&app, &signed).await?;
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

/// Makes an account; its first password is told once.
#[utoipa::path(post, path = "/users", tag = "account", request_body = Typed, responses(
    (status = 201, description = "The account and its first password", body = Object),
    (status = 422, description = "Fields refused", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let new = NewAccount {
        user_name: typed.user_name.clone(),
        display_name: typed.display_name.clone(),
        role: typed.role.clone(),
        office_code: typed.office_code.clone(),
    };
    match people::add(&app.store, &signed.actor, &new).await {
        Ok(made) => handed(&app, &signed, StatusCode::CREATED, made).await,
        Err(error) => {
            let error = ApiError::from(error);
            match error.on_form().filter(|_| signed.visit.html()) {
                Some(faults) => {
                    let mut view = view(&app, &signed).await?;
                    view.form = Form::default()
                        .with("user_name", &typed.user_name)
                        .with("display_name", &typed.display_name)
                        .with("role", &typed.role)
                        .with("office_code", &typed.office_code)
                        .refused(signed.visit.lang(), &faults);
                    let page = Html(view.draw(signed.visit.shell())?);
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
                }
                None => Err(error),
            }
        }
    }
}
