//! `POST /claims`: opens a claim for a named person, who is registered with it when new.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::id;
use crate::claim::insured::{self, Insured, NewInsured, parse_birth};
use crate::claim::{self, Channel, ClaimDetail, ClaimError, NewClaim};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, FieldFault};
use crate::http::face;
use crate::http::visit::Signed;
use crate::i18n::parse_day;
use crate::store::ids::InsuredId;
use crate::views::insured_page::{ClaimForm, TypedClaim};

/// Letters that a description must have; the domain has the last word.
const SHORTEST_DESCRIPTION: usize = 10;

/// All faults at once, so that nobody mends a form field by field.
fn faults(typed: &TypedClaim) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut need = |wrong: bool, field: &'static str, key: &'static str| {
        if wrong {
            faults.push(FieldFault { field, key });
        }
    };
    if typed.insured.is_empty() {
        need(typed.name.trim().is_empty(), "name", "name-missing");
        need(typed.document_number.trim().is_empty(), "document_number", "document-number-missing");
        need(typed.nationality.trim().len() != 3, "nationality", "bad-nationality");
        let birth = typed.birth.trim();
        need(!birth.is_empty() && parse_birth(birth).is_none(), "birth", "bad-date");
    }
    need(typed.claim_type.is_empty(), "claim_type", "bad-claim-type");
    need(parse_day(&typed.accident_date).is_none(), "accident_date", "bad-date");
    need(typed.description.trim().chars().count() < SHORTEST_DESCRIPTION, "description", "description-too-short");
    faults
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn person(app: &App, signed: &Signed, typed: &TypedClaim) -> Result<Insured, ApiError> {
    if !typed.insured.is_empty() {
        return Ok(insured::find(&app.store, &signed.actor, &id::<InsuredId>(&typed.insured)?).await?);
    }
    let birth = parse_birth(&typed.birth);
    let new = NewInsured {
        name: typed.name.trim().to_owned(),
        nationality: typed.nationality.trim().to_owned(),
        document_number: typed.document_number.trim().to_owned(),
        birth: birth.as_ref().and_then(|birth| birth.day.clone()),
        birth_year: birth.as_ref().and_then(|birth| birth.year),
        birth_calendar: birth.as_ref().map(|birth| birth.calendar),
        policy_number: filled(&typed.policy_number),
        ..NewInsured::default()
    };
    Ok(insured::register_with(&app.store, &app.policies, &signed.actor, &new).await?)
}

/// The claim as typed, of this person; all faults at once.
pub(super) fn new_claim(signed: &Signed, typed: &TypedClaim, insured: InsuredId) -> Result<NewClaim, ApiError> {
    let faults = faults(typed);
    if !faults.is_empty() {
        return Err(ApiError::Fields(faults));
    }
    let channel = if signed.actor.insured.is_some() { Channel::Individual } else { Channel::Office };
    Ok(NewClaim {
        insured,
        claim_type: typed.claim_type.clone(),
        circumstances: typed.circumstances.clone(),
        channel: channel.as_str().to_owned(),
        accident_date: parse_day(&typed.accident_date).unwrap_or_default(),
        place: typed.place.trim().to_owned(),
        description: typed.description.trim().to_owned(),
        shared_with: typed.shared_with.trim().to_owned(),
    })
}

async fn open(app: &App, signed: &Signed, typed: &TypedClaim) -> Result<ClaimDetail, ApiError> {
    // Everything about the claim is looked at before the person is registered, so that nothing is half saved.
    let nobody = InsuredId::parse(NOBODY).ok_or(ApiError::NotFound)?;
    let new = new_claim(signed, typed, nobody)?;
    claim::check(&app.store, &signed.actor, &new).await?;
    let insured = person(app, signed, typed).await?.id;
    Ok(claim::open(&app.store, &signed.actor, &NewClaim { insured, ..new }).await?)
}

/// Stands for the person until there is one.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// The faults that a form shows; `None` for every other error.
pub(in crate::http) fn on_form(error: &ApiError) -> Option<Vec<FieldFault>> {
    match error {
        ApiError::Fields(faults) => Some(faults.clone()),
        ApiError::Claim(ClaimError::Refused(refusal)) => {
            refusal.field().map(|field| vec![FieldFault { field, key: refusal.key() }])
        }
        _ => None,
    }
}

/// Opens a claim.
#[utoipa::path(post, path = "/claims", tag = "claims", request_body = TypedClaim, responses(
    (status = 201, description = "The claim with its list of documents; pages get 303", body = Object),
    (status = 422, description = "Fields refused; a page keeps everything typed", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Body(typed): Body<TypedClaim>,
) -> Result<Response, ApiError> {
    match open(&app, &signed, &typed).await {
        Ok(claim) => {
            let next = format!("/claims/{}", claim.summary.id);
            Ok(face::done(&signed.visit, StatusCode::CREATED, &next, &claim))
        }
        Err(error) => match error.on_form().filter(|_| signed.visit.html()) {
            Some(faults) => {
                let registered = !typed.insured.is_empty();
                let insured = if registered { Some(person(&app, &signed, &typed).await?) } else { None };
                let form = ClaimForm::new(signed.visit.shell(), typed, insured, &faults);
                let page = Html(form.draw(signed.visit.shell())?);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
            None => Err(error),
        },
    }
}
