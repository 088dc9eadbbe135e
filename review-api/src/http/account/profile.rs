//! `/profile`: the own name and password, and what is open in one's name.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::people::{self, OwnChange};
use crate::accounts::{self, second_factor};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::form::Form;
use crate::views::profile_page::Profile;

/// What somebody changes about oneself.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ProfileChange)]
pub(crate) struct Typed {
    display_name: String,
    current_password: String,
    /// The new password; empty leaves the old one.
    password: String,
    password_again: String,
}

/// The profile as it is now.
pub(super) async fn view(app: &App, signed: &Signed) -> Result<Profile, ApiError> {
    let actor = &signed.actor;
    let offices = accounts::offices(&app.store).await?;
    let own = actor.office.as_ref().and_then(|id| offices.into_iter().find(|office| office.id == *id));
    Ok(Profile {
        display_name: actor.display_name.clone(),
        user_name: actor.user_name.clone(),
        role: actor.role.as_str(),
        office_name_fa: own.map(|office| office.name_fa),
        must_change: actor.must_change,
        recovery_codes: second_factor::recovery_left(&app.store, actor).await?,
        sessions: accounts::own_sessions(&app.store, actor, signed.visit.token()).await?,
        form: Form::default().with("display_name", &actor.display_name),
        token: None,
    })
}

/// The signed-in person.
#[utoipa::path(get, path = "/profile", tag = "account", responses((status = 200, description = "The signed-in person, with open sessions and tokens", body = Object)))]
pub(crate) async fn show(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = view(&app, &signed).await?;
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

/// Changes the own name and password; a new password ends every other session.
#[utoipa::path(post, path = "/profile", tag = "account", request_body = Typed, responses(
    (status = 200, description = "Changed; pages get 303", body = Object),
    (status = 422, description = "Fields refused", body = crate::http::Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    signed: Signed,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let change = OwnChange {
        display_name: typed.display_name.clone(),
        current_password: typed.current_password,
        password: typed.password,
        password_again: typed.password_again,
    };
    match people::change_own(&app.store, &signed.actor, signed.visit.token(), &change).await {
        Ok(()) => {
            let mut view = view(&app, &signed).await?;
            view.must_change = view.must_change && change.password.is_empty();
            view.display_name = typed.display_name;
            Ok(face::done(&signed.visit, StatusCode::OK, "/profile", &view))
        }
        Err(error) => {
            let error = ApiError::from(error);
            match error.on_form().filter(|_| signed.visit.html()) {
                Some(faults) => {
                    let mut view = view(&app, &signed).await?;
                    view.form =
                        Form::default().with("display_name", &typed.display_name).refused(signed.visit.lang(), &faults);
                    let page = Html(view.draw(signed.visit.shell())?);
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
                }
                None => Err(error),
            }
        }
    }
}
