//! `GET /dashboard`: what an office has to do now, what the company says, and the office's own figures.

use axum::extract::State;
use axum::response::Response;

use super::App;
use super::error::ApiError;
use super::face;
use super::visit::Signed;
use crate::accounts::{self, Action};
use crate::claim::states::turn;
use crate::claim::{self, ClaimFilter, ClaimState, PageOf, Turn};
use crate::messages;
use crate::views::lists::{Dashboard, Figures, StateCount};

const ATTENTION: i64 = 10;
const RECENT: i64 = 5;

/// States in which a claim waits for its office, the most urgent first.
const WAITING: [ClaimState; 5] = [
    ClaimState::NeedsCorrection,
    ClaimState::PaymentReturned,
    ClaimState::AwaitingPost,
    ClaimState::DocumentsApproved,
    ClaimState::Draft,
];

/// Messages, own claims by state, those that wait for the office, and the latest.
#[utoipa::path(get, path = "/dashboard", tag = "claims", responses(
    (status = 200, description = "welcome, messages, figures, counts by state; attention and recent are claim summaries", body = Object)))]
pub(super) async fn show(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    accounts::require(&signed.actor, Action::SeeDashboard)?;
    let list = async |state: Option<ClaimState>, limit: i64| {
        let filter = ClaimFilter { state, page: PageOf { offset: 0, limit }, ..ClaimFilter::default() };
        claim::list(&app.store, &signed.actor, &filter).await.map(|listing| listing.rows)
    };
    let mut attention = Vec::new();
    for state in WAITING {
        attention.extend(list(Some(state), ATTENTION).await?);
    }
    let counted = claim::counts(&app.store, &signed.actor).await?;
    let of = |state: ClaimState| counted.iter().find(|(of, _)| *of == state).map_or(0, |(_, claims)| *claims);
    let counts = ClaimState::ALL.iter().filter(|state| **state != ClaimState::RefusalProposed);
    let counts = counts.map(|&state| StateCount::new(state, of(state))).collect();
    let (payments, paid_rial) = claim::paid(&app.store, &signed.actor).await?;
    let sum =
        |wanted: Turn| ClaimState::ALL.iter().filter(|state| turn(**state) == wanted).map(|&state| of(state)).sum();
    let figures = Figures {
        all: counted.iter().map(|(_, claims)| claims).sum(),
        with_office: sum(Turn::Office),
        with_company: sum(Turn::Company),
        refused: of(ClaimState::Refused),
        payments,
        paid_rial,
    };
    let (welcome, messages) = messages::inbox(&app.store, &signed.actor).await?;
    let view = Dashboard { welcome, messages, figures, counts, attention, recent: list(None, RECENT).await? };
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
