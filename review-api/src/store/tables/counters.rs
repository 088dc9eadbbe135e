//! Table `counters`: numbers that go up by one, such as the claims of a year.

use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "counters";
    NEXT = "INSERT INTO counters (name, value) VALUES ($1, 1) \
            ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value";
}

/// The next number of this name, from 1.
pub(crate) async fn next(tx: &mut Tx, name: &str) -> Result<i64, SqlError> {
    tx.one(&NEXT, values![name]).await?.whole("value")
}
