//! Two experts, two clerks and those above them act on one claim at the same time, each in an order drawn by chance.
//! Whatever they do, the claim only moves as the table says, and nothing that was acknowledged is lost.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sanad::accounts::Actor;
use sanad::audit::EventKind;
use sanad::claim::decide::{Decide, Ruling, decide, finish};
use sanad::claim::post;
use sanad::claim::refuse::{self, Word};
use sanad::claim::states::CLAIM;
use sanad::claim::upload::Target;
use sanad::claim::{self, ClaimDetail, ClaimError, ClaimState, DocumentState, delete, revoke};
use sanad::queue;
use sanad::store::Database;
use sanad::store::ids::ClaimId;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};
use std::collections::BTreeMap;

use super::house::{House, approve, on_sqlite};

/// Cases, and acts of each person in a case.
const CASES: u32 = 12;
const ACTS: usize = 26;

/// What somebody tries: an act and which paper it is about.
type Act = (u8, usize);

#[derive(Default)]
struct Done {
    uploads: usize,
    approvals: usize,
    rejections: usize,
}

fn is_ours(answer: &ClaimError) -> bool {
    matches!(answer, ClaimError::Store(_) | ClaimError::Blob(_))
}

/// Whether it happened; a refusal is an answer, a failure of ours is not.
fn happened<T>(answer: Result<T, ClaimError>) -> bool {
    match answer {
        Ok(_) => true,
        Err(error) if is_ours(&error) => panic!("the office failed: {error:?}"),
        Err(_) => false,
    }
}

async fn clerk(house: &House, me: &Actor, id: &ClaimId, acts: &[Act], mark: &str) -> Done {
    let store = &house.store;
    let mut done = Done::default();
    for (round, (act, paper)) in acts.iter().enumerate() {
        // Seen a moment before the act, as on a page.
        let Ok(seen) = claim::detail(store, me, id).await else {
            happened(delete::restore(store, me, id).await);
            continue;
        };
        tokio::task::yield_now().await;
        let slots: Vec<&str> =
            seen.checklist.iter().filter(|line| line.need != "optional").map(|line| line.slot.as_str()).collect();
        let slot = slots[paper % slots.len()].to_owned();
        let word = Word { revision: seen.revision, codes: Vec::new(), reason: "اعتراض".to_owned() };
        match act % 8 {
            0 | 1 => {
                let bytes = format!("good {mark} {round}");
                let answer = house.try_upload(me, id, Target::Slot(slot), bytes.as_bytes()).await;
                done.uploads += usize::from(answer.as_ref().is_ok_and(|accepted| !accepted.repeated));
                happened(answer);
            }
            2 => {
                happened(post::prepare(store, me, id, seen.revision).await);
            }
            3 => {
                happened(post::posted(store, me, id, seen.revision, "012345678901234567890123").await);
            }
            4 => {
                happened(refuse::appeal(store, me, id, &word).await);
            }
            5 if paper % 5 == 0 => {
                happened(delete::delete(store, me, id, seen.revision, "اشتباه").await);
            }
            _ => {
                happened(claim::submit(store, me, id, seen.revision).await);
            }
        }
    }
    done
}

async fn expert(house: &House, me: &Actor, id: &ClaimId, acts: &[Act]) -> Done {
    let store = &house.store;
    let mut done = Done::default();
    for (act, paper) in acts {
        let Ok(seen) = claim::detail(store, me, id).await else { continue };
        tokio::task::yield_now().await;
        match act % 9 {
            0 | 1 => {
                happened(queue::open(store, me, id).await);
            }
            2..=5 => {
                let Some(document) = seen.documents.get(paper % seen.documents.len().max(1)) else { continue };
                let Some(version) = document.current.as_ref().map(|version| version.summary.id.clone()) else {
                    continue;
                };
                let reject = *act == 2;
                let ruling = if reject {
                    Ruling::Reject { codes: vec!["STM-NONE".to_owned()], note: None }
                } else {
                    approve(&document.slot)
                };
                let one = Decide { document: document.id.clone(), version, revision: document.revision, ruling };
                let ruled = usize::from(happened(decide(store, me, &one).await));
                if reject { done.rejections += ruled } else { done.approvals += ruled }
            }
            6 => {
                let codes = vec!["COV-EXCL".to_owned()];
                let word = Word { revision: seen.revision, codes, reason: "خارج از تعهد".to_owned() };
                if paper % 6 == 0 {
                    happened(refuse::propose(store, me, id, &word).await);
                }
            }
            7 if paper % 3 == 0 => {
                happened(queue::release(store, me, id).await);
            }
            _ => {
                happened(finish(store, me, id).await);
            }
        }
    }
    done
}

async fn above(house: &House, me: &Actor, id: &ClaimId, acts: &[Act]) {
    let store = &house.store;
    for (act, paper) in acts {
        let Ok(seen) = claim::detail(store, me, id).await else { continue };
        let word = Word { revision: seen.revision, codes: Vec::new(), reason: "دوباره ببینید".to_owned() };
        match act % 6 {
            0 => {
                happened(refuse::settle(store, me, id, &word, true).await);
            }
            1 => {
                happened(refuse::settle(store, me, id, &word, false).await);
            }
            2 => {
                happened(refuse::uphold(store, me, id, &word).await);
            }
            3 if paper % 3 == 0 => {
                let Some(document) = seen.documents.get(paper % seen.documents.len().max(1)) else { continue };
                happened(revoke::revoke(store, me, &document.id, document.revision, "مهر جعلی").await);
            }
            _ => {
                happened(refuse::reopen(store, me, id, &word).await);
            }
        }
    }
}

