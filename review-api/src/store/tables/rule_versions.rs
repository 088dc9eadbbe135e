//! Table `rule_versions`: drafts and published versions of the rules about papers.

use crate::store::clock::UnixMs;
use crate::store::ids::{RulesId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

macro_rules! version {
    ($rest:literal) => {
        concat!(
            "SELECT v.id AS id, v.rules AS rules, v.revision AS revision, v.valid_from AS valid_from, \
             v.made_at AS made_at, u.display_name AS made_by, v.published_at AS published_at \
             FROM rule_versions v JOIN users u ON u.id = v.made_by ",
            $rest
        )
    };
}

statements! { "rule_versions";
    INSERT = "INSERT INTO rule_versions (id, rules, revision, made_by, made_at) VALUES ($1, $2, 1, $3, $4)";
    SAVE = "UPDATE rule_versions SET rules = $2, revision = revision + 1 \
            WHERE id = $1 AND revision = $3 AND published_at IS NULL";
    PUBLISH = "UPDATE rule_versions SET rules = $2, valid_from = $3, published_by = $4, published_at = $5, \
               revision = revision + 1 WHERE id = $1 AND revision = $6 AND published_at IS NULL";
    FIND = version!("WHERE v.id = $1");
    LIST = version!("ORDER BY v.made_at DESC, v.id DESC");
    // Of two with the same first day the one published later holds.
    HOLDING = version!("WHERE v.published_at IS NOT NULL AND v.valid_from <= $1 \
               ORDER BY v.valid_from DESC, v.published_at DESC LIMIT 1");
}

/// A version as it stands.
#[derive(Clone, Debug)]
pub(crate) struct RulesRow {
    pub(crate) id: RulesId,
    /// JSON of the rules.
    pub(crate) rules: String,
    pub(crate) revision: i64,
    pub(crate) valid_from: Option<String>,
    pub(crate) made_at: UnixMs,
    pub(crate) made_by: String,
    pub(crate) published_at: Option<UnixMs>,
}

fn read(row: &Row) -> Result<RulesRow, SqlError> {
    Ok(RulesRow {
        id: RulesId::stored(row.text("id")?),
        rules: row.text("rules")?,
        revision: row.whole("revision")?,
        valid_from: row.maybe_text("valid_from")?,
        made_at: UnixMs(row.whole("made_at")?),
        made_by: row.text("made_by")?,
        published_at: row.maybe_whole("published_at")?.map(UnixMs),
    })
}

pub(crate) async fn insert(tx: &mut Tx, id: &RulesId, rules: &str, by: &UserId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&INSERT, values![id, rules, by, now.0]).await.map(|_| ())
}

/// Saves a draft; false when it changed meanwhile or is published.
pub(crate) async fn save(tx: &mut Tx, id: &RulesId, rules: &str, revision: i64) -> Result<bool, SqlError> {
    Ok(tx.run(&SAVE, values![id, rules, revision]).await? > 0)
}

/// Publishes a draft; false when it changed meanwhile or is published.
pub(crate) async fn publish(
    tx: &mut Tx,
    id: &RulesId,
    (rules, valid_from): (&str, &str),
    by: &UserId,
    now: UnixMs,
    revision: i64,
) -> Result<bool, SqlError> {
    Ok(tx.run(&PUBLISH, values![id, rules, valid_from, by, now.0, revision]).await? > 0)
}

pub(crate) async fn find(tx: &mut Tx, id: &RulesId) -> Result<Option<RulesRow>, SqlError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

/// Latest first.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<RulesRow>, SqlError> {
    tx.rows(&LIST, values![]).await?.iter().map(read).collect()
}

/// The version that holds on this day, if one was published.
pub(crate) async fn holding(tx: &mut Tx, day: &str) -> Result<Option<RulesRow>, SqlError> {
    tx.maybe(&HOLDING, values![day]).await?.as_ref().map(read).transpose()
}
