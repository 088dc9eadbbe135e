//! The life of a claim: opened by an office, filled with papers, decided by experts.

pub(crate) mod access;
pub mod arrange;
pub mod ask;
mod checklist;
pub mod decide;
pub mod delete;
pub mod edit;
pub(crate) mod error;
pub mod iban;
pub mod insured;
mod moves;
pub mod notes;
pub mod open;
pub mod pay;
pub mod pictures;
pub mod post;
pub mod refuse;
pub mod revoke;
pub mod rules;
mod same_numbers;
pub mod seen;
mod show;
pub mod split;
pub mod states;
pub mod story;
pub mod submit;
pub(crate) mod text;
mod ticks;
pub(crate) mod tokens;
pub mod upload;
pub mod view;
pub mod words;

use serde::{Deserialize, Serialize};

pub use crate::store::tables::claim_words::Said;
pub use crate::store::tables::claims::ClaimSummary;
pub use crate::store::tables::parcels::{Parcel, ParcelPaper};
pub use crate::store::tables::payments::Payment;
pub use checklist::{ChecklistLine, Submittable};
pub use error::{ClaimError, Refusal};
pub use open::{NewClaim, check, open};
pub use show::{counts, detail, document, is_visible, list, paid, version};
pub use submit::{explain_missing, send_anyway, submit};
pub(crate) use text::{line, paragraph};
pub use ticks::Ticks;
pub use view::{
    ClaimDetail, ClaimFilter, DecisionView, DocumentDetail, PageView, ReadingView, RepeatView, VersionDetail,
    VersionSummary,
};
pub use words::{
    CIRCUMSTANCES, Channel, ClaimState, ClaimType, DocumentState, PairAnswer, RaisedBy, ReadingState, SLOTS, SaidKind,
    Turn, VersionState,
};

/// Rows given at once when nobody says how many.
const PAGE_ROWS: i64 = 50;

/// Rows given at once at most.
const MOST_ROWS: i64 = 200;

/// A stretch of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageOf {
    /// Rows left out before it.
    pub offset: i64,
    /// Rows in it at most.
    pub limit: i64,
}

impl Default for PageOf {
    fn default() -> Self {
        Self { offset: 0, limit: PAGE_ROWS }
    }
}

impl PageOf {
    pub(crate) fn within_bounds(self) -> Self {
        Self { offset: self.offset.max(0), limit: self.limit.clamp(1, MOST_ROWS) }
    }
}

/// A stretch of a list and how long the whole is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: i64,
    /// Rows left out before them.
    pub offset: i64,
}
