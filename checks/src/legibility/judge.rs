//! One page, judged: measures, estimate, findings, verdict.

use super::blobs::blobs;
use super::blur;
use super::focus::nowhere_sharp;
use super::ink::InkMap;
use super::marks::Marks;
use super::measured::{Measured, View, blurred, burnt};
use super::readability::{Readability, fitted};
use super::sheet::{Sheet, Tile};
use super::signs::PageSigns;
use super::swallowed::{Swallowed, swallowed};
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

/// Judges one upright page whose marks are known. The time is left for the caller to fill in.
#[must_use]
pub fn judge(page: &Page, marks: Marks, limits: &LegibilityThresholds) -> PageReport {
    let mut sheet = Sheet::of(page, marks);
    let glare = swallowed(&sheet);
    let letters = sheet.text.letters.len();
    let ghost = letters < limits.min_letters_blank && ghost(&sheet.map);
    let barely_visible = sheet.over_tiles(0.5, |t| t.contrast / t.paper.max(1.0)) < limits.min_visible_contrast
        && !sheet.tiles.is_empty();
    let (readability, lost) = if letters < limits.min_letters_blank || (barely_visible && !burnt(&sheet, limits)) {
        (Readability::blank(ghost && burnt(&sheet, limits)), Vec::new())
    } else {
        let signs = PageSigns::of(&sheet, &glare, page.reader);
        (fitted().judge(&signs), fitted().lost_tiles(&signs))
    };
    let doubtful =
        letters < limits.min_letters_sure || barely_visible || f64::from(readability.value) < limits.reject_readability;
    let out_of_focus = doubtful.then(|| nowhere_sharp(&sheet.map.reduced)).flatten();
    let uncertain = out_of_focus.is_none() && letters >= limits.min_letters_blank && letters < limits.min_letters_sure;
    let enlarged = sheet.enlarged && blurred(&sheet, limits);
    let readability = if enlarged { readability.for_want_of_pixels() } else { readability };
    let readability = if out_of_focus.is_some() { readability.out_of_focus() } else { readability };
    let seen = Seen { page, glare: &glare, ghost, barely_visible, enlarged, out_of_focus, readability, limits };
    let (mut measured, not_run) = measure_all(&seen.on(&sheet));
    let whole = std::mem::take(&mut sheet.tiles);
    if let Some(part) = lost_part(&whole, &lost, limits) {
        sheet.tiles = part;
        measure_part(&seen.on(&sheet), &mut measured);
    }
    sheet.tiles = whole;
    let view = seen.on(&sheet);
    let findings = findings(&view, measured, uncertain);
    report(&view, uncertain, findings, not_run)
}

/// What is known of the page whichever of its tiles are looked at.
struct Seen<'a> {
    page: &'a Page,
    glare: &'a Swallowed,
    ghost: bool,
    barely_visible: bool,
    enlarged: bool,
    out_of_focus: Option<(f32, f32)>,
    readability: Readability,
    limits: &'a LegibilityThresholds,
}

impl Seen<'_> {
    fn on<'b>(&'b self, sheet: &'b Sheet) -> View<'b> {
        let Self { page, glare, ghost, barely_visible, enlarged, out_of_focus, readability, limits } = *self;
        View { page, sheet, glare, ghost, barely_visible, enlarged, out_of_focus, readability, limits }
    }
}

/// The tiles that cannot be read, where they hold enough of the text and are not all of it: the typical
/// tile speaks for the page, and would hide them.
fn lost_part(tiles: &[Tile], lost: &[bool], limits: &LegibilityThresholds) -> Option<Vec<Tile>> {
    let all: f32 = tiles.iter().map(|t| t.weight).sum();
    let part: Vec<Tile> = tiles.iter().zip(lost).filter(|(_, lost)| **lost).map(|(t, _)| t.clone()).collect();
    let share = part.iter().map(|t| t.weight).sum::<f32>() / all.max(f32::EPSILON);
    (share >= limits.min_lost_share && part.len() < tiles.len()).then_some(part)
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

type Answers = Vec<(&'static Check, Measured)>;

fn measure_all(view: &View<'_>) -> (Answers, Vec<NotRun>) {
    let mut measured = Vec::new();
    let mut not_run = Vec::new();
    for check in CHECKS {
        match (check.measure)(view) {
            Ok(measure) => measured.push((check, measure)),
            Err(why) => not_run.push(NotRun { check: check.code.to_owned(), why: why.to_owned() }),
        }
    }
    (measured, not_run)
}

/// Asks the checks of single tiles about a part of the page; what they find there stands for the page where
/// nothing was found over the whole.
fn measure_part(view: &View<'_>, measured: &mut Answers) {
    let of_tiles = |factor| matches!(factor, Factor::Sharpness | Factor::Size | Factor::Contrast);
    for (check, whole) in measured.iter_mut().filter(|(check, m)| !m.found && of_tiles(check.explains)) {
        if let Ok(part) = (check.measure)(view)
            && part.found
        {
            *whole = part;
        }
    }
}

fn findings(view: &View<'_>, mut measured: Answers, uncertain: bool) -> Vec<Finding> {
    let refused = f64::from(view.readability.value) < view.limits.reject_readability;
    let worst = view.readability.worst();
    if refused && !measured.iter().any(|(c, m)| m.found && c.explains == worst) {
        name_the_cause(&mut measured, worst);
    }
    // of a page where nothing is in focus no other measure says anything
    let told = |check: &Check| view.out_of_focus.is_none() || check.code == blur::CHECK.code;
    measured
        .into_iter()
        .filter(|(check, measure)| measure.found && told(check))
        .filter_map(|(check, measure)| {
            let cause = check.explains == worst || view.readability.factor(check.explains) < CAUSE_BELOW;
            let severity = if refused && cause && !uncertain { Severity::Reject } else { Severity::Warn };
            measure.finding(check.code, severity).ok()
        })
        .collect()
}

/// No check passed its limit, yet the page cannot be read: the nearest check of the worst factor tells it.
fn name_the_cause(measured: &mut Answers, worst: Factor) {
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
        facts: None,
    }
}
