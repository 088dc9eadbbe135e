//! `GET /claims/{claim}/story`: the dates of a claim on one line, what does not fit, and what is asked;
//! `POST /claims/{claim}/story/dates`: a date typed from a paper, or confirmed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use sanad_checks::page::Region;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{claim_id, id};
use crate::claim::ClaimError;
use crate::claim::story::{self, NewDate};
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::story_page::{self, Fault};

/// A date as it is typed beside its paper.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct TypedDate {
    /// Version of the paper.
    version: String,
    /// What the date means, a word of the roles.
    role: String,
    /// Page it stands on, from 0; left out for the paper as a whole.
    #[serde(default)]
    page: Option<u32>,
    /// Where it stands, `x,y,width,height` in page pixels; left out for the paper as a whole.
    #[serde(default)]
    region: String,
    /// The date, Jalali or Gregorian, year first: `1402/05/17`.
    date: String,
}

/// A region written `x,y,width,height`.
pub(crate) fn region_of(text: &str) -> Option<Region> {
    let mut numbers = text.split(',').map(|part| part.trim().parse::<u32>().ok());
    let region = Region::new(numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(region)
}

/// The story.
#[utoipa::path(get, path = "/claims/{claim}/story", tag = "claims", params(("claim" = String, Path)), responses(
    (status = 200, description = "Findings with the places that show why, dates that are asked for, every date by its day", body = Object),
    (status = 404, description = "No such claim, or not the asker's", body = crate::http::Problem)))]
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
) -> Result<Response, ApiError> {
    let view = story::show(&app.store, &signed.actor, &claim_id(&claim)?).await?;
    face::show(&signed.visit, &view, |view| story_page::draw(signed.visit.shell(), view, None))
}

/// Gives a date.
#[utoipa::path(post, path = "/claims/{claim}/story/dates", tag = "claims", params(("claim" = String, Path)), request_body = TypedDate, responses(
    (status = 201, description = "The story with the date in it; pages get 303", body = Object),
    (status = 422, description = "Not a day; a page keeps what was typed", body = crate::http::Problem)))]
pub(crate) async fn give(
    State(app): State<App>,
    signed: Signed,
    Path(claim): Path<String>,
    Body(typed): Body<TypedDate>,
) -> Result<Response, ApiError> {
    let claim = claim_id(&claim)?;
    let place = match (typed.page, typed.region.is_empty()) {
        (Some(page), false) => Some((page, region_of(&typed.region).ok_or(ApiError::BadBody)?)),
        _ => None,
    };
    let new = NewDate {
        claim: claim.clone(),
        version: id(&typed.version)?,
        role: typed.role.clone(),
        place,
        typed: typed.date.clone(),
    };
    match story::give(&app.store, &signed.actor, &new).await {
        Ok(()) => {
            let view = story::show(&app.store, &signed.actor, &claim).await?;
            Ok(face::done(&signed.visit, StatusCode::CREATED, &format!("/claims/{claim}/story"), &view))
        }
        Err(ClaimError::Refused(refusal)) if signed.visit.html() && refusal.field() == Some("date") => {
            let view = story::show(&app.store, &signed.actor, &claim).await?;
            if !view.has_field(&typed.version, &typed.role, place) {
                return Err(ClaimError::from(refusal).into());
            }
            let fault =
                Fault { version: typed.version, role: typed.role, place, typed: typed.date, key: refusal.key() };
            face::show_as(StatusCode::UNPROCESSABLE_ENTITY, &signed.visit, &view, |view| {
                story_page::draw(signed.visit.shell(), view, Some(&fault))
            })
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_four_numbers() {
        assert_eq!(region_of("1, 2,30,40"), Some(Region::new(1, 2, 30, 40)));
        for text in ["", "1,2,3", "1,2,3,4,5", "1,2,3,x", "-1,2,3,4", "99999999999,1,1,1"] {
            assert_eq!(region_of(text), None, "{text}");
        }
    }
}
