//! Taking uploads in: what is acknowledged, what is a repeat, what is refused.

use std::time::Duration;

use sanad::claim::upload::{self, Target, Upload};
use sanad::claim::{self, ClaimError, DocumentState, Refusal, VersionState};
use sanad::work::watchdog;

use super::house::{House, on_both, paper};

#[test]
fn an_upload_is_acknowledged_before_it_is_judged() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let mut live = house.store.live();
        let accepted = house.upload(&office, id, "policy", b"good").await;
        assert_eq!(accepted.receipt.len(), "R-XXXX-XXXX-XXXX".len());
        assert_eq!(live.recv().await.unwrap().kind, "upload-accepted");
        // Nobody works yet: it stands as checking and the work is owed.
        let waited = upload::judged(&house.store, &office, &accepted.version, Duration::from_millis(50)).await.unwrap();
        assert_eq!(waited.summary.state, VersionState::Checking);
        assert_eq!(watchdog::owed(&house.store).await.unwrap(), 1);
        let runner = house.runner();
        let judged = house.judged(&office, &accepted).await;
        assert_eq!(judged.summary.state, VersionState::Judged);
        assert_eq!(judged.summary.pages.len(), 1);
        assert_eq!(live.recv().await.unwrap().kind, "upload-judged");
        house.idle().await;
        runner.stop().await;
    });
}

#[test]
fn the_same_bytes_again_are_a_quiet_repeat() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let first = house.upload(&office, id, "policy", b"good").await;
        let again = house.upload(&office, id, "policy", b"good").await;
        assert!(again.repeated && !first.repeated);
        assert_eq!((again.version, again.receipt), (first.version, first.receipt));
        assert_eq!(watchdog::owed(&house.store).await.unwrap(), 1);
    });
}

#[test]
fn a_new_version_supersedes_and_keeps_the_old_one() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let runner = house.runner();
        let first = house.upload(&office, id, "policy", b"bad one").await;
        house.judged(&office, &first).await;
        let second = house.upload(&office, id, "policy", b"good two").await;
        house.judged(&office, &second).await;
        let now = claim::document(&house.store, &office, &second.document).await.unwrap();
        assert_eq!(first.document, second.document);
        assert_eq!(now.current.as_ref().unwrap().summary.number, 2);
        assert_eq!(now.state, DocumentState::Uploaded);
        assert!(now.older[0].superseded);
        let old = claim::pictures::original(&house.store, &office, &first.version).await.unwrap();
        assert_eq!(old.picture.bytes, b"bad one");
        runner.stop().await;
    });
}

#[test]
fn an_answer_for_a_superseded_version_does_not_move_the_paper() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let first = house.upload(&office, &claim.summary.id, "policy", b"bad one").await;
        let second = house.upload(&office, &claim.summary.id, "policy", b"good two").await;
        let runner = house.runner();
        house.judged(&office, &first).await;
        house.judged(&office, &second).await;
        let now = claim::document(&house.store, &office, &second.document).await.unwrap();
        assert_eq!(now.state, DocumentState::Uploaded);
        runner.stop().await;
    });
}

#[test]
fn repeats_elsewhere_are_told_to_whom_they_concern() {
    on_both(async |house: House| {
        let (one, two) = (house.actor("daftar1").await, house.actor("daftar2").await);
        let expert = house.actor("karshenas1").await;
        let claim = house.claim(&one).await;
        let id = &claim.summary.id;
        house.upload(&one, id, "policy", b"shared").await;
        let other_slot = house.upload(&one, id, "identity", b"shared").await;
        let foreign = house.claim(&two).await;
        let other_claim = house.upload(&two, &foreign.summary.id, "policy", b"shared").await;

        let here = claim::version(&house.store, &one, &other_slot.version).await.unwrap();
        let codes: Vec<&str> = here.register_findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, ["DUP-SLOT"], "an office learns nothing of other claims");
        assert!(here.repeats.is_empty());

        let to_office = claim::version(&house.store, &two, &other_claim.version).await.unwrap();
        assert!(to_office.register_findings.is_empty() && to_office.repeats.is_empty());
        let to_expert = claim::version(&house.store, &expert, &other_claim.version).await.unwrap();
        assert_eq!(to_expert.register_findings[0].code.as_str(), "DUP-CASE");
        assert!(to_expert.repeats.iter().all(|repeat| repeat.claim == *id));
        assert_eq!(to_expert.repeats.len(), 2);
    });
}

#[test]
fn nobody_uploads_into_anothers_claim_or_an_unknown_slot() {
    on_both(async |house: House| {
        let (one, two) = (house.actor("daftar1").await, house.actor("daftar2").await);
        let claim = house.claim(&one).await;
        let id = &claim.summary.id;
        let slot = || Target::Slot("policy".to_owned());
        assert!(matches!(house.try_upload(&two, id, slot(), b"x").await, Err(ClaimError::NotFound)));
        let expert = house.actor("karshenas1").await;
        assert!(matches!(house.try_upload(&expert, id, slot(), b"x").await, Err(ClaimError::Forbidden)));
        let unknown = house.try_upload(&one, id, Target::Slot("../x".to_owned()), b"x").await;
        assert!(matches!(unknown, Err(ClaimError::Refused(Refusal::SlotUnknown))));
        assert!(claim::detail(&house.store, &one, id).await.unwrap().documents.is_empty());
        assert_eq!(watchdog::owed(&house.store).await.unwrap(), 0);
    });
}

#[test]
fn many_uploads_at_once_each_become_a_version() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = claim.summary.id.clone();
        let uploads = (0..12).map(|number| {
            let target = Target::Slot("policy".to_owned());
            let (file_name, bytes) = (format!("{number}.jpg"), format!("good {number}").into_bytes());
            upload::accept(&house.store, &office, Upload { claim: id.clone(), target, file_name, bytes })
        });
        let accepted = futures_util::future::join_all(uploads).await;
        assert!(accepted.iter().all(Result::is_ok));
        let now = claim::detail(&house.store, &office, &id).await.unwrap();
        let policy = paper(&now, "policy");
        let mut numbers: Vec<i64> = policy.older.iter().map(|version| version.number).collect();
        numbers.push(policy.current.as_ref().unwrap().summary.number);
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<i64>>());
        assert_eq!(now.documents.len(), 1);
    });
}

#[test]
fn another_paper_in_a_slot_stands_beside_the_first() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let first = house.upload(&office, id, "cash-receipt", b"good 1").await;
        let beside = Target::Another("cash-receipt".to_owned());
        let second = house.try_upload(&office, id, beside, b"good 2").await.unwrap();
        assert_ne!(first.document, second.document);
        let replace = Target::Document(second.document.clone());
        let third = house.try_upload(&office, id, replace, b"good 3").await.unwrap();
        assert_eq!(third.document, second.document);
        let positions: Vec<i64> =
            claim::detail(&house.store, &office, id).await.unwrap().documents.iter().map(|d| d.position).collect();
        assert_eq!(positions, [1, 2]);
    });
}
