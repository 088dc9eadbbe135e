//! `GET /claims/{claim}/edit`, `POST /claims/{claim}/facts` and `…/type`: what was declared about the accident.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::create::{new_claim, on_form};
use super::{again, claim_id};
use crate::claim::{self, ClaimDetail, edit};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, FieldFault};
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::insured_page::{ClaimForm, TypedClaim};

/// A graver type.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Raised {
    /// Revision of the claim that was seen.
    revision: i64,
    /// `disability` or `death`.
    #[serde(default)]
    claim_type: String,
    /// What happened since.
    #[serde(default)]
    reason: String,
}

fn form(signed: &Signed, claim: &ClaimDetail, typed: TypedClaim, faults: &[FieldFault]) -> Result<String, ApiError> {
    let shell = signed.visit.shell();
    Ok(ClaimForm::new(shell, typed, Some(claim.insured.clone()), faults).of(claim).draw(shell)?)
}

/// What was declared, as it may be typed again.
#[utoipa::path(get, path = "/claims/{claim}/edit", tag = "claims", params(("claim" = String, Path)), responses(
    (status = 200, description = "What was declared about the accident", body = TypedClaim)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = claim::detail(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    let typed = TypedClaim {
        insured: view.insured.id.to_string(),
        claim_type: view.summary.claim_type.as_str().to_owned(),
        accident_date: view.summary.accident_date.clone(),
        place: view.place.clone(),
        description: view.description.clone(),
        circumstances: view.circumstances.clone(),
        revision: view.revision,
        ..TypedClaim::default()
    };
    if signed.visit.html() {
        let page = form(
            &signed,
            &view,
            TypedClaim { accident_date: signed.visit.shell().typed_day(&typed.accident_date), ..typed },
            &[],
        )?;
        return face::show(&signed.visit, &view, |_| Ok(page));
    }
    face::show(&signed.visit, &typed, |_| Ok(String::new()))
}

/// Changes what was declared, while the claim is with its sender.
#[utoipa::path(post, path = "/claims/{claim}/facts", tag = "claims", params(("claim" = String, Path)), request_body = TypedClaim, responses(
    (status = 200, description = "The claim with its new list of documents; pages get 303", body = Object),
    (status = 409, description = "It is not with its sender, or it changed", body = crate::http::Problem),
    (status = 422, description = "Fields refused; a page keeps everything typed", body = crate::http::Problem)))]
pub(crate) async fn save(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<TypedClaim>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    let before = claim::detail(&app.store, &signed.actor, &id).await?;
    let typed = TypedClaim { insured: before.insured.id.to_string(), ..typed };
    let saved = async {
        let new = new_claim(&signed, &typed, before.insured.id.clone())?;
        Ok::<_, ApiError>(edit::edit(&app.store, &signed.actor, &id, typed.revision, &new).await?)
    };
    match saved.await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view)),
        Err(error) => match on_form(&error).filter(|_| signed.visit.html()) {
            Some(faults) => {
                let page = form(&signed, &before, typed, &faults)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::response::Html(page)).into_response())
            }
            None => Err(error),
        },
    }
}

/// The harm turned out graver: the same claim, with what its new type asks for.
#[utoipa::path(post, path = "/claims/{claim}/type", tag = "claims", params(("claim" = String, Path)), request_body = Raised, responses(
    (status = 200, description = "The claim, with its sender; pages get 303", body = Object),
    (status = 409, description = "Money moves, or it changed", body = crate::http::Problem),
    (status = 422, description = "Not a graver type, or no reason", body = crate::http::Problem)))]
pub(crate) async fn raise(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Raised>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    match edit::raise(&app.store, &signed.actor, &id, typed.revision, &typed.claim_type, &typed.reason).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}"), &view)),
        Err(error) => again(&app, &signed, &id, error, "why-raise", &[("reason", &typed.reason)]).await,
    }
}
