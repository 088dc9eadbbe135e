//! The record shows every change made behind its back.

use futures_util::future::join_all;
use sanad::audit::verify::{Break, Chain, verify};
use sanad::claim::upload::{self, Target, Upload};
use sanad::store::Database;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use super::house::{House, on_both};

async fn behind_the_back(house: &House, statement: &str) {
    let text = AssertSqlSafe(statement.to_owned());
    match &house.database {
        Database::Sqlite(path) => {
            let options = SqliteConnectOptions::new().filename(path).foreign_keys(false);
            let mut connection = options.connect().await.unwrap();
            sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
        }
        Database::Postgres(address) => {
            let mut connection = PgConnection::connect(address).await.unwrap();
            sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
        }
    }
}

#[test]
fn a_change_a_gap_and_a_cut_each_break_the_chain() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        for _ in 0..3 {
            house.claim(&office).await;
        }
        let Chain::Whole { entries, head } = verify(&house.store).await.unwrap() else { panic!("not whole") };
        assert!(entries >= 7 && head.len() == 64);

        behind_the_back(&house, "UPDATE events SET kind = 'claim-deleted' WHERE seq = 4").await;
        assert_eq!(verify(&house.store).await.unwrap(), Chain::Broken { seq: 4, why: Break::Content });
        behind_the_back(&house, "DELETE FROM events WHERE seq = 4").await;
        assert_eq!(verify(&house.store).await.unwrap(), Chain::Broken { seq: 5, why: Break::Gap });
        behind_the_back(&house, "DELETE FROM events WHERE seq > 3").await;
        assert_eq!(verify(&house.store).await.unwrap(), Chain::Broken { seq: 4, why: Break::Cut });
        behind_the_back(&house, "UPDATE events SET prev_hash = hash WHERE seq = 2").await;
        assert_eq!(verify(&house.store).await.unwrap(), Chain::Broken { seq: 2, why: Break::Link });
    });
}

#[test]
fn two_processes_write_one_chain() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let stores = [house.opened_again().await, house.opened_again().await];
        let uploads = (0..20).map(|number| {
            let target = Target::Another("cash-receipt".to_owned());
            let bytes = format!("good {number}").into_bytes();
            let upload = Upload { claim: claim.summary.id.clone(), target, file_name: "a.jpg".to_owned(), bytes };
            upload::accept(&stores[number % stores.len()], &office, upload)
        });
        assert!(join_all(uploads).await.iter().all(Result::is_ok));
        assert!(matches!(verify(&house.store).await.unwrap(), Chain::Whole { .. }));
    });
}

#[test]
fn entries_hold_no_words_about_people() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        house.upload(&office, &claim.summary.id, "policy", b"good").await;
        // Whoever looks for a person's number or name in the record finds none.
        let needle = format!(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM events WHERE detail LIKE '%{}%' OR detail LIKE '%{}%') THEN 1 ELSE 0 END AS found",
            claim.insured.document_number, claim.insured.name
        );
        let text = AssertSqlSafe(needle);
        let found: i64 = match &house.database {
            Database::Sqlite(path) => {
                let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
                sqlx::query_scalar(text).fetch_one(&mut connection).await.unwrap()
            }
            Database::Postgres(address) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                let found: i32 = sqlx::query_scalar(text).fetch_one(&mut connection).await.unwrap();
                i64::from(found)
            }
        };
        assert_eq!(found, 0);
    });
}
