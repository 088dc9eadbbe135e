//! Logging in and out: a password, for some a second factor, then a token of which only a digest is kept.

use std::time::Duration;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{AccountError, Actor, Role, password, throttle};
use crate::audit::{Entry, EventKind};
use crate::claim::words::{stored_words, words};
use crate::policies::number_key;
use crate::store::act::Act;
use crate::store::clock::UnixMs;
use crate::store::ids::UserId;
use crate::store::sql::Tx;
use crate::store::tables::sessions;
use crate::store::tables::users::{self, UserRow};
use crate::store::{Store, StoreError, hex};

/// How long a session lasts: one long working day, so that a shared computer forgets overnight.
pub const SESSION_LASTS: Duration = Duration::from_secs(12 * 3600);
/// How long a session lasts that was asked to be remembered: a week, and it can be ended from afar.
pub const REMEMBERED_LASTS: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a program's token lasts.
const TOKEN_LASTS: Duration = Duration::from_secs(90 * 24 * 3600);
/// How long the second factor is waited for.
const HALF_LASTS: Duration = Duration::from_secs(600);
/// Random bytes in a session's token.
const TOKEN_BYTES: usize = 32;
/// Characters of a browser's or program's name that are kept.
const LABEL_CHARS: usize = 120;
/// Marks the label of a half session that is to be remembered once it is whole.
const REMEMBER_MARK: char = '\u{1}';

words! {
    /// What a session is for.
    SessionKind {
        /// A person.
        Browser = "browser",
        /// A program.
        Token = "token",
        /// A person whose second factor is still asked for: opens nothing.
        Half = "half",
    }
}

stored_words!(SessionKind);

/// What somebody typed to log in, and from where.
#[derive(Clone, Default)]
pub struct Login {
    /// Name to log in with; insured persons type the number of their policy.
    pub user_name: String,
    /// The password as typed.
    pub password: String,
    /// The peer's address.
    pub address: String,
    /// How the browser or program names itself.
    pub label: String,
    /// Whether the session outlasts the day.
    pub remember: bool,
}

/// A fresh session.
#[derive(Clone)]
pub struct OpenSession {
    /// The secret for the cookie; only its hash is kept here.
    pub token: String,
    /// Who it is.
    pub actor: Actor,
    /// When it ends.
    pub expires_at: UnixMs,
    /// Whether the browser keeps it after it is closed.
    pub remember: bool,
}

/// How far a right password leads.
#[derive(Clone)]
pub enum Entered {
    /// All the way.
    Open(OpenSession),
    /// A code of the second factor is asked for.
    Code {
        /// The half session's token.
        half: String,
    },
    /// The role needs a second factor and the person has none yet.
    Enrol {
        /// The half session's token.
        half: String,
    },
}

/// The login was refused.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// No such account, or another password: which of the two is not told.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many wrong passwords from here for this account.
    #[error("too many attempts")]
    Throttled {
        /// When the next attempt is heard.
        until: UnixMs,
    },
    /// Our own failure.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(super) fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// The account of a typed name: as it is, or the number of a policy in any digits and slashes.
async fn account(tx: &mut Tx, typed: &str) -> Result<Option<UserRow>, StoreError> {
    if let Some(user) = users::by_name(tx, typed).await? {
        return Ok(Some(user));
    }
    let Some(key) = number_key(typed) else { return Ok(None) };
    match users::by_name(tx, &key).await? {
        Some(user) => Ok(Some(user)),
        None => Ok(users::by_policy(tx, &key).await?),
    }
}

async fn right_password(store: &Store, login: &Login) -> Result<UserRow, LoginError> {
    let typed = login.user_name.trim();
    // One account has one brake, however its name was written.
    let name = number_key(typed).unwrap_or_else(|| typed.to_owned());
    if let Some(until) = throttle::blocked_until(store, &name, &login.address).await? {
        return Err(LoginError::Throttled { until });
    }
    let mut tx = store.read().await?;
    let user = account(&mut tx, typed).await?;
    drop(tx);
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    // A missing account costs the same time as a wrong password.
    let right = password::verify(login.password.clone(), hash).await?;
    match user {
        Some(user) if right => {
            throttle::forgive(store, &name, &login.address).await?;
            Ok(user)
        }
        _ => {
            throttle::count(store, &name, &login.address).await?;
            Err(LoginError::Wrong)
        }
    }
}

