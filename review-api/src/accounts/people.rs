//! Keeping accounts: an office manager those of the own office, an admin all.

use serde::Serialize;

use super::{AccountError, Action, Actor, Fault, Reach, Role, may, password, sessions, strength, typed_line};
use crate::audit::{Entry, EventKind};
use crate::i18n::msg;
use crate::store::clock::{Chance, UnixMs};
use crate::store::ids::{OfficeId, UserId};
use crate::store::tables::offices::{self, Office};
use crate::store::tables::users::{self, UserRow};
use crate::store::{Store, StoreError};

/// Letters of a name to log in with.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 3..=60;
/// Letters of a name for people.
const DISPLAY_CHARS: usize = 120;
/// Groups of letters in a password that the office hands out, and the letters of each.
const FIRST_GROUPS: usize = 4;
const FIRST_CHARS: usize = 4;
/// Letters of such a password: easy to read aloud, none that look alike.
const FIRST_ALPHABET: &[u8; 28] = b"abcdefghjkmnpqrstuvwxyz23456";

/// An account as those who keep it see it.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// Identifier.
    pub id: UserId,
    /// Name to log in with.
    pub user_name: String,
    /// Name for people.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// The office, for people of an office.
    pub office: Option<OfficeId>,
    /// Whether the password must be changed at the next login.
    pub must_change: bool,
    /// Whether there is a second factor.
    pub second_factor: bool,
    /// When the account was closed, if it is.
    pub disabled_at: Option<UnixMs>,
}

impl From<UserRow> for Account {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.actor.user,
            user_name: row.actor.user_name,
            display_name: row.actor.display_name,
            role: row.actor.role,
            office: row.actor.office,
            must_change: row.actor.must_change,
            second_factor: row.totp_step.is_some(),
            disabled_at: row.disabled_at,
        }
    }
}

/// An account to be made.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    /// Name to log in with.
    pub user_name: String,
    /// Name for people.
    pub display_name: String,
    /// Word of a [`Role`].
    pub role: String,
    /// Code of the office, for people of an office; an office manager's own without one.
    pub office_code: String,
}

/// An account with the password that is told once.
#[derive(Clone, Debug, Serialize)]
pub struct HandedOut {
    /// The account.
    pub account: Account,
    /// Its first password; it must be changed at the next login.
    pub password: String,
}

/// How far the actor keeps accounts: `None` means everywhere.
fn reach(actor: &Actor) -> Result<Option<&OfficeId>, AccountError> {
    match (may(actor, Action::ManageUsers), may(actor, Action::ManageOfficeUsers)) {
        (Reach::All, _) => Ok(None),
        (_, Reach::OwnOffice(office)) => Ok(Some(office)),
        _ => Err(AccountError::Forbidden),
    }
}

/// Whether a keeper who is bound to this office may give that role.
const fn may_give(office: Option<&OfficeId>, role: Role) -> bool {
    match role {
        Role::Individual => false,
        Role::Clerk | Role::OfficeManager => true,
        _ => office.is_none(),
    }
}

