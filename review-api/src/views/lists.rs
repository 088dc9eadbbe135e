//! The dashboard and the list of claims.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::terms::{self, Badge};
use crate::claim::{ClaimState, ClaimSummary, Listing};
use crate::http::urlencode;
use crate::messages::Message;

/// Rows on one page of a list.
pub const ROWS: i64 = 50;

/// Which rows are shown and where the others are.
#[derive(Clone, Debug)]
pub struct Pager {
    /// First row shown, from 1; 0 when there is none.
    pub from: i64,
    /// Last row shown.
    pub to: i64,
    /// Rows in all.
    pub total: i64,
    /// Address of the rows before.
    pub previous: Option<String>,
    /// Address of the rows after.
    pub next: Option<String>,
    /// Address of the first rows.
    pub first: Option<String>,
    /// Address of the last rows.
    pub last: Option<String>,
}

impl Pager {
    /// For `shown` rows from `offset` of `total`; `base` is the address up to the offset.
    #[must_use]
    pub fn new(base: &str, offset: i64, shown: usize, total: i64) -> Self {
        let shown = i64::try_from(shown).unwrap_or(i64::MAX);
        let to = offset + shown;
        let at = |offset: i64| format!("{base}offset={offset}");
        Self {
            from: if shown == 0 { 0 } else { offset + 1 },
            to,
            total,
            previous: (offset > 0).then(|| at((offset - ROWS).max(0))),
            next: (to < total).then(|| at(to)),
            first: (offset > 0).then(|| at(0)),
            last: (to < total).then(|| at((total - 1) / ROWS * ROWS)),
        }
    }
}

/// The number of claims in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: &'static str,
    /// Claims in it.
    pub claims: i64,
    /// Whether the office has to act.
    pub needs_office: bool,
    #[serde(skip)]
    pub(crate) badge: Badge,
}

impl StateCount {
    /// A count with its looks.
    #[must_use]
    pub const fn new(state: ClaimState, claims: i64) -> Self {
        let needs_office = matches!(state, ClaimState::NeedsCorrection | ClaimState::PaymentReturned);
        Self { state: state.as_str(), claims, needs_office, badge: terms::claim_state(state) }
    }
}

/// An office's own figures; never another's.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// Claims in all.
    pub all: i64,
    /// Claims that wait for the office.
    pub with_office: i64,
    /// Claims that wait for the company.
    pub with_company: i64,
    /// Claims found not payable.
    pub refused: i64,
    /// Payments.
    pub payments: i64,
    /// Their sum, rial.
    pub paid_rial: i64,
}

/// What an office sees first.
#[derive(Clone, Debug, Serialize)]
pub struct Dashboard {
    /// The company's welcome.
    pub welcome: Option<Message>,
    /// What the company says, latest first.
    pub messages: Vec<Message>,
    /// The office's own figures.
    pub figures: Figures,
    /// Own claims by state.
    pub counts: Vec<StateCount>,
    /// Claims that wait for the office: sent back, then drafts.
    pub attention: Vec<ClaimSummary>,
    /// The latest claims.
    pub recent: Vec<ClaimSummary>,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage<'a> {
    shell: &'a Shell,
    view: &'a Dashboard,
}

impl Dashboard {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        DashboardPage { shell, view: self }.render()
    }
}

/// One choice of a select.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: &'static str,
    /// Message key of its word.
    pub key: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A page of the list of claims.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimList {
    /// The claims.
    pub rows: Vec<ClaimSummary>,
    /// Claims in all.
    pub total: i64,
    /// Claims before the first row.
    pub offset: i64,
    /// Words that were searched.
    #[serde(skip)]
    pub q: String,
    #[serde(skip)]
    pub(crate) states: Vec<Choice>,
    #[serde(skip)]
    pub(crate) narrowed: bool,
    #[serde(skip)]
    pub(crate) pager: Pager,
}

#[derive(Template)]
#[template(path = "claims/list.html")]
struct ClaimListPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimList,
}

impl ClaimList {
    /// The list as it was asked for.
    #[must_use]
    pub fn new(listing: Listing<ClaimSummary>, q: String, state: Option<ClaimState>) -> Self {
        let wanted = state.map_or("", ClaimState::as_str);
        let base = format!("/claims?q={}&state={wanted}&", urlencode(&q));
        let states = ClaimState::ALL.iter().map(|&state| Choice {
            value: state.as_str(),
            key: terms::claim_state(state).key,
            chosen: state.as_str() == wanted,
        });
        Self {
            pager: Pager::new(&base, listing.offset, listing.rows.len(), listing.total),
            narrowed: !q.is_empty() || state.is_some(),
            states: states.collect(),
            rows: listing.rows,
            total: listing.total,
            offset: listing.offset,
            q,
        }
    }

    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        ClaimListPage { shell, view: self }.render()
    }
}

#[derive(Template)]
#[template(path = "claims/deleted.html")]
struct DeletedPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimList,
}

#[derive(Template)]
#[template(path = "post/list.html")]
struct PostPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimList,
    unknown: bool,
}

impl ClaimList {
    /// The page of deleted claims.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw_deleted(&self, shell: &Shell) -> Result<String, askama::Error> {
        DeletedPage { shell, view: self }.render()
    }

    /// The page of the post desk; `unknown` when a number was asked for that no parcel has.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw_post(&self, shell: &Shell, unknown: bool) -> Result<String, askama::Error> {
        PostPage { shell, view: self, unknown }.render()
    }
}
