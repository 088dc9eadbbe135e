//! Table `recovery_codes`: codes on paper that stand in for a lost telephone, each once.

use crate::store::clock::UnixMs;
use crate::store::ids::UserId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "recovery_codes";
    INSERT = "INSERT INTO recovery_codes (user_id, code_hash, made_at) VALUES ($1, $2, $3)";
    FORGET = "DELETE FROM recovery_codes WHERE user_id = $1";
    TAKE = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL \
            RETURNING user_id";
    LEFT = "SELECT COUNT(*) AS codes FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";
}

/// Puts these in the place of all codes the person has.
pub(crate) async fn replace(tx: &mut Tx, user: &UserId, hashes: &[String], now: UnixMs) -> Result<(), SqlError> {
    tx.run(&FORGET, values![user]).await?;
    for hash in hashes {
        tx.run(&INSERT, values![user, hash, now.0]).await?;
    }
    Ok(())
}

/// Takes a code; false when it is none or was taken before.
pub(crate) async fn take(tx: &mut Tx, user: &UserId, hash: &str, now: UnixMs) -> Result<bool, SqlError> {
    Ok(tx.maybe(&TAKE, values![user, hash, now.0]).await?.is_some())
}

/// Codes that still count.
pub(crate) async fn left(tx: &mut Tx, user: &UserId) -> Result<i64, SqlError> {
    tx.one(&LEFT, values![user]).await?.whole("codes")
}
