//! Bytes by their content: one file for each SHA-256, durable before anybody is told so.
//!
//! A blob is written to a temporary file, fsynced, renamed to its address, and its folder is
//! fsynced. A failed fsync is final for that file: what the kernel still holds of it cannot be
//! trusted to a second try. Every file begins with a header that names the key it is sealed with,
//! so that encryption needs no rewrite; key 0 stands for plain.

mod header;
pub mod sweep;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest as _, Sha256};

use crate::store::clock::Chance;
use crate::store::hex;
use header::Header;

/// Folder of files that are still being written.
const UNFINISHED: &str = "unfinished";

/// Characters of the address that name its folder.
const FOLDER_CHARS: usize = 2;

/// The bytes could not be kept or given.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// No room is left on the disk.
    #[error("the disk is full")]
    Full,
    /// No blob stands at this address.
    #[error("no blob at {0}")]
    Missing(String),
    /// The file is not what was written: its header or its content differs.
    #[error("the blob at {0} is damaged")]
    Damaged(String),
    /// Sealed with a key this program does not have.
    #[error("the blob is sealed with key {0}")]
    Sealed(u32),
    /// The address is no SHA-256.
    #[error("not a content address")]
    BadAddress,
    /// The task that wrote was stopped.
    #[error("the writing was stopped")]
    Stopped,
    /// The disk failed.
    #[error("the disk failed")]
    Disk(#[source] io::Error),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Disk(error),
        }
    }
}

/// A durable blob: its address and size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Size of the bytes without the header.
    pub bytes: i64,
}

/// The folder of blobs. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    root: Arc<PathBuf>,
    chance: Arc<dyn Chance>,
    // Writers share it, the sweep has it alone: a file that is being put back cannot be swept.
    gate: Arc<RwLock<()>>,
}

impl std::fmt::Debug for Blobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blobs").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Blobs {
    /// Opens the folder and makes it when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Path, chance: Arc<dyn Chance>) -> Result<Self, BlobError> {
        fs::create_dir_all(root.join(UNFINISHED))?;
        sync_folder(root)?;
        Ok(Self { root: Arc::new(root.to_owned()), chance, gate: Arc::default() })
    }

    /// Keeps the bytes; they are on the disk when this returns. Blocking.
    ///
    /// # Errors
    /// [`BlobError::Full`] or [`BlobError::Disk`]; nothing is kept then.
    pub fn put(&self, bytes: &[u8]) -> Result<Stored, BlobError> {
        let sha256 = hex(&Sha256::digest(bytes));
        let gate = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let unfinished = self.root.join(UNFINISHED).join(self.temporary_name());
        let put = self.write_then_rename(&unfinished, &sha256, bytes);
        drop(gate);
        if put.is_err() {
            // Best effort: what stays behind is swept at the next start.
            drop(fs::remove_file(&unfinished));
        }
        put?;
        Ok(Stored { sha256, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) })
    }

    fn write_then_rename(&self, unfinished: &Path, sha256: &str, bytes: &[u8]) -> Result<(), BlobError> {
        let mut file = File::create_new(unfinished)?;
        file.write_all(&Header::plain().to_bytes())?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        let folder = self.root.join(&sha256[..FOLDER_CHARS]);
        if !folder.is_dir() {
            fs::create_dir_all(&folder)?;
            sync_folder(&self.root)?;
        }
        // An older file at the address holds the same bytes; writing it anew also mends one
        // that was damaged.
        fs::rename(unfinished, folder.join(sha256))?;
        sync_folder(&folder)
    }

    fn temporary_name(&self) -> String {
        let mut random = [0; 16];
        self.chance.fill(&mut random);
        hex(&random)
    }

    /// Gives the bytes back after proving that they are those that were kept. Blocking.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::Damaged`] or [`BlobError::Disk`].
    pub fn get(&self, sha256: &str) -> Result<Vec<u8>, BlobError> {
        let path = self.path(sha256)?;
        let mut file = match fs::read(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(BlobError::Missing(sha256.to_owned()));
            }
            Err(error) => return Err(error.into()),
        };
        let header = Header::read(&file).ok_or_else(|| BlobError::Damaged(sha256.to_owned()))?;
        if !header.is_plain() {
            return Err(BlobError::Sealed(header.key));
        }
        let bytes = file.split_off(Header::LENGTH);
        if hex(&Sha256::digest(&bytes)) == sha256 { Ok(bytes) } else { Err(BlobError::Damaged(sha256.to_owned())) }
    }

    /// [`Blobs::put`] away from the async threads.
    ///
    /// # Errors
    /// As [`Blobs::put`].
    pub async fn keep(&self, bytes: Arc<[u8]>) -> Result<Stored, BlobError> {
        let blobs = self.clone();
        let put = tokio::task::spawn_blocking(move || blobs.put(&bytes));
        put.await.map_err(|_| BlobError::Stopped)?
    }

    /// [`Blobs::get`] away from the async threads.
    ///
    /// # Errors
    /// As [`Blobs::get`].
    pub async fn give(&self, sha256: &str) -> Result<Vec<u8>, BlobError> {
        let (blobs, sha256) = (self.clone(), sha256.to_owned());
        let get = tokio::task::spawn_blocking(move || blobs.get(&sha256));
        get.await.map_err(|_| BlobError::Stopped)?
    }

    fn path(&self, sha256: &str) -> Result<PathBuf, BlobError> {
        if !is_address(sha256) {
            return Err(BlobError::BadAddress);
        }
        Ok(self.root.join(&sha256[..FOLDER_CHARS]).join(sha256))
    }
}

fn is_address(text: &str) -> bool {
    text.len() == 2 * <Sha256 as sha2::digest::OutputSizeUser>::output_size()
        && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn sync_folder(folder: &Path) -> Result<(), BlobError> {
    Ok(File::open(folder)?.sync_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::clock::SeededChance;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("sanad-blobs-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        folder
    }

    fn open(root: &Path) -> Blobs {
        Blobs::open(root, Arc::new(SeededChance::new(1))).unwrap()
    }

    #[test]
    fn bytes_come_back_and_leave_nothing_unfinished() {
        let root = folder("back");
        let blobs = open(&root);
        let stored = blobs.put(b"abc").unwrap();
        assert_eq!(stored.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(blobs.put(b"abc").unwrap(), stored);
        assert_eq!(blobs.get(&stored.sha256).unwrap(), b"abc");
        assert_eq!(fs::read_dir(root.join(UNFINISHED)).unwrap().count(), 0);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_changed_byte_or_header_is_noticed() {
        let root = folder("changed");
        let blobs = open(&root);
        let stored = blobs.put(b"abc").unwrap();
        let path = blobs.path(&stored.sha256).unwrap();
        let whole = fs::read(&path).unwrap();
        for place in [0, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            fs::write(&path, bytes).unwrap();
            assert!(matches!(blobs.get(&stored.sha256), Err(BlobError::Damaged(_))));
        }
        fs::write(&path, &whole[..4]).unwrap();
        assert!(matches!(blobs.get(&stored.sha256), Err(BlobError::Damaged(_))));
        blobs.put(b"abc").unwrap();
        assert_eq!(blobs.get(&stored.sha256).unwrap(), b"abc", "putting it again mends it");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn an_address_cannot_climb_out_of_the_folder() {
        let root = folder("climb");
        assert!(matches!(open(&root).get("../../etc/passwd"), Err(BlobError::BadAddress)));
        fs::remove_dir_all(root).unwrap();
    }
}
