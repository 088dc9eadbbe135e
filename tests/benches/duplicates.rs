//! Papers seen before among many: how long a fingerprint, the search for candidates and the comparison take, and how
//! often the right page is among the candidates, as the register grows.
//!
//! The register is filled with papers perturbed from drawn ones: what a form prints stays, what was filled in becomes
//! another's. Forms are of unlike sizes, the largest a fifth of all. Sizes by environment:
//! `SANAD_BENCH_PAGES` (the largest register, 10,000 if not given; 1,000,000 takes eight minutes of one core),
//! `SANAD_BENCH_FORMS` (30), `SANAD_BENCH_PEOPLE` (4) drawn for each form, and of these `SANAD_BENCH_ASKED` (4) captured
//! once more, every `SANAD_BENCH_EVERY`th (1) of these compared with its candidates too. With 168 people, 5,040 papers,
//! drawing takes half an hour: fingerprints are kept in the folder that `SANAD_BENCH_PRINTS` names, for the next time;
//! nobody asks whether they are of the method of today.

#![expect(clippy::unwrap_used, reason = "a measurement that meets the unexpected should stop where it stands")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sanad::store::clock::{HandClock, SeededChance, UnixMs};
use sanad::store::{Database, Store, StoreConfig};
use sanad::work::candidates::{Asked, Candidate, search};
use sanad::work::held_against::AT_ONCE;
use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::fingerprint::{Fingerprint, fingerprint};
use sanad_checks::duplicates::keys::{KEYS, Key};
use sanad_checks::duplicates::relation::{Closer, FirstLook, RelationThresholds};
use sanad_checks::duplicates::sketch::sketch;
use sanad_intake::{Limits, first_page};
use sanad_samples::{Fonts, PaperCopy, RECAPTURES, Recapture, Split, recapture, template};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection};

/// Pages at which a key leads too far; one more than in the register.
const MOST: u16 = 401;
/// Keys that a page may lose before it is entered anew; as in the register.
const MOST_WORN: usize = 16;
/// Rows of one statement of the filling.
const ROWS: usize = 400;
/// Sketches that wait to be written.
const SKETCHES: usize = 20_000;
/// Share of a form's keys that a capture keeps.
const KEPT: u64 = 80;

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A drawn page.
struct Drawn {
    form: usize,
    how: Recapture,
    print: Fingerprint,
    asked: Asked,
}

/// Draws papers and takes their fingerprints.
struct Press {
    fonts: Fonts,
    /// Where fingerprints are kept from one call to the next.
    kept: Option<PathBuf>,
    /// How long each took that was not kept.
    spent: Vec<Duration>,
}

impl Press {
    /// One person's copy of a form as it is captured; none where its page has no fingerprint.
    fn drawn(&mut self, paper: &PaperCopy, [form, person]: [usize; 2], how: Recapture) -> Option<Drawn> {
        let mark = if matches!(how, Recapture::Original) { 'a' } else { 'b' };
        let file =
            self.kept.as_ref().map(|kept| kept.join(format!("{mark}{form:02}_{person:03}_{}.print", how.word())));
        let print = match file.as_ref().and_then(|file| std::fs::read(file).ok()) {
            Some(bytes) => Fingerprint::from_bytes(&bytes).unwrap(),
            None => self.printed(paper, form * 1000 + person, how)?,
        };
        if let Some(file) = file.filter(|file| !file.exists()) {
            std::fs::write(file, print.to_bytes()).unwrap();
        }
        let asked = Asked::of(&Prepared::of(&print));
        Some(Drawn { form, how, print, asked })
    }

    fn printed(&mut self, paper: &PaperCopy, number: usize, how: Recapture) -> Option<Fingerprint> {
        let seed = number as u64 + if matches!(how, Recapture::Original) { 0 } else { 500 };
        let made = recapture(&self.fonts, paper, how, Split::Holdout, seed).unwrap();
        let (page, _) = first_page(&made.bytes, &Limits::default()).unwrap()?;
        let begun = Instant::now();
        let print = fingerprint(&page.luma);
        self.spent.push(begun.elapsed());
        print.ok()
    }
}

