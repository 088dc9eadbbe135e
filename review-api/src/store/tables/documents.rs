//! Table `documents`: a paper in a slot of a claim.

use crate::claim::words::DocumentState;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "documents";
    INSERT = "INSERT INTO documents (id, claim_id, slot, position, state, state_since, revision) \
              VALUES ($1, $2, $3, $4, $5, $6, 1)";
    FIND = "SELECT id, claim_id, slot, position, state, revision, current_version_id, approved_sha256 \
            FROM documents WHERE id = $1";
    OF_CLAIM = "SELECT id, claim_id, slot, position, state, revision, current_version_id, approved_sha256 \
                FROM documents WHERE claim_id = $1 ORDER BY slot, position";
    SET = "UPDATE documents SET state = $2, state_since = $3, current_version_id = $4, approved_sha256 = $5, \
           revision = revision + 1 WHERE id = $1 AND revision = $6";
    // No two papers of a slot share a place, not even for a moment: first all are lifted, then each is laid.
    LIFT = "UPDATE documents SET position = -position WHERE claim_id = $1 AND slot = $2";
    LAY = "UPDATE documents SET position = $2, revision = revision + 1 WHERE id = $1";
}

/// A paper's row.
#[derive(Clone, Debug)]
pub(crate) struct DocumentRow {
    pub(crate) id: DocumentId,
    pub(crate) claim: ClaimId,
    pub(crate) slot: String,
    pub(crate) position: i64,
    pub(crate) state: DocumentState,
    pub(crate) revision: i64,
    pub(crate) current: Option<VersionId>,
    pub(crate) approved_sha256: Option<String>,
}

fn read(row: &Row) -> Result<DocumentRow, SqlError> {
    Ok(DocumentRow {
        id: DocumentId::stored(row.text("id")?),
        claim: ClaimId::stored(row.text("claim_id")?),
        slot: row.text("slot")?,
        position: row.whole("position")?,
        state: DocumentState::stored(&row.text("state")?)?,
        revision: row.whole("revision")?,
        current: row.maybe_text("current_version_id")?.map(VersionId::stored),
        approved_sha256: row.maybe_text("approved_sha256")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &DocumentRow, now: UnixMs) -> Result<(), SqlError> {
    let values = values![&new.id, &new.claim, &new.slot, new.position, new.state, now.0];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, id: &DocumentId) -> Result<Option<DocumentRow>, SqlError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<DocumentRow>, SqlError> {
    tx.rows(&OF_CLAIM, values![claim]).await?.iter().map(read).collect()
}

/// Takes the papers of a slot off their places; each must be laid again in the same transaction.
pub(crate) async fn lift(tx: &mut Tx, claim: &ClaimId, slot: &str) -> Result<(), SqlError> {
    tx.run(&LIFT, values![claim, slot]).await.map(|_| ())
}

/// Lays a lifted paper at a place of its slot, from 1.
pub(crate) async fn lay(tx: &mut Tx, id: &DocumentId, place: i64) -> Result<(), SqlError> {
    tx.run(&LAY, values![id, place]).await.map(|_| ())
}

/// Writes the row's state, current version and pinned hash, if nobody changed it since it was
/// read; the row then carries its new revision. False when somebody did.
pub(crate) async fn set(tx: &mut Tx, row: &mut DocumentRow, now: UnixMs) -> Result<bool, SqlError> {
    let values = values![&row.id, row.state, now.0, row.current.as_ref(), row.approved_sha256.as_deref(), row.revision];
    let changed = tx.run(&SET, values).await? > 0;
    row.revision += i64::from(changed);
    Ok(changed)
}
