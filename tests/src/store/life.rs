//! A claim's way between office and expert, and everything that is refused on it.

use std::time::Duration;

use sanad::accounts::Actor;
use sanad::claim::decide::{Decide, Ruling, codes_for_people, decide, finish};
use sanad::claim::upload::Target;
use sanad::claim::{self, ClaimError, ClaimState, DocumentDetail, DocumentState, NewClaim, Refusal, notes};
use sanad::queue;

use super::house::{House, accident, approve, on_both, paper};

fn rule(document: &DocumentDetail, ruling: Ruling) -> Decide {
    let version = document.current.as_ref().unwrap().summary.id.clone();
    Decide { document: document.id.clone(), version, revision: document.revision, ruling }
}

fn reject(code: &str) -> Ruling {
    Ruling::Reject { codes: vec![code.to_owned()], note: Some("لطفاً دوباره".to_owned()) }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ClaimError>) -> Refusal {
    match answer {
        Err(ClaimError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_claim_goes_through_a_correction_to_approved_documents() {
    on_both(async |house: House| {
        let store = &house.store;
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let runner = house.runner();
        let claim = house.submitted(&office, "injury").await;
        let id = &claim.summary.id;
        assert_eq!(claim.summary.state, ClaimState::InReview);
        assert!(claim.documents.iter().all(|document| document.state == DocumentState::InReview));
        queue::open(store, &expert, id).await.unwrap();
        assert!(matches!(refusal(finish(store, &expert, id).await), Refusal::Undecided(_)));
        for document in &claim.documents {
            let ruling = if document.slot == "policy" { reject("STM-NONE") } else { approve(&document.slot) };
            let after = decide(store, &expert, &rule(document, ruling)).await.unwrap();
            assert_eq!(after.locked, document.slot != "policy");
        }
        let back = finish(store, &expert, id).await.unwrap();
        assert_eq!(back.summary.state, ClaimState::NeedsCorrection);
        assert!(back.lease.is_none());
        let refused = paper(&back, "policy");
        assert_eq!(refused.decision.as_ref().unwrap().codes, ["STM-NONE"]);
        assert!(matches!(refusal(house.submit(&office, id).await), Refusal::BlockingFindings(_)));

        let locked = house.try_upload(&office, id, Target::Slot("identity".to_owned()), b"good later").await;
        assert_eq!(refusal(locked), Refusal::DocumentLocked);
        let better = house.upload(&office, id, "policy", b"good stamped policy").await;
        house.judged(&office, &better).await;
        let again = house.submit(&office, id).await.unwrap();
        assert_eq!(again.summary.submitted_at, claim.summary.submitted_at);
        queue::open(store, &expert, id).await.unwrap();
        decide(store, &expert, &rule(paper(&again, "policy"), approve("policy"))).await.unwrap();
        let done = finish(store, &expert, id).await.unwrap();
        assert_eq!(done.summary.state, ClaimState::DocumentsApproved);
        runner.stop().await;
    });
}

#[test]
fn an_approval_pins_the_bytes_that_were_seen() {
    on_both(async |house: House| {
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let runner = house.runner();
        let claim = house.submitted(&office, "injury").await;
        queue::open(&house.store, &expert, &claim.summary.id).await.unwrap();
        let policy = paper(&claim, "policy");
        let done = decide(&house.store, &expert, &rule(policy, approve("policy"))).await.unwrap();
        let pinned = done.decision.unwrap();
        assert_eq!(pinned.sha256, policy.current.as_ref().unwrap().summary.sha256);
        assert_eq!(pinned.version, policy.current.as_ref().unwrap().summary.id);
        runner.stop().await;
    });
}

#[test]
fn an_office_cannot_send_what_is_missing_refused_or_unchecked() {
    on_both(async |house: House| {
        let store = &house.store;
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let Refusal::RequiredMissing(missing) = refusal(house.submit(&office, id).await) else { panic!() };
        assert!(missing.contains(&"policy".to_owned()) && missing.len() > 3);
        let bad = house.upload(&office, id, "policy", b"bad").await;
        assert!(matches!(refusal(house.submit(&office, id).await), Refusal::StillChecking(_)));
        let unjudged = claim::send_anyway(store, &office, &bad.version, "چاره‌ای نیست").await;
        assert_eq!(refusal(unjudged), Refusal::VersionNotJudged);
        let runner = house.runner();
        house.judged(&office, &bad).await;
        let claim = claim::detail(store, &office, id).await.unwrap();
        house.fill(&office, &claim).await;
        let Refusal::BlockingFindings(slots) = refusal(house.submit(&office, id).await) else { panic!() };
        assert_eq!(slots, ["policy"]);
        let silent = claim::send_anyway(store, &office, &bad.version, " \u{200f}").await;
        assert_eq!(refusal(silent), Refusal::ExplanationMissing);
        claim::send_anyway(store, &office, &bad.version, "تنها نسخهٔ موجود همین است").await.unwrap();
        let sent = house.submit(&office, id).await.unwrap();
        let shown = paper(&sent, "policy").current.as_ref().unwrap().summary.sent_anyway.clone();
        assert_eq!(shown.as_deref(), Some("تنها نسخهٔ موجود همین است"));
        let late = house.try_upload(&office, id, Target::Slot("policy".to_owned()), b"late").await;
        assert_eq!(refusal(late), Refusal::ClaimNotEditable);
        runner.stop().await;
    });
}

#[test]
fn only_a_paper_that_may_be_waived_is_explained_away() {
    on_both(async |house: House| {
        let store = &house.store;
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        let known = house.claim(&office).await;
        let new = NewClaim {
            insured: known.insured.id,
            claim_type: "disability".to_owned(),
            circumstances: vec![],
            ..accident()
        };
        let claim = claim::open(store, &office, &new).await.unwrap();
        let id = &claim.summary.id;
        let bill = ["hospital-bill", "cash-receipt"];
        for line in claim.checklist.iter().filter(|line| line.need != "optional") {
            assert_eq!(line.waivable, bill.contains(&line.slot.as_str()), "{}", line.slot);
            let told = claim::explain_missing(store, &office, id, &line.slot, "درمان هزینه‌ای نداشت").await;
            if line.waivable { told.unwrap() } else { assert_eq!(refusal(told), Refusal::NotWaivable) }
        }
        let claim = claim::detail(store, &office, id).await.unwrap();
        assert!(!claim.submittable.missing.iter().any(|slot| bill.contains(&slot.as_str())));
        for slot in &claim.submittable.missing {
            let one = house.upload(&office, id, slot, format!("good {slot}").as_bytes()).await;
            house.judged(&office, &one).await;
        }
        assert_eq!(house.submit(&office, id).await.unwrap().summary.state, ClaimState::InReview);
        runner.stop().await;
    });
}

#[test]
fn a_ruling_needs_the_lease_the_version_and_a_reason_of_people() {
    on_both(async |house: House| {
        let store = &house.store;
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let other = house.actor("karshenas2").await;
        let runner = house.runner();
        let claim = house.submitted(&office, "injury").await;
        let policy = paper(&claim, "policy");
        let approve = rule(policy, approve("policy"));
        assert_eq!(refusal(decide(store, &expert, &approve).await), Refusal::NoLease);
        assert!(matches!(decide(store, &office, &approve).await, Err(ClaimError::Forbidden)));
        queue::open(store, &expert, &claim.summary.id).await.unwrap();
        assert!(matches!(decide(store, &other, &approve).await, Err(ClaimError::HeldBy { .. })));
        let wordless = Ruling::Reject { codes: Vec::new(), note: Some("نه".to_owned()) };
        assert_eq!(refusal(decide(store, &expert, &rule(policy, wordless)).await), Refusal::ReasonMissing);
        for code in ["FIL-FAIL", "NOT-A-CODE"] {
            let refused = refusal(decide(store, &expert, &rule(policy, reject(code))).await);
            assert_eq!(refused, Refusal::ReasonNotForPeople);
        }
        assert!(codes_for_people().iter().all(|reason| reason.by_people()));
        let stale = Decide { revision: policy.revision - 1, ..approve.clone() };
        assert!(matches!(decide(store, &expert, &stale).await, Err(ClaimError::Stale)));
        decide(store, &expert, &approve).await.unwrap();
        let twice = decide(store, &expert, &approve).await;
        assert_eq!(refusal(twice), Refusal::DocumentLocked);
        runner.stop().await;
    });
}

#[test]
fn a_submission_of_a_claim_that_moved_is_stale() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let runner = house.runner();
        let claim = house.claim(&office).await;
        house.fill(&office, &claim).await;
        let wrong = claim::submit(&house.store, &office, &claim.summary.id, claim.revision + 1).await;
        assert!(matches!(wrong, Err(ClaimError::Stale)));
        claim::submit(&house.store, &office, &claim.summary.id, claim.revision).await.unwrap();
        let twice = claim::submit(&house.store, &office, &claim.summary.id, claim.revision).await;
        assert_eq!(refusal(twice), Refusal::StateNotAllowed);
        runner.stop().await;
    });
}

