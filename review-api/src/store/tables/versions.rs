//! Table `document_versions`: every upload of every paper; none is ever overwritten.

use crate::claim::words::VersionState;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, UserId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

macro_rules! version {
    ($rest:literal) => {
        concat!(
            "SELECT v.id AS id, v.document_id AS document_id, v.claim_id AS claim_id, v.number AS number, \
             v.sha256 AS sha256, v.bytes AS bytes, v.file_name AS file_name, v.receipt AS receipt, \
             v.uploaded_at AS uploaded_at, v.state AS state, v.media_type AS media_type, v.verdict AS verdict, \
             v.readability AS readability, v.report AS report, v.judged_at AS judged_at, \
             v.why_not_judged AS why_not_judged, v.sent_anyway AS sent_anyway, v.superseded_at AS superseded_at, \
             u.display_name AS uploaded_by_name FROM document_versions v JOIN users u ON u.id = v.uploaded_by ",
            $rest
        )
    };
}

statements! { "document_versions";
    INSERT = "INSERT INTO document_versions (id, document_id, claim_id, number, sha256, bytes, file_name, receipt, \
              uploaded_by, uploaded_at, state, state_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10)";
    FIND = version!("WHERE v.id = $1");
    OF_DOCUMENT = version!("WHERE v.document_id = $1 ORDER BY v.number DESC");
    SUPERSEDE = "UPDATE document_versions SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    JUDGE = "UPDATE document_versions SET state = $2, state_since = $3, media_type = $4, verdict = $5, \
             readability = $6, report = $7, judgement_version = $8, thresholds = $9, judged_at = $3 \
             WHERE id = $1 AND state = 'checking'";
    GIVE_UP = "UPDATE document_versions SET state = $2, state_since = $3, why_not_judged = $4 \
               WHERE id = $1 AND state = 'checking'";
    SEND_ANYWAY = "UPDATE document_versions SET sent_anyway = $2, sent_anyway_by = $3 WHERE id = $1";
    SAME_BYTES = "SELECT v.id AS id, v.document_id AS document_id, v.claim_id AS claim_id, d.slot AS slot, \
                  c.number AS number, c.accident_id AS accident_id, d.current_version_id AS current_version_id \
                  FROM document_versions v JOIN documents d ON d.id = v.document_id \
                  JOIN claims c ON c.id = v.claim_id WHERE v.sha256 = $1 AND v.document_id <> $2 \
                  ORDER BY v.uploaded_at, v.id LIMIT $3";
    OVERDUE = "SELECT id, claim_id, state_since FROM document_versions WHERE state = 'checking' AND state_since < $1 \
               ORDER BY state_since";
}

/// An upload to be written.
#[derive(Debug)]
pub(crate) struct NewVersion<'a> {
    pub(crate) id: &'a VersionId,
    pub(crate) document: &'a DocumentId,
    pub(crate) claim: &'a ClaimId,
    pub(crate) number: i64,
    pub(crate) sha256: &'a str,
    pub(crate) bytes: i64,
    pub(crate) file_name: &'a str,
    pub(crate) receipt: &'a str,
    pub(crate) by: &'a UserId,
    pub(crate) at: UnixMs,
}

/// An upload as it stands.
#[derive(Clone, Debug)]
pub(crate) struct VersionRow {
    pub(crate) id: VersionId,
    pub(crate) document: DocumentId,
    pub(crate) claim: ClaimId,
    pub(crate) number: i64,
    pub(crate) sha256: String,
    pub(crate) bytes: i64,
    pub(crate) file_name: String,
    pub(crate) receipt: String,
    pub(crate) uploaded_at: UnixMs,
    pub(crate) uploaded_by_name: String,
    pub(crate) state: VersionState,
    pub(crate) media_type: Option<String>,
    pub(crate) verdict: Option<String>,
    pub(crate) readability: Option<f64>,
    pub(crate) report: Option<String>,
    pub(crate) judged_at: Option<UnixMs>,
    pub(crate) why_not_judged: Option<String>,
    pub(crate) sent_anyway: Option<String>,
    pub(crate) superseded: bool,
}

/// The checks' answer to be written.
#[derive(Debug)]
pub(crate) struct Judgement<'a> {
    pub(crate) media_type: &'a str,
    pub(crate) verdict: &'static str,
    pub(crate) readability: Option<f64>,
    /// JSON of the file's report.
    pub(crate) report: &'a str,
    pub(crate) judgement_version: &'a str,
    /// JSON of the thresholds used.
    pub(crate) thresholds: &'a str,
}

