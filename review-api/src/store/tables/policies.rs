//! Table `policies`: as little of a policy as a claim needs.

use crate::policies::Standing;
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, PolicyId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "policies";
    NEWEST = "SELECT number, cover_from, cover_to FROM policies WHERE insured_id = $1 \
              ORDER BY recorded_at DESC, id DESC LIMIT 1";
    // What the insurer confirmed is not made doubtful by a later typing of the same number.
    SET = "INSERT INTO policies (id, insured_id, number, cover_from, cover_to, recorded_at, number_key, standing, \
           asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
           ON CONFLICT (insured_id, number) DO UPDATE SET \
           cover_from = COALESCE(excluded.cover_from, policies.cover_from), \
           cover_to = COALESCE(excluded.cover_to, policies.cover_to), \
           standing = CASE WHEN excluded.standing = 'unchecked' THEN policies.standing ELSE excluded.standing END, \
           asked_at = CASE WHEN excluded.standing = 'unchecked' THEN policies.asked_at ELSE excluded.asked_at END";
    AWAITING = "SELECT p.id AS id, p.insured_id AS insured_id, p.number AS number, i.office_id AS office_id, \
                COALESCE(h.document_number, i.document_number) AS document_number FROM policies p \
                JOIN insured i ON i.id = p.insured_id LEFT JOIN insured h ON h.id = i.head_id \
                WHERE p.standing = 'awaiting' AND i.deleted_at IS NULL ORDER BY p.asked_at, p.id LIMIT $1";
    ANSWERED = "UPDATE policies SET standing = $2, cover_from = COALESCE($3, cover_from), \
                cover_to = COALESCE($4, cover_to), asked_at = $5 WHERE id = $1 AND standing = 'awaiting'";
}

/// A policy to be recorded.
#[derive(Debug)]
pub(crate) struct NewPolicy<'a> {
    pub(crate) id: &'a PolicyId,
    pub(crate) insured: &'a InsuredId,
    pub(crate) number: &'a str,
    pub(crate) number_key: &'a str,
    pub(crate) cover_from: Option<&'a str>,
    pub(crate) cover_to: Option<&'a str>,
    pub(crate) standing: Standing,
    /// When the insurer was asked, or said what stands here.
    pub(crate) asked_at: UnixMs,
}

/// Records a policy of a person, once.
pub(crate) async fn set(tx: &mut Tx, new: &NewPolicy<'_>, now: UnixMs) -> Result<(), SqlError> {
    let NewPolicy { id, insured, number, number_key, cover_from, cover_to, standing, asked_at } = *new;
    let values = values![id, insured, number, cover_from, cover_to, now.0, number_key, standing, asked_at.0];
    tx.run(&SET, values).await.map(|_| ())
}

/// A policy that the registry has not answered for.
#[derive(Clone, Debug)]
pub(crate) struct Awaiting {
    pub(crate) id: String,
    pub(crate) insured: InsuredId,
    pub(crate) office: OfficeId,
    pub(crate) number: String,
    /// The paper under which the policy stands: the head's for a dependant.
    pub(crate) document_number: String,
}

/// Policies that wait, those asked longest ago first.
pub(crate) async fn awaiting(tx: &mut Tx, limit: i64) -> Result<Vec<Awaiting>, SqlError> {
    let read = |row: &crate::store::sql::Row| {
        Ok(Awaiting {
            id: row.text("id")?,
            insured: InsuredId::stored(row.text("insured_id")?),
            office: OfficeId::stored(row.text("office_id")?),
            number: row.text("number")?,
            document_number: row.text("document_number")?,
        })
    };
    tx.rows(&AWAITING, values![limit]).await?.iter().map(read).collect()
}

/// Writes what the registry answered for a policy that waited.
pub(crate) async fn answered(
    tx: &mut Tx,
    id: &str,
    standing: Standing,
    cover: (Option<&str>, Option<&str>),
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&ANSWERED, values![id, standing, cover.0, cover.1, now.0]).await.map(|_| ())
}

/// A policy as far as it is known.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRow {
    pub(crate) number: String,
    pub(crate) cover_from: Option<String>,
    pub(crate) cover_to: Option<String>,
}

/// The newest policy recorded for a person.
pub(crate) async fn newest(tx: &mut Tx, insured: &InsuredId) -> Result<Option<PolicyRow>, SqlError> {
    let row = tx.maybe(&NEWEST, values![insured]).await?;
    row.map(|row| {
        Ok(PolicyRow {
            number: row.text("number")?,
            cover_from: row.maybe_text("cover_from")?,
            cover_to: row.maybe_text("cover_to")?,
        })
    })
    .transpose()
}
