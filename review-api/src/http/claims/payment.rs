//! The money of a claim: begun, sent, sent back by the bank; and the end of the claim.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{again, claim_id};
use crate::claim::pay::{self, Paid};
use crate::claim::states::ClaimStep;
use crate::claim::{ClaimDetail, ClaimError, Refusal, iban};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::i18n::parse_day;

/// What was seen, and words where the act takes some.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PaymentStep)]
pub(crate) struct Seen {
    /// Revision of the claim that was seen.
    revision: i64,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// A payment as typed.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PaymentMade)]
pub(crate) struct Typed {
    /// Revision of the claim that was seen.
    revision: i64,
    /// The sum in rial, in any digits.
    #[serde(default)]
    amount: String,
    /// The bank's reference.
    #[serde(default)]
    reference: String,
    /// Day of the payment, Jalali or Gregorian, year first.
    #[serde(default)]
    paid_on: String,
}

/// The account as typed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Account {
    /// Revision of the claim that was seen.
    revision: i64,
    /// The number on the bank's slip.
    #[serde(default)]
    iban: String,
}

fn done(signed: &Signed, view: &ClaimDetail) -> Response {
    face::done(&signed.visit, StatusCode::OK, &format!("/claims/{}#acts", view.summary.id), view)
}

/// The payment is begun.
#[utoipa::path(post, path = "/claims/{claim}/payment/start", tag = "payment", params(("claim" = String, Path)), request_body = Seen, responses(
    (status = 200, description = "The claim, being paid; pages get 303", body = Object),
    (status = 409, description = "The originals are not here, or it changed", body = crate::http::Problem)))]
pub(crate) async fn start(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Seen>,
) -> Result<Response, ApiError> {
    let step = ClaimStep::StartPayment;
    let view = pay::step(&app.store, &signed.actor, &claim_id(&claim)?, typed.revision, step).await?;
    Ok(done(&signed, &view))
}

/// The money was sent.
#[utoipa::path(post, path = "/claims/{claim}/payment", tag = "payment", params(("claim" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The claim, paid; pages get 303", body = Object),
    (status = 422, description = "Sum, day or reference refused", body = crate::http::Problem)))]
pub(crate) async fn record(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    // What is no day at all stays what was typed, and is refused as such.
    let paid_on = parse_day(&typed.paid_on).unwrap_or_default();
    let (amount, reference) = (typed.amount.clone(), typed.reference.clone());
    let paid = Paid { revision: typed.revision, amount, reference, paid_on };
    match pay::record(&app.store, &signed.actor, &id, &paid).await {
        Ok(view) => Ok(done(&signed, &view)),
        Err(error) => {
            let form = match &error {
                ClaimError::Refused(Refusal::ReferenceMissing | Refusal::TextTooLong(_)) => "reference",
                ClaimError::Refused(Refusal::BadDate(_)) => "paid_on",
                _ => "amount",
            };
            let typed = [("amount", &*typed.amount), ("reference", &typed.reference), ("paid_on", &typed.paid_on)];
            again(&app, &signed, &id, error, form, &typed).await
        }
    }
}

/// The bank sent the money back.
#[utoipa::path(post, path = "/claims/{claim}/payment/return", tag = "payment", params(("claim" = String, Path)), request_body = Seen, responses(
    (status = 200, description = "The claim, back with the sender for its bank slip; pages get 303", body = Object),
    (status = 422, description = "No reason", body = crate::http::Problem)))]
pub(crate) async fn give_back(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Seen>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    match pay::returned(&app.store, &signed.actor, &id, typed.revision, &typed.reason).await {
        Ok(view) => Ok(done(&signed, &view)),
        Err(error) => again(&app, &signed, &id, error, "why-return", &[("reason", &typed.reason)]).await,
    }
}

/// The claim is done.
#[utoipa::path(post, path = "/claims/{claim}/payment/close", tag = "payment", params(("claim" = String, Path)), request_body = Seen, responses(
    (status = 200, description = "The claim, closed; pages get 303", body = Object),
    (status = 409, description = "It is not paid, or it changed", body = crate::http::Problem)))]
pub(crate) async fn close(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Seen>,
) -> Result<Response, ApiError> {
    let step = ClaimStep::Close;
    let view = pay::step(&app.store, &signed.actor, &claim_id(&claim)?, typed.revision, step).await?;
    Ok(done(&signed, &view))
}

/// The sender types the account that the bank's slip shows.
#[utoipa::path(post, path = "/claims/{claim}/iban", tag = "payment", params(("claim" = String, Path)), request_body = Account, responses(
    (status = 200, description = "The claim; pages get 303", body = Object),
    (status = 409, description = "There is no bank slip, or it changed", body = crate::http::Problem),
    (status = 422, description = "No account number", body = crate::http::Problem)))]
pub(crate) async fn account(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<Account>,
) -> Result<Response, ApiError> {
    let id = claim_id(&claim)?;
    match iban::set(&app.store, &signed.actor, &id, typed.revision, &typed.iban).await {
        Ok(view) => Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{id}#slot-bank-slip"), &view)),
        Err(error) => again(&app, &signed, &id, error, "iban", &[("iban", &typed.iban)]).await,
    }
}
