//! The judged page and file, in the shape that the command line and the server both print.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::finding::{Finding, NotRun, Verdict};

/// Milliseconds spent on a page by stage; starting a child is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elapsed {
    /// Bytes to upright brightness.
    pub decode: u64,
    /// All legibility checks.
    pub legibility: u64,
    /// Reading words; absent where words were not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ocr: Option<u64>,
}

/// One judged page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageReport {
    /// Place in the file, from 0.
    pub index: u32,
    /// Width of the upright page, pixels.
    pub width_px: u32,
    /// Height of the upright page, pixels.
    pub height_px: u32,
    /// Resolution: native where true, else estimated from the height of the text.
    pub dpi: Option<u32>,
    /// Whether `dpi` is an estimate.
    pub dpi_estimated: bool,
    /// Quarter turn that was undone, degrees.
    pub turned_deg: u16,
    /// Tilt that is left, degrees, positive clockwise.
    pub skew_deg: f64,
    /// The worst of the findings.
    pub verdict: Verdict,
    /// Share of the characters a good reader still gets right, 0–1.
    pub readability: f64,
    /// Too little text to judge.
    pub uncertain: bool,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What was not judged, and why.
    pub not_run: Vec<NotRun>,
    /// Time by stage.
    pub elapsed_ms: Elapsed,
    /// What the page says, on its way into the file's facts; none once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
}

/// One judged file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file as it was named in the call.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Type by content, e.g. `image/jpeg`; `application/octet-stream` when unknown.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// The worst of the pages and the file's own findings.
    pub verdict: Verdict,
    /// Milliseconds over all.
    pub elapsed_ms: u64,
    /// The pages that could be read.
    pub pages: Vec<PageReport>,
    /// Findings about the file as a whole.
    pub findings: Vec<Finding>,
    /// What the papers say; null where nothing was read.
    pub facts: Option<Facts>,
}

impl FileReport {
    /// The worst of the pages and the file's own findings.
    #[must_use]
    pub fn worst(pages: &[PageReport], findings: &[Finding]) -> Verdict {
        pages.iter().map(|page| page.verdict).max().unwrap_or_default().max(Verdict::of(findings))
    }
}
