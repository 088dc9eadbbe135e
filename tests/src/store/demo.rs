//! The invented office is made once, its claims the way an office makes them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use sanad::claim::{self, ClaimFilter, ClaimState, ClaimSummary};
use sanad::demo::{self, Seeded};
use sanad::store::clock::{HandClock, SeededChance};
use sanad::store::{Database, Store, StoreConfig};
use sanad::work::{PaperReader, Runner, RunnerConfig};

use super::house::{House, Invented, MORNING, on_both, paper};
use super::postgres;

/// A store on the same engine in which nothing stands yet.
async fn empty_store(house: &House, folder: &Path) -> Store {
    let database = match house.database {
        Database::Sqlite(_) => Database::Sqlite(folder.join("demo.db")),
        Database::Postgres(_) => Database::Postgres(postgres::fresh_database().await),
    };
    Store::migrate(&database).await.unwrap();
    let config = StoreConfig { database, blobs: folder.join("blobs"), readers: 2 };
    Store::open(&config, Arc::new(HandClock::at(MORNING)), Arc::new(SeededChance::new(5))).await.unwrap()
}

/// A sample claim; its first paper says whether it is good or bad.
fn case(claims: &Path, name: &str, first: &str) {
    let folder = claims.join(name);
    fs::create_dir_all(&folder).unwrap();
    let told = serde_json::json!({
        "claim_type": "injury", "accident_date": "2026-09-01", "circumstances": ["traffic"],
        "insured": {"name": "نمونه", "nationality": "AFG", "document_number": format!("P{name}"), "birth": null},
        "policy": {"number": "1/2/3"},
        "documents": [
            {"slot": "policy", "file": "policy.jpg", "form": null},
            {"slot": "cash-receipt", "file": "a.jpg"},
            {"slot": "cash-receipt", "file": "b.jpg"},
        ],
    });
    fs::write(folder.join("case.json"), told.to_string()).unwrap();
    fs::write(folder.join("policy.jpg"), format!("{first} {name}")).unwrap();
    for file in ["a.jpg", "b.jpg"] {
        fs::write(folder.join(file), format!("good {name} {file}")).unwrap();
    }
}

async fn all_claims(store: &Store) -> (sanad::accounts::Actor, Vec<ClaimSummary>) {
    let login = super::house::login("modir", demo::DEMO_PASSWORD);
    let manager = sanad::accounts::log_in(store, &login).await.ok().unwrap().actor;
    let listed = claim::list(store, &manager, &ClaimFilter::default()).await.unwrap();
    (manager, listed.rows)
}

#[test]
fn sample_claims_are_opened_and_uploaded() {
    on_both(async |house: House| {
        let folder = tempfile::tempdir().unwrap();
        let claims = folder.path().join("claims");
        case(&claims, "one", "good");
        let store = empty_store(&house, folder.path()).await;
        let seeded = demo::seed(&store, Some(&claims)).await.unwrap().0;
        assert_eq!(seeded, Seeded { accounts: demo::DEMO_USERS.len(), claims: 1, uploads: 3 });
        assert_eq!(demo::seed(&store, Some(&claims)).await.unwrap().0, Seeded::default());

        let (manager, rows) = all_claims(&store).await;
        assert_eq!(rows.len(), 1);
        let claim = claim::detail(&store, &manager, &rows[0].id).await.unwrap();
        assert_eq!(claim.documents.len(), 3);
        assert_eq!(paper(&claim, "policy").current.as_ref().unwrap().summary.file_name, "policy.jpg");
        assert_eq!(claim.insured.policy_number.as_deref(), Some("1/2/3"));
    });
}

#[test]
fn the_story_puts_something_on_every_desk() {
    on_both(async |house: House| {
        let folder = tempfile::tempdir().unwrap();
        let claims = folder.path().join("claims");
        for (name, first) in [("one", "bad"), ("three", "good"), ("two", "good"), ("zero", "good")] {
            case(&claims, name, first);
        }
        let store = empty_store(&house, folder.path()).await;
        let story = demo::seed(&store, Some(&claims)).await.unwrap().1;
        let reader: Arc<dyn PaperReader> = Arc::new(Invented);
        let runner = Runner::start(&store, &reader, RunnerConfig::default());
        demo::play(&store, &story).await.unwrap();
        demo::populate(&store, &story, 27).await.unwrap();
        runner.stop().await;

        let (manager, rows) = all_claims(&store).await;
        assert_eq!(rows.len(), 27);
        let lacking: Vec<&ClaimState> =
            ClaimState::ALL.iter().filter(|state| !rows.iter().any(|row| row.state == **state)).collect();
        assert!(lacking.is_empty(), "no claim stands in {lacking:?}");
        use ClaimState::NeedsCorrection;
        for row in rows.iter().filter(|row| row.state == NeedsCorrection) {
            let claim = claim::detail(&store, &manager, &row.id).await.unwrap();
            let refused = claim.documents.iter().filter(|d| d.decision.as_ref().is_some_and(|d| !d.codes.is_empty()));
            assert_eq!(refused.count(), 1, "one paper goes back with a reason");
        }
    });
}
