//! Who works with the system: roles, passwords, sessions, and the brake on guessing.

mod password;
pub mod people;
mod permissions;
pub mod registration;
pub mod second_factor;
mod sessions;
mod strength;
mod throttle;

use serde::Serialize;

use crate::claim::words::{stored_words, words};
use crate::i18n::msg;
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::sql::SqlError;
use crate::store::tables::{offices as office_rows, users};
use crate::store::{Store, StoreError};

pub use crate::store::tables::offices::Office;
pub(crate) use password::hash as hash_password;
pub use permissions::{Action, NotAllowed, Reach, Scope, may, require, scope};
pub use sessions::{
    Entered, Login, LoginError, OpenSession, REMEMBERED_LASTS, SESSION_LASTS, SessionKind, SessionView, end_session,
    enter, log_in, log_out, log_out_everywhere, make_token, own_sessions, session,
};

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
    /// Whether the password was handed out and must be changed before anything else.
    pub must_change: bool,
}

/// A fault of one field of what was typed about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the field.
    pub field: &'static str,
    /// Message key of the fault.
    pub key: &'static str,
}

/// An act on an account did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is none, or it is not this person's: which of the two is not told.
    #[error("not found")]
    NotFound,
    /// This role may not do it.
    #[error("not allowed")]
    Forbidden,
    /// What was typed is refused.
    #[error("refused: {0:?}")]
    Faults(Vec<Fault>),
    /// Too many wrong attempts.
    #[error("too many attempts")]
    Throttled {
        /// When the next attempt is heard.
        until: UnixMs,
    },
    /// Our own failure.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Fault> for AccountError {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl From<NotAllowed> for AccountError {
    fn from(_: NotAllowed) -> Self {
        Self::Forbidden
    }
}

impl From<SqlError> for AccountError {
    fn from(error: SqlError) -> Self {
        Self::Store(error.into())
    }
}

/// A typed line that must be there: trimmed, bounded, without signs that turn the direction of a line.
fn typed_line(field: &'static str, typed: &str, most: usize) -> Result<String, Fault> {
    let line = crate::claim::text::line(field, typed).ok().flatten().filter(|line| line.chars().count() <= most);
    line.ok_or(Fault {
        field,
        key: if typed.trim().is_empty() { msg("refusal-field-missing") } else { msg("refusal-field-long") },
    })
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
