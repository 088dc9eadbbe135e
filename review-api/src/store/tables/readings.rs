//! Table `readings`: what the words of an upload say, or why they were not read.

use sanad_checks::facts::Facts;

use crate::claim::words::ReadingState;
use crate::store::StoreError;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "readings";
    INSERT = "INSERT INTO readings (version_id, claim_id, state, state_since, pages_read, pages) \
              VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (version_id) DO NOTHING";
    FIND = "SELECT state, pages_read, pages, facts, why_not FROM readings WHERE version_id = $1";
    OF_CLAIM = "SELECT r.version_id AS version_id, r.state AS state, r.pages_read AS pages_read, r.pages AS pages, \
                r.facts AS facts, r.why_not AS why_not FROM readings r \
                JOIN documents d ON d.current_version_id = r.version_id WHERE r.claim_id = $1 ORDER BY r.version_id";
    ANSWER = "UPDATE readings SET state = $2, state_since = $3, kind = $4, pages_read = $5, facts = $6, why_not = $7 \
              WHERE version_id = $1 AND state = 'waiting'";
    // A version that was replaced before its turn came is waited for by nobody.
    OVERDUE = "SELECT r.version_id AS version_id, r.claim_id AS claim_id, r.state_since AS state_since FROM readings r \
               JOIN documents d ON d.current_version_id = r.version_id \
               WHERE r.state = 'waiting' AND r.state_since < $1 ORDER BY r.state_since";
}

/// The reading of one upload as it stands.
#[derive(Clone, Debug)]
pub(crate) struct ReadingRow {
    pub(crate) state: ReadingState,
    pub(crate) pages_read: i64,
    pub(crate) pages: i64,
    facts: Option<String>,
    pub(crate) why_not: Option<String>,
}

impl ReadingRow {
    /// What the paper says; `None` where its words were not read.
    pub(crate) fn facts(&self) -> Result<Option<Facts>, StoreError> {
        Ok(self.facts.as_deref().map(serde_json::from_str).transpose()?)
    }
}

/// What came of reading an upload.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) state: ReadingState,
    pub(crate) facts: Option<&'a Facts>,
    pub(crate) pages_read: i64,
    pub(crate) why_not: Option<&'a str>,
}

fn read(row: &Row) -> Result<ReadingRow, SqlError> {
    Ok(ReadingRow {
        state: ReadingState::stored(&row.text("state")?)?,
        pages_read: row.whole("pages_read")?,
        pages: row.whole("pages")?,
        facts: row.maybe_text("facts")?,
        why_not: row.maybe_text("why_not")?,
    })
}

/// Says that the words of this upload are wanted.
pub(crate) async fn insert(
    tx: &mut Tx,
    version: &VersionId,
    claim: &ClaimId,
    pages: i64,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&INSERT, values![version, claim, ReadingState::Waiting, now.0, pages]).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, version: &VersionId) -> Result<Option<ReadingRow>, SqlError> {
    tx.maybe(&FIND, values![version]).await?.as_ref().map(read).transpose()
}

/// The readings of the versions that count.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<(VersionId, ReadingRow)>, SqlError> {
    let rows = tx.rows(&OF_CLAIM, values![claim]).await?;
    rows.iter().map(|row| Ok((VersionId::stored(row.text("version_id")?), read(row)?))).collect()
}

/// Writes what came of it, once; false when there is an answer already.
pub(crate) async fn answer(
    tx: &mut Tx,
    version: &VersionId,
    answer: &Answer<'_>,
    now: UnixMs,
) -> Result<bool, StoreError> {
    let facts = answer.facts.map(serde_json::to_string).transpose()?;
    let kind = answer.facts.map(|facts| facts.kind.code.as_str());
    let values = values![version, answer.state, now.0, kind, answer.pages_read, facts.as_deref(), answer.why_not];
    Ok(tx.run(&ANSWER, values).await? > 0)
}

/// Uploads whose words wait since before a moment: version, claim and since when.
pub(crate) async fn overdue(tx: &mut Tx, before: UnixMs) -> Result<Vec<(VersionId, ClaimId, UnixMs)>, SqlError> {
    let rows = tx.rows(&OVERDUE, values![before.0]).await?;
    let read = |row: &Row| {
        let (version, claim) = (VersionId::stored(row.text("version_id")?), ClaimId::stored(row.text("claim_id")?));
        Ok((version, claim, UnixMs(row.whole("state_since")?)))
    };
    rows.iter().map(read).collect()
}
