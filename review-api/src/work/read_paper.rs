//! The job that reads the words of one upload, after its verdict and never before somebody else's.
//!
//! The upload's own bytes are read again in a locked child, by the same path that `sanad case` takes, so that both
//! know the same facts in the same pixels. A paper that was replaced meanwhile is left alone.

use std::sync::Arc;

use super::errand::{Errand, InHand, Undone, aside, owe_slowly, version_of};
use super::judge_upload::{about, held};
use super::reader::{PaperReader, ReadWords};
use super::same_numbers;
use crate::audit::EventKind;
use crate::claim::story;
use crate::claim::words::ReadingState;
use crate::store::Store;
use crate::store::act::Act;
use crate::store::tables::jobs::{self, Taken};
use crate::store::tables::readings::{self, Answer};
use crate::store::tables::versions::{self, VersionRow};

/// Name of the job.
pub(super) const KIND: &str = "read_paper";

/// What is written where some pages were read and the reader then fell over the next.
const CUT_OFF: &str = "the reader did not get through the whole file";

/// Says that the words of this upload are wanted, and hands the work in; nothing where it has no pages.
pub(super) async fn owe(act: &mut Act<'_>, version: &VersionRow, pages: usize) -> Result<(), Undone> {
    if pages == 0 {
        return Ok(());
    }
    let now = act.now;
    let pages = i64::try_from(pages).unwrap_or(i64::MAX);
    readings::insert(&mut act.tx, &version.id, &version.claim, pages, now).await?;
    owe_slowly(act, KIND, &version.id).await
}

/// Reads the words of one upload.
#[derive(Debug)]
pub(super) struct ReadWordsOf;

impl Errand for ReadWordsOf {
    type Subject = VersionRow;
    type Made = ReadWords;

    async fn subject(store: &Store, job: &Taken) -> Result<Option<VersionRow>, Undone> {
        let version = version_of(job)?;
        let mut tx = store.read().await?;
        let waits = readings::find(&mut tx, &version).await?;
        if waits.is_none_or(|reading| reading.state != ReadingState::Waiting) {
            return Ok(None);
        }
        Ok(versions::find(&mut tx, &version).await?.filter(|version| !version.superseded))
    }

    async fn make(store: &Store, reader: Arc<dyn PaperReader>, version: &VersionRow) -> Result<ReadWords, Undone> {
        let bytes = store.blobs().give(&version.sha256).await?;
        Ok(aside(move || reader.words(&bytes)).await??)
    }

    async fn answer(at: InHand<'_>, version: &VersionRow, words: ReadWords) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            return Ok(());
        }
        let (state, why_not) =
            if words.whole { (ReadingState::Read, None) } else { (ReadingState::NotRead, Some(CUT_OFF)) };
        let pages_read = i64::try_from(words.pages_read).unwrap_or(i64::MAX);
        let answer = Answer { state, facts: words.facts.as_ref(), pages_read, why_not };
        let now = act.now;
        if readings::answer(&mut act.tx, &version.id, &answer, now).await? {
            story::keep(&mut act.tx, &claim.id, now).await?;
            if let Some(facts) = &words.facts {
                same_numbers::owe(&mut act, version, facts).await?;
            }
            let kind = if words.whole { EventKind::PaperRead } else { EventKind::PaperNotRead };
            act.record(about(kind, &claim, version).with("pages", pages_read)).await?;
        }
        Ok(act.commit().await?)
    }

    async fn give_up(at: InHand<'_>, version: &VersionRow, why: &str) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::bury(&mut act.tx, &at.job.id, at.worker, why).await? {
            return Ok(());
        }
        let answer = Answer { state: ReadingState::NotRead, facts: None, pages_read: 0, why_not: Some(why) };
        let now = act.now;
        if readings::answer(&mut act.tx, &version.id, &answer, now).await? {
            act.record(about(EventKind::PaperNotRead, &claim, version)).await?;
        }
        Ok(act.commit().await?)
    }
}
