//! The record as people read it.

use serde::Serialize;

use crate::accounts::{AccountError, Action, Actor, require};
use crate::claim::{Listing, PageOf};
use crate::store::Store;
use crate::store::clock::UnixMs;
use crate::store::tables::events;

/// One act.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    /// Its number in the chain.
    pub seq: i64,
    /// When.
    pub at: UnixMs,
    /// Permanent word of its kind.
    pub kind: String,
    /// Who did it; nobody for the system itself.
    pub by: Option<String>,
    /// The claim it was about.
    pub claim: Option<String>,
    /// References and codes.
    pub detail: String,
    /// The hash that binds it.
    pub hash: String,
}

/// A stretch of the record, newest first, and the hash of its newest entry.
///
/// # Errors
/// [`AccountError::Forbidden`], or when the database fails.
pub async fn list(store: &Store, actor: &Actor, page: PageOf) -> Result<(Listing<Act>, String), AccountError> {
    require(actor, Action::SeeAudit)?;
    let page = page.within_bounds();
    let mut tx = store.read().await?;
    let rows = events::before(&mut tx, page.limit, page.offset).await?;
    let (total, head) = events::head(&mut tx).await?.unwrap_or_default();
    let act = |(row, by): events::Named| Act {
        seq: row.seq,
        at: row.at,
        kind: row.kind,
        by,
        claim: row.claim,
        detail: row.detail,
        hash: row.hash,
    };
    let rows = rows.into_iter().map(act).collect();
    Ok((Listing { rows, total, offset: page.offset }, head))
}
