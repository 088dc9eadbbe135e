//! How an entry is bound to the one before it.

use sha2::{Digest as _, Sha256};

use super::Entry;
use crate::store::StoreError;
use crate::store::calendar::month_of;
use crate::store::clock::UnixMs;
use crate::store::hex;
use crate::store::ids::UserId;
use crate::store::sql::Tx;
use crate::store::tables::events::{self, EventRow};

/// The hash of an entry: SHA-256 over its fields, each with its length before it so that no two
/// entries spell the same bytes.
pub(crate) fn fingerprint(event: &EventRow) -> String {
    let mut digest = Sha256::new();
    let mut field = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    };
    field(&event.prev_hash);
    for number in [event.seq, event.at.0, event.year, event.month] {
        field(&number.to_string());
    }
    field(&event.kind);
    for name in [&event.actor, &event.office, &event.claim, &event.document, &event.version] {
        // A missing name and an empty one differ.
        field(if name.is_some() { "+" } else { "-" });
        field(name.as_deref().unwrap_or_default());
    }
    field(&event.detail);
    hex(&digest.finalize())
}

/// Appends the entry in this transaction; its row with number and month.
pub(crate) async fn append(
    tx: &mut Tx,
    now: UnixMs,
    actor: Option<&UserId>,
    entry: &Entry,
) -> Result<EventRow, StoreError> {
    let (seq, prev_hash) = events::next(tx).await?;
    let month = month_of(now);
    let subject = &entry.subject;
    let mut row = EventRow {
        seq,
        at: now,
        year: month.year,
        month: month.month,
        kind: entry.kind.as_str().to_owned(),
        actor: actor.map(ToString::to_string),
        office: subject.office.as_ref().map(ToString::to_string),
        claim: subject.claim.as_ref().map(ToString::to_string),
        document: subject.document.as_ref().map(ToString::to_string),
        version: subject.version.as_ref().map(ToString::to_string),
        detail: serde_json::to_string(&entry.detail)?,
        prev_hash,
        hash: String::new(),
    };
    row.hash = fingerprint(&row);
    events::append(tx, &row).await?;
    Ok(row)
}
