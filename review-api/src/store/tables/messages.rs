//! Tables `messages` and `message_reads`: what the company tells offices and roles, and who has read it.

use serde::Serialize;

use crate::accounts::{Actor, Role};
use crate::store::clock::UnixMs;
use crate::store::ids::{MessageId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

macro_rules! message {
    ($rest:literal) => {
        concat!(
            "SELECT m.id AS id, m.welcome AS welcome, m.title AS title, m.body AS body, m.role AS role, \
             m.office_id AS office_id, o.name_fa AS office_name, m.expires_on AS expires_on, \
             m.written_at AS written_at, u.display_name AS written_by, m.withdrawn_at AS withdrawn_at, \
             (SELECT COUNT(*) FROM message_reads r WHERE r.message_id = m.id) AS readers, \
             (SELECT COUNT(*) FROM message_reads r WHERE r.message_id = m.id AND r.user_id = $1) AS mine \
             FROM messages m JOIN users u ON u.id = m.written_by LEFT JOIN offices o ON o.id = m.office_id ",
            $rest
        )
    };
}

statements! { "messages";
    INSERT = "INSERT INTO messages (id, welcome, title, body, role, office_id, expires_on, written_by, written_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    WITHDRAW = "UPDATE messages SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
    FOR_PERSON = message!("WHERE (m.role IS NULL OR m.role = $2) AND (m.office_id IS NULL OR m.office_id = $3) \
                 AND m.withdrawn_at IS NULL AND (m.expires_on IS NULL OR m.expires_on >= $4) \
                 ORDER BY m.written_at DESC, m.id DESC LIMIT $5");
    ALL = message!("ORDER BY m.written_at DESC, m.id DESC LIMIT $2");
    READ = "INSERT INTO message_reads (message_id, user_id, read_at) VALUES ($1, $2, $3) \
            ON CONFLICT (message_id, user_id) DO NOTHING";
}

/// A message of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Identifier.
    pub id: MessageId,
    /// It is the welcome on everybody's front page.
    pub welcome: bool,
    /// What it is about.
    pub title: String,
    /// Its words.
    pub body: String,
    /// Only for this role; `None`: for all.
    pub role: Option<Role>,
    /// Only for this office; `None`: for all.
    pub office: Option<OfficeId>,
    /// That office's name.
    pub office_name: Option<String>,
    /// The last day on which it is shown, ISO.
    pub expires_on: Option<String>,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: UnixMs,
    /// It was taken back.
    pub withdrawn: bool,
    /// How many people have read it.
    pub readers: i64,
    /// The asker has.
    pub read: bool,
}

/// A message to be written.
#[derive(Debug)]
pub(crate) struct NewMessage<'a> {
    pub(crate) id: &'a MessageId,
    pub(crate) welcome: bool,
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
    pub(crate) role: Option<Role>,
    pub(crate) office: Option<&'a OfficeId>,
    pub(crate) expires_on: Option<&'a str>,
    pub(crate) by: &'a UserId,
    pub(crate) at: UnixMs,
}

fn read(row: &Row) -> Result<Message, SqlError> {
    Ok(Message {
        id: MessageId::stored(row.text("id")?),
        welcome: row.whole("welcome")? != 0,
        title: row.text("title")?,
        body: row.text("body")?,
        role: row.maybe_text("role")?.map(|role| Role::stored(&role)).transpose()?,
        office: row.maybe_text("office_id")?.map(OfficeId::stored),
        office_name: row.maybe_text("office_name")?,
        expires_on: row.maybe_text("expires_on")?,
        by: row.text("written_by")?,
        at: UnixMs(row.whole("written_at")?),
        withdrawn: row.maybe_whole("withdrawn_at")?.is_some(),
        readers: row.whole("readers")?,
        read: row.whole("mine")? > 0,
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewMessage<'_>) -> Result<(), SqlError> {
    let values = values![
        new.id,
        i64::from(new.welcome),
        new.title,
        new.body,
        new.role.map(Role::as_str),
        new.office,
        new.expires_on,
        new.by,
        new.at.0
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// Takes the message back; false when there is none to take back.
pub(crate) async fn withdraw(tx: &mut Tx, id: &MessageId, now: UnixMs) -> Result<bool, SqlError> {
    Ok(tx.run(&WITHDRAW, values![id, now.0]).await? > 0)
}

/// What this person is told today, latest first.
pub(crate) async fn for_person(tx: &mut Tx, actor: &Actor, today: &str, limit: i64) -> Result<Vec<Message>, SqlError> {
    let values = values![&actor.user, actor.role, actor.office.as_ref(), today, limit];
    tx.rows(&FOR_PERSON, values).await?.iter().map(read).collect()
}

/// Every message, latest first; `read` is about this person.
pub(crate) async fn all(tx: &mut Tx, reader: &UserId, limit: i64) -> Result<Vec<Message>, SqlError> {
    tx.rows(&ALL, values![reader, limit]).await?.iter().map(read).collect()
}

pub(crate) async fn mark_read(tx: &mut Tx, id: &MessageId, reader: &UserId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&READ, values![id, reader, now.0]).await.map(|_| ())
}
