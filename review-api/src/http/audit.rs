//! `GET /audit`: the record of acts, newest first.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::error::ApiError;
use super::face;
use super::visit::Signed;
use crate::audit;
use crate::claim::PageOf;
use crate::views::audit_page::Record;
use crate::views::lists::{Pager, ROWS};

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Acts to leave out before the first.
    offset: i64,
}

/// The record of acts.
#[utoipa::path(get, path = "/audit", tag = "audit", params(Asked), responses((status = 200, description = "rows, total, head", body = Object)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let page = PageOf { offset: asked.offset.max(0), limit: ROWS };
    let (listing, head) = audit::list(&app.store, &signed.actor, page).await?;
    let pager = Pager::new("/audit?", listing.offset, listing.rows.len(), listing.total);
    let view = Record { rows: listing.rows, total: listing.total, head, pager };
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
