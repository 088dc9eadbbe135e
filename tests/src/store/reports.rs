//! Every number of the report equals a recount from the record and opens what is behind it.

use std::time::Duration;

use sanad::claim::RaisedBy;
use sanad::claim::decide::{Decide, Ruling, decide, finish};
use sanad::claim::{self, ClaimError};
use sanad::queue;
use sanad::reports::{self, Cell, RejectionFilter, RejectionRow};

use super::house::{House, approve, on_both};

const MONTH: Duration = Duration::from_secs(31 * 24 * 3600);

/// Two offices, two months, rejections of machine and people.
async fn busy_months(house: &House) {
    let expert = house.actor("karshenas1").await;
    for month in 0..2_usize {
        for (place, name) in ["daftar1", "daftar2"].into_iter().enumerate() {
            let office = house.actor(name).await;
            for round in 0..=place {
                let claim = house.claim(&office).await;
                let id = &claim.summary.id;
                let bad = house.upload(&office, id, "policy", format!("bad {month}{place}{round}").as_bytes()).await;
                house.judged(&office, &bad).await;
                let good = house.upload(&office, id, "policy", format!("good {month}{place}{round}").as_bytes()).await;
                house.judged(&office, &good).await;
                let claim = claim::detail(&house.store, &office, id).await.unwrap();
                house.fill(&office, &claim).await;
                let claim = house.submit(&office, id).await.unwrap();
                queue::open(&house.store, &expert, id).await.unwrap();
                for (number, document) in claim.documents.iter().enumerate() {
                    let codes = vec!["STM-NONE".to_owned(), "SIG-NONE".to_owned(), "STM-NONE".to_owned()];
                    let reject = Ruling::Reject { codes, note: None };
                    let ruling = if number <= round { reject } else { approve(&document.slot) };
                    let version = document.current.as_ref().unwrap().summary.id.clone();
                    let one = Decide { document: document.id.clone(), version, revision: document.revision, ruling };
                    decide(&house.store, &expert, &one).await.unwrap();
                }
                finish(&house.store, &expert, id).await.unwrap();
            }
        }
        house.clock.advance(MONTH);
    }
}

fn cell(row: &RejectionRow) -> Cell {
    let code = row.code.clone();
    Cell { office: row.office.clone(), year: row.year, month: row.month, by: row.by, code }
}

#[test]
fn numbers_equal_their_recount_and_open_their_claims() {
    on_both(async |house: House| {
        let runner = house.runner();
        busy_months(&house).await;
        runner.stop().await;
        let manager = house.actor("modir").await;
        let all = reports::rejections(&house.store, &manager, &RejectionFilter::default()).await.unwrap();
        let months: std::collections::BTreeSet<(i64, i64)> = all.iter().map(|r| (r.year, r.month)).collect();
        assert_eq!(months.into_iter().collect::<Vec<_>>(), [(1405, 9), (1405, 10)]);
        let sum = |by| all.iter().filter(|row| row.by == by).map(|row| row.count).sum::<i64>();
        // Three claims a month, one bad upload each; one, one and two papers refused for two reasons.
        assert_eq!((sum(RaisedBy::Machine), sum(RaisedBy::People)), (6, 16));
        assert_eq!(all, reports::recount(&house.store, &manager, &RejectionFilter::default()).await.unwrap());
        for row in &all {
            let behind = reports::claims_behind(&house.store, &manager, &cell(row)).await.unwrap();
            assert_eq!(i64::try_from(behind.len()).unwrap(), row.count, "{row:?}");
            assert!(behind.iter().all(|one| one.claim.office == row.office));
        }
        let narrow = [
            RejectionFilter { month: Some(9), ..RejectionFilter::default() },
            RejectionFilter { year: Some(1404), ..RejectionFilter::default() },
            RejectionFilter { by: Some(RaisedBy::People), ..RejectionFilter::default() },
            RejectionFilter { office: Some(all[0].office.clone()), ..RejectionFilter::default() },
        ];
        for filter in &narrow {
            let kept = reports::rejections(&house.store, &manager, filter).await.unwrap();
            assert_eq!(kept, reports::recount(&house.store, &manager, filter).await.unwrap());
            assert!(kept.len() < all.len());
        }
    });
}

#[test]
fn an_office_sees_its_own_numbers_only() {
    on_both(async |house: House| {
        let runner = house.runner();
        busy_months(&house).await;
        runner.stop().await;
        let (one, two) = (house.actor("daftar1").await, house.actor("daftar2").await);
        let foreign = RejectionFilter { office: two.office.clone(), ..RejectionFilter::default() };
        let rows = reports::rejections(&house.store, &one, &foreign).await.unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| Some(&row.office) == one.office.as_ref()));
        let theirs = reports::rejections(&house.store, &two, &RejectionFilter::default()).await.unwrap();
        let refused = reports::claims_behind(&house.store, &one, &cell(&theirs[0])).await;
        assert!(matches!(refused, Err(ClaimError::NotFound)));
        let first = reports::first_pass(&house.store, &one).await.unwrap();
        assert_eq!(first.len(), 1);
        assert!(first[0].first_time < first[0].documents);
    });
}