async fn opened(house: &House, office: &Actor, change: impl FnOnce(&mut NewClaim)) -> Refusal {
    let known = house.claim(office).await;
    let mut new = NewClaim { insured: known.insured.id, ..accident() };
    change(&mut new);
    refusal(claim::open(&house.store, office, &new).await)
}

#[test]
fn a_claim_is_opened_only_with_words_that_hold() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let tomorrow = "2026-11-23".to_owned();
        let refused = opened(&house, &office, |new| new.accident_date = tomorrow).await;
        assert_eq!(refused, Refusal::BadDate("accident_date"));
        let refused = opened(&house, &office, |new| new.circumstances = vec!["war".to_owned()]).await;
        assert_eq!(refused, Refusal::BadCircumstance);
        let refused = opened(&house, &office, |new| new.claim_type = "theft".to_owned()).await;
        assert_eq!(refused, Refusal::BadClaimType);
        let refused = opened(&house, &office, |new| new.description = "؟؟؟ ۱۲۳".to_owned()).await;
        assert_eq!(refused, Refusal::DescriptionTooShort);
        let foreign = house.claim(&house.actor("daftar2").await).await;
        let refused = opened(&house, &office, |new| new.insured = foreign.insured.id).await;
        assert_eq!(refused, Refusal::InsuredNotFound);
    });
}

