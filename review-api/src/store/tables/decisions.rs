//! Table `decisions`: what experts ruled, version by version.

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DecisionId, DocumentId, UserId, VersionId};
use crate::store::sql::{SqlError, Tx, statements, values};

/// The word for an approval.
pub(crate) const APPROVE: &str = "approve";
/// The word for a rejection.
pub(crate) const REJECT: &str = "reject";

statements! { "decisions";
    INSERT = "INSERT INTO decisions (id, document_id, version_id, claim_id, ruling, codes, note, sha256, \
              decided_by, decided_at, ticks, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
              (SELECT COALESCE(MAX(o.place), 0) + 1 FROM decisions o WHERE o.document_id = $2))";
    LATEST = "SELECT d.id AS id, d.version_id AS version_id, d.ruling AS ruling, d.codes AS codes, d.note AS note, \
              d.sha256 AS sha256, d.decided_at AS decided_at, d.ticks AS ticks, u.display_name AS decided_by_name \
              FROM decisions d JOIN users u ON u.id = d.decided_by WHERE d.document_id = $1 \
              ORDER BY d.place DESC, d.decided_at DESC, d.id DESC LIMIT 1";
}

/// A ruling to be written.
#[derive(Debug)]
pub(crate) struct NewDecision<'a> {
    pub(crate) id: &'a DecisionId,
    pub(crate) document: &'a DocumentId,
    pub(crate) version: &'a VersionId,
    pub(crate) claim: &'a ClaimId,
    pub(crate) ruling: &'static str,
    /// JSON array of reason codes.
    pub(crate) codes: &'a str,
    pub(crate) note: Option<&'a str>,
    pub(crate) sha256: &'a str,
    pub(crate) by: &'a UserId,
    pub(crate) at: UnixMs,
    /// JSON of what was seen on an approved paper.
    pub(crate) ticks: Option<&'a str>,
}

/// A ruling as it stands.
#[derive(Clone, Debug)]
pub(crate) struct DecisionRow {
    pub(crate) id: String,
    pub(crate) version: VersionId,
    pub(crate) approved: bool,
    pub(crate) codes: String,
    pub(crate) note: Option<String>,
    pub(crate) sha256: String,
    pub(crate) by_name: String,
    pub(crate) at: UnixMs,
    pub(crate) ticks: Option<String>,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewDecision<'_>) -> Result<(), SqlError> {
    let values = values![
        new.id,
        new.document,
        new.version,
        new.claim,
        new.ruling,
        new.codes,
        new.note,
        new.sha256,
        new.by,
        new.at.0,
        new.ticks
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// The newest ruling on a paper.
pub(crate) async fn latest(tx: &mut Tx, document: &DocumentId) -> Result<Option<DecisionRow>, SqlError> {
    let row = tx.maybe(&LATEST, values![document]).await?;
    row.map(|row| {
        Ok(DecisionRow {
            id: row.text("id")?,
            version: VersionId::stored(row.text("version_id")?),
            approved: row.text("ruling")? == APPROVE,
            codes: row.text("codes")?,
            note: row.maybe_text("note")?,
            sha256: row.text("sha256")?,
            by_name: row.text("decided_by_name")?,
            at: UnixMs(row.whole("decided_at")?),
            ticks: row.maybe_text("ticks")?,
        })
    })
    .transpose()
}
