//! Figures of knowing papers again, over folders with `pairs.json`: recall by kind of capture, and "same paper"
//! wrongly said of papers of one form.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{candidates, turned_keys};
use sanad_checks::duplicates::fingerprint::Fingerprint;
use sanad_checks::duplicates::relation::{Answer, Relation, RelationThresholds, relate_as_they_stand};
use sanad_intake::ReadRequest;
use serde::Deserialize;

/// One image of a folder.
#[derive(Clone, Debug, Deserialize)]
pub struct Image {
    /// File name without its ending.
    pub id: String,
    /// The paper it shows.
    pub original: String,
    /// The form that the paper is of.
    pub group: String,
    /// How it was captured.
    pub kind: String,
}

#[derive(Debug, Deserialize)]
struct Pairs {
    images: Vec<Image>,
    #[serde(default)]
    hard_negatives: Vec<(String, String, String)>,
}

/// How often each answer was given.
type Answers = BTreeMap<String, usize>;

/// All figures.
#[derive(Debug, Default)]
pub struct Figures {
    /// Images read.
    pub images: usize,
    /// Forms among them.
    pub forms: usize,
    /// Images without a fingerprint, with the reason.
    pub unfit: Vec<String>,
    /// Pairs of one paper by the kinds of capture: found as the same, and what was said.
    pub same: BTreeMap<String, Answers>,
    /// Pairs of one form that are not one paper, by what differs.
    pub different: BTreeMap<String, Answers>,
    /// Pairs of different forms.
    pub strangers: Answers,
    /// Pairs of one paper, and those of them that were looked at.
    pub candidates: (usize, usize),
    /// Pairs answered wrongly.
    pub wrong: Vec<String>,
    /// Milliseconds of a fingerprint and of a comparison, means.
    pub mean_ms: (f64, f64),
}

struct Shown {
    image: Image,
    page: Prepared,
}

fn path_of(folder: &Path, id: &str) -> Option<PathBuf> {
    ["jpg", "png", "jpeg"].iter().map(|e| folder.join("images").join(format!("{id}.{e}"))).find(|p| p.exists())
}

/// Judges a folder as the command line does: candidates by shared keys, then the comparison.
///
/// # Errors
/// When the folder is not of the form.
pub fn figures(folder: &Path, limits: &RelationThresholds) -> Result<Figures> {
    let text = std::fs::read_to_string(folder.join("pairs.json")).context("no pairs.json")?;
    let pairs: Pairs = serde_json::from_str(&text).context("pairs.json")?;
    let differing: BTreeMap<(&str, &str), &str> = pairs
        .hard_negatives
        .iter()
        .flat_map(|(a, b, what)| [((a.as_str(), b.as_str()), what.as_str()), ((b.as_str(), a.as_str()), what.as_str())])
        .collect();
    let mut figures = Figures { images: pairs.images.len(), ..Figures::default() };
    figures.forms = pairs.images.iter().map(|i| i.group.as_str()).collect::<BTreeSet<_>>().len();
    let shown = read(folder, &pairs.images, &mut figures)?;
    let keys: Vec<_> = shown.iter().map(|s| turned_keys(&s.page)).collect();
    let found: BTreeMap<(usize, usize), u8> = candidates(&keys).into_iter().map(|c| ((c.a, c.b), c.quarters)).collect();
    let begun = std::time::Instant::now();
    for (i, a) in shown.iter().enumerate() {
        for (j, b) in shown.iter().enumerate().skip(i + 1) {
            let turn = found.get(&(i, j));
            let answer = turn.and_then(|q| match q {
                0 => relate_as_they_stand(&a.page, &b.page, limits),
                q => relate_as_they_stand(&a.page, &b.page.turned((4 - q) % 4), limits),
            });
            figures.count(&a.image, &b.image, turn.is_some(), answer.as_ref(), &differing);
        }
    }
    figures.mean_ms.1 = begun.elapsed().as_secs_f64() * 1000.0 / found.len().max(1) as f64;
    Ok(figures)
}

