//! Table `users`: the people who work with the system.

use crate::accounts::{Actor, Role};
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

macro_rules! user {
    ($rest:literal) => {
        concat!(
            "SELECT u.id AS id, u.user_name AS user_name, u.display_name AS display_name, u.role AS role, \
             u.office_id AS office_id, u.insured_id AS insured_id, u.must_change AS must_change, \
             u.password_hash AS password_hash, u.totp_secret AS totp_secret, u.totp_step AS totp_step, \
             u.disabled_at AS disabled_at FROM users u ",
            $rest
        )
    };
}

statements! { "users";
    INSERT = "INSERT INTO users (id, user_name, display_name, role, office_id, password_hash, demo, created_at, \
              insured_id, must_change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
              ON CONFLICT (user_name) DO NOTHING RETURNING id";
    BY_NAME = user!("WHERE u.user_name = $1 AND u.disabled_at IS NULL");
    // An insured person may log in with the number of any own policy, a renewed one too.
    BY_POLICY = user!("WHERE u.disabled_at IS NULL AND u.insured_id IN \
                       (SELECT p.insured_id FROM policies p WHERE p.number_key = $1) ORDER BY u.created_at LIMIT 2");
    BY_ID = user!("WHERE u.id = $1");
    OF_INSURED = user!("WHERE u.insured_id = $1");
    LIST = user!("WHERE ($1 IS NULL OR u.office_id = $1) AND u.role <> 'individual' ORDER BY u.user_name");
    SET_NAME = "UPDATE users SET display_name = $2 WHERE id = $1";
    SET_INSURED = "UPDATE users SET insured_id = $2 WHERE id = $1";
    SET_PASSWORD = "UPDATE users SET password_hash = $2, must_change = $3 WHERE id = $1";
    SET_DISABLED = "UPDATE users SET disabled_at = $2 WHERE id = $1";
    SET_TOTP = "UPDATE users SET totp_secret = $2, totp_step = $3 WHERE id = $1";
    // A time step counts once, also when two requests bring it at the same moment.
    TAKE_STEP = "UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_secret IS NOT NULL \
                 AND (totp_step IS NULL OR totp_step < $2) RETURNING id";
    COUNT_DEMO = "SELECT COUNT(*) AS demo_users FROM users WHERE demo = 1 AND disabled_at IS NULL";
}

/// A user with what proves the person.
#[derive(Clone, Debug)]
pub(crate) struct UserRow {
    pub(crate) actor: Actor,
    pub(crate) password_hash: String,
    pub(crate) totp_secret: Option<String>,
    /// The last time step that was accepted; none before the first code.
    pub(crate) totp_step: Option<i64>,
    pub(crate) disabled_at: Option<UnixMs>,
}

impl UserRow {
    /// Somebody new, without a second factor.
    pub(crate) const fn new(actor: Actor, password_hash: String) -> Self {
        Self { actor, password_hash, totp_secret: None, totp_step: None, disabled_at: None }
    }
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
        must_change: row.whole("must_change")? != 0,
    })
}

fn read(row: &Row) -> Result<UserRow, SqlError> {
    Ok(UserRow {
        actor: actor(row)?,
        password_hash: row.text("password_hash")?,
        totp_secret: row.maybe_text("totp_secret")?,
        totp_step: row.maybe_whole("totp_step")?,
        disabled_at: row.maybe_whole("disabled_at")?.map(UnixMs),
    })
}

/// Writes the user; false when somebody has that name already.
pub(crate) async fn insert(tx: &mut Tx, user: &UserRow, demo: bool, now: UnixMs) -> Result<bool, SqlError> {
    let Actor { user: id, role, office, insured, display_name, user_name, must_change } = &user.actor;
    let values = values![
        id,
        user_name,
        display_name,
        *role,
        office.as_ref(),
        &user.password_hash,
        i64::from(demo),
        now.0,
        insured.as_ref(),
        i64::from(*must_change)
    ];
    Ok(tx.maybe(&INSERT, values).await?.is_some())
}

pub(crate) async fn by_name(tx: &mut Tx, user_name: &str) -> Result<Option<UserRow>, SqlError> {
    tx.maybe(&BY_NAME, values![user_name]).await?.as_ref().map(read).transpose()
}

/// The one insured person with this policy; none when several share it.
pub(crate) async fn by_policy(tx: &mut Tx, number_key: &str) -> Result<Option<UserRow>, SqlError> {
    let rows = tx.rows(&BY_POLICY, values![number_key]).await?;
    if rows.len() == 1 { rows.first().map(read).transpose() } else { Ok(None) }
}

pub(crate) async fn by_id(tx: &mut Tx, id: &UserId) -> Result<Option<UserRow>, SqlError> {
    tx.maybe(&BY_ID, values![id]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn of_insured(tx: &mut Tx, insured: &InsuredId) -> Result<Option<UserRow>, SqlError> {
    tx.maybe(&OF_INSURED, values![insured]).await?.as_ref().map(read).transpose()
}

/// The people of an office, or everybody but the insured.
pub(crate) async fn list(tx: &mut Tx, office: Option<&OfficeId>) -> Result<Vec<UserRow>, SqlError> {
    tx.rows(&LIST, values![office]).await?.iter().map(read).collect()
}

pub(crate) async fn set_name(tx: &mut Tx, id: &UserId, display_name: &str) -> Result<(), SqlError> {
    tx.run(&SET_NAME, values![id, display_name]).await.map(|_| ())
}

pub(crate) async fn set_insured(tx: &mut Tx, id: &UserId, insured: &InsuredId) -> Result<(), SqlError> {
    tx.run(&SET_INSURED, values![id, insured]).await.map(|_| ())
}

pub(crate) async fn set_password(tx: &mut Tx, id: &UserId, hash: &str, must_change: bool) -> Result<(), SqlError> {
    tx.run(&SET_PASSWORD, values![id, hash, i64::from(must_change)]).await.map(|_| ())
}

pub(crate) async fn set_disabled(tx: &mut Tx, id: &UserId, at: Option<UnixMs>) -> Result<(), SqlError> {
    tx.run(&SET_DISABLED, values![id, at.map(|at| at.0)]).await.map(|_| ())
}

/// Sets or takes away the second factor; `step` is missing until a code has proved it.
pub(crate) async fn set_totp(
    tx: &mut Tx,
    id: &UserId,
    secret: Option<&str>,
    step: Option<i64>,
) -> Result<(), SqlError> {
    tx.run(&SET_TOTP, values![id, secret, step]).await.map(|_| ())
}

/// Takes a time step; false when it or a later one was taken before.
pub(crate) async fn take_step(tx: &mut Tx, id: &UserId, step: i64) -> Result<bool, SqlError> {
    Ok(tx.maybe(&TAKE_STEP, values![id, step]).await?.is_some())
}

/// How many demo accounts can log in.
pub(crate) async fn count_demo(tx: &mut Tx) -> Result<i64, SqlError> {
    tx.one(&COUNT_DEMO, values![]).await?.whole("demo_users")
}