fn first_password(chance: &dyn Chance) -> String {
    let mut random = [0; FIRST_GROUPS * FIRST_CHARS];
    chance.fill(&mut random);
    let letter = |byte: &u8| char::from(FIRST_ALPHABET[usize::from(*byte) % FIRST_ALPHABET.len()]);
    let groups = random.chunks(FIRST_CHARS).map(|group| group.iter().map(letter).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

/// The accounts that the actor keeps.
///
/// # Errors
/// [`AccountError::Forbidden`], or when the database fails.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Account>, AccountError> {
    let office = reach(actor)?;
    let mut tx = store.read().await?;
    Ok(users::list(&mut tx, office).await?.into_iter().map(Account::from).collect())
}

fn user_name(typed: &str) -> Result<String, Fault> {
    let name = typed.trim().to_ascii_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-');
    if !NAME_CHARS.contains(&name.chars().count()) || !name.chars().all(fits) || !name.contains(char::is_alphabetic) {
        return Err(Fault { field: "user_name", key: msg("refusal-user-name") });
    }
    Ok(name)
}

/// Makes an account for somebody of the own office, or for anybody.
///
/// # Errors
/// Faults of what was typed; [`AccountError::Forbidden`]; or when the database fails.
pub async fn add(store: &Store, actor: &Actor, new: &NewAccount) -> Result<HandedOut, AccountError> {
    let bound = reach(actor)?;
    let mut faults = Vec::new();
    let name = user_name(&new.user_name).map_err(|fault| faults.push(fault)).unwrap_or_default();
    let display_name = typed_line("display_name", &new.display_name, DISPLAY_CHARS)
        .map_err(|fault| faults.push(fault))
        .unwrap_or_default();
    let role = Role::parse(&new.role).filter(|role| may_give(bound, *role));
    if role.is_none() {
        faults.push(Fault { field: "role", key: msg("refusal-role") });
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let needs_office = role.is_some_and(Role::sends);
    let office = match bound {
        Some(own) => Some(own.clone()),
        None => offices::by_code(&mut act.tx, new.office_code.trim()).await?.map(|office| office.id),
    };
    if needs_office && office.is_none() {
        faults.push(Fault { field: "office_code", key: msg("refusal-office") });
    }
    let (Some(role), true) = (role, faults.is_empty()) else { return Err(AccountError::Faults(faults)) };
    let person = Actor {
        user: UserId::fresh(act.now, act.chance()),
        role,
        office: office.filter(|_| needs_office),
        insured: None,
        display_name,
        user_name: name,
        must_change: true,
    };
    let handed = write(&mut act, person).await?;
    act.commit().await?;
    Ok(handed)
}

async fn write(act: &mut crate::store::act::Act<'_>, person: Actor) -> Result<HandedOut, AccountError> {
    let password = first_password(act.chance());
    let row = UserRow::new(person, password::hash(&password, act.chance())?);
    let now = act.now;
    if !users::insert(&mut act.tx, &row, false, now).await? {
        return Err(Fault { field: "user_name", key: msg("refusal-user-name-taken") }.into());
    }
    let mut entry = Entry::new(EventKind::UserAdded).with("user", row.actor.user.as_str());
    if let Some(office) = &row.actor.office {
        entry = entry.office(office);
    }
    act.record(entry.with("role", row.actor.role.as_str())).await?;
    Ok(HandedOut { account: row.into(), password })
}

/// Makes an account from the command line, and its office when that is new: whoever may run it owns the machine.
///
/// # Errors
/// Faults of what was typed, or when the database fails.
pub async fn add_by_operator(
    store: &Store,
    new: &NewAccount,
    office_name: Option<&str>,
) -> Result<HandedOut, AccountError> {
    let name = user_name(&new.user_name)?;
    let display_name = typed_line("display_name", &new.display_name, DISPLAY_CHARS)?;
    let role = Role::parse(&new.role).filter(|role| may_give(None, *role));
    let role = role.ok_or(Fault { field: "role", key: msg("refusal-role") })?;
    let mut act = store.act(None).await?;
    let now = act.now;
    let code = new.office_code.trim();
    let mut office = offices::by_code(&mut act.tx, code).await?;
    if let (None, Some(name), false) = (&office, office_name, code.is_empty()) {
        let (name_fa, name_en) = (name.to_owned(), name.to_owned());
        let fresh = Office { id: OfficeId::fresh(now, act.chance()), code: code.to_owned(), name_fa, name_en };
        offices::insert(&mut act.tx, &fresh, false, now).await?;
        office = Some(fresh);
    }
    if role.sends() && office.is_none() {
        return Err(Fault { field: "office_code", key: msg("refusal-office") }.into());
    }
    let office = office.map(|office| office.id).filter(|_| role.sends());
    let user = UserId::fresh(now, act.chance());
    let person = Actor { user, role, office, insured: None, display_name, user_name: name, must_change: true };
    let handed = write(&mut act, person).await?;
    act.commit().await?;
    Ok(handed)
}

/// The account, if the actor keeps it; one's own is kept by somebody else.
async fn kept(store: &Store, actor: &Actor, id: &UserId) -> Result<UserRow, AccountError> {
    let bound = reach(actor)?;
    let mut tx = store.read().await?;
    let row = users::by_id(&mut tx, id).await?.ok_or(AccountError::NotFound)?;
    let within = bound.is_none_or(|office| row.actor.office.as_ref() == Some(office));
    if !within || !may_give(bound, row.actor.role) && row.actor.role != Role::Individual || row.actor.user == actor.user
    {
        return Err(AccountError::NotFound);
    }
    Ok(row)
}

/// Gives a fresh first password, ends every session, and takes a lost second factor away.
///
/// # Errors
/// [`AccountError::NotFound`] for an account that is not the actor's to keep; or when the database fails.
pub async fn reset(store: &Store, actor: &Actor, id: &UserId) -> Result<HandedOut, AccountError> {
    let mut row = kept(store, actor, id).await?;
    let password = first_password(store.chance());
    let hash = password::hash(&password, store.chance())?;
    let mut act = store.act(Some(&actor.user)).await?;
    users::set_password(&mut act.tx, id, &hash, true).await?;
    users::set_totp(&mut act.tx, id, None, None).await?;
    sessions::end_all(&mut act, id).await?;
    act.record(Entry::new(EventKind::PasswordReset).with("user", id.as_str())).await?;
    act.commit().await?;
    row.actor.must_change = true;
    row.totp_step = None;
    Ok(HandedOut { account: row.into(), password })
}

/// Closes the account and ends its sessions, or opens it again.
///
/// # Errors
/// [`AccountError::NotFound`] for an account that is not the actor's to keep; or when the database fails.
pub async fn set_disabled(store: &Store, actor: &Actor, id: &UserId, disabled: bool) -> Result<Account, AccountError> {
    let mut row = kept(store, actor, id).await?;
    let mut act = store.act(Some(&actor.user)).await?;
    row.disabled_at = disabled.then_some(act.now);
    users::set_disabled(&mut act.tx, id, row.disabled_at).await?;
    if disabled {
        sessions::end_all(&mut act, id).await?;
    }
    let kind = if disabled { EventKind::UserDisabled } else { EventKind::UserEnabled };
    act.record(Entry::new(kind).with("user", id.as_str())).await?;
    act.commit().await?;
    Ok(row.into())
}

/// What somebody changes about oneself.
#[derive(Clone, Debug, Default)]
pub struct OwnChange {
    /// Name for people.
    pub display_name: String,
    /// The password as it is.
    pub current_password: String,
    /// The password as it shall be; empty leaves it.
    pub password: String,
    /// The same again.
    pub password_again: String,
}

/// Changes the own name and, where one is typed, the password; then every other session ends.
///
/// # Errors
/// Faults of what was typed, or when the database fails.
pub async fn change_own(
    store: &Store,
    actor: &Actor,
    token: Option<&str>,
    change: &OwnChange,
) -> Result<(), AccountError> {
    let mut tx = store.read().await?;
    let row = users::by_id(&mut tx, &actor.user).await?.ok_or(AccountError::NotFound)?;
    drop(tx);
    let mut faults = Vec::new();
    let display_name = typed_line("display_name", &change.display_name, DISPLAY_CHARS)
        .map_err(|fault| faults.push(fault))
        .unwrap_or_default();
    let right = password::verify(change.current_password.clone(), Some(row.password_hash)).await?;
    if !right {
        faults.push(Fault { field: "current_password", key: msg("refusal-password-current") });
    }
    let changes = !change.password.is_empty() || !change.password_again.is_empty() || actor.must_change;
    if changes {
        let own = [actor.user_name.as_str(), actor.display_name.as_str()];
        if let Some(fault) = strength::refused("password", &change.password, &own) {
            faults.push(fault);
        } else if password::normal(&change.password) == password::normal(&change.current_password) {
            faults.push(Fault { field: "password", key: msg("refusal-password-same") });
        } else if password::normal(&change.password) != password::normal(&change.password_again) {
            faults.push(Fault { field: "password_again", key: msg("refusal-password-again") });
        }
    }
    if !faults.is_empty() {
        return Err(AccountError::Faults(faults));
    }
    let hash = if changes { Some(password::hash(&change.password, store.chance())?) } else { None };
    let mut act = store.act(Some(&actor.user)).await?;
    users::set_name(&mut act.tx, &actor.user, &display_name).await?;
    if let Some(hash) = hash {
        users::set_password(&mut act.tx, &actor.user, &hash, false).await?;
        let (kept, now) = (token.map(sessions::token_hash).unwrap_or_default(), act.now);
        crate::store::tables::sessions::revoke_others(&mut act.tx, &actor.user, &kept, now).await?;
        act.record(Entry::new(EventKind::PasswordChanged)).await?;
    }
    Ok(act.commit().await?)
}

/// The name of an office by its identifier, for lists of accounts.
///
/// # Errors
/// When the database fails.
pub async fn all_offices(store: &Store) -> Result<Vec<Office>, StoreError> {
    let mut tx = store.read().await?;
    Ok(offices::all(&mut tx).await?)
}
