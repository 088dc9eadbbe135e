//! Figures for the manager: rejections by reason, office and month.
//!
//! A number is kept by the transaction of the event it counts, can be counted again from the
//! record, and opens the rejections behind it.

pub mod first_pass;
mod recount;
pub(crate) mod tally;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::accounts::{Action, Actor};
use crate::claim::access;
use crate::claim::{ClaimError, ClaimSummary};
use crate::store::Store;
use crate::store::clock::UnixMs;
use crate::store::ids::{DocumentId, OfficeId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::claims;
use crate::store::tables::offices::{self, Office};
use crate::store::tables::rejections::{self as rows, Count, Narrow};

pub use crate::claim::RaisedBy;
pub use first_pass::{FirstPassRow, first_pass};
pub use recount::recount;

/// What of the report is asked for; `None` asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RejectionFilter {
    /// Only this office; an office always gets its own.
    pub office: Option<OfficeId>,
    /// Only this Jalali year.
    pub year: Option<i64>,
    /// Only this month, 1–12.
    pub month: Option<i64>,
    /// Only those of the machine or of people.
    pub by: Option<RaisedBy>,
}

/// One number: how often this reason was given for this office's papers in this month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectionRow {
    /// The office.
    pub office: OfficeId,
    /// Its Persian name.
    pub office_name_fa: String,
    /// Its English name.
    pub office_name_en: String,
    /// Jalali year.
    pub year: i64,
    /// Month, 1–12.
    pub month: i64,
    /// Of the machine or of people.
    pub by: RaisedBy,
    /// The reason code.
    pub code: String,
    /// How often.
    pub count: i64,
}

/// Names one number of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The office.
    pub office: OfficeId,
    /// Jalali year.
    pub year: i64,
    /// Month, 1–12.
    pub month: i64,
    /// Of the machine or of people.
    pub by: RaisedBy,
    /// The reason code.
    pub code: String,
}

/// One rejection behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedRejection {
    /// The claim.
    pub claim: ClaimSummary,
    /// The paper.
    pub document: DocumentId,
    /// Its slot.
    pub slot: String,
    /// The version that was rejected.
    pub version: VersionId,
    /// When.
    pub at: UnixMs,
}

fn narrow<'a>(actor: &'a Actor, filter: &'a RejectionFilter) -> Result<Narrow<'a>, ClaimError> {
    let office = access::scope(actor, Action::SeeReports)?.or(filter.office.as_ref());
    Ok(Narrow { office, year: filter.year, month: filter.month, by: filter.by })
}

async fn office_names(tx: &mut Tx) -> Result<BTreeMap<OfficeId, Office>, ClaimError> {
    Ok(offices::all(tx).await?.into_iter().map(|office| (office.id.clone(), office)).collect())
}

async fn named(tx: &mut Tx, counts: Vec<Count>) -> Result<Vec<RejectionRow>, ClaimError> {
    let offices = office_names(tx).await?;
    let named = counts.into_iter().map(|count| {
        let office = offices.get(&count.office);
        RejectionRow {
            office_name_fa: office.map(|office| office.name_fa.clone()).unwrap_or_default(),
            office_name_en: office.map(|office| office.name_en.clone()).unwrap_or_default(),
            office: count.office,
            year: count.year,
            month: count.month,
            by: count.by,
            code: count.code,
            count: count.rejections,
        }
    });
    Ok(named.collect())
}

/// Rejections by month (newest first), office, reason and who raised it.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn rejections(
    store: &Store,
    actor: &Actor,
    filter: &RejectionFilter,
) -> Result<Vec<RejectionRow>, ClaimError> {
    let mut tx = store.read().await?;
    let counts = rows::counts(&mut tx, &narrow(actor, filter)?).await?;
    named(&mut tx, counts).await
}

/// The rejections behind one number, oldest first.
///
/// # Errors
/// [`ClaimError::NotFound`] for another office's number, others when something fails.
pub async fn claims_behind(store: &Store, actor: &Actor, cell: &Cell) -> Result<Vec<CountedRejection>, ClaimError> {
    if access::scope(actor, Action::SeeReports)?.is_some_and(|office| *office != cell.office) {
        return Err(ClaimError::NotFound);
    }
    let mut tx = store.read().await?;
    let Cell { office, year, month, by, code } = cell.clone();
    let behind = rows::behind(&mut tx, &Count { office, year, month, by, code, rejections: 0 }).await?;
    let mut found = Vec::with_capacity(behind.len());
    for one in behind {
        let claim = claims::find_summary(&mut tx, &one.claim).await?.ok_or(ClaimError::NotFound)?;
        let (document, slot, version, at) = (one.document, one.slot, one.version, one.at);
        found.push(CountedRejection { claim, document, slot, version, at });
    }
    Ok(found)
}
