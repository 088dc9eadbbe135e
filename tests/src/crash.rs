//! kill −9 at any moment loses no acknowledged upload, and what was unfinished is resumed.
//!
//! The test binary starts itself again as the process that is killed: it takes uploads in, says
//! of each that it was acknowledged, and lets its workers judge them. It is killed dozens of times
//! at moments spread over its life, then everything it promised is looked for.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sanad::accounts::{self, Actor};
use sanad::audit::verify::{Chain, verify};
use sanad::claim::upload::{self, Target, Upload};
use sanad::claim::{self, NewClaim, ReadingState, SLOTS, VersionState, insured, pictures};
use sanad::demo::{self, DEMO_PASSWORD};
use sanad::store::clock::{SystemChance, SystemClock};
use sanad::store::ids::VersionId;
use sanad::store::{Database, Store, StoreConfig};
use sanad::work::{Cut, PaperReader, ReadFailure, ReadPaper, ReadWords, Runner, RunnerConfig, watchdog};

use crate::store::house::{accident, invented, invented_words, login, person};
use crate::store::postgres;

const DATABASE: &str = "SANAD_TESTS_CRASH_DATABASE";
const FOLDER: &str = "SANAD_TESTS_CRASH_FOLDER";
const CHILD: &str = "crash::the_process_that_is_killed";
const ACKNOWLEDGED: &str = "ACKNOWLEDGED";

/// How often the process is killed, on each engine.
const KILLS: u64 = 30;

/// The moments of the kills, spread by a stride that has no factor in common with the range.
const LONGEST_LIFE_MS: u64 = 331;
const STRIDE_MS: u64 = 89;

/// Takes a moment, so that kills fall into the reading as well.
struct Slow;

impl PaperReader for Slow {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        std::thread::sleep(Duration::from_millis(5));
        Ok(invented(bytes))
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        std::thread::sleep(Duration::from_millis(2));
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

async fn open(database: &Database, folder: &Path) -> Store {
    let config = StoreConfig { database: database.clone(), blobs: folder.join("blobs"), readers: 2 };
    Store::open(&config, Arc::new(SystemClock), Arc::new(SystemChance)).await.unwrap()
}

fn workers(store: &Store) -> Runner {
    let reader: Arc<dyn PaperReader> = Arc::new(Slow);
    let quick = Duration::from_millis(100);
    let config = RunnerConfig { lease: Duration::from_secs(1), poll: quick, attempts: 50, ..RunnerConfig::default() };
    Runner::start(store, &reader, config)
}

async fn actor(store: &Store, user_name: &str) -> Actor {
    accounts::log_in(store, &login(user_name, DEMO_PASSWORD)).await.ok().unwrap().actor
}

/// Does nothing by itself: only the case below starts it with its folder named.
#[test]
fn the_process_that_is_killed() {
    let (Ok(database), Ok(folder)) = (std::env::var(DATABASE), std::env::var(FOLDER)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = open(&database.parse().unwrap(), Path::new(&folder)).await;
        let runner = workers(&store);
        let office = actor(&store, "daftar1").await;
        let insured = insured::register(&store, &office, &person()).await.unwrap().id;
        let claim = claim::open(&store, &office, &NewClaim { insured, ..accident() }).await.unwrap().summary.id;
        for number in 0.. {
            let text = format!("paper {number} of {claim}");
            let target = Target::Slot(SLOTS[number % SLOTS.len()].to_owned());
            let bytes = text.clone().into_bytes();
            let upload = Upload { claim: claim.clone(), target, file_name: "scan.jpg".to_owned(), bytes };
            let accepted = upload::accept(&store, &office, upload).await.unwrap();
            println!("{ACKNOWLEDGED} {} {text}", accepted.version);
            std::io::stdout().flush().unwrap();
        }
        runner.stop().await;
    });
}

/// The promise on the next line, if it is one; `None` at the end. A line that was cut off by the
/// kill is no promise.
fn promise(lines: &mut impl BufRead) -> Option<Option<(VersionId, String)>> {
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    let whole = line.strip_suffix('\n')?;
    // The test harness may have begun the line with the name of the case.
    let Some((_, rest)) = whole.split_once(ACKNOWLEDGED) else { return Some(None) };
    let (version, text) = rest.trim_start().split_once(' ').unwrap();
    Some(Some((version.parse().unwrap(), text.to_owned())))
}

/// One life: what it acknowledged before it was killed.
fn live_and_die(database: &str, folder: &Path, life: Duration) -> Vec<(VersionId, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([CHILD, "--exact", "--nocapture"])
        .env(DATABASE, database)
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut promised = Vec::new();
    // The life is counted from the first promise; starting takes longer than living.
    while promised.is_empty() {
        promised.extend(promise(&mut lines).expect("the process lives until it is killed"));
    }
    let killer = std::thread::spawn(move || {
        std::thread::sleep(life);
        child.kill().unwrap();
        child.wait().unwrap()
    });
    while let Some(found) = promise(&mut lines) {
        promised.extend(found);
    }
    let ended = killer.join().unwrap();
    assert!(!ended.success(), "the process was killed, it did not end by itself");
    promised
}

fn kill_again_and_again(database: &Database, named: &str, folder: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        Store::migrate(database).await.unwrap();
        let store = open(database, folder).await;
        demo::seed(&store, None).await.unwrap();
        store.close().await;
    });
    let mut promised = Vec::new();
    for kill in 0..KILLS {
        let life = Duration::from_millis(kill * STRIDE_MS % LONGEST_LIFE_MS);
        promised.extend(live_and_die(named, folder, life));
    }
    assert!(promised.len() as u64 >= KILLS, "{} uploads were acknowledged", promised.len());
    runtime.block_on(async {
        let store = open(database, folder).await;
        let runner = workers(&store);
        let manager = actor(&store, "modir").await;
        let begun = Instant::now();
        while watchdog::owed(&store).await.unwrap() > 0 {
            assert!(begun.elapsed() < Duration::from_secs(120), "unfinished work is not resumed");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        runner.stop().await;
        for (version, text) in &promised {
            let kept = pictures::original(&store, &manager, version).await.unwrap();
            assert_eq!(kept.picture.bytes, text.as_bytes());
            let judged = claim::version(&store, &manager, version).await.unwrap();
            assert_eq!(judged.summary.state, VersionState::Judged, "{text}");
            assert_eq!(judged.summary.pages.len(), 1);
            let state = judged.reading.unwrap().state;
            assert!(state == ReadingState::Read || judged.summary.superseded, "{text} was never read");
        }
        assert!(matches!(verify(&store).await.unwrap(), Chain::Whole { .. }));
        eprintln!("{KILLS} kills, {} acknowledged uploads, none lost", promised.len());
    });
}

#[test]
fn killing_the_office_loses_no_acknowledged_upload_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    let named = format!("sqlite:{}", path.display());
    kill_again_and_again(&Database::Sqlite(path), &named, folder.path());
}

#[test]
fn killing_the_office_loses_no_acknowledged_upload_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let address = runtime.block_on(postgres::fresh_database());
    kill_again_and_again(&Database::Postgres(address.clone()), &address, folder.path());
}
