//! What the company tells its offices and roles: written by managers and admins, read on the front page.

use crate::accounts::{self, Action, Actor, Role};
use crate::audit::{Entry, EventKind};
use crate::claim::{ClaimError, Refusal, line, paragraph};
use crate::i18n::msg;
use crate::store::Store;
use crate::store::calendar::{day_of, is_day};
use crate::store::ids::{MessageId, OfficeId};
use crate::store::tables::messages::{self as rows, NewMessage};
use crate::store::tables::offices;

pub use crate::store::tables::messages::Message;

/// Messages given at once at most.
const MOST: i64 = 100;

/// A message as typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The welcome on everybody's front page; it takes the place of the one before.
    pub welcome: bool,
    /// What it is about.
    pub title: String,
    /// Its words.
    pub body: String,
    /// A word of [`Role`]; empty: for all.
    pub role: String,
    /// An office's code; empty: for all.
    pub office: String,
    /// The last day on which it is shown, ISO; empty: until it is taken back.
    pub expires_on: String,
}

/// What the person is told today, latest first; the welcome aside.
///
/// # Errors
/// When the database fails.
pub async fn inbox(store: &Store, actor: &Actor) -> Result<(Option<Message>, Vec<Message>), ClaimError> {
    let mut tx = store.read().await?;
    let all = rows::for_person(&mut tx, actor, &day_of(store.now()), MOST).await?;
    let (welcomes, told): (Vec<Message>, Vec<Message>) = all.into_iter().partition(|message| message.welcome);
    Ok((welcomes.into_iter().next(), told))
}

/// Every message with how many have read it, for those who write them.
///
/// # Errors
/// [`ClaimError::Forbidden`] for others; when the database fails.
pub async fn written(store: &Store, actor: &Actor) -> Result<Vec<Message>, ClaimError> {
    accounts::require(actor, Action::WriteMessages)?;
    let mut tx = store.read().await?;
    Ok(rows::all(&mut tx, &actor.user, MOST).await?)
}

/// Writes a message.
///
/// # Errors
/// A [`Refusal`] that names the field; others when something fails.
pub async fn write(store: &Store, actor: &Actor, draft: &Draft) -> Result<MessageId, ClaimError> {
    accounts::require(actor, Action::WriteMessages)?;
    let title = line("title", &draft.title)?.ok_or(Refusal::TitleMissing)?;
    let body = paragraph("body", &draft.body)?.ok_or(Refusal::NoteEmpty)?;
    let role = match draft.role.as_str() {
        "" => None,
        word => Some(Role::parse(word).ok_or_else(|| Refusal::typed("role", msg("refusal-role")))?),
    };
    let expires_on = Some(draft.expires_on.as_str()).filter(|day| !day.is_empty());
    let mut act = store.act(Some(&actor.user)).await?;
    if expires_on.is_some_and(|day| !is_day(day) || day < day_of(act.now).as_str()) {
        return Err(Refusal::BadDate("expires_on").into());
    }
    let office = match draft.office.as_str() {
        "" => None,
        code => Some(offices::by_code(&mut act.tx, code).await?.ok_or(Refusal::BadAudience)?.id),
    };
    let (id, at) = (MessageId::fresh(act.now, act.chance()), act.now);
    let new = NewMessage {
        id: &id,
        welcome: draft.welcome,
        title: &title,
        body: &body,
        role,
        office: office.as_ref(),
        expires_on,
        by: &actor.user,
        at,
    };
    rows::insert(&mut act.tx, &new).await?;
    act.record(Entry::new(EventKind::MessageWritten).with("message", id.as_str())).await?;
    act.commit().await?;
    Ok(id)
}

/// Takes a message back.
///
/// # Errors
/// [`ClaimError::NotFound`] when there is none; others when something fails.
pub async fn withdraw(store: &Store, actor: &Actor, id: &MessageId) -> Result<(), ClaimError> {
    accounts::require(actor, Action::WriteMessages)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    if !rows::withdraw(&mut act.tx, id, now).await? {
        return Err(ClaimError::NotFound);
    }
    act.record(Entry::new(EventKind::MessageWithdrawn).with("message", id.as_str())).await?;
    act.commit().await?;
    Ok(())
}

/// Writes down that the person has read the message, which must be for them.
///
/// # Errors
/// [`ClaimError::NotFound`] when it is not; others when something fails.
pub async fn mark_read(store: &Store, actor: &Actor, id: &MessageId) -> Result<(), ClaimError> {
    let (welcome, told) = inbox(store, actor).await?;
    if !welcome.iter().chain(&told).any(|message| message.id == *id) {
        return Err(ClaimError::NotFound);
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    rows::mark_read(&mut act.tx, id, &actor.user, now).await?;
    act.commit().await?;
    Ok(())
}

/// The offices a message may be for.
///
/// # Errors
/// When the database fails.
pub async fn offices(store: &Store) -> Result<Vec<(OfficeId, String, String)>, ClaimError> {
    let all = accounts::offices(store).await?;
    Ok(all.into_iter().map(|office| (office.id, office.code, office.name_fa)).collect())
}
