//! `GET /pairs/{pair}`: two pages side by side, one laid over the other, with what differs marked.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::claim::seen;
use crate::http::App;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::pair_page;

/// A pair of pages.
#[utoipa::path(get, path = "/pairs/{pair}", tag = "queue", params(("pair" = String, Path)), responses(
    (status = 200, description = "The two pages, what they are to each other, where they differ, what was said to it", body = Object)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(pair): Path<String>,
) -> Result<Response, ApiError> {
    let pair = seen::pair(&app.store, &signed.actor, &id(&pair)?).await?;
    face::show(&signed.visit, &pair, |view| pair_page::draw(signed.visit.shell(), view))
}
