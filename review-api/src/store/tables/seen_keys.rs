//! Table `seen_keys`: which pages a key leads to.
//!
//! A key that leads to many pages says only what form they are of. It is not followed and takes no more pages, so that
//! a form of two hundred thousand papers costs no more than one of a thousand: all that is left of it is one row that leads nowhere.
//! All pages of a key stand in one row, since most of what a search costs is the passing of rows.

use sanad_checks::duplicates::keys::Key;

use crate::store::sql::{Row, SqlError, Tx, Value, statements, values};

/// Keys that one statement looks up.
const LOOKED_UP: usize = 64;
/// Keys that one statement enters.
const ENTERED: usize = 16;
/// Pages that a key leads to, at most.
const MOST: usize = 400;
/// How the pages of a key begin that led too far, whatever is written after it.
const NOWHERE: char = '-';

statements! { "seen_keys";
    SPEND = "INSERT INTO seen_keys (key, pages) VALUES ($1, '-') ON CONFLICT (key) DO UPDATE SET pages = '-'";
    LEADS = "SELECT key, pages FROM seen_keys WHERE key IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, \
             $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, \
             $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64)";
    INSERT = "INSERT INTO seen_keys (key, pages) VALUES ($1, $17), ($2, $17), ($3, $17), ($4, $17), ($5, $17), \
              ($6, $17), ($7, $17), ($8, $17), ($9, $17), ($10, $17), ($11, $17), ($12, $17), ($13, $17), \
              ($14, $17), ($15, $17), ($16, $17) \
              ON CONFLICT (key) DO UPDATE SET pages = seen_keys.pages || excluded.pages";
    INSERT_ONE = "INSERT INTO seen_keys (key, pages) VALUES ($1, $2) \
                  ON CONFLICT (key) DO UPDATE SET pages = seen_keys.pages || excluded.pages";
}

/// A key and the pages it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) key: Key,
    /// Sorted.
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
    /// Sorted by key.
    pub(crate) found: Vec<Lead>,
    /// Keys that lead to too many pages, sorted.
    pub(crate) hot: Vec<Key>,
}

/// Looks the keys up.
pub(crate) async fn leads(tx: &mut Tx, keys: &[Key]) -> Result<Leads, SqlError> {
    let read = |row: &Row| Ok::<_, SqlError>((Key::try_from(row.whole("key")?).unwrap_or(0), row.text("pages")?));
    let mut leads = Leads::default();
    for some in keys.chunks(LOOKED_UP) {
        let some: Vec<i64> = some.iter().map(|key| stored(*key)).collect();
        for row in &tx.rows(&LEADS, &Value::filled(&some, LOOKED_UP)).await? {
            let (key, pages) = read(row)?;
            if pages.starts_with(NOWHERE) {
                leads.hot.push(key);
                continue;
            }
            let mut pages: Vec<i64> = pages.split_ascii_whitespace().filter_map(|page| page.parse().ok()).collect();
            pages.sort_unstable();
            pages.dedup();
            leads.found.push(Lead { key, pages });
        }
    }
    leads.found.sort_unstable_by_key(|lead| lead.key);
    leads.hot.sort_unstable();
    Ok(leads)
}

/// Lets keys lead to a page; each must be there once.
pub(crate) async fn insert(tx: &mut Tx, page: i64, keys: &[Key]) -> Result<(), SqlError> {
    let page = format!(" {page}");
    let (many, few) = keys.as_chunks::<ENTERED>();
    for some in many {
        let values = some.iter().map(|key| Value::from(stored(*key))).chain([Value::from(&page)]);
        tx.run(&INSERT, &values.collect::<Vec<_>>()).await?;
    }
    for key in few {
        tx.run(&INSERT_ONE, values![stored(*key), &page]).await?;
    }
    Ok(())
}

/// Lets keys lead nowhere from now on.
pub(crate) async fn spend(tx: &mut Tx, keys: &[Key]) -> Result<(), SqlError> {
    for key in keys {
        tx.run(&SPEND, values![stored(*key)]).await?;
    }
    Ok(())
}

fn stored(key: Key) -> i64 {
    i64::try_from(key).unwrap_or(i64::MAX)
}
