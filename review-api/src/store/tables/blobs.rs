//! Table `blobs`: which content addresses are in use, and how often.

use crate::blobs::Stored;
use crate::store::clock::UnixMs;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "blobs";
    REFER = "INSERT INTO blobs (sha256, bytes, refs, stored_at) VALUES ($1, $2, 1, $3) \
             ON CONFLICT (sha256) DO UPDATE SET refs = blobs.refs + 1";
    FIND = "SELECT refs FROM blobs WHERE sha256 = $1";
}

/// Counts one more row that names the blob.
pub(crate) async fn refer(tx: &mut Tx, blob: &Stored, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&REFER, values![&blob.sha256, blob.bytes, now.0]).await.map(|_| ())
}

/// How many rows name the blob; `None` when none ever did.
pub(crate) async fn find(tx: &mut Tx, sha256: &str) -> Result<Option<i64>, SqlError> {
    tx.maybe(&FIND, values![sha256]).await?.map(|row| row.whole("refs")).transpose()
}