/// Spreads numbers evenly.
const fn mixed(mut z: u64) -> u64 {
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// The keys of the same form filled for another.
fn another(page: &Drawn, printed: &BTreeSet<Key>, number: u64) -> Vec<Key> {
    let keys = &page.asked.0.own;
    let span = keys.last().copied().unwrap_or(1).max(1);
    let mut out: Vec<Key> = keys
        .iter()
        .filter_map(|key| {
            let dice = mixed(mixed(number) ^ *key);
            if printed.contains(key) { (dice % 100 < KEPT).then_some(*key) } else { Some(mixed(dice) % span) }
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Which form the page of a number is of: the largest has a fifth, the next ones less and less.
fn form_of(number: u64, forms: usize) -> usize {
    let dice = (mixed(number ^ 0xf0f0) % 10_000) as f64 / 10_000.0;
    ((forms as f64 * dice.powf(2.2)) as usize).min(forms - 1)
}

/// When each of so many drawn pages comes, and its number, the last first: anywhere among the first ten thousand.
fn turns(real: i64) -> Vec<(i64, i64)> {
    const AMONG: i64 = 10_000;
    let span = (AMONG - real).max(1).unsigned_abs();
    let turn = |place: i64| real + (mixed(place.unsigned_abs() ^ 0x77) % span) as i64;
    let mut turns: Vec<(i64, i64)> = (1..=real).map(|place| (turn(place), place)).collect();
    turns.sort_unstable_by_key(|turn| std::cmp::Reverse(*turn));
    turns
}

/// A register whose rows are written in the order of their keys.
struct Filling {
    /// How many pages each key leads to; keys that fall together are few enough.
    counts: Vec<u16>,
    rows: Vec<(Key, i64)>,
    sketches: Vec<(i64, Vec<u8>)>,
    /// Keys that lead nowhere since the last writing.
    spent: BTreeSet<Key>,
    /// Drawn pages by their keys that do not lead too far yet.
    held: BTreeMap<Key, Vec<i64>>,
    /// Keys that each drawn page has lost since it was entered.
    worn: BTreeMap<i64, usize>,
}

impl Filling {
    fn of(most: usize) -> Self {
        let counts = vec![0; (most * 160).next_power_of_two()];
        Self {
            counts,
            rows: vec![],
            sketches: vec![],
            spent: BTreeSet::new(),
            held: BTreeMap::new(),
            worn: BTreeMap::new(),
        }
    }

    /// Lets keys lead to a page; the drawn pages that are to be entered anew. Perturbed ones are not: nobody asks for them.
    fn enter(&mut self, page: i64, keys: &[Key], drawn: bool) -> Vec<i64> {
        self.sketches.push((page, sketch(keys)));
        let slots = self.counts.len();
        let (mut good, mut due) = (0, Vec::new());
        for key in keys {
            let known = drawn && self.held.get(key).is_some_and(|pages| pages.contains(&page));
            let count = &mut self.counts[*key as usize % slots];
            if *count >= MOST || good == KEYS {
                continue;
            }
            if known {
                good += 1;
                continue;
            }
            *count += 1;
            if *count < MOST {
                good += 1;
                self.rows.push((*key, page));
                if drawn {
                    self.held.entry(*key).or_default().push(page);
                }
                continue;
            }
            self.spent.insert(*key);
            for loser in self.held.remove(key).unwrap_or_default() {
                let lost = self.worn.entry(loser).or_default();
                *lost += 1;
                if *lost == MOST_WORN {
                    *lost = 0;
                    due.push(loser);
                }
            }
        }
        due
    }

    /// Writes the sketches that wait.
    async fn write_sketches(&mut self, into: &mut SqliteConnection) {
        const PUT: &str = "INSERT INTO seen_sketches (page, sketch) VALUES ($1, $2) ON CONFLICT (page) DO NOTHING";
        sqlx::query("BEGIN").execute(&mut *into).await.unwrap();
        for (page, sketch) in self.sketches.drain(..) {
            sqlx::query(PUT).bind(page).bind(sketch).execute(&mut *into).await.unwrap();
        }
        sqlx::query("COMMIT").execute(&mut *into).await.unwrap();
    }

    async fn write(&mut self, into: &mut SqliteConnection) {
        self.write_sketches(&mut *into).await;
        let spent = std::mem::take(&mut self.spent);
        self.rows.retain(|(key, _)| !spent.contains(key));
        self.rows.sort_unstable();
        let mut entered = self.rows.chunk_by(|a, b| a.0 == b.0).map(|rows| {
            let pages: String = rows.iter().map(|(_, page)| format!(" {page}")).collect();
            format!("({},'{pages}')", rows[0].0)
        });
        let mut led_too_far = spent.iter().map(|key| format!("({key},'-')"));
        sqlx::query("BEGIN").execute(&mut *into).await.unwrap();
        write_keys(&mut *into, &mut entered, "seen_keys.pages || excluded.pages").await;
        write_keys(&mut *into, &mut led_too_far, "excluded.pages").await;
        sqlx::query("COMMIT").execute(&mut *into).await.unwrap();
        self.rows.clear();
    }
}

/// Writes keys and their pages, many in a statement; what becomes of those that are there already.
async fn write_keys(into: &mut SqliteConnection, rows: &mut impl Iterator<Item = String>, then: &str) {
    loop {
        let some: Vec<String> = rows.take(ROWS).collect();
        if some.is_empty() {
            return;
        }
        let rows = some.join(",");
        let text =
            format!("INSERT INTO seen_keys (key, pages) VALUES {rows} ON CONFLICT (key) DO UPDATE SET pages = {then}");
        sqlx::query(AssertSqlSafe(text)).persistent(false).execute(&mut *into).await.unwrap();
    }
}

/// What comes of all, as many at a time as the server holds against a page, in any order.
fn at_once<I: Send, T: Send>(all: impl Iterator<Item = I>, work: impl Fn(I) -> T + Sync) -> Vec<T> {
    let left = Mutex::new(all.collect::<Vec<I>>());
    let next = || left.lock().unwrap().pop();
    let done = || std::iter::from_fn(next).map(&work).collect::<Vec<T>>();
    std::thread::scope(|scope| {
        let hands = [(); AT_ONCE].map(|()| scope.spawn(done));
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    })
}

fn at(sorted: &[Duration], share: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(measured());
}

async fn measured() {
    let (most, forms, people) =
        (setting("SANAD_BENCH_PAGES", 10_000), setting("SANAD_BENCH_FORMS", 30), setting("SANAD_BENCH_PEOPLE", 4));
    let asked_of = setting("SANAD_BENCH_ASKED", 4);
    let fonts = Fonts::load(&[]).expect("the faces are installed");
    let kept = std::env::var_os("SANAD_BENCH_PRINTS").map(PathBuf::from);
    let mut press = Press { fonts, kept, spent: vec![] };
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for form in 0..forms {
        let plan = template(Split::Holdout, 77, form as u64).unwrap();
        for person in 0..people {
            let paper = PaperCopy::of_person(&plan, person as u64);
            let one = press.drawn(&paper, [form, person], Recapture::Original);
            let ways: Vec<Recapture> =
                RECAPTURES.iter().copied().filter(|how| !matches!(how, Recapture::Original)).collect();
            let how = ways[(form * asked_of + person) % ways.len()];
            let two = (person < asked_of).then(|| press.drawn(&paper, [form, person], how)).flatten();
            if let Some(one) = one {
                first.push(one);
                again.extend(two.map(|two| (first.len() as i64, two)));
            }
        }
    }
    let mut spent = press.spent;
    spent.sort_unstable();
    println!("drawn {} papers of {forms} forms, {} of them twice", first.len(), again.len());
    if !spent.is_empty() {
        println!("fingerprint of a page, ms: middle {:.0}, 95 of 100 {:.0}", at(&spent, 0.5), at(&spent, 0.95));
    }
    let mut bytes: Vec<usize> = first.iter().map(|page| page.print.to_bytes().len()).collect();
    bytes.sort_unstable();
    println!("bytes of a fingerprint: middle {}, largest {}", bytes[bytes.len() / 2], bytes[bytes.len() - 1]);

    let mut people_of: BTreeMap<(usize, Key), u32> = BTreeMap::new();
    for page in &first {
        for key in &page.asked.0.own {
            *people_of.entry((page.form, *key)).or_default() += 1;
        }
    }
    let printed: Vec<BTreeSet<Key>> = (0..forms)
        .map(|form| people_of.iter().filter(|((f, _), n)| *f == form && **n > 1).map(|((_, key), _)| *key).collect())
        .collect();

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let database = Database::Sqlite(path.clone());
    Store::migrate(&database).await.unwrap();
    let config = StoreConfig { database, blobs: folder.path().join("blobs"), readers: 2 };
    let clock = Arc::new(HandClock::at(UnixMs(0)));
    let store = Store::open(&config, clock, Arc::new(SeededChance::new(1))).await.unwrap();
    let mut direct =
        SqliteConnectOptions::new().filename(&path).synchronous(SqliteSynchronous::Off).connect().await.unwrap();
    let mut filling = Filling::of(most);

    let real = first.len() as i64;
    let mut drawn_at = turns(real);
    let mut number = real;
    let sizes = [10_000, 100_000, 1_000_000].into_iter().filter(|size| *size < most).chain([most]);
    let of_form: Vec<Vec<&Drawn>> =
        (0..forms).map(|form| first.iter().filter(|page| page.form == form).collect()).collect();
    for size in sizes {
        while number < size as i64 {
            number += 1;
            let form = form_of(number as u64, forms);
            let pages = &of_form[form];
            let Some(page) = pages.get(mixed(number as u64) as usize % pages.len().max(1)) else { continue };
            let mut due = filling.enter(number, &another(page, &printed[form], number as u64), false);
            while let Some((_, place)) = drawn_at.pop_if(|(turn, _)| *turn <= number) {
                due.push(place);
            }
            while let Some(place) = due.pop() {
                due.extend(filling.enter(place, &first[place as usize - 1].asked.0.own, true));
            }
            if filling.sketches.len() > SKETCHES {
                filling.write_sketches(&mut direct).await;
            }
        }
        let begun = Instant::now();
        filling.write(&mut direct).await;
        println!("register of {size} pages ({:.0} s to write)", begun.elapsed().as_secs_f64());
        asked(&store, &first, &again).await;
    }
}

/// Asks the register for every paper that was captured again.
async fn asked(store: &Store, first: &[Drawn], again: &[(i64, Drawn)]) {
    let (limits, every) = (RelationThresholds::default(), setting("SANAD_BENCH_EVERY", 1));
    let (mut searching, mut relating, mut found) = (Vec::new(), Vec::new(), 0);
    let mut missed: BTreeMap<&str, usize> = BTreeMap::new();
    for (nth, (place, page)) in again.iter().enumerate() {
        let begun = Instant::now();
        let candidates = search(store, &page.asked).await.unwrap();
        searching.push(begun.elapsed());
        if candidates.iter().any(|c| c.page == *place) {
            found += 1;
        } else {
            *missed.entry(page.how.word()).or_default() += 1;
        }
        if !nth.is_multiple_of(every) {
            continue;
        }
        // perturbed pages have no picture: another drawn page of the form stands in for each
        let own = Prepared::of(&page.print);
        let form: Vec<&Drawn> = first.iter().filter(|other| other.form == page.form).collect();
        let begun = Instant::now();
        let look = |(turn, candidate): (usize, &Candidate)| {
            let other = usize::try_from(candidate.page - 1).ok().and_then(|i| first.get(i));
            let other = other.unwrap_or(form[turn % form.len()]);
            let other = Prepared::of(&other.print);
            let in_turn = |quarters| [&other, own.standing(quarters)];
            let (quarters, look) = FirstLook::in_turns((candidate.quarters, candidate.others), in_turn, &limits)?;
            Some((other, quarters, look))
        };
        let looks: Vec<(Prepared, u8, FirstLook)> =
            at_once(candidates.iter().enumerate(), look).into_iter().flatten().collect();
        let mut looks: Vec<Option<(Prepared, u8, FirstLook)>> = looks.into_iter().map(Some).collect();
        let (mut closer, mut next) = Closer::of(looks.iter().map(|found| Some(&found.as_ref()?.2)));
        while !next.is_empty() {
            let worth: Vec<_> = next.into_iter().filter_map(|at| looks[at].take()).collect();
            let met = at_once(worth.into_iter(), |(other, quarters, look)| {
                let answer = look.closely(&other, own.standing(quarters), &limits);
                std::hint::black_box(answer).is_some_and(|answer| answer.may_be_again())
            });
            next = closer.further(met.into_iter().filter(|met| *met).count());
        }
        relating.push(begun.elapsed());
    }
    searching.sort_unstable();
    relating.sort_unstable();
    println!("  the right page among the candidates: {found} of {}; missed by capture {missed:?}", again.len());
    println!("  candidates, ms: middle {:.0}, 95 of 100 {:.0}", at(&searching, 0.5), at(&searching, 0.95));
    println!("  comparing all candidates, ms: middle {:.0}, 95 of 100 {:.0}", at(&relating, 0.5), at(&relating, 0.95));
}
