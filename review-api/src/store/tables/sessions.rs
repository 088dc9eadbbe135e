//! Table `sessions`: who is logged in, by the hash of a token.

use crate::accounts::{Actor, SessionKind};
use crate::store::clock::UnixMs;
use crate::store::ids::UserId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "sessions";
    INSERT = "INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, kind, label, address) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT u.id AS id, u.user_name AS user_name, u.display_name AS display_name, u.role AS role, \
            u.office_id AS office_id, u.insured_id AS insured_id, u.must_change AS must_change \
            FROM sessions s JOIN users u ON u.id = s.user_id \
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.revoked_at IS NULL AND u.disabled_at IS NULL \
            AND s.kind <> 'half'";
    // Half a session: the password was right, the second factor is still asked for.
    FIND_HALF = "SELECT s.user_id AS user_id, s.label AS label, s.created_at AS created_at FROM sessions s \
                 JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2 \
                 AND s.revoked_at IS NULL AND u.disabled_at IS NULL AND s.kind = 'half'";
    OF_USER = "SELECT id, token_hash, kind, label, address, created_at, expires_at FROM sessions \
               WHERE user_id = $1 AND expires_at > $2 AND revoked_at IS NULL AND kind <> 'half' \
               ORDER BY created_at DESC, id DESC";
    REVOKE = "UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL RETURNING user_id";
    REVOKE_ONE = "UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL";
    REVOKE_ALL = "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";
    REVOKE_OTHERS = "UPDATE sessions SET revoked_at = $3 \
                     WHERE user_id = $1 AND token_hash <> $2 AND revoked_at IS NULL";
}

/// A session to be kept.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub(crate) id: &'a str,
    pub(crate) token_hash: &'a str,
    pub(crate) user: &'a UserId,
    pub(crate) created_at: UnixMs,
    pub(crate) expires_at: UnixMs,
    pub(crate) kind: SessionKind,
    pub(crate) label: &'a str,
    pub(crate) address: &'a str,
}

/// A session that counts.
#[derive(Clone, Debug)]
pub(crate) struct SessionRow {
    pub(crate) id: String,
    pub(crate) token_hash: String,
    pub(crate) kind: SessionKind,
    pub(crate) label: String,
    pub(crate) address: String,
    pub(crate) created_at: UnixMs,
    pub(crate) expires_at: UnixMs,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<(), SqlError> {
    let (created, expires) = (new.created_at.0, new.expires_at.0);
    let values = values![new.id, new.token_hash, new.user, created, expires, new.kind, new.label, new.address];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// The person behind a token that still counts.
pub(crate) async fn find(tx: &mut Tx, token_hash: &str, now: UnixMs) -> Result<Option<Actor>, SqlError> {
    tx.maybe(&FIND, values![token_hash, now.0]).await?.as_ref().map(super::users::actor).transpose()
}

/// Whose half session it is, and its label.
pub(crate) async fn find_half(
    tx: &mut Tx,
    token_hash: &str,
    now: UnixMs,
) -> Result<Option<(UserId, String)>, SqlError> {
    let row = tx.maybe(&FIND_HALF, values![token_hash, now.0]).await?;
    row.map(|row| Ok((UserId::stored(row.text("user_id")?), row.text("label")?))).transpose()
}

/// The sessions of a person that count, newest first.
pub(crate) async fn of_user(tx: &mut Tx, user: &UserId, now: UnixMs) -> Result<Vec<SessionRow>, SqlError> {
    let rows = tx.rows(&OF_USER, values![user, now.0]).await?;
    let read = |row: &crate::store::sql::Row| {
        Ok(SessionRow {
            id: row.text("id")?,
            token_hash: row.text("token_hash")?,
            kind: SessionKind::stored(&row.text("kind")?)?,
            label: row.text("label")?,
            address: row.text("address")?,
            created_at: UnixMs(row.whole("created_at")?),
            expires_at: UnixMs(row.whole("expires_at")?),
        })
    };
    rows.iter().map(read).collect()
}

/// Ends one session; whose it was, if it was open.
pub(crate) async fn revoke(tx: &mut Tx, token_hash: &str, now: UnixMs) -> Result<Option<UserId>, SqlError> {
    let row = tx.maybe(&REVOKE, values![token_hash, now.0]).await?;
    row.map(|row| row.text("user_id").map(UserId::stored)).transpose()
}

/// Ends one session of this person by its identifier; whether it was open.
pub(crate) async fn revoke_one(tx: &mut Tx, id: &str, user: &UserId, now: UnixMs) -> Result<bool, SqlError> {
    Ok(tx.run(&REVOKE_ONE, values![id, user, now.0]).await? > 0)
}

/// Ends all sessions of a person; how many were open.
pub(crate) async fn revoke_all(tx: &mut Tx, user: &UserId, now: UnixMs) -> Result<u64, SqlError> {
    tx.run(&REVOKE_ALL, values![user, now.0]).await
}

/// Ends all sessions of a person but this one; how many were open.
pub(crate) async fn revoke_others(tx: &mut Tx, user: &UserId, kept: &str, now: UnixMs) -> Result<u64, SqlError> {
    tx.run(&REVOKE_OTHERS, values![user, kept, now.0]).await
}