#[test]
fn numbers_run_within_the_jalali_year() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let (first, second) = (house.claim(&office).await, house.claim(&office).await);
        assert_eq!(first.summary.number, "1405-000001");
        assert_eq!(second.summary.number, "1405-000002");
    });
}

#[test]
fn notes_go_both_ways_and_stay_within_the_claim() {
    on_both(async |house: House| {
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let claim = house.claim(&office).await;
        let policy = house.upload(&office, &claim.summary.id, "policy", b"good").await;
        notes::add(&house.store, &expert, &policy.document, "مهر کجاست؟", false).await.unwrap();
        house.clock.advance(Duration::from_secs(1));
        notes::add(&house.store, &office, &policy.document, "پشت برگه است", false).await.unwrap();
        let texts: Vec<String> =
            notes::list(&house.store, &office, &policy.document).await.unwrap().into_iter().map(|n| n.text).collect();
        assert_eq!(texts, ["مهر کجاست؟", "پشت برگه است"]);
        let stranger = house.actor("daftar2").await;
        let refused = notes::add(&house.store, &stranger, &policy.document, "سلام", false).await;
        assert!(matches!(refused, Err(ClaimError::NotFound)));
        assert_eq!(refusal(notes::add(&house.store, &office, &policy.document, "\n", false).await), Refusal::NoteEmpty);
    });
}
