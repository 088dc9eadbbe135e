//! A file that holds several papers, taken apart: each paper goes to its slot as an upload of its own.
//!
//! The proposal is what the words of the pages say ([`PartFact`]); nothing is done before the sender confirms it. The
//! part that belongs to the file's own slot becomes a new version of that paper, so the whole file is kept beside it.

use std::sync::Arc;

use sanad_checks::facts::PartFact;
use serde::Serialize;

use super::error::{ClaimError, Refusal};
use super::upload::{self, Accepted, Target, Upload};
use super::{access, show};
use crate::accounts::{Action, Actor};
use crate::store::ids::{DocumentId, VersionId};
use crate::store::{Store, StoreError};
use crate::work::PaperReader;

/// The acknowledgement: one upload for each part that has a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Split {
    /// The claim.
    pub claim: String,
    /// The uploads, in the order of the pages.
    pub uploads: Vec<Accepted>,
}

/// Takes the current file of a paper apart as proposed.
///
/// # Errors
/// [`Refusal::NothingToSplit`] where no papers are proposed or they are taken apart already,
/// [`Refusal::VersionNotCurrent`] where the file was replaced, and as [`upload::accept`].
pub async fn split(
    store: &Store,
    reader: &Arc<dyn PaperReader>,
    actor: &Actor,
    version: &VersionId,
) -> Result<Split, ClaimError> {
    access::sender(actor, Action::UploadPaper)?;
    let paper = {
        let mut tx = store.read().await?;
        access::version(&mut tx, actor, version).await?.0.document
    };
    let seen = show::version(store, actor, version).await?;
    let document = show::document(store, actor, &paper).await?;
    if document.current.as_ref().is_none_or(|current| current.summary.id != *version) {
        return Err(Refusal::VersionNotCurrent.into());
    }
    let facts = seen.reading.and_then(|reading| reading.facts);
    let parts: Vec<PartFact> = facts.map(|facts| facts.parts).unwrap_or_default();
    if parts.iter().filter(|part| part.slot.is_some()).count() == 0 {
        return Err(Refusal::NothingToSplit.into());
    }
    let bytes: Arc<[u8]> = store.blobs().give(&seen.summary.sha256).await?.into();
    let mut made = Vec::new();
    for part in &parts {
        let Some(slot) = &part.slot else { continue };
        made.push((slot.clone(), part.first, taken(reader, &bytes, part).await?));
    }
    let mut own = Some(paper);
    let mut uploads = Vec::new();
    for (slot, first, bytes) in made {
        let target = target(&slot, &document.slot, &mut own);
        let file_name = format!("{}-{}.pdf", slot, first + 1);
        let upload = Upload { claim: document.claim.clone(), target, file_name, bytes };
        uploads.push(upload::accept(store, actor, upload).await?);
    }
    Ok(Split { claim: document.claim.to_string(), uploads })
}

/// Where a part goes: the first of the file's own slot replaces the file, the others are sheets of their own.
fn target(slot: &str, own_slot: &str, own: &mut Option<DocumentId>) -> Target {
    match own.take_if(|_| slot == own_slot) {
        Some(document) => Target::Document(document),
        None => Target::Another(slot.to_owned()),
    }
}

/// The pages of a part as a file of their own.
async fn taken(reader: &Arc<dyn PaperReader>, bytes: &Arc<[u8]>, part: &PartFact) -> Result<Vec<u8>, ClaimError> {
    let (reader, bytes, pages) = (Arc::clone(reader), Arc::clone(bytes), (part.first, part.last));
    let taking = tokio::task::spawn_blocking(move || reader.pages(&bytes, pages));
    match taking.await.map_err(|_| StoreError::Stopped)? {
        Ok(file) => file.ok_or_else(|| Refusal::NothingToSplit.into()),
        Err(error) => {
            tracing::warn!(%error, "pages could not be taken out of a file");
            Err(ClaimError::Busy)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_part_of_the_own_slot_replaces_the_file() {
        let id: DocumentId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("an id");
        let mut own = Some(id.clone());
        assert_eq!(target("policy", "hospital-bill", &mut own), Target::Another("policy".to_owned()));
        assert_eq!(target("hospital-bill", "hospital-bill", &mut own), Target::Document(id));
        assert_eq!(target("hospital-bill", "hospital-bill", &mut own), Target::Another("hospital-bill".to_owned()));
    }
}
