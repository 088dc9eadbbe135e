//! `POST /documents/{document}/place`: another place for a paper among the papers of its slot.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::claim::arrange;
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Where the paper goes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SheetPlace)]
pub(crate) struct Typed {
    /// The paper's revision that was seen.
    revision: i64,
    /// Its place among the papers of the slot, from 1.
    place: i64,
}

/// Puts the paper at another place of its slot.
#[utoipa::path(post, path = "/documents/{document}/place", tag = "documents", params(("document" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The paper at its place; pages get 303", body = Object),
    (status = 409, description = "It or one that would move is approved, the claim is not with its sender, or it changed", body = crate::http::Problem),
    (status = 422, description = "The slot has no such place", body = crate::http::Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let paper = arrange::arrange(&app.store, &signed.actor, &id(&document)?, typed.revision, typed.place).await?;
    let next = format!("/claims/{}#paper-{}", paper.claim, paper.id);
    Ok(face::done(&signed.visit, StatusCode::OK, &next, &paper))
}
