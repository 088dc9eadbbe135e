//! `GET /documents/{document}`: a paper with all its versions.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::claim::{self, notes};
use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::DocumentId;
use crate::views::version_page;

/// One paper.
#[utoipa::path(get, path = "/documents/{document}", tag = "documents", params(("document" = String, Path)), responses(
    (status = 200, description = "The paper: current version with its verdict, older versions, decision", body = Object)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
) -> Result<Response, ApiError> {
    let id: DocumentId = id(&document)?;
    let view = claim::document(&app.store, &signed.actor, &id).await?;
    let talk = if signed.visit.html() { notes::list(&app.store, &signed.actor, &id).await? } else { Vec::new() };
    face::show(&signed.visit, &view, |view| version_page::history(signed.visit.shell(), view, talk))
}
