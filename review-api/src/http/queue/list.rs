//! `GET /queue`: claims waiting for an expert, first in line first.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::claim::PageOf;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::queue;
use crate::views::lists::ROWS;
use crate::views::queue_page::Queue;

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Rows to leave out before the first.
    offset: i64,
}

/// The queue.
#[utoipa::path(get, path = "/queue", tag = "queue", params(Asked), responses((status = 200, description = "rows with rank, why_first and lease; total, offset", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let page = PageOf { offset: asked.offset.max(0), limit: ROWS };
    let view = Queue::new(queue::list(&app.store, &signed.actor, page).await?);
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
