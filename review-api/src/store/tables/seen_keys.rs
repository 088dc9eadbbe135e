//! Table `seen_keys`: which pages a key leads to.
//!
//! A key that leads to many pages says only what form they are of. It is not followed and takes no more pages, so that
//! a form of two hundred thousand papers costs no more than one of fifty: all that is left of it is one row that leads nowhere.

use sanad_checks::duplicates::keys::Key;

use crate::store::sql::{Row, SqlError, Tx, Value, statements};

/// Keys that one statement looks up. A key takes no more than about [`MOST`] pages, so that no answer is long.
const LOOKED_UP: usize = 64;
/// Keys that one statement enters.
const ENTERED: usize = 16;
/// Pages that a key leads to, at most.
pub(super) const MOST: usize = 48;

/// Where a key leads that led too far.
const NOWHERE: i64 = 0;

statements! { "seen_keys";
    FORGET = "DELETE FROM seen_keys WHERE key = $1";
    LEADS = "SELECT key, page FROM seen_keys WHERE key IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, \
             $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, \
             $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64)";
    INSERT = "INSERT INTO seen_keys (key, page) VALUES ($1, $17), ($2, $17), ($3, $17), ($4, $17), ($5, $17), \
              ($6, $17), ($7, $17), ($8, $17), ($9, $17), ($10, $17), ($11, $17), ($12, $17), ($13, $17), \
              ($14, $17), ($15, $17), ($16, $17) ON CONFLICT DO NOTHING";
}

/// A key and the pages it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) key: Key,
    pub(crate) pages: Vec<i64>,
}

impl Lead {
    /// Whether one page more and it leads too far.
    pub(crate) const fn full(&self) -> bool {
        self.pages.len() >= MOST
    }
}

/// Where keys lead; those that lead nowhere or too far are not told, but counted as such by their absence or by
/// [`Leads::hot`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Leads {
    pub(crate) found: Vec<Lead>,
    /// Keys that lead to too many pages, sorted.
    pub(crate) hot: Vec<Key>,
}

/// Looks the keys up.
pub(crate) async fn leads(tx: &mut Tx, keys: &[Key]) -> Result<Leads, SqlError> {
    let mut pairs: Vec<(Key, i64)> = Vec::new();
    for some in keys.chunks(LOOKED_UP) {
        let rows = tx.rows(&LEADS, &filled(some, LOOKED_UP)).await?;
        let read = |row: &Row| Ok::<_, SqlError>((Key::try_from(row.whole("key")?).unwrap_or(0), row.whole("page")?));
        for row in &rows {
            pairs.push(read(row)?);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut leads = Leads::default();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        // of two that spend a key at once one may write a row of its own after it
        if group.len() > MOST || group.iter().any(|pair| pair.1 == NOWHERE) {
            leads.hot.push(group[0].0);
        } else {
            leads.found.push(Lead { key: group[0].0, pages: group.iter().map(|pair| pair.1).collect() });
        }
    }
    Ok(leads)
}

/// Lets keys lead to a page.
pub(crate) async fn insert(tx: &mut Tx, page: i64, keys: &[Key]) -> Result<(), SqlError> {
    for some in keys.chunks(ENTERED) {
        let mut values = filled(some, ENTERED);
        values.push(Value::from(page));
        tx.run(&INSERT, &values).await?;
    }
    Ok(())
}

/// Lets keys lead nowhere from now on.
pub(crate) async fn spend(tx: &mut Tx, keys: &[Key]) -> Result<(), SqlError> {
    for key in keys {
        tx.run(&FORGET, &filled(&[*key], 1)).await?;
    }
    insert(tx, NOWHERE, keys).await
}

/// So many keys, filled up with the last one.
fn filled(keys: &[Key], count: usize) -> Vec<Value> {
    let filled = keys.iter().chain(std::iter::repeat(keys.last().unwrap_or(&0))).take(count);
    filled.map(|key| Value::from(i64::try_from(*key).unwrap_or(i64::MAX))).collect()
}
