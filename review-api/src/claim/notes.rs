//! Notes between office and expert about one paper.

use super::access;
use super::error::{ClaimError, Refusal};
use super::text::paragraph;
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::{DocumentId, NoteId};
use crate::store::tables::notes as rows;

pub use crate::store::tables::notes::NoteView;

/// The notes on a paper, oldest first.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn list(store: &Store, actor: &Actor, document: &DocumentId) -> Result<Vec<NoteView>, ClaimError> {
    let mut tx = store.read().await?;
    access::document(&mut tx, actor, document).await?;
    Ok(rows::of_document(&mut tx, document).await?)
}

/// Writes a note on a paper that has an upload.
///
/// # Errors
/// A [`Refusal`]; others when something fails.
pub async fn add(store: &Store, actor: &Actor, document: &DocumentId, text: &str) -> Result<NoteView, ClaimError> {
    let text = paragraph("text", text)?.ok_or(Refusal::NoteEmpty)?;
    access::allowed(actor, Action::WriteNote)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let (row, claim) = access::held_document(&mut act.tx, actor, document).await?;
    let version = row.current.clone().ok_or(Refusal::DocumentEmpty)?;
    let note = NoteView {
        id: NoteId::fresh(act.now, act.chance()),
        document: row.id.clone(),
        version: Some(version.clone()),
        by: actor.display_name.clone(),
        role: actor.role,
        text,
        at: act.now,
    };
    rows::insert(&mut act.tx, &note, &claim.id, &actor.user).await?;
    let entry = Entry::new(EventKind::NoteAdded).claim(&claim.office, &claim.id);
    act.record(entry.document(&row.id).version(&version).with("note", note.id.as_str())).await?;
    act.commit().await?;
    Ok(note)
}
