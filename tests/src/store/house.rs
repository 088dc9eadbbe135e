//! An office to test in, on either engine: a fresh database, a clock set by hand, invented people,
//! and a reader that tells its verdict from the first word of a file.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sanad::accounts::{self, Actor, Login};
use sanad::claim::decide::Ruling;
use sanad::claim::insured::{self, NewInsured};
use sanad::claim::upload::{self, Accepted, Target, Upload};
use sanad::claim::{self, ClaimDetail, ClaimError, DocumentDetail, NewClaim, Ticks, VersionDetail};
use sanad::demo::{self, DEMO_PASSWORD};
use sanad::store::clock::{HandClock, SeededChance, UnixMs};
use sanad::store::ids::ClaimId;
use sanad::store::{Database, Store, StoreConfig};
use sanad::work::{Cut, PageImages, PaperReader, ReadFailure, ReadPaper, ReadWords, Runner, RunnerConfig, watchdog};
use sanad_checks::finding::{FindingBuilder, Severity, Verdict};
use sanad_checks::page::Region;
use sanad_checks::report::{Elapsed, FileReport, PageReport};
use tempfile::TempDir;

use super::postgres;

/// 2026-11-22T09:00:00Z, 1405/09/01 at Tehran.
pub(crate) const MORNING: UnixMs = UnixMs(1_795_338_000_000);

/// How long a case waits for the checks.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) database: Database,
    pub(crate) folder: TempDir,
}

/// Runs the case on SQLite, then on PostgreSQL.
pub(crate) fn on_both(case: impl AsyncFn(House)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Database::Sqlite(folder.path().join("office.db"));
        eprintln!("on SQLite");
        case(House::build(folder, sqlite).await).await;
        let folder = tempfile::tempdir().unwrap();
        let postgres = Database::Postgres(postgres::fresh_database().await);
        eprintln!("on PostgreSQL");
        case(House::build(folder, postgres).await).await;
    });
}

/// Runs the case on SQLite alone: for cases that look into the file.
pub(crate) fn on_sqlite(case: impl AsyncFn(House)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Database::Sqlite(folder.path().join("office.db"));
        case(House::build(folder, sqlite).await).await;
    });
}

impl House {
    async fn build(folder: TempDir, database: Database) -> Self {
        Store::migrate(&database).await.unwrap();
        let clock = Arc::new(HandClock::at(MORNING));
        let store = open(&database, &folder, Arc::clone(&clock)).await;
        demo::seed(&store, None).await.unwrap();
        Self { store, clock, database, folder }
    }

    /// The same office opened once more, as another process would.
    pub(crate) async fn opened_again(&self) -> Store {
        open(&self.database, &self.folder, Arc::clone(&self.clock)).await
    }

    pub(crate) async fn actor(&self, user_name: &str) -> Actor {
        let login = login(user_name, DEMO_PASSWORD);
        accounts::log_in(&self.store, &login).await.map_err(|error| error.to_string()).unwrap().actor
    }

    pub(crate) fn runner(&self) -> Runner {
        self.runner_with(Invented)
    }

    pub(crate) fn runner_with(&self, reader: impl PaperReader) -> Runner {
        let reader: Arc<dyn PaperReader> = Arc::new(reader);
        let config = RunnerConfig { poll: Duration::from_millis(100), ..RunnerConfig::default() };
        Runner::start(&self.store, &reader, config)
    }

    /// A claim of a fresh person that asks for few papers.
    pub(crate) async fn claim(&self, office: &Actor) -> ClaimDetail {
        self.claim_of(office, "injury").await
    }

    pub(crate) async fn claim_of(&self, office: &Actor, claim_type: &str) -> ClaimDetail {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = format!("P{:08}", COUNT.fetch_add(1, Ordering::SeqCst));
        let person = NewInsured { document_number: number, ..person() };
        let insured = insured::register(&self.store, office, &person).await.unwrap();
        let new = NewClaim { insured: insured.id, claim_type: claim_type.to_owned(), ..accident() };
        claim::open(&self.store, office, &new).await.unwrap()
    }

