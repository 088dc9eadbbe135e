//! One resource, two faces: the page when `text/html` is named in `Accept`, else the JSON.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Serialize;

use super::error::ApiError;
use super::visit::Visit;

/// Health data must not stay in shared caches or in the history of a shared machine.
const PRIVATE: &str = "private, no-store";

/// Answers with the view: as the page drawn by `page`, or as JSON.
pub(super) fn show<V: Serialize>(
    visit: &Visit,
    view: &V,
    page: impl FnOnce(&V) -> Result<String, askama::Error>,
) -> Result<Response, ApiError> {
    show_as(StatusCode::OK, visit, view, page)
}

/// As [`show`], with another status.
pub(super) fn show_as<V: Serialize>(
    status: StatusCode,
    visit: &Visit,
    view: &V,
    page: impl FnOnce(&V) -> Result<String, askama::Error>,
) -> Result<Response, ApiError> {
    let headers = [(header::CACHE_CONTROL, PRIVATE)];
    if visit.html() {
        Ok((status, headers, Html(page(view)?)).into_response())
    } else {
        Ok((status, headers, Json(view)).into_response())
    }
}

/// Answers a write: a page goes on to `next` (303), a program gets the representation.
pub(super) fn done<V: Serialize>(visit: &Visit, status: StatusCode, next: &str, view: &V) -> Response {
    if visit.html() {
        Redirect::to(next).into_response()
    } else if status == StatusCode::CREATED {
        (status, [(header::LOCATION, next.split('#').next().unwrap_or(next).to_owned())], Json(view)).into_response()
    } else {
        (status, Json(view)).into_response()
    }
}
