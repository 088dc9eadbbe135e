//! `GET` and `POST /documents/{document}/notes`: the talk between office and expert about a paper.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::{self, Action};
use crate::claim::{self, notes, notes::NoteView};
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::DocumentId;

/// A note as it is written.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Written {
    /// Its words.
    #[serde(default)]
    text: String,
    /// `on` keeps it inside the company.
    #[serde(default)]
    internal: Option<String>,
}

/// The notes, oldest first.
#[utoipa::path(get, path = "/documents/{document}/notes", tag = "documents", params(("document" = String, Path)), responses(
    (status = 200, description = "The notes, oldest first", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
) -> Result<Json<Vec<NoteView>>, ApiError> {
    Ok(Json(notes::list(&app.store, &signed.actor, &id(&document)?).await?))
}

/// Adds a note.
#[utoipa::path(post, path = "/documents/{document}/notes", tag = "documents", params(("document" = String, Path)), request_body = Written, responses(
    (status = 201, description = "The note; pages get 303", body = Object)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
    Body(written): Body<Written>,
) -> Result<Response, ApiError> {
    let id: DocumentId = id(&document)?;
    let internal = written.internal.as_deref().is_some_and(|word| matches!(word, "on" | "true"));
    let note = notes::add(&app.store, &signed.actor, &id, written.text.trim(), internal).await?;
    let next = back(&app, &signed, &id).await?;
    Ok(face::done(&signed.visit, StatusCode::CREATED, &next, &note))
}

/// The page on which the person talks about the paper.
async fn back(app: &App, signed: &Signed, id: &DocumentId) -> Result<String, ApiError> {
    let paper = claim::document(&app.store, &signed.actor, id).await?;
    Ok(if accounts::may(&signed.actor, Action::SeeQueue).any() {
        format!("/claims/{}/desk?document={id}", paper.claim)
    } else {
        format!("/claims/{}#slot-{}", paper.claim, paper.slot)
    })
}

/// Marks the notes as read by the asker.
#[utoipa::path(post, path = "/documents/{document}/notes/read", tag = "documents", params(("document" = String, Path)), responses(
    (status = 204, description = "Marked; pages get 303")))]
pub(crate) async fn read(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
) -> Result<Response, ApiError> {
    let id: DocumentId = id(&document)?;
    notes::mark_read(&app.store, &signed.actor, &id).await?;
    Ok(if signed.visit.html() {
        Redirect::to(&back(&app, &signed, &id).await?).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}
