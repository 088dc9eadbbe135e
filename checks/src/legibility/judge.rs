//! One page, judged: measures, estimate, findings, verdict.

use super::blobs::blobs;
use super::ink::InkMap;
use super::measured::{Measured, View};
use super::readability::{PageRatios, Readability, fitted};
use super::sheet::Sheet;
use super::swallowed::swallowed;
use super::text::{candidates, text};
use crate::finding::{Finding, NotRun, Severity, Verdict};
use crate::page::Page;
use crate::registry::{CHECKS, Check, Factor};
use crate::report::{Elapsed, PageReport};
use crate::thresholds::LegibilityThresholds;

/// A factor below this share is a cause of a refused page, beside the worst one.
const CAUSE_BELOW: f32 = 0.75;
/// Body height of ten-point Persian print at 300 dpi, pixels; the estimate of dpi goes by it.
const BODY_PX_AT_300_DPI: f32 = 27.0;
/// Writing is looked for this weak on a page without any, levels and standard deviations of the noise.
const GHOST: (f32, f32) = (1.2, 3.0);
/// Noise above which a ghost cannot be told from grain, levels.
const GHOST_MAX_NOISE: f32 = 1.0;

/// Judges one upright page. The time is left for the caller to fill in.
#[must_use]
pub fn judge(page: &Page, limits: &LegibilityThresholds) -> PageReport {
    let sheet = Sheet::of(page);
    let glare = swallowed(&sheet);
    let letters = sheet.text.letters.len();
    let ghost = letters < limits.min_letters_blank && ghost(&sheet.map);
    let readability = if letters < limits.min_letters_blank {
        Readability {
            value: 0.0,
            factors: [1.0, 1.0, if ghost { 0.0 } else { 1.0 }, 1.0, if ghost { 1.0 } else { 0.0 }],
        }
    } else {
        fitted().judge(&PageRatios::of(&sheet, &glare))
    };
    let view = View { page, sheet: &sheet, glare: &glare, ghost, readability, limits };
    let uncertain = letters >= limits.min_letters_blank && letters < limits.min_letters_sure;
    let (findings, not_run) = findings(&view, uncertain);
    report(&view, uncertain, findings, not_run)
}

/// Whether writing is left that is too weak to be called ink.
fn ghost(map: &InkMap) -> bool {
    const LETTERS: usize = 24;
    if map.noise > GHOST_MAX_NOISE {
        return false;
    }
    let weak = InkMap { threshold: map.threshold.map(|_| GHOST.0.max(GHOST.1 * map.noise)), ..map.clone() };
    let found = blobs(&weak);
    let shaped = candidates(&found, map.width, map.height);
    text(&shaped, &found).letters.len() >= LETTERS
}

fn findings(view: &View<'_>, uncertain: bool) -> (Vec<Finding>, Vec<NotRun>) {
    let mut measured: Vec<(&Check, Measured)> = Vec::new();
    let mut not_run = Vec::new();
    for check in CHECKS {
        match (check.measure)(view) {
            Ok(measure) => measured.push((check, measure)),
            Err(why) => not_run.push(NotRun { check: check.code.to_owned(), why: why.to_owned() }),
        }
    }
    let refused = f64::from(view.readability.value) < view.limits.reject_readability;
    let worst = view.readability.worst();
    if refused && !measured.iter().any(|(c, m)| m.found && c.explains == worst) {
        name_the_cause(&mut measured, worst);
    }
    let findings = measured
        .into_iter()
        .filter(|(_, measure)| measure.found)
        .filter_map(|(check, measure)| {
            let cause = check.explains == worst || view.readability.factor(check.explains) < CAUSE_BELOW;
            let severity = if refused && cause && !uncertain { Severity::Reject } else { Severity::Warn };
            measure.finding(check.code, severity).ok()
        })
        .collect();
    (findings, not_run)
}

/// No check passed its limit, yet the page cannot be read: the nearest check of the worst factor tells it.
fn name_the_cause(measured: &mut [(&Check, Measured)], worst: Factor) {
    let nearest = measured
        .iter_mut()
        .filter(|(check, measure)| check.explains == worst && measure.at_most == Severity::Reject)
        .min_by(|(_, a), (_, b)| a.confidence().total_cmp(&b.confidence()));
    if let Some((_, measure)) = nearest {
        measure.found = true;
    }
}

fn report(view: &View<'_>, uncertain: bool, findings: Vec<Finding>, not_run: Vec<NotRun>) -> PageReport {
    let sheet = view.sheet;
    let native = view.page.provenance.native_dpi;
    let estimate = || (sheet.body_px() > 0.0).then(|| sheet.body_px() / BODY_PX_AT_300_DPI * 300.0);
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    let dpi = native.or_else(estimate).map(|d| d.round().clamp(1.0, 10_000.0) as u32);
    PageReport {
        index: view.page.index,
        width_px: sheet.width as u32,
        height_px: sheet.height as u32,
        dpi,
        dpi_estimated: native.is_none() && dpi.is_some(),
        turned_deg: view.page.turned_deg,
        skew_deg: (f64::from(sheet.tilt.map_or(0.0, |t| t.deg)) * 10.0).round() / 10.0,
        verdict: Verdict::of(&findings),
        readability: round(f64::from(view.readability.value)),
        uncertain,
        findings,
        not_run,
        elapsed_ms: Elapsed::default(),
    }
}
