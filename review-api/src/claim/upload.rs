//! Taking an upload in: durable bytes, one transaction, then the acknowledgement.
//!
//! The order is what keeps a promise: the blob is on the disk before its row exists, and the row,
//! the owed work and the entry in the record are committed together before anybody is told.

use std::sync::Arc;
use std::time::Duration;

use super::access;
use super::error::{ClaimError, Refusal};
use super::pay::BANK_SLIP;
use super::show;
use super::states::{self, DocumentStep};
use super::text::file_name;
use super::view::VersionDetail;
use super::words::{ClaimState, DocumentState, SLOTS, VersionState};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::act::Act;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::{blobs, documents, versions};
use crate::store::{Live, Store, StoreError};
use crate::work::judge_upload;

/// Where an upload belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The first paper of the slot: a new version of it when it is there.
    Slot(String),
    /// One more paper in the slot.
    Another(String),
    /// A new version of this paper.
    Document(DocumentId),
}

/// An upload as it came in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The claim.
    pub claim: ClaimId,
    /// Where it belongs.
    pub target: Target,
    /// The file's name as the browser gave it.
    pub file_name: String,
    /// All its bytes.
    pub bytes: Vec<u8>,
}

/// The acknowledgement of an upload.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Accepted {
    /// The paper.
    pub document: DocumentId,
    /// The version.
    pub version: VersionId,
    /// The number that proves it.
    pub receipt: String,
    /// The very same bytes were there already; nothing was written (`DUP-SAME`).
    pub repeated: bool,
    /// The slot.
    pub slot: String,
}

/// Takes the upload in. When this returns the bytes are durable and the work is owed.
///
/// # Errors
/// A [`Refusal`], [`ClaimError::Blob`] when the disk is full or fails, others when something
/// fails; nothing is acknowledged then.
pub async fn accept(store: &Store, actor: &Actor, upload: Upload) -> Result<Accepted, ClaimError> {
    access::sender(actor, Action::UploadPaper)?;
    if upload.bytes.is_empty() && upload.file_name.is_empty() {
        return Err(Refusal::FileEmpty.into());
    }
    // Asked before anything is written, so that a stranger cannot fill the disk.
    expected(store, actor, &upload.claim).await?;
    let blob = store.blobs().keep(Arc::from(upload.bytes)).await?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, &upload.claim).await?;
    editable(&claim)?;
    let mut document = place(&mut act, &claim, &upload.target).await?;
    if claim.state == ClaimState::PaymentReturned && document.slot != BANK_SLIP {
        return Err(Refusal::OnlyBankSlip.into());
    }
    // Refused here too when the approval came while the bytes were on their way.
    let state = states::document(document.state, DocumentStep::Upload)?;
    let before = versions::of_document(&mut act.tx, &document.id).await?;
    if let Some(same) = before.iter().find(|v| Some(&v.id) == document.current.as_ref() && v.sha256 == blob.sha256) {
        return Ok(Accepted {
            document: document.id,
            version: same.id.clone(),
            receipt: same.receipt.clone(),
            repeated: true,
            slot: document.slot,
        });
    }
    let now = act.now;
    let id = VersionId::fresh(now, act.chance());
    let receipt = receipt(&act);
    blobs::refer(&mut act.tx, &blob, now).await?;
    let number = before.first().map_or(1, |newest| newest.number + 1);
    let new = versions::NewVersion {
        id: &id,
        document: &document.id,
        claim: &claim.id,
        number,
        sha256: &blob.sha256,
        bytes: blob.bytes,
        file_name: &file_name(&upload.file_name),
        receipt: &receipt,
        by: &actor.user,
        at: now,
    };
    versions::insert(&mut act.tx, &new).await?;
    if let Some(old) = &document.current {
        versions::supersede(&mut act.tx, old, now).await?;
    }
    document.state = state;
    document.current = Some(id.clone());
    if !documents::set(&mut act.tx, &mut document, now).await? {
        return Err(ClaimError::Stale);
    }
    act.owe(&judge_upload::owed(&id)).await?;
    let entry = Entry::new(EventKind::UploadAccepted)
        .claim(&claim.office, &claim.id)
        .document(&document.id)
        .version(&id)
        .with("sha256", blob.sha256)
        .with("number", number)
        .with("slot", document.slot.as_str());
    act.record(entry).await?;
    act.commit().await?;
    Ok(Accepted { document: document.id, version: id, receipt, repeated: false, slot: document.slot })
}

