//! Proving that the record was not touched.

use super::chain::fingerprint;
use crate::store::tables::events;
use crate::store::{Store, StoreError};

/// Entries read at a time.
const BATCH: i64 = 1000;

/// What a look through the whole record found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every entry carries the hash of the one before it, up to the head.
    Whole {
        /// How many entries there are.
        entries: i64,
        /// Hash of the newest one; written down elsewhere it proves that none was cut off.
        head: String,
    },
    /// The first entry that does not fit.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong.
        why: Break,
    },
}

/// How an entry fails to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// A number is missing before it.
    Gap,
    /// It names another entry before it.
    Link,
    /// Its own fields do not give its hash.
    Content,
    /// The newest entries are gone.
    Cut,
}

/// Reads the whole record and checks each link.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(store: &Store) -> Result<Chain, StoreError> {
    let mut tx = store.read().await?;
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let batch = events::after(&mut tx, seq, BATCH).await?;
        let Some(last) = batch.last().map(|event| event.seq) else { break };
        for event in &batch {
            let why = if event.seq != seq + 1 {
                Some(Break::Gap)
            } else if event.prev_hash != hash {
                Some(Break::Link)
            } else if fingerprint(event) != event.hash {
                Some(Break::Content)
            } else {
                None
            };
            if let Some(why) = why {
                return Ok(Chain::Broken { seq: event.seq, why });
            }
            seq = event.seq;
            hash.clone_from(&event.hash);
        }
        debug_assert_eq!(last, seq, "the batch was read to its end");
    }
    let head = events::head(&mut tx).await?.unwrap_or_default();
    if head == (seq, hash.clone()) {
        Ok(Chain::Whole { entries: seq, head: hash })
    } else {
        Ok(Chain::Broken { seq: seq + 1, why: Break::Cut })
    }
}
