//! Fits the readability to a reader's truth: where each sign begins and ceases to count, then the network over them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sanad_checks::legibility::readability::{Model, Span, Unit, fitted};
use sanad_checks::legibility::sheet::Sheet;
use sanad_checks::legibility::signs::{NAMES, PageSigns, SIGNS};
use sanad_checks::legibility::swallowed::swallowed;
use sanad_intake::ReadRequest;
use serde_json::{Value, json};

use super::folder::Folder;
use super::learn::{Example, learn};
use super::rank::{CLIP, spearman};

/// Blank pages have no tiles to learn from; what little is found on them is dirt.
const LEFT_OUT: &str = "blank";
/// Share of all tiles below the value where a sign begins to count.
const BAD: f32 = 0.01;
/// A page of which so much is read tells what is good ...
const READ: f64 = 0.9;
/// ... and a sign is good enough from where this share of its tiles lies below.
const GOOD: f32 = 0.7;

/// One page of the fit.
struct Case {
    file: PathBuf,
    defect: String,
    tool: String,
    signs: PageSigns,
    truth: f64,
}

/// What the fit reached.
#[derive(Debug)]
pub struct Fitted {
    /// The model.
    pub model: Model,
    /// Pages used.
    pub pages: usize,
    /// Root of the mean square error before and after.
    pub error: (f64, f64),
    /// Rank correlation before and after, on the fitted pages.
    pub rank: (f64, f64),
}

/// Fits on all labelled pages of the folders.
///
/// # Errors
/// When a folder or image is missing.
pub fn fit(paths: &[impl AsRef<Path>], seed: u64) -> Result<Fitted> {
    let cases = cases(paths)?;
    anyhow::ensure!(!cases.is_empty(), "no labelled pages to fit on");
    let model = model(&cases, seed);
    let both = |f: fn(&Model, &[Case]) -> f64| (f(fitted(), &cases), f(&model, &cases));
    Ok(Fitted { pages: cases.len(), error: both(rmse), rank: both(rank), model })
}

/// The pages with a truth, measured as the product measures them.
fn cases(paths: &[impl AsRef<Path>]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in paths {
        let folder = Folder::open(path.as_ref())?;
        for label in folder.labels.iter().filter(|l| l.defect != LEFT_OUT) {
            let Some(truth) = label.readability else { continue };
            let path = folder.image(label);
            let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let Some((page, marks)) = sanad_intake::first_page(&bytes, &ReadRequest::default().limits)? else {
                continue;
            };
            let sheet = Sheet::of(&page, marks);
            if !sheet.tiles.is_empty() {
                let tool = label.rest.get("tool").and_then(Value::as_str).unwrap_or_default().to_owned();
                let (defect, signs) = (label.defect.clone(), PageSigns::of(&sheet, &swallowed(&sheet), page.reader));
                cases.push(Case { file: path, defect, tool, signs, truth });
            }
        }
    }
    Ok(cases)
}

/// Prints what the fit sees of each page, one JSON object a line, for looking at what the signs miss.
///
/// # Errors
/// When a folder or image is missing.
pub fn print_signs(paths: &[impl AsRef<Path>]) -> Result<()> {
    for case in cases(paths)? {
        let tiles: Vec<_> = case.signs.tiles.iter().map(|t| json!([t.weight, t.signs])).collect();
        let PageSigns { cut_lines, lost, fading, .. } = case.signs;
        let page = json!({
            "file": case.file, "defect": case.defect, "tool": case.tool, "truth": case.truth,
            "said": fitted().judge(&case.signs).value, "lost": lost, "fading": fading, "cut_lines": cut_lines,
            "tiles": tiles,
        });
        println!("{page}");
    }
    Ok(())
}

fn model(cases: &[Case], seed: u64) -> Model {
    let empty = Model { bias: 0.0, cut_loss: 0.0, fade_loss: 0.0, spans: spans(cases), units: Vec::new() };
    let examples: Vec<Example> = cases.iter().map(|case| example(case, &empty)).collect();
    let network = learn(&examples, seed);
    let unit = |(weights, bias, counts): &([f64; SIGNS], f64, f64)| Unit {
        weights: weights.iter().map(|&w| w as f32).collect(),
        bias: *bias as f32,
        counts: *counts as f32,
    };
    Model {
        bias: network.bias as f32,
        cut_loss: network.cut_loss as f32,
        fade_loss: network.fade_loss as f32,
        units: network.units.iter().map(unit).collect(),
        ..empty
    }
}

fn spans(cases: &[Case]) -> Vec<Span> {
    let values = |i: usize, wanted: &dyn Fn(&Case) -> bool| {
        let mut values: Vec<f32> =
            cases.iter().filter(|c| wanted(c)).flat_map(|c| &c.signs.tiles).map(|t| t.signs[i]).collect();
        values.sort_unstable_by(f32::total_cmp);
        values
    };
    let at = |sorted: &[f32], share: f32| sorted[((sorted.len() - 1) as f32 * share) as usize];
    let span = |(i, (sign, _)): (usize, &(&str, _))| {
        let bad = at(&values(i, &|_| true), BAD);
        let good = at(&values(i, &|c| c.truth >= READ), GOOD);
        // a sign that hardly varies still needs a width
        Span { sign: (*sign).to_owned(), bad, good: good.max(bad + 0.1) }
    };
    NAMES.iter().enumerate().map(span).collect()
}

fn example(case: &Case, spans: &Model) -> Example {
    let all: f32 = case.signs.tiles.iter().map(|t| t.weight).sum();
    let tiles = case.signs.tiles.iter().map(|tile| {
        let shares = spans.shares(&tile.signs);
        (f64::from(tile.weight / all), shares.map(f64::from))
    });
    Example {
        tiles: tiles.collect(),
        lost: f64::from(case.signs.lost),
        fading: f64::from(case.signs.fading),
        cut_lines: f64::from(case.signs.cut_lines),
        truth: case.truth,
    }
}

fn said(model: &Model, case: &Case) -> f64 {
    f64::from(model.judge(&case.signs).value).min(CLIP)
}

fn rmse(model: &Model, cases: &[Case]) -> f64 {
    let sum: f64 = cases.iter().map(|c| (said(model, c) - c.truth.min(CLIP)).powi(2)).sum();
    (sum / cases.len() as f64).sqrt()
}

fn rank(model: &Model, cases: &[Case]) -> f64 {
    let truth: Vec<f64> = cases.iter().map(|c| c.truth.min(CLIP)).collect();
    spearman(&cases.iter().map(|c| said(model, c)).collect::<Vec<_>>(), &truth)
}

/// Writes the model where the checks build it in.
///
/// # Errors
/// When the file cannot be written.
pub fn save(fitted: &Fitted, seed: u64, path: &Path) -> Result<()> {
    let head = format!(
        "# Written by `make fit` (seed {seed}, {} pages of the fitting split): error {:.4} -> {:.4}, rank {:.3} -> {:.3}.\n",
        fitted.pages, fitted.error.0, fitted.error.1, fitted.rank.0, fitted.rank.1
    );
    let body = toml::to_string(&fitted.model).context("the model as text")?;
    std::fs::write(path, head + &body).with_context(|| format!("writing {}", path.display()))
}
