//! Clearing away what an interrupted upload left: unfinished files, and blobs no row names.

use std::fs;
use std::path::Path;
use std::sync::PoisonError;
use std::time::Duration;

use super::{BlobError, Blobs, UNFINISHED, is_address};
use crate::store::Store;
use crate::store::StoreError;
use crate::store::clock::{UnixMs, millis};
use crate::store::tables::blobs as rows;

/// How long a file without a row is left alone: longer than any upload takes between the two.
pub const GRACE: Duration = Duration::from_secs(3600);

/// What was cleared away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that were never finished.
    pub unfinished: u64,
    /// Finished blobs that no row names.
    pub orphans: u64,
}

/// The sweep could not look or clear.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The folder of blobs failed.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Clears files older than `grace` that nothing refers to. Run at start, before uploads come in.
///
/// # Errors
/// When the folder or the database cannot be read.
pub async fn sweep(store: &Store, grace: Duration) -> Result<Swept, SweepError> {
    let before = store.now().minus(grace);
    let mut swept = Swept { unfinished: store.blobs().sweep_unfinished(before)?, orphans: 0 };
    for address in store.blobs().older_than(before)? {
        let mut tx = store.read().await?;
        if rows::find(&mut tx, &address).await.map_err(StoreError::from)?.is_none() {
            swept.orphans += u64::from(store.blobs().remove_if_older(&address, before)?);
        }
    }
    Ok(swept)
}

fn is_older(path: &Path, before: UnixMs) -> bool {
    let written = fs::metadata(path).and_then(|about| about.modified()).ok();
    let age = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    age.is_some_and(|age| millis(age) < before.0)
}

impl Blobs {
    fn sweep_unfinished(&self, before: UnixMs) -> Result<u64, BlobError> {
        let _alone = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        let mut cleared = 0;
        for entry in fs::read_dir(self.root.join(UNFINISHED))? {
            let path = entry?.path();
            if is_older(&path, before) {
                fs::remove_file(path)?;
                cleared += 1;
            }
        }
        Ok(cleared)
    }

    fn older_than(&self, before: UnixMs) -> Result<Vec<String>, BlobError> {
        let mut found = Vec::new();
        for folder in fs::read_dir(self.root.as_path())? {
            let folder = folder?.path();
            if !folder.is_dir() || folder.ends_with(UNFINISHED) {
                continue;
            }
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_address(&name) && is_older(&entry.path(), before) {
                    found.push(name);
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn remove_if_older(&self, address: &str, before: UnixMs) -> Result<bool, BlobError> {
        let _alone = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        let path = self.path(address)?;
        if !is_older(&path, before) {
            return Ok(false);
        }
        fs::remove_file(path)?;
        Ok(true)
    }
}
