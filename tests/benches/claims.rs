//! A hundred thousand claims with a million papers in SQLite: how long the office's own code takes to list, search and
//! open them. Prints medians and the 95th percentile, and fails where the latter is over its limit.

#![expect(clippy::unwrap_used, reason = "a measurement that meets the unexpected should stop where it stands")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sanad::accounts::{self, Actor, Login};
use sanad::claim::{self, ClaimFilter, ClaimState, PageOf};
use sanad::demo;
use sanad::store::clock::{SeededChance, SystemClock};
use sanad::store::ids::ClaimId;
use sanad::store::{Database, Store, StoreConfig};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

const CLAIMS: u64 = 100_000;
const PAPERS: u64 = 10;
const INSURED: u64 = 60_000;
/// Times that each thing is done.
const ROUNDS: usize = 200;
/// What the 95th percentile may take.
const LIMIT: Duration = Duration::from_millis(50);

const SLOTS: [&str; PAPERS as usize] = [
    "office-letter",
    "policy",
    "identity",
    "accident-report",
    "admission-record",
    "discharge-summary",
    "hospital-bill",
    "cash-receipt",
    "imaging-report",
    "bank-slip",
];
const NAMES: [&str; 24] = [
    "عبدالکریم",
    "گل محمد",
    "زینب",
    "نجیب",
    "فاطمه",
    "حسین",
    "رقیه",
    "رضا",
    "معصومه",
    "عزیز",
    "احمد",
    "محمود",
    "شکریه",
    "لیلا",
    "نادر",
    "یاسین",
    "بهار",
    "صفیه",
    "جواد",
    "کبری",
    "ناصر",
    "امان",
    "حمیده",
    "قاسم",
];
const FAMILIES: [&str; 24] = [
    "علیمی",
    "نوری",
    "احمدی",
    "رضایی",
    "محمدی",
    "حیدری",
    "یعقوبی",
    "سلطانی",
    "کریمی",
    "صافی",
    "هاشمی",
    "رسولی",
    "نظری",
    "مرادی",
    "عظیمی",
    "باقری",
    "اکبری",
    "جعفری",
    "وفایی",
    "ابراهیمی",
    "صدیقی",
    "فیضی",
    "قادری",
    "امیری",
];

fn id(kind: u64, number: u64) -> String {
    format!("{kind:08x}-0000-7000-8000-{number:012x}")
}

fn name(person: u64) -> String {
    let (first, last) = (person as usize % NAMES.len(), person as usize / NAMES.len() % FAMILIES.len());
    format!("{} {} {}", NAMES[first], FAMILIES[last], person / 576)
}

async fn run(file: &mut SqliteConnection, text: &str) {
    sqlx::query(sqlx::AssertSqlSafe(text.to_owned())).execute(file).await.unwrap();
}

/// Writes rows in one statement each hundred.
struct Rows {
    head: &'static str,
    taken: Vec<String>,
}

impl Rows {
    const fn new(head: &'static str) -> Self {
        Self { head, taken: Vec::new() }
    }

    async fn add(&mut self, file: &mut SqliteConnection, row: String) {
        self.taken.push(row);
        if self.taken.len() == 200 {
            self.end(file).await;
        }
    }

    async fn end(&mut self, file: &mut SqliteConnection) {
        if !self.taken.is_empty() {
            run(file, &format!("{} {}", self.head, self.taken.join(","))).await;
            self.taken.clear();
        }
    }
}

async fn fill(file: &mut SqliteConnection) {
    for pragma in ["journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF"] {
        run(file, &format!("PRAGMA {pragma}")).await;
    }
    let users =
        sqlx::query("SELECT id, office_id FROM users WHERE role = 'office'").fetch_all(&mut *file).await.unwrap();
    let users: Vec<(String, String)> = users.iter().map(|row| (row.get(0), row.get(1))).collect();
    run(file, "BEGIN").await;
    run(file, "INSERT INTO blobs VALUES ('00', 1, 1, 0)").await;
    let mut persons = Rows::new(
        "INSERT INTO insured (id, office_id, name, nationality, document_number, document_key, birth, registered_by, registered_at) VALUES",
    );
    for person in 0..INSURED {
        let (user, office) = &users[person as usize % users.len()];
        let row = format!(
            "('{}','{office}','{}','AFG','P{person:08}','P{person:08}','1990-01-01','{user}',0)",
            id(1, person),
            name(person)
        );
        persons.add(file, row).await;
    }
    persons.end(file).await;
    let mut claims = Rows::new(
        "INSERT INTO claims (id, number, generation, office_id, insured_id, claim_type, channel, circumstances, accident_date, place, description, state, state_since, revision, opened_by, opened_at, opened_year, opened_month, submitted_at, paused_ms, rank_at, rank_parts) VALUES",
    );
    let mut papers = Rows::new(
        "INSERT INTO documents (id, claim_id, slot, position, state, state_since, revision, current_version_id) VALUES",
    );
    let mut versions = Rows::new(
        "INSERT INTO document_versions (id, document_id, claim_id, number, sha256, bytes, file_name, receipt, uploaded_by, uploaded_at, state, state_since, media_type, verdict) VALUES",
    );
    let mut tokens = Rows::new("INSERT OR IGNORE INTO claim_tokens (token, claim_id, opened_at) VALUES");
    let states = ClaimState::ALL;
    for number in 0..CLAIMS {
        let person = number % INSURED;
        let (user, office) = &users[person as usize % users.len()];
        let (claim, at) = (id(2, number), 1_700_000_000_000_u64 + number * 600_000);
        // Most claims of a running office are done.
        let state = if number % 5 < 3 { ClaimState::Closed } else { states[number as usize % states.len()] };
        let shown = format!("1405-{number:06}");
        claims.add(file, format!("('{claim}','{shown}',1,'{office}','{}','injury','office','[\"hospitalised\"]','2026-01-01','کرج','شرح یک حادثهٔ ساختگی','{state}',{at},1,'{user}',{at},1405,1,{at},0,{at},'[]')", id(1, person))).await;
        let words = name(person);
        let mut found: Vec<String> = words.split(' ').map(str::to_owned).collect();
        found.extend([
            words.replace(' ', ""),
            format!("1405{number:06}"),
            format!("{number:06}"),
            format!("p{person:08}"),
        ]);
        for token in found {
            tokens.add(file, format!("('{token}','{claim}',{at})")).await;
        }
        for (place, slot) in (0..).zip(SLOTS) {
            let (paper, version) = (id(3, number * PAPERS + place), id(4, number * PAPERS + place));
            papers.add(file, format!("('{paper}','{claim}','{slot}',1,'in_review',{at},1,'{version}')")).await;
            versions.add(file, format!("('{version}','{paper}','{claim}',1,'{number:x}-{place}',1000,'a.jpg','R{number}-{place}','{user}',{at},'judged',{at},'image/jpeg','accept')")).await;
        }
    }
    for rows in [&mut claims, &mut papers, &mut versions, &mut tokens] {
        rows.end(file).await;
    }
    run(file, "COMMIT").await;
    run(file, "ANALYZE").await;
}