    pub(crate) async fn upload(&self, office: &Actor, claim: &ClaimId, slot: &str, bytes: &[u8]) -> Accepted {
        self.try_upload(office, claim, Target::Slot(slot.to_owned()), bytes).await.unwrap()
    }

    pub(crate) async fn try_upload(
        &self,
        office: &Actor,
        claim: &ClaimId,
        target: Target,
        bytes: &[u8],
    ) -> Result<Accepted, ClaimError> {
        let file_name = "scan.jpg".to_owned();
        let upload = Upload { claim: claim.clone(), target, file_name, bytes: bytes.to_vec() };
        upload::accept(&self.store, office, upload).await
    }

    pub(crate) async fn judged(&self, actor: &Actor, accepted: &Accepted) -> VersionDetail {
        upload::judged(&self.store, actor, &accepted.version, PATIENCE).await.unwrap()
    }

    /// Waits until no work is owed any more.
    pub(crate) async fn idle(&self) {
        let begun = Instant::now();
        while watchdog::owed(&self.store).await.unwrap() > 0 {
            assert!(begun.elapsed() < PATIENCE, "work is owed for ever");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Fills every required slot with a good paper and waits for the checks.
    pub(crate) async fn fill(&self, office: &Actor, claim: &ClaimDetail) {
        let mut accepted = Vec::new();
        for line in claim.checklist.iter().filter(|line| !line.filled && line.need != "optional") {
            let bytes = format!("good {} {}", claim.summary.number, line.slot);
            accepted.push(self.upload(office, &claim.summary.id, &line.slot, bytes.as_bytes()).await);
        }
        for one in &accepted {
            self.judged(office, one).await;
        }
    }

    /// A claim with all its papers, before the experts.
    pub(crate) async fn submitted(&self, office: &Actor, claim_type: &str) -> ClaimDetail {
        let claim = self.claim_of(office, claim_type).await;
        self.fill(office, &claim).await;
        self.submit(office, &claim.summary.id).await.unwrap()
    }

    /// Submits what the office cannot see any more.
    pub(crate) async fn submit_blind(&self, office: &Actor, claim: &ClaimId) -> Result<ClaimDetail, ClaimError> {
        claim::submit(&self.store, office, claim, 1).await
    }

    pub(crate) async fn submit(&self, office: &Actor, claim: &ClaimId) -> Result<ClaimDetail, ClaimError> {
        let now = claim::detail(&self.store, office, claim).await.unwrap();
        claim::submit(&self.store, office, claim, now.revision).await
    }
}

async fn open(database: &Database, folder: &TempDir, clock: Arc<HandClock>) -> Store {
    let config = StoreConfig { database: database.clone(), blobs: folder.path().join("blobs"), readers: 3 };
    // Every opened store draws other identifiers, as two processes would.
    static SEED: AtomicU64 = AtomicU64::new(1);
    let chance = SeededChance::new(SEED.fetch_add(1, Ordering::SeqCst) << 32);
    Store::open(&config, clock, Arc::new(chance)).await.unwrap()
}

pub(crate) fn login(user_name: &str, password: &str) -> Login {
    let address = "192.0.2.7".to_owned();
    Login { user_name: user_name.to_owned(), password: password.to_owned(), address, ..Login::default() }
}

pub(crate) fn person() -> NewInsured {
    NewInsured {
        name: "احمد نوری".to_owned(),
        nationality: "AFG".to_owned(),
        document_number: "P79869411".to_owned(),
        birth: Some("1986-09-25".to_owned()),
        policy_number: Some("7759/85/898090".to_owned()),
        ..NewInsured::default()
    }
}

pub(crate) fn accident() -> NewClaim {
    NewClaim {
        insured: "00000000-0000-7000-8000-000000000000".parse().unwrap(),
        claim_type: "injury".to_owned(),
        circumstances: vec!["no-treatment-cost".to_owned()],
        channel: "office".to_owned(),
        accident_date: "2026-10-01".to_owned(),
        place: "کرج".to_owned(),
        description: "سقوط از نردبان هنگام کار در ساختمان".to_owned(),
        shared_with: String::new(),
    }
}

/// An account whose check digits hold.
pub(crate) const IBAN: &str = "IR062960000000100324200001";

/// An approval that every rule is content with.
pub(crate) fn approve(slot: &str) -> Ruling {
    let iban = (slot == "bank-slip").then(|| IBAN.to_owned());
    Ruling::Approve(Ticks { iban, ..Ticks::original() })
}

/// The paper of a slot.
pub(crate) fn paper<'a>(claim: &'a ClaimDetail, slot: &str) -> &'a DocumentDetail {
    claim.documents.iter().find(|document| document.slot == slot).unwrap()
}

