//! `[limits]`: what an upload may be at most.

use serde::Deserialize;

const MB: u64 = 1_000_000;

/// What an upload may be at most.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// Size of one file, megabytes.
    pub file_mb: u64,
    /// Size of one page, megapixels.
    pub page_megapixels: u64,
    /// Pages of one file.
    pub pages: u32,
    /// Size of all pages of one file together, megapixels.
    pub total_megapixels: u64,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { file_mb: 50, page_megapixels: 100, pages: 200, total_megapixels: 2000 }
    }
}

impl LimitsConfig {
    /// Size of one file in bytes.
    #[must_use]
    pub const fn file_bytes(&self) -> u64 {
        self.file_mb * MB
    }
}
