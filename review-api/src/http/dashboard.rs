//! `GET /dashboard`: what an office has to do now.

use axum::extract::State;
use axum::response::Response;

use super::App;
use super::error::ApiError;
use super::face;
use super::visit::Signed;
use crate::accounts::{self, Action};
use crate::claim::{self, ClaimFilter, ClaimState, PageOf};
use crate::views::lists::{Dashboard, StateCount};

const ATTENTION: i64 = 10;
const RECENT: i64 = 5;

/// Own claims by state, those that wait for the office, and the latest.
#[utoipa::path(get, path = "/dashboard", tag = "claims", responses(
    (status = 200, description = "counts by state; attention and recent are claim summaries", body = Object)))]
pub(super) async fn show(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::SeeDashboard)?;
    let list = async |state: Option<ClaimState>, limit: i64| {
        let filter = ClaimFilter { state, office: None, page: PageOf { offset: 0, limit } };
        claim::list(&app.store, &signed.actor, &filter).await.map(|listing| listing.rows)
    };
    let mut attention = list(Some(ClaimState::NeedsCorrection), ATTENTION).await?;
    attention.extend(list(Some(ClaimState::Draft), ATTENTION).await?);
    let counted = claim::counts(&app.store, &signed.actor).await?;
    let counts = ClaimState::ALL.iter().map(|&state| {
        let claims = counted.iter().find(|(of, _)| *of == state).map_or(0, |(_, claims)| *claims);
        StateCount::new(state, claims)
    });
    let view = Dashboard { counts: counts.collect(), attention, recent: list(None, RECENT).await? };
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