/// How long a slow paper takes.
const SLOW: Duration = Duration::from_millis(900);

/// A reader whose verdict stands in the file: `bad`, `busy`, `broken`, `slow`, else good. The words of a `mute` file
/// cannot be read, those of a `half` one not to the end.
pub(crate) struct Invented;

impl PaperReader for Invented {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        if bytes.starts_with(b"busy") {
            return Err(ReadFailure::Busy);
        }
        if bytes.starts_with(b"broken") {
            return Err(ReadFailure::Broken("no reader".into()));
        }
        if bytes.starts_with(b"slow") {
            std::thread::sleep(SLOW);
        }
        Ok(invented(bytes))
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        if bytes.starts_with(b"mute") {
            return Err(ReadFailure::Broken("no reader of words".into()));
        }
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }

    fn pages(&self, file: &[u8], (first, last): (u32, u32)) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(file.starts_with(b"mixed").then(|| format!("good pages {first} to {last}").into_bytes()))
    }
}

/// What a file says by its own words: JSON of its facts after the first `says `; else nothing at all.
pub(crate) fn invented_words(bytes: &[u8]) -> ReadWords {
    let text = String::from_utf8_lossy(bytes);
    let facts = text.split_once("says ").map(|(_, json)| serde_json::from_str(json).unwrap());
    ReadWords { facts: Some(facts.unwrap_or_default()), pages_read: 1, whole: !bytes.starts_with(b"half") }
}

/// The invented answer for these bytes.
pub(crate) fn invented(bytes: &[u8]) -> ReadPaper {
    let bad = bytes.starts_with(b"bad");
    let finding = || {
        let blur = FindingBuilder::new("LEG-BLUR", Severity::Reject).measured("edge_width", 3.1, 1.8, "stroke");
        blur.regions(vec![Region::new(1, 2, 30, 40)]).build().unwrap()
    };
    let verdict = if bad { Verdict::Reject } else { Verdict::Accept };
    let page = PageReport {
        index: 0,
        width_px: 100,
        height_px: 140,
        dpi: None,
        dpi_estimated: true,
        turned_deg: 0,
        skew_deg: 0.0,
        verdict,
        readability: if bad { 0.1 } else { 0.9 },
        uncertain: false,
        findings: if bad { vec![finding()] } else { Vec::new() },
        not_run: Vec::new(),
        elapsed_ms: Elapsed { decode: 1, legibility: 1, ocr: None },
        facts: None,
    };
    let report = FileReport {
        file: String::new(),
        sha256: String::new(),
        media_type: "image/jpeg".to_owned(),
        bytes: bytes.len() as u64,
        verdict,
        elapsed_ms: 2,
        pages: vec![page],
        findings: Vec::new(),
        facts: None,
    };
    let of = |kind: &str| [kind.as_bytes(), bytes].concat();
    let images = PageImages {
        preview_jpeg: of("preview "),
        thumb_jpeg: of("thumb "),
        grey_png: of("grey "),
        annotated_png: None,
        identity: None,
    };
    ReadPaper { report, images: vec![images], thresholds: "{}".to_owned() }
}
