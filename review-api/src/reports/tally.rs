//! Counting a rejection in the transaction of its event.

use crate::claim::RaisedBy;
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};
use crate::store::sql::{SqlError, Tx};
use crate::store::tables::events::EventRow;
use crate::store::tables::rejections::{self, Rejection};

/// The field of an event's detail that lists the reason codes.
pub(crate) const CODES: &str = "codes";

/// The event that is counted and what it is about.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    pub(crate) event: &'a EventRow,
    pub(crate) office: &'a OfficeId,
    pub(crate) claim: &'a ClaimId,
    pub(crate) document: &'a DocumentId,
    pub(crate) version: &'a VersionId,
}

/// Counts one rejection for each code; the codes stand once each.
pub(crate) async fn count(tx: &mut Tx, told: &Told<'_>, by: RaisedBy, codes: &[String]) -> Result<(), SqlError> {
    for code in codes {
        let one = Rejection {
            event_seq: told.event.seq,
            code,
            by,
            office: told.office,
            year: told.event.year,
            month: told.event.month,
            claim: told.claim,
            document: told.document,
            version: told.version,
            at: told.event.at,
        };
        rejections::count_up(tx, &one).await?;
    }
    Ok(())
}
