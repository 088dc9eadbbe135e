//! Tables `notes` and `note_reads`: what office and expert write to each other about one paper, and who has read it.

use serde::Serialize;

use crate::accounts::Role;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, NoteId, UserId, VersionId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "notes";
    INSERT = "INSERT INTO notes (id, document_id, claim_id, version_id, author_id, body, written_at, internal) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    // Read by somebody of the other side since it was written: senders on one, the company on the other.
    OF_DOCUMENT = "SELECT n.id AS id, n.version_id AS version_id, v.number AS version_number, n.body AS body, \
                   n.written_at AS written_at, n.internal AS internal, u.display_name AS author_name, \
                   u.role AS author_role, (SELECT COUNT(*) FROM note_reads r JOIN users o ON o.id = r.user_id \
                   WHERE r.document_id = n.document_id AND r.read_at >= n.written_at AND o.id <> n.author_id \
                   AND (o.role IN ('individual', 'office', 'office_manager')) <> \
                   (u.role IN ('individual', 'office', 'office_manager'))) AS readers \
                   FROM notes n JOIN users u ON u.id = n.author_id \
                   LEFT JOIN document_versions v ON v.id = n.version_id \
                   WHERE n.document_id = $1 AND (n.internal = 0 OR $2 = 1) ORDER BY n.written_at, n.id";
    COUNT = "SELECT COUNT(*) AS written, COALESCE(SUM(CASE WHEN n.author_id <> $2 AND n.written_at > \
             COALESCE((SELECT r.read_at FROM note_reads r WHERE r.document_id = $1 AND r.user_id = $2), 0) \
             THEN 1 ELSE 0 END), 0) AS unread FROM notes n \
             WHERE n.document_id = $1 AND (n.internal = 0 OR $3 = 1)";
    READ = "INSERT INTO note_reads (document_id, user_id, read_at) VALUES ($1, $2, $3) \
            ON CONFLICT (document_id, user_id) DO UPDATE SET read_at = excluded.read_at";
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
    /// That version's number among the paper's uploads.
    pub version_number: Option<i64>,
    /// Who wrote it.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// The text.
    pub text: String,
    /// When.
    pub at: UnixMs,
    /// It stays inside the company.
    pub internal: bool,
    /// Somebody of the other side has read it.
    pub read: bool,
}

pub(crate) async fn insert(tx: &mut Tx, note: &NoteView, claim: &ClaimId, author: &UserId) -> Result<(), SqlError> {
    let NoteView { id, document, version, text, at, .. } = note;
    let values = values![id, document, claim, version.as_ref(), author, text, at.0, i64::from(note.internal)];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// Oldest first; those that stay inside only for people of the company.
pub(crate) async fn of_document(tx: &mut Tx, document: &DocumentId, inside: bool) -> Result<Vec<NoteView>, SqlError> {
    let rows = tx.rows(&OF_DOCUMENT, values![document, i64::from(inside)]).await?;
    rows.iter()
        .map(|row| {
            Ok(NoteView {
                id: NoteId::stored(row.text("id")?),
                document: document.clone(),
                version: row.maybe_text("version_id")?.map(VersionId::stored),
                version_number: row.maybe_whole("version_number")?,
                by: row.text("author_name")?,
                role: Role::stored(&row.text("author_role")?)?,
                text: row.text("body")?,
                at: UnixMs(row.whole("written_at")?),
                internal: row.whole("internal")? != 0,
                read: row.whole("readers")? > 0,
            })
        })
        .collect()
}

/// How many notes the person may read on the paper, and how many of them are new to them.
pub(crate) async fn count(
    tx: &mut Tx,
    document: &DocumentId,
    reader: &UserId,
    inside: bool,
) -> Result<(i64, i64), SqlError> {
    let row = tx.one(&COUNT, values![document, reader, i64::from(inside)]).await?;
    Ok((row.whole("written")?, row.whole("unread")?))
}

/// Writes that the person has read the paper's notes.
pub(crate) async fn read(tx: &mut Tx, document: &DocumentId, reader: &UserId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&READ, values![document, reader, now.0]).await.map(|_| ())
}
