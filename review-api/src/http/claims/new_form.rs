//! `GET /claims/new`: the empty form; a page only.

use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::id;
use crate::accounts::{self, Action};
use crate::claim::{self, insured};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::visit::Signed;
use crate::store::ids::InsuredId;
use crate::views::insured_page::{ClaimForm, TypedClaim};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    insured: Option<String>,
    /// A claim of the same accident, whose facts are taken over.
    accident: Option<String>,
}

/// The form, for a registered person when one is named.
pub(crate) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::OpenClaim)?;
    // Whoever sends the own papers is the person.
    let wanted = match (&signed.actor.insured, asked.insured) {
        (Some(own), _) => Some(own.clone()),
        (None, Some(text)) => Some(id::<InsuredId>(&text)?),
        (None, None) => None,
    };
    let person = match wanted {
        Some(wanted) => Some(insured::find(&app.store, &signed.actor, &wanted).await?),
        None => None,
    };
    let typed = match asked.accident {
        Some(other) => {
            let other = claim::detail(&app.store, &signed.actor, &id(&other)?).await?;
            TypedClaim {
                accident_date: signed.visit.shell().typed_day(&other.summary.accident_date),
                shared_with: other.summary.number,
                place: other.place,
                description: other.description,
                circumstances: other.circumstances,
                ..TypedClaim::default()
            }
        }
        None => TypedClaim::default(),
    };
    let form = ClaimForm::new(signed.visit.shell(), typed, person, &[]);
    Ok(Html(form.draw(signed.visit.shell())?).into_response())
}
