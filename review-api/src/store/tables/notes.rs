//! Table `notes`: what office and expert write to each other about one paper.

use serde::Serialize;

use crate::accounts::Role;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, NoteId, UserId, VersionId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "notes";
    INSERT = "INSERT INTO notes (id, document_id, claim_id, version_id, author_id, body, written_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_DOCUMENT = "SELECT n.id AS id, n.version_id AS version_id, n.body AS body, n.written_at AS written_at, \
                   u.display_name AS author_name, u.role AS author_role FROM notes n \
                   JOIN users u ON u.id = n.author_id WHERE n.document_id = $1 ORDER BY n.written_at, n.id";
    COUNT = "SELECT COUNT(*) AS written FROM notes WHERE document_id = $1";
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// Identifier.
    pub id: NoteId,
    /// The paper.
    pub document: DocumentId,
    /// The version that was current when it was written.
    pub version: Option<VersionId>,
    /// Who wrote it.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// The text.
    pub text: String,
    /// When.
    pub at: UnixMs,
}

pub(crate) async fn insert(tx: &mut Tx, note: &NoteView, claim: &ClaimId, author: &UserId) -> Result<(), SqlError> {
    let NoteView { id, document, version, text, at, .. } = note;
    tx.run(&INSERT, values![id, document, claim, version.as_ref(), author, text, at.0]).await.map(|_| ())
}

/// Oldest first.
pub(crate) async fn of_document(tx: &mut Tx, document: &DocumentId) -> Result<Vec<NoteView>, SqlError> {
    let rows = tx.rows(&OF_DOCUMENT, values![document]).await?;
    rows.iter()
        .map(|row| {
            Ok(NoteView {
                id: NoteId::stored(row.text("id")?),
                document: document.clone(),
                version: row.maybe_text("version_id")?.map(VersionId::stored),
                by: row.text("author_name")?,
                role: Role::stored(&row.text("author_role")?)?,
                text: row.text("body")?,
                at: UnixMs(row.whole("written_at")?),
            })
        })
        .collect()
}

pub(crate) async fn count(tx: &mut Tx, document: &DocumentId) -> Result<i64, SqlError> {
    tx.one(&COUNT, values![document]).await?.whole("written")
}
