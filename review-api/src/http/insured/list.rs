//! `GET /insured`: the insured persons of the office; heads of households, and with words dependants too.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::claim::PageOf;
use crate::claim::insured::{self, InsuredFilter};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::insured_page::InsuredList;
use crate::views::lists::ROWS;

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Words of the name, or the beginning of a passport's or policy's number.
    q: String,
    /// Rows to leave out before the first.
    offset: i64,
}

/// The insured persons of the office.
#[utoipa::path(get, path = "/insured", tag = "insured", params(Asked), responses((status = 200, description = "rows, total, offset", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let page = PageOf { offset: asked.offset.max(0), limit: ROWS };
    let filter = InsuredFilter { words: asked.q.clone(), page };
    let view = InsuredList::new(insured::list(&app.store, &signed.actor, &filter).await?, asked.q);
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
