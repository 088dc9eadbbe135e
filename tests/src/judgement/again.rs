//! Figures of knowing papers again, over folders with `pairs.json`: recall by kind of capture, and "same paper"
//! wrongly said of papers of one form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use sanad_checks::duplicates::align::{Prepared, SEED, align};
use sanad_checks::duplicates::candidates::{Candidate, all_keys, candidates, turned_back};
use sanad_checks::duplicates::fingerprint::{Fingerprint, fingerprint};
use sanad_checks::duplicates::mates::{Kin, Mates};
use sanad_checks::duplicates::relation::{Answer, Relation, RelationThresholds};
use sanad_checks::page::Luma;
use sanad_intake::ocr::figures;
use sanad_intake::ocr::number::NumberReader;
use sanad_intake::{Limits, ReadRequest, first_page};
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
    /// How much of what differs between the papers of the form lies beyond its edges, pixels at 60 dots an inch.
    #[serde(default)]
    pub cut_away: usize,
}

impl Image {
    /// Whether a sign or more that others have otherwise was cut away: nobody can say then that another capture shows the
    /// same paper.
    fn lacks(&self) -> bool {
        const SPECKS: usize = 6;
        self.cut_away > SPECKS
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Pairs {
    pub(super) images: Vec<Image>,
    #[serde(default)]
    hard_negatives: Vec<(String, String, String)>,
}

impl Pairs {
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(folder.join("pairs.json")).context("no pairs.json")?;
        serde_json::from_str(&text).context("pairs.json")
    }
}

/// Pairs of whatever capture.
const ALL: &str = "(all)";

/// The first capture of a paper, a plain scan.
const SCAN: &str = "original";

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
    /// The same of those pairs where no capture cut anything away that differs on the form.
    pub whole: BTreeMap<String, Answers>,
    /// Those of the latter of which one is the plain scan, as most papers that come in again are met.
    pub scanned: BTreeMap<String, Answers>,
    /// Pairs of one form that are not one paper, by what differs.
    pub different: BTreeMap<String, Answers>,
    /// Pairs of different forms.
    pub strangers: Answers,
    /// Pairs of one paper, and those of them that were looked at.
    pub candidates: (usize, usize),
    /// Pairs answered wrongly.
    pub wrong: Vec<String>,
    /// Bytes of each stored fingerprint, in order of size.
    pub bytes: Vec<usize>,
    /// Milliseconds of a fingerprint and of a comparison, means.
    pub mean_ms: (f64, f64),
}

pub(super) struct Shown {
    pub(super) image: Image,
    pub(super) page: Prepared,
    bytes: usize,
}

fn path_of(folder: &Path, id: &str) -> Option<PathBuf> {
    ["jpg", "png", "jpeg"].iter().map(|e| folder.join("images").join(format!("{id}.{e}"))).find(|p| p.exists())
}

/// What to measure.
#[derive(Debug, Default)]
pub struct Wish {
    /// Limits of the comparison.
    pub limits: RelationThresholds,
    /// Where fingerprints are kept from one call to the next; they are not asked whether they are of these images.
    pub cache: Option<PathBuf>,
    /// Threads.
    pub jobs: usize,
    /// Reads the rows that the pixels leave open.
    pub reader: NumberReader,
}

/// Judges a folder as the command line does: candidates by shared keys, then the comparison.
///
/// # Errors
/// When the folder is not of the form.
pub fn figures(folder: &Path, wish: &Wish) -> Result<Figures> {
    let pairs = Pairs::of(folder)?;
    let differing: BTreeMap<(&str, &str), &str> = pairs
        .hard_negatives
        .iter()
        .flat_map(|(a, b, what)| [((a.as_str(), b.as_str()), what.as_str()), ((b.as_str(), a.as_str()), what.as_str())])
        .collect();
    let mut figures = Figures { images: pairs.images.len(), ..Figures::default() };
    figures.forms = pairs.images.iter().map(|i| i.group.as_str()).collect::<BTreeSet<_>>().len();
    let begun = std::time::Instant::now();
    let (shown, unfit) = read(folder, &pairs.images, wish)?;
    let each = begun.elapsed().as_secs_f64() * 1000.0 * wish.jobs.max(1) as f64;
    figures.mean_ms.0 = each / pairs.images.len().max(1) as f64;
    figures.unfit = unfit;
    figures.bytes = shown.iter().map(|one| one.bytes).collect();
    figures.bytes.sort_unstable();
    let begun = std::time::Instant::now();
    let answers = compared(&shown, wish)?;
    figures.mean_ms.1 = begun.elapsed().as_secs_f64() * 1000.0 * wish.jobs.max(1) as f64 / answers.len().max(1) as f64;
    for (i, j) in (0..shown.len()).flat_map(|i| (i + 1..shown.len()).map(move |j| (i, j))) {
        let (a, b) = (&shown[i], &shown[j]);
        let found = answers.get(&(i, j));
        let answer = found.and_then(|(_, answer)| answer.as_ref());
        let lost = a.image.original == b.image.original && answer.is_none();
        let why = lost.then(|| why_nothing(&a.page, &b.page, found.map(|(quarters, _)| *quarters)));
        figures.count([&a.image, &b.image], found.is_some(), answer, why, &differing);
    }
    Ok(figures)
}

