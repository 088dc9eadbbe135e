//! Table `login_failures`: wrong passwords for an account from an address.

use crate::store::clock::UnixMs;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "login_failures";
    FIND = "SELECT failures, last_at, blocked_until FROM login_failures WHERE account = $1 AND address = $2";
    SET = "INSERT INTO login_failures (account, address, failures, last_at, blocked_until) \
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, address) DO UPDATE SET \
           failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until";
    CLEAR = "DELETE FROM login_failures WHERE account = $1 AND address = $2";
}

/// Failures so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failures {
    pub(crate) count: i64,
    pub(crate) last_at: UnixMs,
    pub(crate) blocked_until: UnixMs,
}

pub(crate) async fn find(tx: &mut Tx, account: &str, address: &str) -> Result<Option<Failures>, SqlError> {
    let row = tx.maybe(&FIND, values![account, address]).await?;
    row.map(|row| {
        Ok(Failures {
            count: row.whole("failures")?,
            last_at: UnixMs(row.whole("last_at")?),
            blocked_until: UnixMs(row.whole("blocked_until")?),
        })
    })
    .transpose()
}

pub(crate) async fn set(tx: &mut Tx, account: &str, address: &str, now: &Failures) -> Result<(), SqlError> {
    let values = values![account, address, now.count, now.last_at.0, now.blocked_until.0];
    tx.run(&SET, values).await.map(|_| ())
}

pub(crate) async fn clear(tx: &mut Tx, account: &str, address: &str) -> Result<(), SqlError> {
    tx.run(&CLEAR, values![account, address]).await.map(|_| ())
}
