//! `GET` and `POST /documents/{document}/notes`: the talk between office and expert about a paper.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

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
    text: String,
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
    let note = notes::add(&app.store, &signed.actor, &id, written.text.trim()).await?;
    let paper = claim::document(&app.store, &signed.actor, &id).await?;
    let next = if signed.actor.role.sends() {
        format!("/claims/{}#slot-{}", paper.claim, paper.slot)
    } else {
        format!("/claims/{}/desk?document={id}", paper.claim)
    };
    Ok(face::done(&signed.visit, StatusCode::CREATED, &next, &note))
}
