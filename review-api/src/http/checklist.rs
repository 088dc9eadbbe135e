//! `GET /checklist`: the papers that an accident asks for, before there is a claim; made to be printed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
// On a read this takes the query, a word named several times included.
use axum_extra::extract::Form as Words;

use super::App;
use super::error::{ApiError, FieldFault};
use super::face;
use super::visit::Signed;
use crate::claim::{Channel, ClaimType, rules};
use crate::views::checklist_page::{Asked, Checklist};

/// The papers for a type of accident and its circumstances.
#[utoipa::path(get, path = "/checklist", tag = "claims", params(Asked), responses(
    (status = 200, description = "The papers in the order in which they are posted; none before a type is chosen", body = Object),
    (status = 422, description = "No such type or circumstance", body = super::Problem)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Words(asked): Words<Asked>,
) -> Result<Response, ApiError> {
    let lines = if asked.claim_type.is_empty() {
        Vec::new()
    } else {
        let refused = |field, key| ApiError::Fields(vec![FieldFault { field, key }]);
        let claim_type = ClaimType::parse(&asked.claim_type).ok_or_else(|| refused("claim_type", "bad-claim-type"))?;
        rules::asked_today(&app.store, claim_type, &asked.circumstances, Channel::Office)
            .await?
            .ok_or_else(|| refused("circumstances", "bad-circumstance"))?
    };
    let view = Checklist::new(asked, lines);
    face::show_as(StatusCode::OK, &signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