/// The quarters by which the first page of a pair is to be turned, and what comparing them says.
type Said = (u8, Option<Answer>);

/// What the comparison says of the candidates, by the places of their pages.
fn compared(shown: &[Shown], wish: &Wish) -> Result<BTreeMap<(usize, usize), Said>> {
    let keys: Vec<_> = shown.iter().map(|s| all_keys(&s.page)).collect();
    let candidates = candidates(&keys);
    let page = |at: usize| Cow::Borrowed(&shown[at].page);
    let compared = spread(&Candidate::of_each_page(&candidates), wish.jobs, |pairs| {
        let first = &shown[pairs[0].a].page;
        figures::compared_with(first, pairs, page, &wish.limits, &wish.reader)
    })?;
    let turned = |(pair, compared): (&Candidate, Option<(Candidate, Answer)>)| {
        compared.map_or((*pair, None), |(pair, answer)| (pair, Some(answer)))
    };
    let mut said: Vec<(Candidate, Option<Answer>)> =
        candidates.iter().zip(compared.into_iter().flatten()).map(turned).collect();
    let answered = || said.iter().filter_map(|(pair, answer)| Some((pair, answer.as_ref()?)));
    let mates = Mates::of(answered().filter_map(|(pair, answer)| Some((*pair, Kin::of(answer)?))));
    let open: Vec<Candidate> = answered().filter(|(_, answer)| answer.open_to_form).map(|(pair, _)| *pair).collect();
    let settled = spread(&Candidate::of_each_page(&open), wish.jobs, |pairs| {
        figures::settled_by_mates(pairs, page, &mates, &wish.limits, &wish.reader)
    })?;
    said.extend(settled.into_iter().flatten().map(|(c, answer)| (c, Some(answer))));
    // what the form settled comes last and stands
    Ok(said.into_iter().map(|(c, answer)| ((c.a, c.b), (c.quarters, answer))).collect())
}

/// At which step a pair of one paper came to nothing.
fn why_nothing(a: &Prepared, b: &Prepared, turn: Option<u8>) -> &'static str {
    let laid = |q: u8| align(a, &b.turned(turned_back(q)), SEED).is_some();
    match turn {
        Some(q) if laid(q) => "laid over each other, too little in common",
        Some(_) if (0..4).any(laid) => "no alignment in this turn",
        Some(_) => "no alignment",
        None if (0..4).any(laid) => "no candidate, though they can be laid over each other",
        None => "no candidate, no alignment",
    }
}

/// Works on all items with so many threads; results in the order of the items.
pub(super) fn spread<I: Sync, R: Send>(items: &[I], jobs: usize, work: impl Fn(&I) -> R + Sync) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut out = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return out };
            out.push((at, work(item)));
        }
    };
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(run)).collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.collect::<std::result::Result<Vec<_>, _>>().map(|parts| parts.into_iter().flatten().collect())
    })
    .map_err(|_| anyhow::anyhow!("a thread ended in a panic"))?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, result)| result).collect())
}

/// The fingerprint of a file's first page, or why it has none.
fn print_of(folder: &Path, id: &str, cache: Option<&Path>) -> Result<std::result::Result<Vec<u8>, String>> {
    let kept = cache.map(|c| c.join(format!("{id}.print")));
    if let Some(bytes) = kept.as_ref().and_then(|path| std::fs::read(path).ok()) {
        return Ok(Ok(bytes));
    }
    let request = ReadRequest { identify: true, unjudged: true, ..ReadRequest::default() };
    let path = path_of(folder, id).with_context(|| format!("no image {id}"))?;
    let reading = sanad_intake::read(&std::fs::read(&path)?, &request)?;
    let identity = reading.images.into_iter().next().and_then(|i| i.identity).context("no page")?;
    if let (Some(path), Ok(bytes)) = (kept, &identity.fingerprint) {
        std::fs::write(path, bytes)?;
    }
    Ok(identity.fingerprint.map_err(|why| why.to_string()))
}

