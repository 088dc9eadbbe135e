//! The invented office is made once, its claims the way an office makes them.

use std::fs;
use std::sync::Arc;

use sanad::claim::{self, ClaimFilter};
use sanad::demo::{self, Seeded};
use sanad::store::clock::{HandClock, SeededChance};
use sanad::store::{Database, Store, StoreConfig};

use super::house::{House, MORNING, on_both, paper};
use super::postgres;

#[test]
fn sample_claims_are_opened_and_uploaded() {
    on_both(async |house: House| {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("claims/one");
        fs::create_dir_all(&case).unwrap();
        let told = serde_json::json!({
            "claim_type": "injury", "accident_date": "2026-09-01", "circumstances": ["traffic"],
            "insured": {"name": "نمونه", "nationality": "AFG", "document_number": "P1", "birth": null},
            "policy": {"number": "1/2/3"},
            "documents": [
                {"slot": "policy", "file": "policy.jpg", "form": null},
                {"slot": "cash-receipt", "file": "a.jpg"},
                {"slot": "cash-receipt", "file": "b.jpg"},
            ],
        });
        fs::write(case.join("case.json"), told.to_string()).unwrap();
        for name in ["policy.jpg", "a.jpg", "b.jpg"] {
            fs::write(case.join(name), name).unwrap();
        }
        let database = match house.database {
            Database::Sqlite(_) => Database::Sqlite(folder.path().join("demo.db")),
            Database::Postgres(_) => Database::Postgres(postgres::fresh_database().await),
        };
        Store::migrate(&database).await.unwrap();
        let config = StoreConfig { database, blobs: folder.path().join("blobs"), readers: 2 };
        let clock = Arc::new(HandClock::at(MORNING));
        let store = Store::open(&config, clock, Arc::new(SeededChance::new(5))).await.unwrap();
        let claims = folder.path().join("claims");
        let seeded = demo::seed(&store, Some(&claims)).await.unwrap();
        assert_eq!(seeded, Seeded { accounts: 6, claims: 1, uploads: 3 });
        assert_eq!(demo::seed(&store, Some(&claims)).await.unwrap(), Seeded::default());

        let login = super::house::login("modir", demo::DEMO_PASSWORD);
        let manager = sanad::accounts::log_in(&store, &login).await.ok().unwrap().actor;
        let listed = claim::list(&store, &manager, &ClaimFilter::default()).await.unwrap();
        assert_eq!(listed.total, 1);
        let claim = claim::detail(&store, &manager, &listed.rows[0].id).await.unwrap();
        assert_eq!(claim.documents.len(), 3);
        assert_eq!(paper(&claim, "policy").current.as_ref().unwrap().summary.file_name, "policy.jpg");
        assert_eq!(claim.insured.policy_number.as_deref(), Some("1/2/3"));
    });
}
