//! Who has a claim on the desk: experts who reach for the same one at the same moment.

use std::time::Duration;

use futures_util::future::join_all;
use sanad::claim::decide::{Decide, decide};
use sanad::claim::{self, ClaimError, PageOf, Refusal};
use sanad::queue::{self, LEASE_LASTS};

use super::house::{House, approve, on_both};

#[test]
fn experts_who_ask_at_once_get_different_claims() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        for _ in 0..2 {
            house.submitted(&office, "injury").await;
        }
        let experts = [house.actor("karshenas1").await, house.actor("karshenas2").await];
        // Each through a store of its own, as two servers on one database would.
        let stores = [house.opened_again().await, house.opened_again().await];
        let asked = stores.iter().zip(&experts).map(|(store, expert)| queue::claim_next(store, expert));
        let taken = join_all(asked).await;
        let claims: Vec<_> = taken.into_iter().map(|lease| lease.unwrap().unwrap().claim).collect();
        assert_ne!(claims[0], claims[1]);
        runner.stop().await;
    });
}

#[test]
fn only_one_of_two_experts_gets_a_claim_and_rules_on_it() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        let experts = [house.actor("karshenas1").await, house.actor("karshenas2").await];
        let stores = [house.opened_again().await, house.opened_again().await];
        let desks = || stores.iter().zip(&experts);
        for _ in 0..5 {
            let claim = house.submitted(&office, "injury").await;
            let id = &claim.summary.id;
            let opened = join_all(desks().map(|(store, expert)| queue::open(store, expert, id))).await;
            assert_eq!(opened.iter().filter(|lease| lease.is_ok()).count(), 1);
            assert!(opened.iter().any(|lease| matches!(lease, Err(ClaimError::HeldBy { .. }))));
            let document = &claim.documents[0];
            let version = document.current.as_ref().unwrap().summary.id.clone();
            let (id, revision) = (document.id.clone(), document.revision);
            let ruling = Decide { document: id, version, revision, ruling: approve(&document.slot) };
            let ruled = join_all(desks().map(|(store, expert)| decide(store, expert, &ruling))).await;
            assert_eq!(ruled.iter().filter(|answer| answer.is_ok()).count(), 1);
        }
        runner.stop().await;
    });
}

#[test]
fn a_lease_ends_by_itself_and_is_lengthened_by_its_holder() {
    on_both(async |house: House| {
        let store = &house.store;
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        let claim = house.submitted(&office, "injury").await;
        let id = &claim.summary.id;
        let (one, two) = (house.actor("karshenas1").await, house.actor("karshenas2").await);
        let first = queue::open(store, &one, id).await.unwrap();
        house.clock.advance(LEASE_LASTS - Duration::from_secs(1));
        let longer = queue::renew(store, &one, id).await.unwrap();
        assert!(longer.until > first.until);
        house.clock.advance(LEASE_LASTS - Duration::from_secs(1));
        assert!(matches!(queue::open(store, &two, id).await, Err(ClaimError::HeldBy { .. })));
        assert!(queue::claim_next(store, &two).await.unwrap().is_none());
        house.clock.advance(Duration::from_secs(2));
        let late = queue::renew(store, &one, id).await;
        assert!(matches!(late, Err(ClaimError::Refused(Refusal::NoLease))));
        queue::open(store, &two, id).await.unwrap();
        assert!(matches!(queue::renew(store, &one, id).await, Err(ClaimError::HeldBy { .. })));
        queue::release(store, &one, id).await.unwrap();
        let shown = claim::detail(store, &one, id).await.unwrap().lease.unwrap();
        assert_eq!((shown.expert, shown.mine), (two.user, false), "nobody gives back another's lease");
        runner.stop().await;
    });
}

#[test]
fn the_queue_goes_by_rank_and_says_why() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        let injury = house.submitted(&office, "injury").await;
        house.clock.advance(Duration::from_secs(3600));
        let death = house.submitted(&office, "death").await;
        let expert = house.actor("karshenas1").await;
        let queue = queue::list(&house.store, &expert, PageOf::default()).await.unwrap();
        let ids: Vec<_> = queue.rows.iter().map(|entry| &entry.claim.id).collect();
        assert_eq!(ids, [&death.summary.id, &injury.summary.id]);
        let why: Vec<(&str, i64)> =
            queue.rows[0].why_first.iter().map(|chip| (chip.kind.as_str(), chip.hours)).collect();
        assert_eq!(why, [("death", 72), ("all_green", 6)]);
        assert_eq!(queue.rows[0].waiting, i64::try_from(death.documents.len()).unwrap());
        assert!(matches!(queue::list(&house.store, &office, PageOf::default()).await, Err(ClaimError::Forbidden)));
        runner.stop().await;
    });
}
