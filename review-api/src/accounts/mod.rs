//! Who works with the system: roles, passwords, sessions, and the brake on guessing.

mod password;
mod permissions;
mod throttle;

use std::time::Duration;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::audit::{Entry, EventKind};
use crate::claim::words::{stored_words, words};
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::tables::{offices as office_rows, sessions, users};
use crate::store::{Store, StoreError, hex};

pub use crate::store::tables::offices::Office;
pub(crate) use password::hash as hash_password;
pub use permissions::{Action, NotAllowed, Reach, Scope, may, require, scope};

/// How long a session lasts: one long working day, so that a shared computer forgets overnight.
pub const SESSION_LASTS: Duration = Duration::from_secs(12 * 3600);

/// Random bytes in a session's token.
const TOKEN_BYTES: usize = 32;

words! {
    /// What a person may do.
    Role {
        /// An insured person who bought the policy online: the own policy only.
        Individual = "individual",
        /// Brings claims and sees those of the own office. The word is older than the role.
        Clerk = "office",
        /// A clerk who also keeps the office's accounts.
        OfficeManager = "office_manager",
        /// Decides papers.
        Expert = "expert",
        /// Decides papers, and is the second person where two are needed.
        SeniorExpert = "senior_expert",
        /// Reads reports, reopens, is the second person.
        Manager = "manager",
        /// Receives the originals.
        PostDesk = "post_desk",
        /// Pays.
        Finance = "finance",
        /// Keeps accounts, rules and messages; reads no medical papers.
        Admin = "admin",
    }
}

impl Role {
    /// Whether it is one of those who send papers: an insured person or an office.
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Self::Individual | Self::Clerk | Self::OfficeManager)
    }
}

stored_words!(Role);

/// A person who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Identifier.
    pub user: UserId,
    /// Role.
    pub role: Role,
    /// The office, for people of an office.
    pub office: Option<OfficeId>,
    /// The insured person, for somebody who sends the own papers.
    pub insured: Option<InsuredId>,
    /// Name for people.
    pub display_name: String,
    /// Name to log in with.
    pub user_name: String,
}

/// What somebody typed to log in, and from where.
#[derive(Clone)]
pub struct Login {
    /// Name to log in with.
    pub user_name: String,
    /// The password as typed.
    pub password: String,
    /// The peer's address.
    pub address: String,
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

fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Checks name and password and opens a session.
///
/// # Errors
/// [`LoginError`].
pub async fn log_in(store: &Store, login: &Login) -> Result<OpenSession, LoginError> {
    let name = login.user_name.trim();
    if let Some(until) = throttle::blocked_until(store, name, &login.address).await? {
        return Err(LoginError::Throttled { until });
    }
    let mut tx = store.read().await?;
    let user = users::by_name(&mut tx, name).await.map_err(StoreError::from)?;
    drop(tx);
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    // A missing account costs the same time as a wrong password.
    let right = password::verify(login.password.clone(), hash).await?;
    match user {
        Some(user) if right => {
            throttle::forgive(store, name, &login.address).await?;
            Ok(open_session(store, user.actor).await?)
        }
        _ => {
            throttle::count(store, name, &login.address).await?;
            Err(LoginError::Wrong)
        }
    }
}

async fn open_session(store: &Store, actor: Actor) -> Result<OpenSession, StoreError> {
    let mut secret = [0; TOKEN_BYTES];
    store.chance().fill(&mut secret);
    let token = hex(&secret);
    let mut act = store.act(Some(&actor.user)).await?;
    let id = crate::store::ids::fresh(act.now, act.chance());
    let expires_at = act.now.plus(SESSION_LASTS);
    let new = sessions::NewSession {
        id: &id,
        token_hash: &token_hash(&token),
        user: &actor.user,
        created_at: act.now,
        expires_at,
    };
    sessions::insert(&mut act.tx, &new).await?;
    act.record(Entry::new(EventKind::SessionOpened)).await?;
    act.commit().await?;
    Ok(OpenSession { token, actor, expires_at })
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
    let now = act.now;
    let ended = sessions::revoke_all(&mut act.tx, &actor.user, now).await?;
    if ended > 0 {
        act.record(Entry::new(EventKind::SessionClosed).with("sessions", ended)).await?;
    }
    act.commit().await?;
    Ok(ended)
}

/// Every office.
///
/// # Errors
/// When the database fails.
pub async fn offices(store: &Store) -> Result<Vec<Office>, StoreError> {
    let mut tx = store.read().await?;
    Ok(office_rows::all(&mut tx).await?)
}

/// Whether invented accounts can log in: outside a demonstration nobody may serve with them.
///
/// # Errors
/// When the database fails.
pub async fn has_demo_accounts(store: &Store) -> Result<bool, StoreError> {
    let mut tx = store.read().await?;
    Ok(users::count_demo(&mut tx).await? > 0)
}
