//! `GET /documents/{document}/versions/{version}`: one upload with its verdict. With `wait_ms` the answer waits for it.

use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::accounts::{self, Action};
use crate::claim::{self, ClaimState, DocumentDetail, upload};
use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::{DocumentId, VersionId};
use crate::views::version_page;

/// A page waits this long for its verdict before it refreshes itself.
const PAGE_WAIT: Duration = Duration::from_millis(1200);
const LONGEST_WAIT_MS: u64 = 30_000;

/// How long to wait.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Wait at most this long for the verdict, milliseconds.
    wait_ms: u64,
}

/// Whether the upload is one of the paper's.
fn has(document: &DocumentDetail, version: &VersionId) -> bool {
    let current = document.current.as_ref().map(|current| &current.summary);
    current.into_iter().chain(&document.older).any(|summary| summary.id == *version)
}

/// One upload.
#[utoipa::path(get, path = "/documents/{document}/versions/{version}", tag = "documents", params(("document" = String, Path), ("version" = String, Path), Asked), responses(
    (status = 200, description = "The upload: receipt, state, pages, report with findings", body = Object)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path((document, version)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let document = claim::document(&app.store, &signed.actor, &id::<DocumentId>(&document)?).await?;
    let id: VersionId = id(&version)?;
    if !has(&document, &id) {
        return Err(ApiError::NotFound);
    }
    let html = signed.visit.html();
    let wait = if html { PAGE_WAIT } else { Duration::from_millis(asked.wait_ms.min(LONGEST_WAIT_MS)) };
    let view = if wait.is_zero() {
        claim::version(&app.store, &signed.actor, &id).await?
    } else {
        upload::judged(&app.store, &signed.actor, &id, wait).await?
    };
    if !html {
        return face::show(&signed.visit, &view, |_| Ok(String::new()));
    }
    // Judged meanwhile: the paper's state moved with it.
    let document = claim::document(&app.store, &signed.actor, &document.id).await?;
    let claim = claim::detail(&app.store, &signed.actor, &document.claim).await?;
    let with_office = matches!(claim.summary.state, ClaimState::Draft | ClaimState::NeedsCorrection);
    let editable = accounts::may(&signed.actor, Action::UploadPaper).any() && with_office;
    face::show(&signed.visit, &view, |view| version_page::draw(signed.visit.shell(), &document, view, editable))
}