/// Checks name and password and opens a session; no second factor is asked for.
///
/// # Errors
/// [`LoginError`].
pub async fn log_in(store: &Store, login: &Login) -> Result<OpenSession, LoginError> {
    let user = right_password(store, login).await?;
    let lasting = Lasting { kind: SessionKind::Browser, remember: login.remember };
    Ok(open(store, user.actor, &login.label, &login.address, lasting).await?)
}

/// Checks name and password; who needs a second factor gets half a session first.
///
/// # Errors
/// [`LoginError`].
pub async fn enter(store: &Store, login: &Login) -> Result<Entered, LoginError> {
    let user = right_password(store, login).await?;
    let proved = user.totp_step.is_some();
    if !proved && !user.actor.role.needs_second_factor() {
        let lasting = Lasting { kind: SessionKind::Browser, remember: login.remember };
        return Ok(Entered::Open(open(store, user.actor, &login.label, &login.address, lasting).await?));
    }
    let lasting = Lasting { kind: SessionKind::Half, remember: login.remember };
    let half = open(store, user.actor, &login.label, &login.address, lasting).await?.token;
    Ok(if proved { Entered::Code { half } } else { Entered::Enrol { half } })
}

/// Whose half session this is.
pub(super) async fn half(tx: &mut Tx, token: &str, now: UnixMs) -> Result<Option<UserRow>, StoreError> {
    let Some((user, _)) = sessions::find_half(tx, &token_hash(token), now).await? else { return Ok(None) };
    Ok(users::by_id(tx, &user).await?)
}

/// Makes a half session whole: the half ends, a fresh token begins.
pub(super) async fn complete(
    store: &Store,
    token: &str,
    actor: Actor,
    address: &str,
) -> Result<OpenSession, StoreError> {
    let mut tx = store.write().await?;
    let hash = token_hash(token);
    let label = sessions::find_half(&mut tx, &hash, store.now()).await?.map(|(_, label)| label).unwrap_or_default();
    sessions::revoke(&mut tx, &hash, store.now()).await?;
    tx.commit().await?;
    let remember = label.starts_with(REMEMBER_MARK);
    let lasting = Lasting { kind: SessionKind::Browser, remember };
    open(store, actor, label.trim_start_matches(REMEMBER_MARK), address, lasting).await
}

#[derive(Clone, Copy)]
struct Lasting {
    kind: SessionKind,
    remember: bool,
}

impl Lasting {
    const fn span(self) -> Duration {
        match (self.kind, self.remember) {
            (SessionKind::Half, _) => HALF_LASTS,
            (SessionKind::Token, _) => TOKEN_LASTS,
            (SessionKind::Browser, true) => REMEMBERED_LASTS,
            (SessionKind::Browser, false) => SESSION_LASTS,
        }
    }
}

async fn open(
    store: &Store,
    actor: Actor,
    label: &str,
    address: &str,
    lasting: Lasting,
) -> Result<OpenSession, StoreError> {
    let mut act = store.act(Some(&actor.user)).await?;
    let open = write(&mut act, actor, label, address, lasting).await?;
    if lasting.kind != SessionKind::Half {
        act.record(Entry::new(EventKind::SessionOpened).with("kind", lasting.kind.as_str())).await?;
    }
    act.commit().await?;
    Ok(open)
}

async fn write(
    act: &mut Act<'_>,
    actor: Actor,
    label: &str,
    address: &str,
    lasting: Lasting,
) -> Result<OpenSession, StoreError> {
    let mut secret = [0; TOKEN_BYTES];
    act.chance().fill(&mut secret);
    let token = hex(&secret);
    let id = crate::store::ids::fresh(act.now, act.chance());
    let mut label: String = label.chars().filter(|c| !c.is_control()).take(LABEL_CHARS).collect();
    if lasting.kind == SessionKind::Half && lasting.remember {
        label.insert(0, REMEMBER_MARK);
    }
    let expires_at = act.now.plus(lasting.span());
    let new = sessions::NewSession {
        id: &id,
        token_hash: &token_hash(&token),
        user: &actor.user,
        created_at: act.now,
        expires_at,
        kind: lasting.kind,
        label: &label,
        address,
    };
    sessions::insert(&mut act.tx, &new).await?;
    Ok(OpenSession { token, actor, expires_at, remember: lasting.remember })
}

