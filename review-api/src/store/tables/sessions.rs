//! Table `sessions`: who is logged in, by the hash of a token.

use crate::accounts::Actor;
use crate::store::clock::UnixMs;
use crate::store::ids::UserId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "sessions";
    INSERT = "INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    FIND = "SELECT u.id AS id, u.user_name AS user_name, u.display_name AS display_name, u.role AS role, \
            u.office_id AS office_id, u.insured_id AS insured_id FROM sessions s JOIN users u ON u.id = s.user_id \
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.revoked_at IS NULL AND u.disabled_at IS NULL";
    REVOKE = "UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL RETURNING user_id";
    REVOKE_ALL = "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";
}

/// A session to be kept.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub(crate) id: &'a str,
    pub(crate) token_hash: &'a str,
    pub(crate) user: &'a UserId,
    pub(crate) created_at: UnixMs,
    pub(crate) expires_at: UnixMs,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<(), SqlError> {
    let values = values![new.id, new.token_hash, new.user, new.created_at.0, new.expires_at.0];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// The person behind a token that still counts.
pub(crate) async fn find(tx: &mut Tx, token_hash: &str, now: UnixMs) -> Result<Option<Actor>, SqlError> {
    tx.maybe(&FIND, values![token_hash, now.0]).await?.as_ref().map(super::users::actor).transpose()
}

/// Ends one session; whose it was, if it was open.
pub(crate) async fn revoke(tx: &mut Tx, token_hash: &str, now: UnixMs) -> Result<Option<UserId>, SqlError> {
    let row = tx.maybe(&REVOKE, values![token_hash, now.0]).await?;
    row.map(|row| row.text("user_id").map(UserId::stored)).transpose()
}

/// Ends all sessions of a person; how many were open.
pub(crate) async fn revoke_all(tx: &mut Tx, user: &UserId, now: UnixMs) -> Result<u64, SqlError> {
    tx.run(&REVOKE_ALL, values![user, now.0]).await
}
