//! `GET /claims/{claim}`: a claim with its list of documents and their verdicts.

use axum::extract::{Path, State};
use axum::response::Response;

use super::{claim_id, notes_of};
use crate::claim;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::claim_acts::Trouble;
use crate::views::claim_page;

/// One claim.
#[utoipa::path(get, path = "/claims/{claim}", tag = "claims", params(("claim" = String, Path)), responses(
    (status = 200, description = "The claim: insured, checklist, documents, lease, whether it can be sent", body = Object),
    (status = 404, description = "No such claim, or not the asker's", body = crate::http::Problem)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = claim::detail(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    let notes = if signed.visit.html() { notes_of(&app, &signed.actor, &view).await? } else { Default::default() };
    let limit = app.config.limits.file_bytes();
    face::show(&signed.visit, &view, |view| {
        claim_page::draw(signed.visit.shell(), view, &notes, Trouble::default(), limit)
    })
}