/// A session right after registration.
pub(super) async fn open_fresh(
    store: &Store,
    actor: Actor,
    label: &str,
    address: &str,
) -> Result<OpenSession, StoreError> {
    open(store, actor, label, address, Lasting { kind: SessionKind::Browser, remember: false }).await
}

/// The person behind a cookie's token, while the session lasts.
///
/// # Errors
/// When the database fails.
pub async fn session(store: &Store, token: &str) -> Result<Option<Actor>, StoreError> {
    let mut tx = store.read().await?;
    Ok(sessions::find(&mut tx, &token_hash(token), store.now()).await?)
}

/// Ends the session of this token; a token that is none is no fault.
///
/// # Errors
/// When the database fails.
pub async fn log_out(store: &Store, token: &str) -> Result<(), StoreError> {
    let Some(actor) = session(store, token).await? else { return Ok(()) };
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    if sessions::revoke(&mut act.tx, &token_hash(token), now).await?.is_some() {
        act.record(Entry::new(EventKind::SessionClosed)).await?;
    }
    act.commit().await
}

/// Ends every session of this person; how many there were.
///
/// # Errors
/// When the database fails.
pub async fn log_out_everywhere(store: &Store, actor: &Actor) -> Result<u64, StoreError> {
    let mut act = store.act(Some(&actor.user)).await?;
    let ended = end_all(&mut act, &actor.user).await?;
    act.commit().await?;
    Ok(ended)
}

/// Ends every session of a person within an act.
pub(super) async fn end_all(act: &mut Act<'_>, user: &UserId) -> Result<u64, StoreError> {
    let now = act.now;
    let ended = sessions::revoke_all(&mut act.tx, user, now).await?;
    if ended > 0 {
        act.record(Entry::new(EventKind::SessionClosed).with("sessions", ended)).await?;
    }
    Ok(ended)
}

/// A session as its owner sees it.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Identifier, to end it by.
    pub id: String,
    /// Of a person or of a program.
    pub kind: SessionKind,
    /// How the browser or program named itself.
    pub label: String,
    /// From where it was opened.
    pub address: String,
    /// When it was opened.
    pub created_at: UnixMs,
    /// When it ends by itself.
    pub expires_at: UnixMs,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The open sessions and tokens of this person, newest first.
///
/// # Errors
/// When the database fails.
pub async fn own_sessions(store: &Store, actor: &Actor, token: Option<&str>) -> Result<Vec<SessionView>, StoreError> {
    let mut tx = store.read().await?;
    let here = token.map(token_hash);
    let rows = sessions::of_user(&mut tx, &actor.user, store.now()).await?;
    let view = |row: sessions::SessionRow| SessionView {
        this: here.as_deref() == Some(row.token_hash.as_str()),
        id: row.id,
        kind: row.kind,
        label: row.label,
        address: row.address,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one of the own sessions.
///
/// # Errors
/// [`AccountError::NotFound`] when it is none of the own, or ended already.
pub async fn end_session(store: &Store, actor: &Actor, id: &str) -> Result<(), AccountError> {
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    if !sessions::revoke_one(&mut act.tx, id, &actor.user, now).await? {
        return Err(AccountError::NotFound);
    }
    act.record(Entry::new(EventKind::SessionClosed)).await?;
    Ok(act.commit().await?)
}

/// Makes a token for a program, which then acts as this person. The token is told once.
///
/// # Errors
/// When its name is empty or too long, or the database fails.
pub async fn make_token(store: &Store, actor: &Actor, name: &str, address: &str) -> Result<OpenSession, AccountError> {
    let name = super::typed_line("label", name, LABEL_CHARS)?;
    let lasting = Lasting { kind: SessionKind::Token, remember: true };
    Ok(open(store, actor.clone(), &name, address, lasting).await?)
}

impl Role {
    /// Whether the role needs a second factor: whoever decides, leads or keeps the system.
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Self::Expert | Self::SeniorExpert | Self::Manager | Self::Admin)
    }
}