/// A picture of a page made ready to be compared, with its brightness.
pub(super) fn master_of(bytes: &[u8]) -> Result<(Prepared, Luma)> {
    let (page, _) = first_page(bytes, &Limits::default())?.context("no page")?;
    let print = fingerprint(&page.luma).map_err(|why| anyhow::anyhow!("no fingerprint: {why}"))?;
    Ok((Prepared::of(&print), page.luma))
}

/// The images of a folder that have a fingerprint, and why the others have none.
pub(super) fn read(folder: &Path, images: &[Image], wish: &Wish) -> Result<(Vec<Shown>, Vec<String>)> {
    if let Some(cache) = &wish.cache {
        std::fs::create_dir_all(cache)?;
    }
    let prints = spread(images, wish.jobs, |image| print_of(folder, &image.id, wish.cache.as_deref()))?;
    let (mut shown, mut unfit) = (Vec::new(), Vec::new());
    for (image, print) in images.iter().zip(prints) {
        match print? {
            Ok(bytes) => {
                let page = Prepared::of(&Fingerprint::from_bytes(&bytes)?);
                shown.push(Shown { image: image.clone(), page, bytes: bytes.len() });
            }
            Err(why) => unfit.push(format!("{}: {why}", image.id)),
        }
    }
    Ok((shown, unfit))
}

impl Figures {
    fn count(
        &mut self,
        [a, b]: [&Image; 2],
        looked_at: bool,
        answer: Option<&Answer>,
        lost: Option<&'static str>,
        differing: &BTreeMap<(&str, &str), &str>,
    ) {
        let relation = answer.map(|r| r.relation);
        let word = relation.map_or("none", Relation::as_str);
        let again = relation.is_some_and(Relation::again);
        let told = || {
            let why = lost.map_or_else(|| format!("{:?}", answer.map(|r| (r.figures, &r.regions))), str::to_owned);
            format!("{} {} {word} {why}", a.id, b.id)
        };
        if a.original == b.original {
            self.candidates.0 += 1;
            self.candidates.1 += usize::from(looked_at);
            let whole = !a.lacks() && !b.lacks();
            let kinds: BTreeSet<&str> = [a.kind.as_str(), b.kind.as_str(), ALL].into_iter().collect();
            let scanned = (whole && kinds.contains(SCAN)).then_some(&mut self.scanned);
            let mut tables = [Some(&mut self.same), whole.then_some(&mut self.whole), scanned];
            for kind in kinds.into_iter().filter(|kind| *kind != SCAN) {
                for pairs in tables.iter_mut().flatten() {
                    *pairs.entry(kind.to_owned()).or_default().entry(word.to_owned()).or_default() += 1;
                }
            }
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

fn by_capture(f: &mut fmt::Formatter<'_>, pairs: &BTreeMap<String, Answers>) -> fmt::Result {
    for (kind, answers) in pairs {
        let (found, all) = again(answers);
        let share = 100.0 * found as f64 / all.max(1) as f64;
        writeln!(f, "  {kind:<20} {found:>5} of {all:>5}  {share:>5.1} %   {answers:?}")?;
    }
    Ok(())
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "images {}  forms {}  without fingerprint {}", self.images, self.forms, self.unfit.len())?;
        writeln!(f, "pairs of one paper looked at   {} of {}", self.candidates.1, self.candidates.0)?;
        writeln!(f, "the same paper, by capture     said to be the same")?;
        by_capture(f, &self.same)?;
        writeln!(f, "... where nothing was cut away that differs on the form")?;
        by_capture(f, &self.whole)?;
        writeln!(f, "... against the plain scan")?;
        by_capture(f, &self.scanned)?;
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
        let at = |share: usize| self.bytes.get((self.bytes.len() * share / 100).min(self.bytes.len().max(1) - 1));
        writeln!(f, "bytes of a fingerprint  middle {:?}  largest {:?}", at(50), self.bytes.last())?;
        writeln!(f, "reading {:.0} ms an image, comparing {:.1} ms a pair", self.mean_ms.0, self.mean_ms.1)
    }
}
