//! `[data]`: where the papers are kept.

use std::path::PathBuf;

use serde::Deserialize;

/// Where the papers are kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DataConfig {
    /// Folder of the stored files; made when missing.
    pub dir: PathBuf,
}

impl Default for DataConfig {
    fn default() -> Self {
        Self { dir: PathBuf::from("data/papers") }
    }
}
