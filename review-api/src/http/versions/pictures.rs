//! `GET /versions/{version}/pages/{page}/{size}` and `…/original`: pictures of a page and the bytes
//! as they came. Looking at them is an event of the log; they stay in the asker's own browser only.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::claim::pictures::{self, Picture, PictureBytes};
use crate::http::App;
use crate::http::claims::id;
use crate::http::claims::story::region_of;
use crate::http::error::{ApiError, urlencode};
use crate::http::visit::Signed;

/// The pictures of a version never change; the right to see them may, so the browser asks again.
const PRIVATE: &str = "private, no-cache";

fn answer(picture: PictureBytes, asked: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", picture.etag);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(etag.as_str());
    let headers = [(header::CACHE_CONTROL, PRIVATE.to_owned()), (header::ETAG, etag)];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, picture.media_type)], picture.bytes).into_response()
}

/// A picture of one page: `thumb` (≤ 40 KB) or `preview` (long side ≤ 1800 pixels).
#[utoipa::path(get, path = "/versions/{version}/pages/{page}/{size}", tag = "documents",
    params(("version" = String, Path), ("page" = i64, Path, description = "From 0"), ("size" = String, Path, description = "thumb or preview")),
    responses((status = 200, description = "JPEG", content_type = "image/jpeg", body = String)))]
pub(crate) async fn page(
    State(app): State<App>,
    signed: Signed,
    Path((version, page, size)): Path<(String, i64, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let which = match size.as_str() {
        "thumb" => Picture::Thumb,
        "preview" => Picture::Preview,
        _ => return Err(ApiError::NotFound),
    };
    let picture = pictures::page(&app.store, &signed.actor, &id(&version)?, page, which).await?;
    Ok(answer(picture, &headers))
}

/// Which place.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// `x,y,width,height` in page pixels, as the story names it.
    region: String,
}

/// A place of one page, with what stands around it.
#[utoipa::path(get, path = "/versions/{version}/pages/{page}/crop", tag = "documents",
    params(("version" = String, Path), ("page" = i64, Path, description = "From 0"), Asked),
    responses((status = 200, description = "JPEG", content_type = "image/jpeg", body = String)))]
pub(crate) async fn place(
    State(app): State<App>,
    signed: Signed,
    Path((version, page)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let region = region_of(&asked.region).ok_or(ApiError::NotFound)?;
    let picture = pictures::place(&app.store, &app.reader, &signed.actor, &id(&version)?, page, region).await?;
    Ok(answer(picture, &headers))
}

/// The bytes as they came, always as a download: a browser must not open what a stranger sent.
#[utoipa::path(get, path = "/versions/{version}/original", tag = "documents", params(("version" = String, Path)),
    responses((status = 200, description = "The file as it was sent", content_type = "application/octet-stream", body = String)))]
pub(crate) async fn original(
    State(app): State<App>,
    signed: Signed,
    Path(version): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let original = pictures::original(&app.store, &signed.actor, &id(&version)?).await?;
    let mut response = answer(original.picture, &headers);
    let disposition = format!("attachment; filename*=UTF-8''{}", urlencode(&original.file_name.replace('/', "-")));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
