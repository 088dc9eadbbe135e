//! Papers of one form held against each other, all against all: how often one is said to be another.
//!
//! A register meets such pairs by the thousand, so they are counted without the candidates that would spare most of
//! them: each fingerprint is compared with every other of its form that shows another paper.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::Result;
use sanad_checks::duplicates::relation::relate_as_they_stand;

use sanad_intake::ocr::figures;

use super::again::{Pairs, Shown, Wish, read, spread};

/// What was said of the pairs of a folder.
#[derive(Debug, Default)]
pub struct Hard {
    /// Forms and images of the folder, and images without a fingerprint.
    pub shown: (usize, usize, usize),
    /// Answers by their word.
    pub answers: BTreeMap<&'static str, usize>,
    /// Pairs said to be one paper.
    pub wrong: Vec<String>,
    /// Milliseconds of a comparison on one core, the mean.
    pub mean_ms: f64,
}

/// Compares all images of each form that show other papers; with `every` only one pair in so many.
///
/// # Errors
/// When the folder is not of the form.
pub fn compared(folder: &Path, wish: &Wish, every: usize) -> Result<Hard> {
    let Pairs { images, .. } = Pairs::of(folder)?;
    let (shown, unfit) = read(folder, &images, wish)?;
    let mut forms: BTreeMap<&str, Vec<&Shown>> = BTreeMap::new();
    shown.iter().for_each(|one| forms.entry(&one.image.group).or_default().push(one));
    let mut pairs = Vec::new();
    for form in forms.values() {
        for (i, a) in form.iter().enumerate() {
            let others = form[i + 1..].iter().filter(|b| b.image.original != a.image.original);
            pairs.extend(others.map(|b| (*a, *b)));
        }
    }
    let pairs: Vec<_> = pairs.into_iter().step_by(every.max(1)).collect();
    let wrong = Mutex::new(Vec::new());
    let begun = Instant::now();
    let words = spread(&pairs, wish.jobs, |(a, b)| {
        let answer =
            relate_as_they_stand(&a.page, &b.page, &wish.limits).map(|answer| figures::settled(answer, &wish.reader));
        if let (Some(answer), Ok(mut wrong)) = (answer.as_ref().filter(|a| a.relation.again()), wrong.lock()) {
            wrong.push(format!("{} {} {}", a.image.id, b.image.id, answer.relation.as_str()));
        }
        answer.map_or("none", |answer| answer.relation.as_str())
    })?;
    let mean_ms = begun.elapsed().as_secs_f64() * 1000.0 * wish.jobs.max(1) as f64 / pairs.len().max(1) as f64;
    let mut answers = BTreeMap::new();
    words.into_iter().for_each(|word| *answers.entry(word).or_default() += 1);
    let mut wrong = wrong.into_inner().unwrap_or_default();
    wrong.sort();
    Ok(Hard { shown: (forms.len(), images.len(), unfit.len()), answers, wrong, mean_ms })
}

impl std::fmt::Display for Hard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (forms, images, unfit) = self.shown;
        let pairs: usize = self.answers.values().sum();
        writeln!(f, "forms {forms}  images {images}  without fingerprint {unfit}")?;
        writeln!(f, "pairs of other papers of one form  said to be the same {} of {pairs}", self.wrong.len())?;
        writeln!(f, "  {:?}  {:.1} ms a pair", self.answers, self.mean_ms)
    }
}
