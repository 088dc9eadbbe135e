//! The originals of a claim: prepared, posted, received.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{again, claim_id, id};
use crate::claim::post::{self, Seen};
use crate::claim::{self, ClaimFilter, ClaimState, PageOf};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::lists::{ClaimList, ROWS};

/// What the sender saw.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Prepared {
    /// Revision of the claim that was seen.
    revision: i64,
}

/// A parcel on its way.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Posted {
    /// Revision of the claim that was seen.
    revision: i64,
    /// The post's tracking number, in any digits.
    #[serde(default)]
    tracking: String,
}

/// What was found in the parcel. A form sends one of `arrived` and one of `codes` for every paper, in order.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Received {
    /// Revision of the claim that was seen.
    revision: i64,
    /// The papers that were looked at.
    #[serde(default)]
    documents: Vec<String>,
    /// Those of them that are here and match.
    #[serde(default)]
    arrived: Vec<String>,
    /// What is wrong with each paper, in the order of `documents`; empty where nothing is.
    #[serde(default)]
    codes: Vec<String>,
}

/// The office prepares the parcel; its cover sheet may be printed from now on.
#[utoipa::path(post, path = "/claims/{claim}/parcel/preparation", tag = "post", params(("claim" = String, Path)), request_body = Prepared, responses(
    (status = 200, description = "The claim, awaiting the post; pages get 303", body = Object),
    (status = 409, description = "Not every paper is approved, or it changed", body = crate::http::Problem)))]
pub(crate) async fn prepare(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Prepared>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    let view = post::prepare(&app.store, &signed.actor, &id, typed.revision).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}#acts"), &view))
}

/// The office has posted the parcel.
#[utoipa::path(post, path = "/claims/{claim}/parcel", tag = "post", params(("claim" = String, Path)), request_body = Posted, responses(
    (status = 200, description = "The claim, posted; pages get 303", body = Object),
    (status = 422, description = "The tracking number is none", body = crate::http::Problem)))]
pub(crate) async fn posted(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Posted>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    match post::posted(&app.store, &signed.actor, &id, typed.revision, &typed.tracking).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view)),
        Err(error) => again(&app, &signed, &id, error, "tracking", &[("tracking", &typed.tracking)]).await,
    }
}

/// The post desk has opened the parcel.
#[utoipa::path(post, path = "/claims/{claim}/parcel/receipt", tag = "post", params(("claim" = String, Path)), request_body = Received, responses(
    (status = 200, description = "The claim: received, or back with the sender; pages get 303", body = Object),
    (status = 409, description = "A paper was not looked at, or it changed", body = crate::http::Problem)))]
pub(crate) async fn receive(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Received>,
) -> Result<Response, ApiError> {
    let claim = claim_id(&claim)?;
    let mut seen = Vec::new();
    for (place, document) in typed.documents.iter().enumerate() {
        let code = typed.codes.get(place).filter(|code| !code.is_empty()).cloned();
        seen.push(Seen { document: id(document)?, arrived: typed.arrived.contains(document), code });
    }
    match post::receive(&app.store, &signed.actor, &claim, typed.revision, &seen).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, "/post", &view)),
        Err(error) => again(&app, &signed, &claim, error, "receive", &[]).await,
    }
}

/// What the post desk looks for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// A tracking number or a claim's number, as it is read from a parcel.
    number: String,
    /// Rows to leave out before the first.
    offset: i64,
}

/// The parcels that are on their way; with a number, the claim that it belongs to.
#[utoipa::path(get, path = "/post", tag = "post", params(Asked), responses(
    (status = 200, description = "Claims whose originals were posted: rows, total, offset", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    crate::accounts::require(&signed.actor, crate::accounts::Action::ReceiveOriginals)?;
    let mut unknown = false;
    if !asked.number.trim().is_empty() {
        if let Some(found) = post::find(&app.store, &signed.actor, &asked.number).await? {
            if signed.visit.html() {
                return Ok(Redirect::to(&format!("/claims/{found}#acts")).into_response());
            }
            let view = claim::detail(&app.store, &signed.actor, &found).await?;
            let rows = vec![view.summary];
            return face::show(&signed.visit, &serde_json::json!({ "rows": rows, "total": 1, "offset": 0 }), |_| {
                Ok(String::new())
            });
        }
        unknown = true;
    }
    let state = Some(ClaimState::Posted);
    let page = PageOf { offset: asked.offset.max(0), limit: ROWS };
    let listing =
        claim::list(&app.store, &signed.actor, &ClaimFilter { state, page, ..ClaimFilter::default() }).await?;
    let view = ClaimList::new(listing, asked.number, None);
    face::show(&signed.visit, &view, |view| view.draw_post(signed.visit.shell(), unknown))
}