/// The claim's events in the order of the record.
async fn events(house: &House, id: &ClaimId) -> Vec<(EventKind, Option<String>)> {
    let Database::Sqlite(path) = &house.database else { panic!("SQLite only") };
    let mut file = SqliteConnectOptions::new().filename(path).read_only(true).connect().await.unwrap();
    let rows = sqlx::query("SELECT kind, document_id FROM events WHERE claim_id = ? ORDER BY seq").bind(id.as_str());
    let rows = rows.fetch_all(&mut file).await.unwrap();
    let read = |row: &sqlx::sqlite::SqliteRow| {
        (EventKind::parse(&row.get::<String, _>("kind")).unwrap(), row.get::<Option<String>, _>("document_id"))
    };
    rows.iter().map(read).collect()
}

/// Plays the record: every move of the claim must be one of the table's, and its end the claim's own state.
fn replay(events: &[(EventKind, Option<String>)], end: &ClaimDetail) {
    let mut state = ClaimState::Draft;
    let mut approved: BTreeMap<&str, bool> = BTreeMap::new();
    for (kind, document) in events {
        let moves = CLAIM.iter().any(|(.., event)| event == kind);
        let step = CLAIM.iter().find(|(from, _, _, event)| *from == state && event == kind);
        match step {
            Some((_, _, to, _)) => state = *to,
            // An approval taken back while the claim is looked at or mended does not move it.
            None if *kind == EventKind::ApprovalRevoked => {}
            None => assert!(!moves, "{kind} is no move from {state}"),
        }
        let Some(document) = document.as_deref() else { continue };
        match kind {
            EventKind::DocumentApproved => {
                assert!(!approved.insert(document, true).unwrap_or(false), "approved twice");
            }
            EventKind::ApprovalRevoked => assert_eq!(approved.insert(document, false), Some(true)),
            EventKind::DocumentRejected | EventKind::UploadAccepted => {
                assert_ne!(approved.get(document), Some(&true), "{kind} on an approved paper");
            }
            _ => {}
        }
    }
    assert_eq!(state, end.summary.state);
    for document in &end.documents {
        assert_eq!(document.locked, approved.get(document.id.as_str()) == Some(&true), "{}", document.slot);
        if document.locked {
            let pinned = &document.decision.as_ref().unwrap().sha256;
            assert_eq!(*pinned, document.current.as_ref().unwrap().summary.sha256, "other bytes than were seen");
        }
        if matches!(end.summary.state, ClaimState::DocumentsApproved | ClaimState::AwaitingPost | ClaimState::Posted) {
            assert_eq!(document.state, DocumentState::Approved);
        }
    }
}

fn counted(events: &[(EventKind, Option<String>)], kind: EventKind) -> usize {
    events.iter().filter(|(one, _)| *one == kind).count()
}

#[test]
fn no_order_of_acts_reaches_an_illegal_state_or_loses_an_update() {
    on_sqlite(async |house: House| {
        let runner = house.runner();
        let clerks = [house.actor("daftar1").await, house.actor("daftar1_modir").await];
        let experts = [house.actor("karshenas1").await, house.actor("karshenas2").await];
        let (senior, manager) = (house.actor("arshad").await, house.actor("modir").await);
        let one = || prop::collection::vec((any::<u8>(), 0_usize..64), ACTS);
        let strategy = (one(), one(), one(), one(), one(), one());
        let mut chance = TestRunner::deterministic();
        for case in 0..CASES {
            let acts = strategy.new_tree(&mut chance).unwrap().current();
            let claim =
                if case % 3 == 0 { house.claim(&clerks[0]).await } else { house.submitted(&clerks[0], "injury").await };
            let id = &claim.summary.id;
            let before = events(&house, id).await;
            let (marks, rest) = ([format!("a{case}"), format!("b{case}")], &acts);
            let (first, second, third, fourth, (), ()) = tokio::join!(
                clerk(&house, &clerks[0], id, &rest.0, &marks[0]),
                clerk(&house, &clerks[1], id, &rest.1, &marks[1]),
                expert(&house, &experts[0], id, &rest.2),
                expert(&house, &experts[1], id, &rest.3),
                above(&house, &senior, id, &rest.4),
                above(&house, &manager, id, &rest.5),
            );
            let record = events(&house, id).await;
            // Who deleted it last decides whether it can be seen; its record is whole either way.
            if claim::detail(&house.store, &senior, id).await.is_err() {
                delete::restore(&house.store, &clerks[0], id).await.unwrap();
            }
            let end = claim::detail(&house.store, &senior, id).await.unwrap();
            replay(&record, &end);
            let fresh = |kind| counted(&record, kind) - counted(&before, kind);
            assert_eq!(fresh(EventKind::UploadAccepted), first.uploads + second.uploads);
            assert_eq!(fresh(EventKind::DocumentApproved), third.approvals + fourth.approvals);
            assert_eq!(fresh(EventKind::DocumentRejected), third.rejections + fourth.rejections);
            let versions: usize = end
                .documents
                .iter()
                .map(|document| document.older.len() + usize::from(document.current.is_some()))
                .sum();
            assert_eq!(versions, counted(&record, EventKind::UploadAccepted), "an acknowledged upload is gone");
        }
        runner.stop().await;
    });
}
