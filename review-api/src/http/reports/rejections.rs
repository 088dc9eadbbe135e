//! `GET /reports/rejections` and `/reports/rejections.csv`.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::reports::{self, RaisedBy, RejectionFilter};
use crate::views::report_page::{self, Asked as Shown, Rejections};

/// Which rejections are counted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Id of an office; empty for all.
    office: String,
    /// Jalali month as `year-month`; empty for all.
    period: String,
    /// `machine` or `people`; empty for both.
    by: String,
}

pub(super) fn raised_by(text: &str) -> Option<RaisedBy> {
    match text {
        "machine" => Some(RaisedBy::Machine),
        "people" => Some(RaisedBy::People),
        _ => None,
    }
}

fn filter(asked: &Asked) -> Result<RejectionFilter, ApiError> {
    let period = asked.period.split_once('-');
    Ok(RejectionFilter {
        office: if asked.office.is_empty() { None } else { Some(id(&asked.office)?) },
        year: period.and_then(|(year, _)| year.parse().ok()),
        month: period.and_then(|(_, month)| month.parse().ok()),
        by: raised_by(&asked.by),
    })
}

/// Rejections by reason, office and month.
#[utoipa::path(get, path = "/reports/rejections", tag = "reports", params(Asked), responses(
    (status = 200, description = "rows by office, year, month, by and code; first_pass by office", body = Object)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let rows = reports::rejections(&app.store, &signed.actor, &filter(&asked)?).await?;
    let all = reports::rejections(&app.store, &signed.actor, &filter(&Asked::default())?).await?;
    let first_pass = reports::first_pass(&app.store, &signed.actor).await?;
    let view = Rejections { rows, first_pass };
    let shown = Shown { office: asked.office, period: asked.period, by: asked.by };
    face::show(&signed.visit, &view, |view| report_page::draw(signed.visit.shell(), view, &all, &shown))
}

/// The same numbers for a spreadsheet.
#[utoipa::path(get, path = "/reports/rejections.csv", tag = "reports", params(Asked), responses(
    (status = 200, description = "UTF-8 with a byte order mark", content_type = "text/csv", body = String)))]
pub(crate) async fn csv(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let rows = reports::rejections(&app.store, &signed.actor, &filter(&asked)?).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejections.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, report_page::csv(signed.visit.shell(), &rows)).into_response())
}
