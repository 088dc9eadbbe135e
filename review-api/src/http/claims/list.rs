//! `GET /claims`: the claims the asker may see, newest first, by state and by words.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::claim::{self, ClaimFilter, ClaimState, PageOf};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::lists::{ClaimList, ROWS};

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Beginnings of words: the person's name, the numbers of claim, paper and policy.
    q: String,
    /// A state of a claim, e.g. `draft`, `in_review`, `paying`.
    state: String,
    /// Rows to leave out before the first.
    offset: i64,
}

/// The claims the asker may see.
#[utoipa::path(get, path = "/claims", tag = "claims", params(Asked), responses((status = 200, description = "rows, total, offset", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let state = ClaimState::parse(&asked.state);
    let offset = asked.offset.max(0);
    let page = PageOf { offset, limit: ROWS };
    let filter = ClaimFilter { state, office: None, words: asked.q.clone(), page };
    let listing = claim::list(&app.store, &signed.actor, &filter).await?;
    let view = ClaimList::new(listing, asked.q, state);
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
