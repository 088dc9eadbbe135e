//! `GET` and `POST /messages`: what the company tells its offices and roles.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::App;
use super::body::Body;
use super::claims::{id, on_form};
use super::error::{ApiError, FieldFault};
use super::face;
use super::visit::Signed;
use crate::accounts::{self, Action};
use crate::i18n::parse_day;
use crate::messages::{self, Draft};
use crate::store::ids::MessageId;
use crate::views::message_page::{Messages, TypedMessage};

async fn view(app: &App, signed: &Signed) -> Result<Messages, ApiError> {
    if accounts::may(&signed.actor, Action::WriteMessages).any() {
        let rows = messages::written(&app.store, &signed.actor).await?;
        return Ok(Messages::new(rows, true, messages::offices(&app.store).await?));
    }
    let (welcome, told) = messages::inbox(&app.store, &signed.actor).await?;
    Ok(Messages::new(welcome.into_iter().chain(told).collect(), false, Vec::new()))
}

/// The messages for the asker; for those who write them all messages, with how many have read each.
#[utoipa::path(get, path = "/messages", tag = "messages", responses(
    (status = 200, description = "rows, writer", body = Object)))]
pub(super) async fn list(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = view(&app, &signed).await?;
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

async fn write(app: &App, signed: &Signed, typed: &TypedMessage) -> Result<MessageId, ApiError> {
    let expires_on = match typed.expires_on.trim() {
        "" => String::new(),
        day => {
            parse_day(day).ok_or_else(|| ApiError::Fields(vec![FieldFault { field: "expires_on", key: "bad-date" }]))?
        }
    };
    let draft = Draft {
        welcome: typed.welcome.as_deref().is_some_and(|word| matches!(word, "on" | "true")),
        title: typed.title.clone(),
        body: typed.body.clone(),
        role: typed.role.clone(),
        office: typed.office.clone(),
        expires_on,
    };
    Ok(messages::write(&app.store, &signed.actor, &draft).await?)
}

/// Writes a message.
#[utoipa::path(post, path = "/messages", tag = "messages", request_body = TypedMessage, responses(
    (status = 201, description = "Its id; pages get 303", body = Object),
    (status = 422, description = "Fields refused; a page keeps everything typed", body = super::Problem)))]
pub(super) async fn create(
    State(app): State<App>,
    signed: Signed,
    Body(typed): Body<TypedMessage>,
) -> Result<Response, ApiError> {
    match write(&app, &signed, &typed).await {
        Ok(id) => {
            let told = serde_json::json!({ "id": id });
            Ok(face::done(&signed.visit, StatusCode::CREATED, "/messages", &told))
        }
        Err(error) => match on_form(&error).filter(|_| signed.visit.html()) {
            Some(faults) => {
                let view = view(&app, &signed).await?.refused(signed.visit.shell(), typed, &faults);
                let draw = |view: &Messages| view.draw(signed.visit.shell());
                face::show_as(StatusCode::UNPROCESSABLE_ENTITY, &signed.visit, &view, draw)
            }
            None => Err(error),
        },
    }
}

fn back(signed: &Signed, page: &str) -> Response {
    if signed.visit.html() { Redirect::to(page).into_response() } else { StatusCode::NO_CONTENT.into_response() }
}

/// The asker has read the message.
#[utoipa::path(post, path = "/messages/{message}/read", tag = "messages", params(("message" = String, Path)), responses(
    (status = 204, description = "Marked; pages get 303")))]
pub(super) async fn read(
    State(app): State<App>,
    signed: Signed,
    Path(message): Path<String>,
) -> Result<Response, ApiError> {
    messages::mark_read(&app.store, &signed.actor, &id(&message)?).await?;
    let home = accounts::may(&signed.actor, Action::SeeDashboard).any();
    Ok(back(&signed, if home { "/dashboard" } else { "/messages" }))
}

/// Takes a message back.
#[utoipa::path(post, path = "/messages/{message}/withdrawal", tag = "messages", params(("message" = String, Path)), responses(
    (status = 204, description = "Taken back; pages get 303")))]
pub(super) async fn withdraw(
    State(app): State<App>,
    signed: Signed,
    Path(message): Path<String>,
) -> Result<Response, ApiError> {
    messages::withdraw(&app.store, &signed.actor, &id(&message)?).await?;
    Ok(back(&signed, "/messages"))
}
