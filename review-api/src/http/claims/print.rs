//! `GET /claims/{claim}/letter.pdf` and `…/cover-sheet.pdf`: what the office prints.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::claim_id;
use crate::claim::{self, ClaimError, Refusal, states};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::visit::Signed;
use crate::print::{PrintError, cover, letter};

const PRIVATE: &str = "private, no-store";

fn pdf(name: &str, made: Result<Vec<u8>, PrintError>) -> Result<Response, ApiError> {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
        (header::CACHE_CONTROL, PRIVATE.to_owned()),
    ];
    Ok((headers, made?).into_response())
}

/// The office's letter, prefilled, with room for stamp and signature and none for an account number.
#[utoipa::path(get, path = "/claims/{claim}/letter.pdf", tag = "post", params(("claim" = String, Path)), responses(
    (status = 200, description = "The letter, PDF", content_type = "application/pdf", body = Vec<u8>)))]
pub(crate) async fn letter(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = claim::detail(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    pdf(&format!("letter-{}", view.summary.number), letter::letter(&view))
}

/// The sheet that lies on top of the originals; only once every paper is approved.
#[utoipa::path(get, path = "/claims/{claim}/cover-sheet.pdf", tag = "post", params(("claim" = String, Path)), responses(
    (status = 200, description = "The cover sheet, PDF", content_type = "application/pdf", body = Vec<u8>),
    (status = 409, description = "Not every paper is approved", body = crate::http::Problem)))]
pub(crate) async fn cover(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = claim::detail(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    if !states::has_cover(view.summary.state) {
        return Err(ClaimError::from(Refusal::StateNotAllowed).into());
    }
    pdf(&format!("cover-{}", view.summary.number), cover::cover(&view))
}
