//! `GET /claims/{claim}/desk`: the claim on the expert's desk; a page only, its resource is the claim.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::{claim_id, notes_of};
use crate::accounts::{self, Action};
use crate::claim::{self, ClaimError};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::ClaimId;
use crate::views::claim_acts::Trouble;
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
    let calm = Trouble::default();
    face::show(&signed.visit, &view, |view| desk_page::draw(signed.visit.shell(), view, &notes, &wanted, calm))
}

/// A form of the desk that was refused: the desk again, with why and with what was typed and ticked. Programs, and
/// errors that are no refusal, get the error itself.
pub(crate) async fn again(
    app: &App,
    signed: &Signed,
    claim: &ClaimId,
    document: Option<String>,
    error: ClaimError,
    (form, typed): (&'static str, Vec<(&'static str, String)>),
) -> Result<Response, ApiError> {
    let error = ApiError::from(error);
    if !signed.visit.html() || !matches!(error, ApiError::Claim(ClaimError::Refused(_) | ClaimError::Stale)) {
        return Err(error);
    }
    let problem = error.problem(signed.visit.lang());
    let trouble = Trouble { message: Some(problem.detail), form, fields: typed.into_iter().collect() };
    let view = claim::detail(&app.store, &signed.actor, claim).await?;
    let notes = notes_of(app, &signed.actor, &view).await?;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let wanted = Wanted { document, page: None };
    face::show_as(status, &signed.visit, &view, |view| {
        desk_page::draw(signed.visit.shell(), view, &notes, &wanted, trouble)
    })
}
