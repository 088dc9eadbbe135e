//! `duplicates`: papers of forms, their doubles, and captures of each, with the pairs that are and are not one paper.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use sanad_samples::{Change, Fonts, PaperCopy, RECAPTURES, Recapture, Varying, differ, recapture, template};
use serde_json::{Value, json};

use super::folder::Folder;
use super::generate::SplitWord;

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Folder to write into.
    #[arg(long)]
    out: PathBuf,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which papers may be drawn.
    #[arg(long, value_enum, default_value = "fit")]
    split: SplitWord,
    /// Forms.
    #[arg(long, default_value_t = 12)]
    templates: u64,
    /// People who filled each form.
    #[arg(long, default_value_t = 3)]
    people: u64,
    /// Captures of each paper besides the first; they come round in turn.
    #[arg(long, default_value_t = 5)]
    captures: usize,
    /// Leave out the doubles in which a single date, sum, name or digit differs.
    #[arg(long)]
    no_doubles: bool,
    /// Write each paper as it was drawn too, before any capture.
    #[arg(long)]
    masters: bool,
    /// Threads; all cores if not given. The output does not depend on it.
    #[arg(long)]
    jobs: Option<usize>,
}

/// The ways in which one thing differs, and their words.
const CHANGES: [(Change, &str); 4] =
    [(Change::Date, "date"), (Change::Amount, "amount"), (Change::Name, "name"), (Change::Digit, "digit")];

/// One image to make.
struct Shot {
    form: usize,
    group: String,
    original: String,
    copy: PaperCopy,
    how: Recapture,
    seed: u64,
}

impl Shot {
    fn id(&self) -> String {
        if self.how == Recapture::Original {
            self.original.clone()
        } else {
            format!("{}_{}", self.original, self.how.word())
        }
    }
}

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let (mut shots, mut varying) = (Vec::new(), Vec::new());
    for form in 0..wish.templates {
        let own = of_form(fonts, wish, form)?;
        let papers: Vec<&PaperCopy> = firsts(&own).map(|shot| &shot.copy).collect();
        varying.push(Varying::of(fonts, &papers)?);
        shots.extend(own);
    }
    let cut_away: Vec<AtomicUsize> = shots.iter().map(|_| AtomicUsize::new(0)).collect();
    let folder = Mutex::new(Folder::write(&wish.out));
    let next = AtomicUsize::new(0);
    let work = || -> anyhow::Result<()> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(shot) = shots.get(at) else { return Ok(()) };
            let made = recapture(fonts, &shot.copy, shot.how, wish.split.into(), shot.seed)?;
            cut_away[at].store(varying[shot.form].beyond(&made), Ordering::Relaxed);
            let master = (wish.masters && shot.how == Recapture::Original).then(|| master(fonts, &shot.copy));
            let mut folder = folder.lock().map_err(|_| anyhow::anyhow!("another image failed"))?;
            folder.put(&format!("images/{}.{}", shot.id(), made.extension), &made.bytes)?;
            if let Some(master) = master {
                folder.put(&format!("masters/{}.png", shot.original), &master?)?;
            }
        }
    };
    let jobs = wish.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let threads: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("an image could not be made"))??;
        }
        Ok(())
    })?;
    let mut folder = folder.into_inner().map_err(|_| anyhow::anyhow!("an image could not be made"))?;
    folder.put("pairs.json", &serde_json::to_vec(&pairs(&shots, &cut_away))?)?;
    println!("{} images of {} forms in {}", shots.len(), wish.templates, wish.out.display());
    Ok(())
}

/// The first capture of each paper.
fn firsts(shots: &[Shot]) -> impl Iterator<Item = &Shot> {
    shots.iter().filter(|shot| shot.how == Recapture::Original)
}

/// A paper as it was drawn, as a file.
fn master(fonts: &Fonts, copy: &PaperCopy) -> anyhow::Result<Vec<u8>> {
    const DPI: u32 = 200;
    let grey = image::imageops::grayscale(&copy.clean(fonts, DPI)?);
    let mut bytes = std::io::Cursor::new(Vec::new());
    grey.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// The images of one form: each person's paper, and the first person's doubles, each captured several ways.
fn of_form(fonts: &Fonts, wish: &Wish, form: u64) -> anyhow::Result<Vec<Shot>> {
    let plan = template(wish.split.into(), wish.seed, form)?;
    let group = format!("g{form:02}");
    let mut papers: Vec<(String, PaperCopy)> =
        (0..wish.people).map(|p| (format!("{group}m{p}"), PaperCopy::of_person(&plan, p))).collect();
    if let (false, Some((_, first))) = (wish.no_doubles, papers.first().cloned()) {
        for (at, (change, word)) in CHANGES.into_iter().enumerate() {
            let double = first.but_for(change, wish.seed + form * 7 + at as u64);
            // not every kind of paper prints what is changed
            if differ(fonts, &first, &double)? {
                papers.push((format!("{group}{word}"), double));
            }
        }
    }
    let ways = RECAPTURES.len() - 1;
    let mut shots = Vec::new();
    for (at, (original, copy)) in papers.into_iter().enumerate() {
        let turns =
            (0..wish.captures.min(ways)).map(|k| RECAPTURES[1 + (form as usize + at * wish.captures + k) % ways]);
        for (k, how) in std::iter::once(Recapture::Original).chain(turns).enumerate() {
            let seed = wish.seed.wrapping_mul(1_000_003) + form * 10_007 + at as u64 * 101 + k as u64;
            shots.push(Shot {
                form: form as usize,
                group: group.clone(),
                original: original.clone(),
                copy: copy.clone(),
                how,
                seed,
            });
        }
    }
    Ok(shots)
}

/// The images, with how much of what differs on the form each cut away (pixels at 60 dots an inch), every pair of one paper, and every pair of one form that is not.
fn pairs(shots: &[Shot], cut_away: &[AtomicUsize]) -> Value {
    let images: Vec<Value> = shots
        .iter()
        .zip(cut_away)
        .map(|(s, cut)| {
            json!({ "id": s.id(), "original": s.original, "group": s.group, "kind": s.how.word(),
                    "type": s.copy.plan.kind.word(), "seed": s.seed, "cut_away": cut.load(Ordering::Relaxed) })
        })
        .collect();
    let (mut positives, mut hard) = (Vec::new(), Vec::new());
    for (i, a) in shots.iter().enumerate() {
        for b in shots[i + 1..].iter().filter(|b| b.group == a.group) {
            if a.original == b.original {
                let word = if a.how == Recapture::Original { "orig-recapture" } else { "recapture-recapture" };
                positives.push(json!([a.id(), b.id(), word]));
            } else {
                hard.push(json!([a.id(), b.id(), differs_in(a, b)]));
            }
        }
    }
    json!({ "images": images, "positives": positives, "hard_negatives": hard, "easy_negatives": [] })
}

fn differs_in(a: &Shot, b: &Shot) -> &'static str {
    let single = a.copy.plan == b.copy.plan && (a.copy.change.is_none() || b.copy.change.is_none());
    let change = a.copy.change.or(b.copy.change).filter(|_| single);
    change.and_then(|(c, _)| CHANGES.iter().find(|known| known.0 == c)).map_or("person", |known| known.1)
}
