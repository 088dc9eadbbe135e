//! Table `seen_keys`: which pages a key leads to.
//!
//! A key that leads to many pages says only what form they are of. It is not followed and takes no more pages, so that
//! a form of two hundred thousand papers costs no more than one of fifty.

use crate::store::sql::{Row, SqlError, Tx, Value, statements};

/// Keys of one statement.
const AT_ONCE: usize = 16;
/// Pages that a key leads to, at most.
const MOST: usize = 48;

statements! { "seen_keys";
    LEADS = "SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $1 LIMIT $17) AS k1 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $2 LIMIT $17) AS k2 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $3 LIMIT $17) AS k3 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $4 LIMIT $17) AS k4 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $5 LIMIT $17) AS k5 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $6 LIMIT $17) AS k6 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $7 LIMIT $17) AS k7 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $8 LIMIT $17) AS k8 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $9 LIMIT $17) AS k9 UNION ALL \
             SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $10 LIMIT $17) AS k10 UNION \
             ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $11 LIMIT $17) AS k11 \
             UNION ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $12 LIMIT $17) AS \
             k12 UNION ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $13 LIMIT $17) \
             AS k13 UNION ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $14 LIMIT \
             $17) AS k14 UNION ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = $15 \
             LIMIT $17) AS k15 UNION ALL SELECT key, page FROM (SELECT key, page FROM seen_keys WHERE key = \
             $16 LIMIT $17) AS k16";
    INSERT = "INSERT INTO seen_keys (key, page) VALUES ($1, $17), ($2, $17), ($3, $17), ($4, $17), ($5, $17), \
              ($6, $17), ($7, $17), ($8, $17), ($9, $17), ($10, $17), ($11, $17), ($12, $17), ($13, $17), \
              ($14, $17), ($15, $17), ($16, $17) ON CONFLICT DO NOTHING";
}

/// A key and the pages it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) key: u32,
    pub(crate) pages: Vec<i64>,
}

/// Where keys lead; those that lead nowhere or too far are not told, but counted as such by their absence or by
/// [`Leads::hot`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Leads {
    pub(crate) found: Vec<Lead>,
    /// Keys that lead to too many pages, sorted.
    pub(crate) hot: Vec<u32>,
}

/// Looks the keys up.
pub(crate) async fn leads(tx: &mut Tx, keys: &[u32]) -> Result<Leads, SqlError> {
    let mut pairs: Vec<(u32, i64)> = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        let rows = tx.rows(&LEADS, &bound(some, MOST as i64 + 1)).await?;
        let read = |row: &Row| Ok::<_, SqlError>((u32::try_from(row.whole("key")?).unwrap_or(0), row.whole("page")?));
        for row in &rows {
            pairs.push(read(row)?);
        }
    }
    pairs.sort_unstable();
    // the last key of a short call is asked for more than once
    pairs.dedup();
    let mut leads = Leads::default();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        if group.len() > MOST {
            leads.hot.push(group[0].0);
        } else {
            leads.found.push(Lead { key: group[0].0, pages: group.iter().map(|pair| pair.1).collect() });
        }
    }
    Ok(leads)
}

/// Lets keys lead to a page.
pub(crate) async fn insert(tx: &mut Tx, page: i64, keys: &[u32]) -> Result<(), SqlError> {
    for some in keys.chunks(AT_ONCE) {
        tx.run(&INSERT, &bound(some, page)).await?;
    }
    Ok(())
}

/// Keys filled up with their last one, and one more value.
fn bound(keys: &[u32], last: i64) -> Vec<Value> {
    let filled = keys.iter().chain(std::iter::repeat(keys.last().unwrap_or(&0))).take(AT_ONCE);
    filled.map(|key| Value::from(i64::from(*key))).chain([Value::from(last)]).collect()
}
