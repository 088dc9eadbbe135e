//! `POST /claims`: opens a claim for a named person, who is registered with it when new.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::id;
use crate::claim::insured::{self, Insured, NewInsured, parse_birth};
use crate::claim::{self, ClaimDetail, NewClaim};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::{ApiError, FieldFault};
use crate::http::face;
use crate::http::visit::Signed;
use crate::i18n::parse_day;
use crate::store::ids::InsuredId;
use crate::views::insured_page::{ClaimForm, TypedClaim};

const CHANNEL: &str = "office";
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

async fn open(app: &App, signed: &Signed, typed: &TypedClaim) -> Result<ClaimDetail, ApiError> {
    let faults = faults(typed);
    if !faults.is_empty() {
        return Err(ApiError::Fields(faults));
    }
    let new = NewClaim {
        insured: person(app, signed, typed).await?.id,
        claim_type: typed.claim_type.clone(),
        circumstances: typed.circumstances.clone(),
        channel: CHANNEL.to_owned(),
        accident_date: parse_day(&typed.accident_date).unwrap_or_default(),
        place: typed.place.trim().to_owned(),
        description: typed.description.trim().to_owned(),
    };
    Ok(claim::open(&app.store, &signed.actor, &new).await?)
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
