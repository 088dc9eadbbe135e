//! `POST /versions/{version}/parts`: a file of several papers is taken apart as proposed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::id;
use crate::claim::split;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::VersionId;

/// Takes the file apart: each proposed paper becomes an upload in its slot.
#[utoipa::path(post, path = "/versions/{version}/parts", tag = "documents", params(("version" = String, Path)), responses(
    (status = 201, description = "Stored; the uploads with their receipts. Pages get 303 to the claim", body = Object),
    (status = 409, description = "Nothing to take apart, or the file was replaced", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(version): Path<String>,
) -> Result<Response, ApiError> {
    let version: VersionId = id(&version)?;
    let made = split::split(&app.store, &app.reader, &signed.actor, &version).await?;
    let address = format!("/claims/{}", made.claim);
    Ok(face::done(&signed.visit, StatusCode::CREATED, &address, &made))
}
