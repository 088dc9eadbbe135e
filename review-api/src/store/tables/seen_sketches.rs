//! Table `seen_sketches`: all sure keys of a page, cut short, to be held against what is asked for.

use std::collections::BTreeMap;

use crate::store::sql::{SqlError, Tx, Value, statements, values};

/// Pages that one statement looks up.
const LOOKED_UP: usize = 32;

statements! { "seen_sketches";
    PUT = "INSERT INTO seen_sketches (page, sketch) VALUES ($1, $2) \
           ON CONFLICT (page) DO UPDATE SET sketch = excluded.sketch";
    OF_PAGES = "SELECT page, sketch FROM seen_sketches WHERE page IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
                $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";
}

/// Keeps the sketch of a page.
pub(crate) async fn put(tx: &mut Tx, page: i64, sketch: Vec<u8>) -> Result<(), SqlError> {
    tx.run(&PUT, values![page, sketch]).await.map(|_| ())
}

/// The sketches of these pages, as far as they have one.
pub(crate) async fn of_pages(tx: &mut Tx, pages: &[i64]) -> Result<BTreeMap<i64, Vec<u8>>, SqlError> {
    let mut sketches = BTreeMap::new();
    for some in pages.chunks(LOOKED_UP) {
        for row in &tx.rows(&OF_PAGES, &Value::filled(some, LOOKED_UP)).await? {
            sketches.insert(row.whole("page")?, row.bytes("sketch")?);
        }
    }
    Ok(sketches)
}