fn read(folder: &Path, images: &[Image], figures: &mut Figures) -> Result<Vec<Shown>> {
    let request = ReadRequest { identify: true, unjudged: true, ..ReadRequest::default() };
    let mut shown = Vec::new();
    let begun = std::time::Instant::now();
    for image in images {
        let path = path_of(folder, &image.id).with_context(|| format!("no image {}", image.id))?;
        let reading = sanad_intake::read(&std::fs::read(&path)?, &request)?;
        let identity = reading.images.into_iter().next().and_then(|i| i.identity).context("no page")?;
        match identity.fingerprint {
            Ok(bytes) => {
                shown.push(Shown { image: image.clone(), page: Prepared::of(&Fingerprint::from_bytes(&bytes)?) })
            }
            Err(why) => figures.unfit.push(format!("{}: {why}", image.id)),
        }
    }
    figures.mean_ms.0 = begun.elapsed().as_secs_f64() * 1000.0 / images.len().max(1) as f64;
    Ok(shown)
}

impl Figures {
    fn count(
        &mut self,
        a: &Image,
        b: &Image,
        looked_at: bool,
        answer: Option<&Answer>,
        differing: &BTreeMap<(&str, &str), &str>,
    ) {
        let relation = answer.map(|r| r.relation);
        let word = relation.map_or("none", Relation::as_str);
        let again = relation.is_some_and(Relation::again);
        let told = || format!("{} {} {word} {:?}", a.id, b.id, answer.map(|r| (r.figures, &r.regions)));
        if a.original == b.original {
            self.candidates.0 += 1;
            self.candidates.1 += usize::from(looked_at);
            for kind in [&a.kind, &b.kind].into_iter().collect::<BTreeSet<_>>() {
                if kind != "original" {
                    *self.same.entry(kind.clone()).or_default().entry(word.to_owned()).or_default() += 1;
                }
            }
            *self.same.entry("(all)".to_owned()).or_default().entry(word.to_owned()).or_default() += 1;
            if !again {
                self.wrong.push(told());
            }
            return;
        }
        let answers = if a.group == b.group {
            let what = differing.get(&(a.id.as_str(), b.id.as_str())).copied().unwrap_or("unlisted");
            self.different.entry(what.to_owned()).or_default()
        } else {
            &mut self.strangers
        };
        *answers.entry(word.to_owned()).or_default() += 1;
        if again {
            self.wrong.push(told());
        }
    }
}

/// Answers that say "this paper again", of how many.
fn again(answers: &Answers) -> (usize, usize) {
    let all = answers.values().sum();
    let again =
        answers.iter().filter(|(word, _)| word.starts_with("same-") && *word != "same-template").map(|(_, n)| n);
    (again.sum(), all)
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "images {}  forms {}  without fingerprint {}", self.images, self.forms, self.unfit.len())?;
        writeln!(f, "pairs of one paper looked at   {} of {}", self.candidates.1, self.candidates.0)?;
        writeln!(f, "the same paper, by capture     said to be the same")?;
        for (kind, answers) in &self.same {
            let (found, all) = again(answers);
            let share = 100.0 * found as f64 / all.max(1) as f64;
            writeln!(f, "  {kind:<20} {found:>5} of {all:>5}  {share:>5.1} %   {answers:?}")?;
        }
        writeln!(f, "another paper of one form, by what differs")?;
        for (what, answers) in &self.different {
            writeln!(
                f,
                "  {what:<20} said to be the same {:>4} of {:>6}   {answers:?}",
                again(answers).0,
                again(answers).1
            )?;
        }
        writeln!(
            f,
            "papers of other forms  said to be the same {} of {}",
            again(&self.strangers).0,
            again(&self.strangers).1
        )?;
        writeln!(f, "reading {:.0} ms an image, comparing {:.1} ms a pair", self.mean_ms.0, self.mean_ms.1)
    }
}
