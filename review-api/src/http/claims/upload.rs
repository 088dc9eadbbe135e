//! `POST /claims/{claim}/documents` and `POST /documents/{document}/versions`: a file for a slot,
//! one more sheet of it, or a better copy of a paper. Answered once it is safely stored.

use std::time::Duration;

use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt as _;
use utoipa::ToSchema;

use super::{claim_id, id};
use crate::claim;
use crate::claim::upload::{self, Target, Upload};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::router::UPLOAD_FRAME;
use crate::http::visit::Signed;
use crate::store::ids::{ClaimId, DocumentId};

/// How much of a body that is too large is thrown away before the answer, and for how long.
const DRAIN_BYTES: usize = 300_000_000;
const DRAIN_TIME: Duration = Duration::from_secs(30);

/// The fields of an upload.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the multipart body in the OpenAPI document")]
pub(crate) struct UploadBody {
    /// The slot; not with a replacement.
    slot: Option<String>,
    /// `on` adds a sheet to a slot that has one already.
    another: Option<String>,
    /// The bytes, with a file name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Default)]
struct Parts {
    slot: String,
    another: bool,
    file_name: String,
    bytes: Option<Vec<u8>>,
}

/// A browser that is still sending does not see an early answer, only a broken line. So the rest of
/// a body that says it is too large is taken in and thrown away, within reason.
async fn drain(request: Request) {
    let mut body = request.into_body().into_data_stream();
    let mut taken = 0;
    let rest = async {
        while let Some(Ok(chunk)) = body.next().await {
            taken += chunk.len();
            if taken > DRAIN_BYTES {
                break;
            }
        }
    };
    tokio::time::timeout(DRAIN_TIME, rest).await.ok();
}

/// The size that the request names, bytes.
fn named_size(request: &Request) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads the fields; the body's own limit ends an upload that is too large.
async fn parts(app: &App, request: Request) -> Result<Parts, ApiError> {
    let limit_mb = app.config.limits.file_mb;
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { ApiError::TooLarge { limit_mb } } else { ApiError::NoFile }
    };
    if named_size(&request).is_some_and(|bytes| bytes > app.config.limits.file_bytes() + UPLOAD_FRAME) {
        drain(request).await;
        return Err(ApiError::TooLarge { limit_mb });
    }
    let mut form = Multipart::from_request(request, app).await.map_err(|_| ApiError::UnknownBody)?;
    let mut parts = Parts::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("slot") => parts.slot = field.text().await.map_err(broken)?,
            Some("another") => parts.another = field.text().await.map_err(broken)? == "on",
            Some("file") => {
                parts.file_name = field.file_name().unwrap_or_default().to_owned();
                parts.bytes = Some(field.bytes().await.map_err(broken)?.to_vec());
            }
            _ => {}
        }
    }
    if parts.bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > app.config.limits.file_bytes()) {
        return Err(ApiError::TooLarge { limit_mb });
    }
    Ok(parts)
}

async fn accept(
    app: &App,
    signed: &Signed,
    claim: ClaimId,
    target: Target,
    parts: Parts,
) -> Result<Response, ApiError> {
    // A browser sends an empty part without a name where no file was chosen.
    let bytes = parts.bytes.filter(|bytes| !(bytes.is_empty() && parts.file_name.is_empty()));
    let bytes = bytes.ok_or(ApiError::NoFile)?;
    let accepted =
        upload::accept(&app.store, &signed.actor, Upload { claim, target, file_name: parts.file_name, bytes }).await?;
    Ok(face::done(
        &signed.visit,
        StatusCode::CREATED,
        &format!("/documents/{}/versions/{}", accepted.document, accepted.version),
        &accepted,
    ))
}

/// A file for a slot of the claim.
#[utoipa::path(post, path = "/claims/{claim}/documents", tag = "documents", params(("claim" = String, Path)),
    request_body(content = UploadBody, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Stored; document, version, receipt. Pages get 303 to the verdict", body = Object),
    (status = 409, description = "The paper is approved and locked", body = crate::http::Problem),
    (status = 413, description = "Larger than the limit", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let claim = claim_id(&claim)?;
    upload::expected(&app.store, &signed.actor, &claim).await?;
    let parts = parts(&app, request).await?;
    let slot = parts.slot.clone();
    let target = if parts.another { Target::Another(slot) } else { Target::Slot(slot) };
    accept(&app, &signed, claim, target, parts).await
}

/// A better copy of a paper; the one before it is kept.
#[utoipa::path(post, path = "/documents/{document}/versions", tag = "documents", params(("document" = String, Path)),
    request_body(content = UploadBody, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Stored; document, version, receipt. Pages get 303 to the verdict", body = Object),
    (status = 409, description = "The paper is approved and locked", body = crate::http::Problem)))]
pub(crate) async fn replace(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
    request: Request,
) -> Result<Response, ApiError> {
    let document: DocumentId = id(&document)?;
    let claim = claim::document(&app.store, &signed.actor, &document).await?.claim;
    upload::expected(&app.store, &signed.actor, &claim).await?;
    let parts = parts(&app, request).await?;
    accept(&app, &signed, claim, Target::Document(document), parts).await
}
