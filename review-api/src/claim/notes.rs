//! Notes between office and expert about one paper: from its upload on, across its versions.

use super::access;
use super::error::{ClaimError, Refusal};
use super::text::paragraph;
use crate::accounts::{self, Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::{DocumentId, NoteId};
use crate::store::tables::{notes as rows, versions};

pub use crate::store::tables::notes::NoteView;

/// Whether the person reads what stays inside the company.
pub(super) fn inside(actor: &Actor) -> bool {
    accounts::may(actor, Action::WriteInternalNote).any()
}

/// The notes on a paper that the actor may read, oldest first.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn list(store: &Store, actor: &Actor, document: &DocumentId) -> Result<Vec<NoteView>, ClaimError> {
    let mut tx = store.read().await?;
    access::document(&mut tx, actor, document).await?;
    Ok(rows::of_document(&mut tx, document, inside(actor)).await?)
}

/// Writes down that the actor has read the paper's notes.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn mark_read(store: &Store, actor: &Actor, document: &DocumentId) -> Result<(), ClaimError> {
    let mut act = store.act(Some(&actor.user)).await?;
    access::document(&mut act.tx, actor, document).await?;
    let now = act.now;
    rows::read(&mut act.tx, document, &actor.user, now).await?;
    act.commit().await?;
    Ok(())
}

/// Writes a note on a paper whose upload is complete; one that stays inside is for the company alone.
///
/// # Errors
/// A [`Refusal`]; others when something fails.
pub async fn add(
    store: &Store,
    actor: &Actor,
    document: &DocumentId,
    text: &str,
    internal: bool,
) -> Result<NoteView, ClaimError> {
    let text = paragraph("text", text)?.ok_or(Refusal::NoteEmpty)?;
    access::allowed(actor, if internal { Action::WriteInternalNote } else { Action::WriteNote })?;
    let mut act = store.act(Some(&actor.user)).await?;
    let (row, claim) = access::held_document(&mut act.tx, actor, document).await?;
    let version = row.current.clone().ok_or(Refusal::DocumentEmpty)?;
    let number = versions::find(&mut act.tx, &version).await?.map(|version| version.number);
    let note = NoteView {
        id: NoteId::fresh(act.now, act.chance()),
        document: row.id.clone(),
        version: Some(version.clone()),
        version_number: number,
        by: actor.display_name.clone(),
        role: actor.role,
        text,
        at: act.now,
        internal,
        read: false,
    };
    rows::insert(&mut act.tx, &note, &claim.id, &actor.user).await?;
    // Who answers has read what stands above.
    let now = act.now;
    rows::read(&mut act.tx, document, &actor.user, now).await?;
    let entry = Entry::new(EventKind::NoteAdded).claim(&claim.office, &claim.id);
    let entry = entry.document(&row.id).version(&version).with("note", note.id.as_str()).with("internal", internal);
    act.record(entry).await?;
    act.commit().await?;
    Ok(note)
}