/// Whether the actor may send papers of this claim as it stands now: to be asked before a byte of one is read.
///
/// # Errors
/// [`ClaimError::NotFound`], [`ClaimError::Forbidden`], a [`Refusal`]; others when the database fails.
pub async fn expected(store: &Store, actor: &Actor, claim: &ClaimId) -> Result<(), ClaimError> {
    access::sender(actor, Action::UploadPaper)?;
    let mut tx = store.read().await?;
    let claim = access::claim(&mut tx, actor, claim).await?;
    Ok(editable(&claim)?)
}

fn editable(claim: &ClaimRow) -> Result<(), Refusal> {
    if states::is_editable(claim.state) { Ok(()) } else { Err(Refusal::ClaimNotEditable) }
}

/// Letters and digits of a receipt: none that look alike.
const RECEIPT_SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Signs of a receipt; 32^12 of them, so that a guess finds none.
const RECEIPT_LENGTH: usize = 12;

fn receipt(act: &Act<'_>) -> String {
    let mut random = [0; RECEIPT_LENGTH];
    act.chance().fill(&mut random);
    let mut text = String::from("R");
    for (place, byte) in random.iter().enumerate() {
        if place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(RECEIPT_SIGNS[usize::from(*byte) % RECEIPT_SIGNS.len()]));
    }
    text
}

/// The paper an upload belongs to; made when the slot has none.
async fn place(act: &mut Act<'_>, claim: &ClaimRow, target: &Target) -> Result<DocumentRow, ClaimError> {
    let there = documents::of_claim(&mut act.tx, &claim.id).await?;
    let (slot, found) = match target {
        Target::Document(id) => {
            return there.into_iter().find(|document| document.id == *id).ok_or(ClaimError::NotFound);
        }
        Target::Slot(slot) => (slot, there.iter().find(|document| document.slot == *slot).cloned()),
        Target::Another(slot) => (slot, None),
    };
    if let Some(found) = found {
        return Ok(found);
    }
    if !SLOTS.contains(&slot.as_str()) {
        return Err(Refusal::SlotUnknown.into());
    }
    let last = there.iter().filter(|document| document.slot == *slot).map(|document| document.position).max();
    let document = DocumentRow {
        id: DocumentId::fresh(act.now, act.chance()),
        claim: claim.id.clone(),
        slot: slot.clone(),
        position: last.unwrap_or(0) + 1,
        state: DocumentState::Empty,
        revision: 1,
        current: None,
        approved_sha256: None,
    };
    let now = act.now;
    documents::insert(&mut act.tx, &document, now).await?;
    Ok(document)
}

/// The version as soon as the checks have answered; as it stands when they take longer than
/// `wait`.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn judged(store: &Store, actor: &Actor, id: &VersionId, wait: Duration) -> Result<VersionDetail, ClaimError> {
    // Subscribed before the first look, so that an answer between the two is not missed.
    let mut live = store.live();
    let answered = async {
        loop {
            let now = show::version(store, actor, id).await?;
            if now.summary.state != VersionState::Checking {
                return Ok::<_, ClaimError>(now);
            }
            about(&mut live, id).await?;
        }
    };
    match tokio::time::timeout(wait, answered).await {
        Ok(answer) => answer,
        Err(_) => show::version(store, actor, id).await,
    }
}

/// How often to look without being told: another process may have done the work.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

async fn about(live: &mut tokio::sync::broadcast::Receiver<Live>, id: &VersionId) -> Result<(), StoreError> {
    let told = async {
        loop {
            match live.recv().await {
                Ok(event) if event.version.as_ref() != Some(id) => {}
                // Told of it, fell behind, or closed: look again in each case.
                _ => return,
            }
        }
    };
    // Late is no fault: the caller looks again.
    drop(tokio::time::timeout(LOOK_AGAIN, told).await);
    Ok(())
}
