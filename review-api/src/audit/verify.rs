//! Proving that the record was not touched.

use serde::{Deserialize, Serialize};

use super::chain::fingerprint;
use crate::store::calendar::day_of;
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

/// The newest entry of a day at Tehran. Kept elsewhere, it proves that nobody wrote the record anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyHead {
    /// The day, ISO.
    pub day: String,
    /// Number of its newest entry.
    pub seq: i64,
    /// Hash of that entry.
    pub hash: String,
    /// Hashes of the day's earlier entries, by their numbers; never written out.
    #[serde(skip)]
    before: Vec<(i64, String)>,
}

impl DailyHead {
    /// Whether this day of the record still holds the entry that was its head when it was kept.
    #[must_use]
    pub fn holds(&self, kept: &Self) -> bool {
        let stands = |seq: i64, hash: &str| seq == kept.seq && hash == kept.hash;
        self.day == kept.day
            && (stands(self.seq, &self.hash) || self.before.iter().any(|(seq, hash)| stands(*seq, hash)))
    }
}

/// The newest entry of every day, oldest day first.
///
/// # Errors
/// When the database cannot be read.
pub async fn daily_heads(store: &Store) -> Result<Vec<DailyHead>, StoreError> {
    let mut tx = store.read().await?;
    let mut heads: Vec<DailyHead> = Vec::new();
    let mut seq = 0;
    loop {
        let batch = events::after(&mut tx, seq, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(heads) };
        seq = last.seq;
        for event in batch {
            let day = day_of(event.at);
            match heads.last_mut().filter(|head| head.day == day) {
                Some(head) => {
                    let hash = std::mem::replace(&mut head.hash, event.hash);
                    head.before.push((head.seq, hash));
                    head.seq = event.seq;
                }
                None => heads.push(DailyHead { day, seq: event.seq, hash: event.hash, before: Vec::new() }),
            }
        }
    }
}
