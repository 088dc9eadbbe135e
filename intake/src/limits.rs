//! What a file may ask of the house, and what the caller asks of a reading.

use sanad_checks::thresholds::LegibilityThresholds;
use serde::{Deserialize, Serialize};

/// Upper bounds on one file. A file over a bound gets a finding that names the bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Size of the file in bytes; 50 MB.
    pub max_bytes: u64,
    /// Pixels of one page; 100 million, an A4 page at 1200 dpi is 139 million.
    pub max_page_pixels: u64,
    /// Pages of one file; 200.
    pub max_pages: u32,
    /// Pixels of all pages together; 2 billion, 200 pages of A4 at 300 dpi and some more.
    pub max_total_pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 50_000_000, max_page_pixels: 100_000_000, max_pages: 200, max_total_pixels: 2_000_000_000 }
    }
}

/// The upload a converted picture was made from; its identity is the one that is reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// SHA-256 of the upload, lower-case hexadecimal.
    pub sha256: String,
    /// Size of the upload in bytes.
    pub bytes: u64,
    /// Media type of the upload, e.g. `image/heic`.
    pub media_type: String,
}

/// How one file is to be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadRequest {
    /// Bounds on the file.
    pub limits: Limits,
    /// Limits of the legibility checks.
    pub thresholds: LegibilityThresholds,
    /// Make [`crate::PageImages`] for each page.
    pub preview: bool,
    /// Draw the findings on a copy of each page.
    pub annotate: bool,
    /// Read the words too, after the page is judged: what it is, its dates and numbers.
    pub words: bool,
    /// Take what each page is known again by, [`crate::PageIdentity`].
    pub identify: bool,
    /// Leave the judging out: pages are only decoded, turned upright and identified.
    pub unjudged: bool,
    /// Set where the bytes are a conversion of another upload.
    pub original: Option<Original>,
}
