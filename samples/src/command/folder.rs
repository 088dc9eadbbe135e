//! Where a command puts its files: on disk, or compared with what is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A folder being filled or verified.
pub(crate) struct Folder {
    root: PathBuf,
    verify: bool,
    seen: BTreeSet<PathBuf>,
    bytes: u64,
}

impl Folder {
    /// A folder to write into.
    pub(crate) fn write(root: &Path) -> Self {
        Self { root: root.to_owned(), verify: false, seen: BTreeSet::new(), bytes: 0 }
    }

    /// A folder whose files must already be the same byte for byte.
    pub(crate) fn verify(root: &Path) -> Self {
        Self { verify: true, ..Self::write(root) }
    }

    /// Writes or compares a file.
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.root.join(name);
        self.bytes += bytes.len() as u64;
        self.seen.insert(path.clone());
        if self.verify {
            let there = std::fs::read(&path).with_context(|| path.display().to_string())?;
            if there != bytes {
                bail!("{} differs from what its seed gives", path.display());
            }
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())
    }

    /// A folder inside this one.
    pub(crate) fn within(&self, name: &str) -> Self {
        Self { root: self.root.join(name), verify: self.verify, seen: BTreeSet::new(), bytes: 0 }
    }

    /// Takes over what was put into a folder inside.
    pub(crate) fn join(&mut self, inner: Self) {
        self.bytes += inner.bytes;
        self.seen.extend(inner.seen);
    }

    /// Bytes written or compared.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Files under the folder that no command wrote.
    pub(crate) fn strangers(&self) -> Vec<PathBuf> {
        let mut waiting = vec![self.root.clone()];
        let mut strangers = Vec::new();
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if !self.seen.contains(&path) {
                    strangers.push(path);
                }
            }
        }
        strangers.sort();
        strangers
    }
}

/// Values as JSON, one a line.
pub(crate) fn json_lines<T: serde::Serialize>(values: &[T]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    for value in values {
        serde_json::to_writer(&mut out, value)?;
        out.push(b'\n');
    }
    Ok(out)
}
