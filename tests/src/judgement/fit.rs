//! Fits the readability's curves to a reader's truth: seeded annealing over the logarithms of the parameters,
//! so that every one stays positive and the result can be had again.

use std::path::Path;

use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sanad_checks::legibility::Marks;
use sanad_checks::legibility::readability::{Curve, Model, PageRatios, fitted};
use sanad_checks::legibility::sheet::Sheet;
use sanad_checks::legibility::swallowed::swallowed;
use sanad_checks::page::{Page, Provenance};

use super::folder::{Folder, luma};
use super::rank::spearman;

const ROUNDS: usize = 60_000;
/// Curves of the model.
const CURVES: usize = 7;
const CLIP: f64 = 0.95;
/// Left out: turned pages (the truth had undone the turn, the tiles are judged as they lie), blank ones (no
/// tiles), and faxes of unequal resolution both ways, which the reader loses and a person does not.
const LEFT_OUT: [&str; 3] = ["turn", "blank", "bilevel"];
/// Slopes outside these make steps of the curves: the order among middling pages is then lost.
const SLOPES: (f32, f32) = (1.0, 8.0);

/// One page of the fit.
struct Case {
    ratios: PageRatios,
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
    let mut cases = Vec::new();
    for path in paths {
        let folder = Folder::open(path.as_ref())?;
        for label in folder.labels.iter().filter(|l| !LEFT_OUT.contains(&l.defect.as_str())) {
            let Some(truth) = label.readability else { continue };
            let page =
                Page { index: 0, luma: luma(&folder.image(label))?, turned_deg: 0, provenance: Provenance::default() };
            let marks = Marks::of(&page.luma);
            let sheet = Sheet::of(&page, marks);
            let glare = swallowed(&sheet);
            if !sheet.tiles.is_empty() {
                cases.push(Case { ratios: PageRatios::of(&sheet, &glare), truth });
            }
        }
    }
    anyhow::ensure!(!cases.is_empty(), "no labelled pages to fit on");
    let start = fitted().clone();
    let model = climb(&start, &cases, seed);
    let both = |f: fn(&Model, &[Case]) -> f64| (f(&start, &cases), f(&model, &cases));
    Ok(Fitted { pages: cases.len(), error: both(rmse), rank: both(rank), model })
}

fn rmse(model: &Model, cases: &[Case]) -> f64 {
    let sum: f64 = cases
        .iter()
        .map(|c| {
            let error = f64::from(model.judge(&c.ratios).value).min(CLIP) - c.truth.min(CLIP);
            // a Huber-like cap: a page the reader lost for reasons of its own must not bend the curves
            let error = error.abs().min(0.4);
            error * error
        })
        .sum();
    (sum / cases.len() as f64).sqrt()
}

fn rank(model: &Model, cases: &[Case]) -> f64 {
    let said: Vec<f64> = cases.iter().map(|c| f64::from(model.judge(&c.ratios).value).min(CLIP)).collect();
    let truth: Vec<f64> = cases.iter().map(|c| c.truth.min(CLIP)).collect();
    spearman(&said, &truth)
}

/// Error, less a share of the rank correlation: both matter, and the error alone sees only the many good pages.
fn cost(model: &Model, cases: &[Case]) -> f64 {
    const RANK_WEIGHT: f64 = 0.3;
    rmse(model, cases) - RANK_WEIGHT * rank(model, cases)
}

/// Walks that begin anew, each far from the best so far; a single walk ends on the nearest hill.
const WALKS: usize = 6;
/// How far a walk begins from the best, in logarithms of the parameters.
const LEAP: f32 = 1.2;
/// How much worse a step may be at the beginning of a walk; it cools to nothing.
const WARMTH: f64 = 0.01;

fn climb(start: &Model, cases: &[Case], seed: u64) -> Model {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut best = (parameters(start), cost(start, cases));
    let rounds = ROUNDS.min(6_000_000 / cases.len().max(1)) / WALKS;
    for walk in 0..WALKS {
        let leap = if walk == 0 { 0.0 } else { LEAP };
        let begin: Vec<f32> = best.0.iter().map(|p| p * (rng.random_range(-1.0..=1.0_f32) * leap).exp()).collect();
        let found = anneal(begin, cases, rounds, &mut rng);
        if found.1 < best.1 {
            best = found;
        }
    }
    model(&best.0)
}

/// One walk: small moves of a few parameters at a time, worse ones accepted while it is warm.
fn anneal(mut here: Vec<f32>, cases: &[Case], rounds: usize, rng: &mut ChaCha8Rng) -> (Vec<f32>, f64) {
    clamp(&mut here);
    let mut height = cost(&model(&here), cases);
    let mut best = (here.clone(), height);
    for round in 0..rounds {
        let left = 1.0 - round as f32 / rounds as f32;
        let mut next = here.clone();
        for _ in 0..rng.random_range(1..=3_usize) {
            let i = rng.random_range(0..next.len());
            next[i] *= (rng.random_range(-1.0..1.0_f32) * (0.6 * left + 0.02)).exp();
        }
        clamp(&mut next);
        let cost = cost(&model(&next), cases);
        let chance = ((height - cost) / (WARMTH * f64::from(left) + 1e-9)).exp();
        if cost < height || rng.random_range(0.0..1.0) < chance {
            (here, height) = (next, cost);
            if height < best.1 {
                best = (here.clone(), height);
            }
        }
    }
    best
}

fn parameters(m: &Model) -> Vec<f32> {
    let curves = [m.sharpness, m.size, m.contrast, m.cleanness, m.blocks, m.openness, m.depth];
    let mut all: Vec<f32> = curves.iter().flat_map(|c| [c.half, c.slope]).collect();
    all.extend([m.noise_floor, m.widest_weight, m.cut_loss, m.fade_loss]);
    all
}

/// Keeps shares within 0–1 and slopes within what a reader can show.
fn clamp(p: &mut [f32]) {
    for slope in p.iter_mut().take(2 * CURVES).skip(1).step_by(2) {
        *slope = slope.clamp(SLOPES.0, SLOPES.1);
    }
    for share in &mut p[2 * CURVES + 1..] {
        *share = share.clamp(0.02, 1.0);
    }
}

fn model(p: &[f32]) -> Model {
    let curve = |i: usize| Curve { half: p[2 * i], slope: p[2 * i + 1] };
    Model {
        sharpness: curve(0),
        size: curve(1),
        contrast: curve(2),
        cleanness: curve(3),
        blocks: curve(4),
        openness: curve(5),
        depth: curve(6),
        noise_floor: p[2 * CURVES],
        widest_weight: p[2 * CURVES + 1],
        cut_loss: p[2 * CURVES + 2],
        fade_loss: p[2 * CURVES + 3],
    }
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
