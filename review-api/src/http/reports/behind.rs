//! `GET /reports/rejections/claims`: the claims behind one number of the report.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::rejections::raised_by;
use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::reports::{self, Cell};
use crate::views::report_page::{self, Behind};

/// The number.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Id of the office.
    office: String,
    /// Jalali year.
    year: i64,
    /// Jalali month, 1–12.
    month: i64,
    /// `machine` or `people`.
    by: String,
    /// Reason code.
    code: String,
}

/// As many rows as the report counted.
#[utoipa::path(get, path = "/reports/rejections/claims", tag = "reports", params(Asked), responses(
    (status = 200, description = "rows: claim, document, slot, version, at", body = Object)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let cell = Cell {
        office: id(&asked.office)?,
        year: asked.year,
        month: asked.month,
        by: raised_by(&asked.by).ok_or(ApiError::NotFound)?,
        code: asked.code,
    };
    let view = Behind { rows: reports::claims_behind(&app.store, &signed.actor, &cell).await? };
    face::show(&signed.visit, &view, |view| report_page::behind(signed.visit.shell(), view, &cell))
}
