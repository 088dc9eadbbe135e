//! `GET /claims/{claim}/desk`: the claim on the expert's desk; a page only, its resource is the claim.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{claim_id, notes_of};
use crate::accounts::{self, Action};
use crate::claim;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::desk_page::{self, Wanted};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    document: Option<String>,
    page: Option<i64>,
}

/// The desk.
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::SeeQueue)?;
    let view = claim::detail(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    let notes = notes_of(&app, &signed.actor, &view).await?;
    let wanted = Wanted { document: asked.document, page: asked.page };
    face::show(&signed.visit, &view, |view| desk_page::draw(signed.visit.shell(), view, &notes, &wanted))
}
