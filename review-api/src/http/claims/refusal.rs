//! `POST /claims/{claim}/refusal` and what follows from it: the second person's word, the sender's objection, and
//! opening the claim again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{again, claim_id, desk};
use crate::claim::refuse::{self, Word};
use crate::claim::{ClaimDetail, ClaimError};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::ClaimId;

/// Words that go with an act on a claim.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WordsOnClaim)]
pub(crate) struct Typed {
    /// Revision of the claim that was seen.
    revision: i64,
    /// Reason codes, for a refusal.
    #[serde(default)]
    codes: Vec<String>,
    /// Why.
    #[serde(default)]
    reason: String,
}

impl From<Typed> for Word {
    fn from(typed: Typed) -> Self {
        Self { revision: typed.revision, codes: typed.codes, reason: typed.reason }
    }
}

async fn told(
    app: &App,
    signed: &Signed,
    id: &ClaimId,
    answer: Result<ClaimDetail, ClaimError>,
    form: &'static str,
    word: &Word,
) -> Result<Response, ApiError> {
    match answer {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view)),
        Err(error) => again(app, signed, id, error, form, &[("reason", &word.reason)]).await,
    }
}

/// An expert proposes to refuse the claim as a whole.
#[utoipa::path(post, path = "/claims/{claim}/refusal", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim; pages get 303", body = Object),
    (status = 409, description = "Not where it stands, or it changed", body = crate::http::Problem),
    (status = 422, description = "No reason", body = crate::http::Problem)))]
pub(crate) async fn propose(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    match refuse::propose(&app.store, &signed.actor, &id, &word).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view)),
        Err(error) => {
            let typed = vec![("codes", word.codes.join(" ")), ("reason", word.reason)];
            desk::again(&app, &signed, &id, None, error, ("why-propose", typed)).await
        }
    }
}

/// A second person refuses it too.
#[utoipa::path(post, path = "/claims/{claim}/refusal/confirmation", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim, refused; pages get 303", body = Object),
    (status = 409, description = "By the one who proposed it, or it changed", body = crate::http::Problem)))]
pub(crate) async fn confirm(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    let answer = refuse::settle(&app.store, &signed.actor, &id, &word, true).await;
    told(&app, &signed, &id, answer, "why-confirm", &word).await
}

/// A second person does not: the claim goes back to the experts.
#[utoipa::path(post, path = "/claims/{claim}/refusal/decline", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim, in review; pages get 303", body = Object),
    (status = 409, description = "By the one who proposed it, or it changed", body = crate::http::Problem)))]
pub(crate) async fn decline(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    let answer = refuse::settle(&app.store, &signed.actor, &id, &word, false).await;
    told(&app, &signed, &id, answer, "why-decline", &word).await
}

/// The sender objects to the refusal.
#[utoipa::path(post, path = "/claims/{claim}/appeal", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim, appealed; pages get 303", body = Object),
    (status = 409, description = "It is not refused, or it changed", body = crate::http::Problem)))]
pub(crate) async fn appeal(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    let answer = refuse::appeal(&app.store, &signed.actor, &id, &word).await;
    told(&app, &signed, &id, answer, "why-appeal", &word).await
}

/// The objection does not hold.
#[utoipa::path(post, path = "/claims/{claim}/appeal/rejection", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim, refused; pages get 303", body = Object),
    (status = 409, description = "By one of those who refused it, or it changed", body = crate::http::Problem)))]
pub(crate) async fn uphold(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    let answer = refuse::uphold(&app.store, &signed.actor, &id, &word).await;
    told(&app, &signed, &id, answer, "why-uphold", &word).await
}

/// Opens a refused or finished claim again, with its number and its next generation.
#[utoipa::path(post, path = "/claims/{claim}/reopening", tag = "outcome", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim; pages get 303", body = Object),
    (status = 409, description = "Not where it stands, or it changed", body = crate::http::Problem)))]
pub(crate) async fn reopen(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (id, word) = (claim_id(&claim)?, typed.into());
    let answer = refuse::reopen(&app.store, &signed.actor, &id, &word).await;
    told(&app, &signed, &id, answer, "why-reopen", &word).await
}
