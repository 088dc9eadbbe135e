//! Figures of the judgement over labelled folders.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use sanad_checks::finding::Verdict;
use sanad_checks::report::FileReport;
use sanad_intake::ReadRequest;

use super::folder::{Folder, Label};
use super::rank::{CLIP, spearman};

/// Severity from which a defect is expected to be named.
const NAMED_FROM: f64 = 3.0;

/// The codes that name a defect rightly.
#[must_use]
pub fn codes_for(defect: &str) -> &'static [&'static str] {
    match defect {
        "defocus" => &["LEG-BLUR"],
        "motion" => &["LEG-MOTION"],
        "dark" => &["LEG-DARK"],
        "overexposed" => &["LEG-BRIGHT"],
        "low_contrast" => &["LEG-FAINT"],
        "glare" => &["LEG-GLARE"],
        "shadow" => &["LEG-SHADOW"],
        "low_res" | "small" | "small_text" => &["LEG-RES", "LEG-SMALL"],
        "cut_off" => &["LEG-CROP"],
        "skew" | "perspective" => &["LEG-SKEW"],
        "turn" => &["LEG-TURN"],
        "noise" => &["LEG-NOISE"],
        "jpeg" => &["LEG-JPEG"],
        "blank" => &["LEG-BLANK"],
        _ => &[],
    }
}

/// One judged image.
#[derive(Debug)]
pub struct Judged {
    /// Its label.
    pub label: Label,
    /// What the product says.
    pub report: FileReport,
}

impl Judged {
    fn readability(&self) -> f64 {
        self.report.pages.first().map_or(0.0, |p| p.readability)
    }

    fn names(&self, codes: &[&str]) -> bool {
        self.report.pages.iter().flat_map(|p| &p.findings).any(|f| codes.contains(&f.code.as_str()))
    }
}

/// Judges every image of a folder through the product's own reading.
///
/// # Errors
/// When an image is missing or our own code fails on it.
pub fn judge(folder: &Folder) -> Result<Vec<Judged>> {
    let request = ReadRequest::default();
    folder
        .labels
        .iter()
        .map(|label| {
            let path = folder.image(label);
            let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let reading = sanad_intake::read(&bytes, &request)?;
            Ok(Judged { label: label.clone(), report: reading.report })
        })
        .collect()
}

/// Counts of one defect.
#[derive(Debug, Default, Clone, Copy)]
pub struct DefectFigures {
    /// Pages on which the defect is strong.
    pub strong: usize,
    /// Of these, named.
    pub named: usize,
    /// Pages without it.
    pub others: usize,
    /// Of these, named all the same.
    pub wrongly: usize,
}

/// All figures.
#[derive(Debug, Default)]
pub struct Figures {
    /// Pages judged.
    pub pages: usize,
    /// Rank correlation of readability with truth, both clipped.
    pub rank: f64,
    /// Legible pages, and those of them that were refused.
    pub legible: (usize, usize),
    /// Illegible pages, and those of them that were let pass.
    pub illegible: (usize, usize),
    /// Clean pages, and those of them that were refused.
    pub clean: (usize, usize),
    /// Recall and false names by defect.
    pub defects: BTreeMap<String, DefectFigures>,
    /// Files refused although legible, or let pass although illegible.
    pub wrong: Vec<String>,
}

/// Draws the figures from judged images that carry a readability.
#[must_use]
pub fn figures(judged: &[Judged]) -> Figures {
    let with_truth: Vec<(&Judged, f64)> = judged.iter().filter_map(|j| Some((j, j.label.readability?))).collect();
    let clip = |v: f64| v.min(CLIP);
    let said: Vec<f64> = with_truth.iter().map(|(j, _)| clip(j.readability())).collect();
    let truth: Vec<f64> = with_truth.iter().map(|(_, t)| clip(*t)).collect();
    let mut figures = Figures { pages: judged.len(), rank: spearman(&said, &truth), ..Figures::default() };
    for j in judged {
        count_verdict(&mut figures, j);
    }
    let mut names: Vec<&str> = judged.iter().map(|j| j.label.defect.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for defect in names.into_iter().filter(|d| !codes_for(d).is_empty()) {
        figures.defects.insert(defect.to_owned(), count_defect(judged, defect));
    }
    figures
}

fn count_verdict(figures: &mut Figures, j: &Judged) {
    let refused = j.report.verdict == Verdict::Reject;
    let name = || {
        format!(
            "{} {} {} truth {:?} said {:.2}",
            j.label.file,
            j.label.defect,
            j.label.severity,
            j.label.readability,
            j.readability()
        )
    };
    match j.label.label.as_deref() {
        Some("legible") => {
            figures.legible.0 += 1;
            if refused {
                figures.legible.1 += 1;
                figures.wrong.push(name());
            }
        }
        Some("illegible") => {
            figures.illegible.0 += 1;
            if !refused {
                figures.illegible.1 += 1;
                figures.wrong.push(name());
            }
        }
        _ => {}
    }
    if j.label.defect == "none" {
        figures.clean.0 += 1;
        figures.clean.1 += usize::from(refused);
    }
}

fn count_defect(judged: &[Judged], defect: &str) -> DefectFigures {
    let codes = codes_for(defect);
    let mut counts = DefectFigures::default();
    for j in judged {
        let second = j.label.rest.get("second").and_then(|s| s["defect"].as_str());
        let has = j.label.defect == defect || second == Some(defect);
        if !has {
            counts.others += 1;
            counts.wrongly += usize::from(j.names(codes));
        } else if j.label.defect == defect && (j.label.severity >= NAMED_FROM || defect == "blank" || defect == "turn")
        {
            counts.strong += 1;
            counts.named += usize::from(j.names(codes));
        }
    }
    counts
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |(all, some): (usize, usize)| 100.0 * some as f64 / all.max(1) as f64;
        writeln!(f, "pages                      {}", self.pages)?;
        writeln!(f, "rank correlation           {:.3}  (readability against truth, clipped at {CLIP})", self.rank)?;
        writeln!(
            f,
            "legible but refused        {} of {}  ({:.1} %)",
            self.legible.1,
            self.legible.0,
            share(self.legible)
        )?;
        writeln!(
            f,
            "illegible but let pass     {} of {}  ({:.1} %)",
            self.illegible.1,
            self.illegible.0,
            share(self.illegible)
        )?;
        writeln!(f, "clean but refused          {} of {}", self.clean.1, self.clean.0)?;
        writeln!(f, "defect          named when strong     named on others")?;
        for (name, d) in &self.defects {
            writeln!(
                f,
                "{name:<15} {:>3} of {:>3}  {:>5.1} %    {:>3} of {:>4}  {:>5.1} %",
                d.named,
                d.strong,
                share((d.strong, d.named)),
                d.wrongly,
                d.others,
                share((d.others, d.wrongly))
            )?;
        }
        Ok(())
    }
}

/// Judges folders together and prints their figures.
///
/// # Errors
/// When a folder is not of the form.
pub fn print(paths: &[impl AsRef<Path>], list_wrong: bool) -> Result<Figures> {
    let mut judged = Vec::new();
    for path in paths {
        judged.append(&mut judge(&Folder::open(path.as_ref())?)?);
    }
    let figures = figures(&judged);
    println!("{figures}");
    if list_wrong {
        for line in &figures.wrong {
            println!("  {line}");
        }
    }
    Ok(figures)
}