async fn actor(store: &Store, user_name: &str) -> Actor {
    let (password, address) = (demo::DEMO_PASSWORD.to_owned(), "192.0.2.7".to_owned());
    let login =
        Login { user_name: user_name.to_owned(), password, address, label: "bench".to_owned(), remember: false };
    accounts::log_in(store, &login).await.ok().unwrap().actor
}

fn tell(what: &str, mut times: Vec<Duration>) -> bool {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let (median, late) = (at(50), at(95));
    println!("{what:<34} median {:>8.2} ms   p95 {:>8.2} ms   of {}", ms(median), ms(late), times.len());
    late <= LIMIT
}

fn ms(span: Duration) -> f64 {
    span.as_secs_f64() * 1000.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sanad.db");
    let database = Database::Sqlite(path.clone());
    Store::migrate(&database).await.unwrap();
    let config = StoreConfig { database, blobs: folder.path().join("papers"), readers: 4 };
    let open = || Store::open(&config, Arc::new(SystemClock), Arc::new(SeededChance::new(5)));
    let store = open().await.unwrap();
    demo::seed(&store, None).await.unwrap();
    store.close().await;
    let begun = Instant::now();
    let mut file = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    fill(&mut file).await;
    file.close().await.unwrap();
    println!("{CLAIMS} claims, {} papers, filled in {:.0} s", CLAIMS * PAPERS, begun.elapsed().as_secs_f64());
    let store = open().await.unwrap();
    let (office, manager) = (actor(&store, "daftar1").await, actor(&store, "modir").await);
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let mut held = true;
    for (who, person) in [("office", &office), ("manager", &manager)] {
        let mut lists = Vec::new();
        for round in 0..ROUNDS {
            let state = (round % 2 == 1).then(|| ClaimState::ALL[round / 2 % ClaimState::ALL.len()]);
            let page = PageOf { offset: i64::from(chance.random_range(0..20_u8)) * 50, limit: 50 };
            let begun = Instant::now();
            claim::list(&store, person, &ClaimFilter { state, page, ..ClaimFilter::default() }).await.unwrap();
            lists.push(begun.elapsed());
        }
        held &= tell(&format!("list, {who}"), lists);
        let mut searches = Vec::new();
        for round in 0..ROUNDS {
            let number = chance.random_range(0..CLAIMS);
            let words = match round % 3 {
                0 => format!("1405-{number:06}"),
                1 => name(number % INSURED),
                _ => name(number % INSURED).split(' ').nth(1).unwrap().to_owned(),
            };
            let begun = Instant::now();
            let filter = ClaimFilter { words, ..ClaimFilter::default() };
            claim::list(&store, person, &filter).await.unwrap();
            searches.push(begun.elapsed());
        }
        held &= tell(&format!("search, {who}"), searches);
        let mut opened = Vec::new();
        for _ in 0..ROUNDS {
            // Every third claim is of the first office's people.
            let number = chance.random_range(0..CLAIMS / 3) * 3;
            let claim = ClaimId::parse(&id(2, number)).unwrap();
            let begun = Instant::now();
            let answer = claim::detail(&store, person, &claim).await;
            opened.push(begun.elapsed());
            if who == "manager" {
                assert_eq!(answer.unwrap().documents.len(), SLOTS.len());
            }
        }
        held &= tell(&format!("open, {who}"), opened);
    }
    if !held {
        println!("NOT REACHED: the 95th percentile of one is over {} ms", LIMIT.as_millis());
    }
}
