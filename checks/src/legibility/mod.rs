//! Can the page be read?

use crate::finding::Verdict;
use crate::page::{Luma, Page};
use crate::report::{Elapsed, PageReport};
use crate::thresholds::LegibilityThresholds;

/// Quarter turn of the content, clockwise degrees.
#[must_use]
pub fn find_turn(_luma: &Luma) -> u16 {
    0
}

/// Judges one upright page.
#[must_use]
pub fn judge(page: &Page, _thresholds: &LegibilityThresholds) -> PageReport {
    PageReport {
        index: page.index,
        width_px: page.luma.width() as u32,
        height_px: page.luma.height() as u32,
        dpi: page.provenance.native_dpi.map(|d| d as u32),
        dpi_estimated: false,
        turned_deg: page.turned_deg,
        skew_deg: 0.0,
        verdict: Verdict::Accept,
        readability: 1.0,
        uncertain: false,
        findings: vec![],
        not_run: vec![],
        elapsed_ms: Elapsed::default(),
    }
}
