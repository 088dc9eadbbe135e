//! `GET /openapi.json`: every resource, collected from the handlers themselves.

use axum::Json;
use axum::extract::Extension;
use std::sync::Arc;
use utoipa::OpenApi;

/// What stands above the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sanad",
        description = "Claim documents: upload, verdict, review. Ask for application/json; pages are served to Accept: text/html."
    ),
    components(schemas(super::Problem))
)]
pub(super) struct Head;

/// The document.
pub(super) async fn show(
    Extension(document): Extension<Arc<utoipa::openapi::OpenApi>>,
) -> Json<utoipa::openapi::OpenApi> {
    Json(document.as_ref().clone())
}
