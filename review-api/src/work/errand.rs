//! One kind of owed work: what it is about, the long part of it, and how its result is written.
//!
//! A new kind is a file with an [`Errand`] and one line in the runner's list.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::reader::{PaperReader, ReadFailure};
use crate::blobs::BlobError;
use crate::store::act::Act;
use crate::store::ids::VersionId;
use crate::store::sql::SqlError;
use crate::store::tables::jobs::{Lane, Owed, Taken};
use crate::store::tables::versions::{self, VersionRow};
use crate::store::{Store, StoreError};

/// The work was not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    /// The reader did not answer.
    #[error(transparent)]
    Read(#[from] ReadFailure),
    /// Database or disk failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Undone {
    /// Whether the cause lies with the machine and passes: the paper is not to be given up for it.
    pub(super) const fn passes(&self) -> bool {
        match self {
            Self::Store(StoreError::Blob(BlobError::Full | BlobError::Disk(_))) => true,
            Self::Store(StoreError::Sql(error)) => error.passes(),
            Self::Store(_) | Self::Read(_) => false,
        }
    }
}

impl From<SqlError> for Undone {
    fn from(error: SqlError) -> Self {
        Self::Store(error.into())
    }
}

impl From<BlobError> for Undone {
    fn from(error: BlobError) -> Self {
        Self::Store(error.into())
    }
}

/// The job in hand and whose hands they are; a result only counts while both still belong together.
#[derive(Clone, Copy, Debug)]
pub(super) struct InHand<'a> {
    pub(super) store: &'a Store,
    pub(super) job: &'a Taken,
    pub(super) worker: &'a str,
}

/// What a job about one upload carries.
#[derive(Serialize, Deserialize)]
struct Payload {
    version: VersionId,
}

/// Hands in a job about one upload that may wait; once, however often it is asked for.
pub(super) async fn owe_slowly(act: &mut Act<'_>, kind: &'static str, version: &VersionId) -> Result<(), Undone> {
    let payload = serde_json::to_string(&Payload { version: version.clone() }).map_err(StoreError::from)?;
    let dedup_key = format!("{kind}:{version}");
    Ok(act.owe(&Owed { kind, dedup_key, payload, lane: Lane::Slow }).await?)
}

/// The upload that a job is about.
pub(super) fn version_of(job: &Taken) -> Result<VersionId, Undone> {
    let payload: Payload = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
    Ok(payload.version)
}

/// Its row, whatever became of it meanwhile.
pub(super) async fn row_of(store: &Store, job: &Taken) -> Result<Option<VersionRow>, Undone> {
    Ok(versions::find(&mut store.read().await?, &version_of(job)?).await?)
}

/// Work for which the requests of others do not stand still.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Stopped)?)
}

/// One kind of owed work.
pub(super) trait Errand {
    /// What it is about.
    type Subject: Send + Sync;
    /// What the long part makes.
    type Made: Send;

    /// What the job is about; `None` when nobody waits for it any more.
    fn subject(store: &Store, job: &Taken) -> impl Future<Output = Result<Option<Self::Subject>, Undone>> + Send;

    /// The long part. Holds no transaction; the worker says meanwhile that it is alive.
    fn make(
        store: &Store,
        reader: Arc<dyn PaperReader>,
        subject: &Self::Subject,
    ) -> impl Future<Output = Result<Self::Made, Undone>> + Send;

    /// Writes the result and takes the job away, in one transaction.
    fn answer(
        at: InHand<'_>,
        subject: &Self::Subject,
        made: Self::Made,
    ) -> impl Future<Output = Result<(), Undone>> + Send;

    /// Writes that there will be no result, and lays the job aside for a person to look at.
    fn give_up(at: InHand<'_>, subject: &Self::Subject, why: &str) -> impl Future<Output = Result<(), Undone>> + Send;
}
