//! Fits the network of marks on drawn pages of the fitting split.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sanad_intake::{Limits, MarkCandidate, first_page_candidates};

use super::learn::{Example, learn};
use super::truth::{Area, Page, Truth, agreement, open};

/// From this agreement on a candidate is the mark; under the second it is none; between them it teaches nothing.
const IS: f64 = 0.5;
const IS_NOT: f64 = 0.25;
/// The best candidate of a mark is the mark from here on.
const BEST: f64 = 0.35;

/// How well the candidates cover the marks, and how well the network knows what it was shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fitted {
    /// Pages.
    pub pages: usize,
    /// Candidates.
    pub examples: usize,
    /// Stamps, and those with a candidate.
    pub stamps: (usize, usize),
    /// Signatures, and those with a candidate.
    pub signatures: (usize, usize),
    /// Share of the candidates told rightly.
    pub right: f64,
}

/// Fits on folders and writes the model.
///
/// # Errors
/// When a folder cannot be read, holds pages that are not for fitting, or the model cannot be written.
pub fn fit(folders: &[PathBuf], seed: u64, out: &Path) -> Result<Fitted> {
    let mut fitted = Fitted::default();
    let mut examples = Vec::new();
    for folder in folders {
        let truth = std::fs::read_to_string(folder.join("truth.jsonl"))?;
        ensure!(!truth.contains(r#""split":"holdout""#), "{} holds what is held out", folder.display());
        for page in open(folder)? {
            let bytes = std::fs::read(&page.image).with_context(|| page.image.display().to_string())?;
            let candidates = first_page_candidates(&bytes, &Limits::default())?;
            examples.extend(shown(&page, &candidates));
            fitted.pages += 1;
            let covered = |truths: &[Truth]| {
                let any = |truth: &&Truth| {
                    let any = candidates.iter().any(|c| agreement(truth.area, area(c)) >= BEST);
                    if !any {
                        println!("  no candidate {} {} {} {:?}", page.name, truth.colour, truth.shape, truth.area);
                    }
                    any
                };
                (truths.len(), truths.iter().filter(any).count())
            };
            let add = |sum: &mut (usize, usize), more: (usize, usize)| *sum = (sum.0 + more.0, sum.1 + more.1);
            add(&mut fitted.stamps, covered(&page.stamps));
            add(&mut fitted.signatures, covered(&page.signatures));
        }
    }
    let model = learn(&examples, seed);
    fitted.examples = examples.len();
    let right = examples.iter().filter(|example| {
        let [stamp, signature] = model.judge(&example.signs);
        let told = if stamp > 0.5 {
            0
        } else if signature > 0.5 {
            1
        } else {
            2
        };
        told == example.answer
    });
    fitted.right = right.count() as f64 / examples.len().max(1) as f64;
    let head = "# Fitted by `evaluate fit-marks`; do not edit. Signs in the order of `signs.rs`.\n";
    std::fs::write(
        out,
        format!(
            "{head}# seed {seed}, {} pages, {} candidates\n{}",
            fitted.pages,
            fitted.examples,
            toml::to_string(&model)?
        ),
    )?;
    Ok(fitted)
}

fn area(candidate: &MarkCandidate) -> Area {
    let r = candidate.region;
    [f64::from(r.x), f64::from(r.y), f64::from(r.x + r.width), f64::from(r.y + r.height)]
}

/// The candidates of a page with what each is.
fn shown(page: &Page, candidates: &[MarkCandidate]) -> Vec<Example> {
    let best = |truth: &Truth| candidates.iter().map(|c| agreement(truth.area, area(c))).fold(0.0, f64::max);
    let bests = |truths: &[Truth]| truths.iter().map(best).collect::<Vec<f64>>();
    let (stamps, signatures) = (bests(&page.stamps), bests(&page.signatures));
    let example = |candidate: &MarkCandidate| {
        let place = area(candidate);
        let shared = |truths: &[Truth], bests: &[f64]| {
            let of = truths.iter().zip(bests).map(|(truth, best)| {
                let shared = agreement(truth.area, place);
                let is = shared >= IS || (shared >= BEST && shared >= *best);
                (shared, is)
            });
            of.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, false))
        };
        let (stamp, signature) = (shared(&page.stamps, &stamps), shared(&page.signatures, &signatures));
        let answer = match (stamp, signature) {
            ((s, true), (g, true)) => usize::from(g > s),
            ((_, true), _) => 0,
            (_, (_, true)) => 1,
            ((s, _), (g, _)) if s.max(g) < IS_NOT => 2,
            _ => return None,
        };
        Some(Example { signs: candidate.signs, answer })
    };
    candidates.iter().filter_map(example).collect()
}
