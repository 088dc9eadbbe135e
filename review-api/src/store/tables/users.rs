//! Table `users`: the people who work with the system.

use crate::accounts::{Actor, Role};
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "users";
    INSERT = "INSERT INTO users (id, user_name, display_name, role, office_id, password_hash, demo, created_at, \
              insured_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_NAME = "SELECT id, user_name, display_name, role, office_id, insured_id, password_hash FROM users \
               WHERE user_name = $1 AND disabled_at IS NULL";
    COUNT_DEMO = "SELECT COUNT(*) AS demo_users FROM users WHERE demo = 1 AND disabled_at IS NULL";
}

/// A user with the hash of the password.
#[derive(Clone, Debug)]
pub(crate) struct UserRow {
    pub(crate) actor: Actor,
    pub(crate) password_hash: String,
}

/// The actor in a row that carries a user's columns.
pub(super) fn actor(row: &Row) -> Result<Actor, SqlError> {
    Ok(Actor {
        user: UserId::stored(row.text("id")?),
        role: Role::stored(&row.text("role")?)?,
        office: row.maybe_text("office_id")?.map(OfficeId::stored),
        insured: row.maybe_text("insured_id")?.map(InsuredId::stored),
        display_name: row.text("display_name")?,
        user_name: row.text("user_name")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, user: &UserRow, demo: bool, now: UnixMs) -> Result<(), SqlError> {
    let Actor { user: id, role, office, insured, display_name, user_name } = &user.actor;
    let values = values![
        id,
        user_name,
        display_name,
        *role,
        office.as_ref(),
        &user.password_hash,
        i64::from(demo),
        now.0,
        insured.as_ref()
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn by_name(tx: &mut Tx, user_name: &str) -> Result<Option<UserRow>, SqlError> {
    let row = tx.maybe(&BY_NAME, values![user_name]).await?;
    row.map(|row| Ok(UserRow { actor: actor(&row)?, password_hash: row.text("password_hash")? })).transpose()
}

/// How many demo accounts can log in.
pub(crate) async fn count_demo(tx: &mut Tx) -> Result<i64, SqlError> {
    tx.one(&COUNT_DEMO, values![]).await?.whole("demo_users")
}