/// Another version with the very same bytes.
#[derive(Clone, Debug)]
pub(crate) struct SameBytes {
    pub(crate) version: VersionId,
    pub(crate) claim: ClaimId,
    pub(crate) claim_number: String,
    pub(crate) slot: String,
    pub(crate) current: bool,
    /// What binds its claim to others of one accident.
    pub(crate) accident: Option<String>,
}

fn read(row: &Row) -> Result<VersionRow, SqlError> {
    Ok(VersionRow {
        id: VersionId::stored(row.text("id")?),
        document: DocumentId::stored(row.text("document_id")?),
        claim: ClaimId::stored(row.text("claim_id")?),
        number: row.whole("number")?,
        sha256: row.text("sha256")?,
        bytes: row.whole("bytes")?,
        file_name: row.text("file_name")?,
        receipt: row.text("receipt")?,
        uploaded_at: UnixMs(row.whole("uploaded_at")?),
        uploaded_by_name: row.text("uploaded_by_name")?,
        state: VersionState::stored(&row.text("state")?)?,
        media_type: row.maybe_text("media_type")?,
        verdict: row.maybe_text("verdict")?,
        readability: row.maybe_real("readability")?,
        report: row.maybe_text("report")?,
        judged_at: row.maybe_whole("judged_at")?.map(UnixMs),
        why_not_judged: row.maybe_text("why_not_judged")?,
        sent_anyway: row.maybe_text("sent_anyway")?,
        superseded: row.maybe_whole("superseded_at")?.is_some(),
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewVersion<'_>) -> Result<(), SqlError> {
    let values = values![
        new.id,
        new.document,
        new.claim,
        new.number,
        new.sha256,
        new.bytes,
        new.file_name,
        new.receipt,
        new.by,
        new.at.0,
        VersionState::Checking
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, id: &VersionId) -> Result<Option<VersionRow>, SqlError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

/// Newest first.
pub(crate) async fn of_document(tx: &mut Tx, document: &DocumentId) -> Result<Vec<VersionRow>, SqlError> {
    tx.rows(&OF_DOCUMENT, values![document]).await?.iter().map(read).collect()
}

pub(crate) async fn supersede(tx: &mut Tx, id: &VersionId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&SUPERSEDE, values![id, now.0]).await.map(|_| ())
}

/// Writes the checks' answer, once; false when there is an answer already.
pub(crate) async fn judge(tx: &mut Tx, id: &VersionId, now: UnixMs, answer: &Judgement<'_>) -> Result<bool, SqlError> {
    let values = values![
        id,
        VersionState::Judged,
        now.0,
        answer.media_type,
        answer.verdict,
        answer.readability,
        answer.report,
        answer.judgement_version,
        answer.thresholds
    ];
    Ok(tx.run(&JUDGE, values).await? > 0)
}

/// Writes that the checks will not answer; false when they have.
pub(crate) async fn give_up(tx: &mut Tx, id: &VersionId, now: UnixMs, why: &str) -> Result<bool, SqlError> {
    Ok(tx.run(&GIVE_UP, values![id, VersionState::NotJudged, now.0, why]).await? > 0)
}

pub(crate) async fn send_anyway(tx: &mut Tx, id: &VersionId, reason: &str, by: &UserId) -> Result<(), SqlError> {
    tx.run(&SEND_ANYWAY, values![id, reason, by]).await.map(|_| ())
}

/// Versions of other papers with these bytes, oldest first, at most `limit`.
pub(crate) async fn same_bytes(
    tx: &mut Tx,
    sha256: &str,
    but: &DocumentId,
    limit: i64,
) -> Result<Vec<SameBytes>, SqlError> {
    let rows = tx.rows(&SAME_BYTES, values![sha256, but, limit]).await?;
    rows.iter()
        .map(|row| {
            let version = VersionId::stored(row.text("id")?);
            let current = row.maybe_text("current_version_id")?;
            Ok(SameBytes {
                current: current.as_deref() == Some(version.as_str()),
                version,
                claim: ClaimId::stored(row.text("claim_id")?),
                claim_number: row.text("number")?,
                accident: row.maybe_text("accident_id")?,
                slot: row.text("slot")?,
            })
        })
        .collect()
}

/// Versions without an answer since before a moment: version, claim and since when.
pub(crate) async fn overdue(tx: &mut Tx, before: UnixMs) -> Result<Vec<(VersionId, ClaimId, UnixMs)>, SqlError> {
    let rows = tx.rows(&OVERDUE, values![before.0]).await?;
    let read = |row: &Row| {
        let (version, claim) = (VersionId::stored(row.text("id")?), ClaimId::stored(row.text("claim_id")?));
        Ok((version, claim, UnixMs(row.whole("state_since")?)))
    };
    rows.iter().map(read).collect()
}
