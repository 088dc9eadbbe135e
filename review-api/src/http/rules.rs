//! `/rules`: the versions of the rules about papers, edited by admins and published with a date.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::body::Body;
use super::claims::id;
use super::error::ApiError;
use super::face;
use super::visit::Signed;
use crate::claim::rules;
use crate::i18n::parse_day;
use crate::store::ids::RulesId;
use crate::views::rules_page::{self, TypedRow};

/// The day from which a version holds.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Publication {
    /// Revision of the draft that was seen.
    revision: i64,
    /// Jalali or Gregorian, year first; today at the earliest.
    valid_from: String,
}

/// All versions.
#[utoipa::path(get, path = "/rules", tag = "rules", responses(
    (status = 200, description = "The versions, latest first", body = Object)))]
pub(super) async fn list(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = rules::list(&app.store, &signed.actor).await?;
    face::show(&signed.visit, &view, |view| rules_page::draw_list(signed.visit.shell(), view))
}

/// Begins a draft from the version that holds.
#[utoipa::path(post, path = "/rules", tag = "rules", responses(
    (status = 201, description = "The draft; pages get 303", body = Object)))]
pub(super) async fn create(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = rules::draft(&app.store, &signed.actor).await?;
    let next = format!("/rules/{}", view.summary.id);
    Ok(face::done(&signed.visit, StatusCode::CREATED, &next, &view))
}

/// One version; a draft with what it changes for claims that are not sent yet.
#[utoipa::path(get, path = "/rules/{version}", tag = "rules", params(("version" = String, Path)), responses(
    (status = 200, description = "rows, revision, effect", body = Object)))]
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(version): Path<String>,
) -> Result<Response, ApiError> {
    let view = rules::show(&app.store, &signed.actor, &version).await?;
    face::show(&signed.visit, &view, |view| rules_page::draw(signed.visit.shell(), view))
}

/// Changes one row of a draft.
#[utoipa::path(post, path = "/rules/{version}/rows/{slot}", tag = "rules",
    params(("version" = String, Path), ("slot" = String, Path)), request_body = TypedRow, responses(
    (status = 200, description = "The draft; pages get 303", body = Object),
    (status = 409, description = "Published, or it changed", body = super::Problem)))]
pub(super) async fn set_row(
    State(app): State<App>,
    signed: Signed,
    Path((version, slot)): Path<(String, String)>,
    Body(typed): Body<TypedRow>,
) -> Result<Response, ApiError> {
    let rules_id: RulesId = id(&version)?;
    let before = rules::show(&app.store, &signed.actor, &version).await?;
    let known = before.rows.iter().find(|row| row.name == slot).ok_or(ApiError::NotFound)?;
    let (row, place) = (typed.row(known), typed.order.trim().parse().ok());
    let view = rules::set_row(&app.store, &signed.actor, &rules_id, typed.revision, row, place).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/rules/{version}#row-{slot}"), &view))
}

/// Publishes a draft from a day on.
#[utoipa::path(post, path = "/rules/{version}/publication", tag = "rules", params(("version" = String, Path)), request_body = Publication, responses(
    (status = 200, description = "The version; pages get 303", body = Object),
    (status = 409, description = "Published already, or it changed", body = super::Problem),
    (status = 422, description = "A day that has passed", body = super::Problem)))]
pub(super) async fn publish(
    State(app): State<App>,
    signed: Signed,
    Path(version): Path<String>,
    Body(typed): Body<Publication>,
) -> Result<Response, ApiError> {
    let rules_id: RulesId = id(&version)?;
    let day = parse_day(&typed.valid_from).unwrap_or_default();
    let view = rules::publish(&app.store, &signed.actor, &rules_id, typed.revision, &day).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/rules/{version}"), &view))
}
