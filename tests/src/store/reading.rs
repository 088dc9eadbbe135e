//! The words of papers are read after their verdict, kept, and never lost from sight.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sanad::accounts::Actor;
use sanad::claim::upload::Accepted;
use sanad::claim::{self, DocumentState, ReadingState, ReadingView, VersionState};
use sanad::work::watchdog::{self, Patience};
use sanad::work::{Cut, PaperReader, ReadFailure, ReadPaper, ReadWords};
use serde_json::json;

use super::house::{House, PATIENCE, invented, invented_words, on_both};

/// A paper that says one date.
fn saying(role: &str, iso: &str) -> Vec<u8> {
    let date = json!({
        "role": role, "iso": iso, "calendar": "jalali", "text": iso, "trusted": true, "confidence": 0.97,
        "page": 0, "region": [10, 20, 30, 8],
    });
    let facts = json!({
        "kind": {"code": "hospital-bill", "confidence": 0.9}, "dates": [date], "mrz": null, "ibans": [],
        "amounts": [], "stamps": [], "signatures": [], "certified_copy": {"phrase": false, "stamp": false},
        "words": 40,
    });
    format!("good says {facts}").into_bytes()
}

/// The reading of an upload as soon as it is over, with the clock going on.
pub(super) async fn over(house: &House, actor: &Actor, accepted: &Accepted) -> ReadingView {
    let begun = Instant::now();
    loop {
        let now = claim::version(&house.store, actor, &accepted.version).await.unwrap().reading;
        match now {
            Some(reading) if reading.state != ReadingState::Waiting => return reading,
            _ => {}
        }
        assert!(begun.elapsed() < PATIENCE, "never read");
        house.clock.advance(Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn words_are_read_after_the_verdict_and_kept() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let mut live = house.store.live();
        let accepted = house.upload(&office, &claim.summary.id, "hospital-bill", &saying("issue", "2026-10-03")).await;
        let before = claim::version(&house.store, &office, &accepted.version).await.unwrap();
        assert!(before.reading.is_none(), "nothing is read before the verdict");
        let runner = house.runner();
        let reading = over(&house, &office, &accepted).await;
        runner.stop().await;
        assert_eq!((reading.state, reading.pages, reading.pages_read), (ReadingState::Read, 1, 1));
        let facts = reading.facts.unwrap();
        assert_eq!((facts.kind.code.as_str(), facts.dates[0].iso.as_str()), ("hospital-bill", "2026-10-03"));
        assert_eq!(facts.dates[0].region, sanad_checks::page::Region::new(10, 20, 30, 8));
        let mut told = Vec::new();
        while let Ok(event) = live.try_recv() {
            told.push(event.kind);
        }
        assert_eq!(told, ["upload-accepted", "upload-judged", "paper-read"]);
    });
}

/// Reads words as slowly as it can.
struct Slow;

impl PaperReader for Slow {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        Ok(invented(bytes))
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        std::thread::sleep(Duration::from_millis(1500));
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

#[test]
fn a_verdict_never_stands_behind_words() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let runner = house.runner_with(Slow);
        for number in 0..6 {
            let bytes = format!("good {number}");
            let begun = Instant::now();
            let accepted =
                house.upload(&office, &claim.summary.id, sanad::claim::SLOTS[number], bytes.as_bytes()).await;
            let judged = house.judged(&office, &accepted).await;
            assert_eq!(judged.summary.state, VersionState::Judged);
            assert!(begun.elapsed() < Duration::from_millis(1400), "{:?}", begun.elapsed());
        }
        assert!(watchdog::owed(&house.store).await.unwrap() > 2, "words are still being read");
        runner.stop().await;
    });
}

#[test]
fn words_that_cannot_be_read_are_told_and_hold_nothing_up() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let mute = house.upload(&office, &claim.summary.id, "policy", b"mute").await;
        let half = house.upload(&office, &claim.summary.id, "identity", b"half").await;
        let runner = house.runner();
        let mute_reading = over(&house, &office, &mute).await;
        let half_reading = over(&house, &office, &half).await;
        runner.stop().await;
        assert_eq!(mute_reading.state, ReadingState::NotRead);
        assert!(mute_reading.why_not.is_some() && mute_reading.facts.is_none());
        assert_eq!(half_reading.state, ReadingState::NotRead);
        assert!(half_reading.facts.is_some(), "what was read before is kept");
        let document = claim::document(&house.store, &office, &mute.document).await.unwrap();
        assert_eq!(document.state, DocumentState::Uploaded, "the office can go on");
        let overdue = watchdog::overdue(&house.store, &Patience::default()).await.unwrap();
        assert!(overdue.iter().any(|one| one.what == "job" && one.state.contains("read_paper dead")), "{overdue:?}");
    });
}

/// Counts how often it is asked for words.
struct Counts(Arc<AtomicU32>);

impl PaperReader for Counts {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        Ok(invented(bytes))
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(600));
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

#[test]
fn a_paper_that_was_replaced_before_its_turn_is_not_read() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let asked = Arc::new(AtomicU32::new(0));
        let runner = house.runner_with(Counts(Arc::clone(&asked)));
        let mut last = None;
        for number in 0..5 {
            let accepted =
                house.upload(&office, &claim.summary.id, "policy", format!("good {number}").as_bytes()).await;
            house.judged(&office, &accepted).await;
            last = Some(accepted);
        }
        assert_eq!(over(&house, &office, &last.unwrap()).await.state, ReadingState::Read);
        house.idle().await;
        runner.stop().await;
        assert!(asked.load(Ordering::SeqCst) < 5, "{asked:?}");
        let patience = Patience::default();
        house.clock.advance(patience.reading + Duration::from_secs(1));
        let overdue = watchdog::overdue(&house.store, &patience).await.unwrap();
        assert!(overdue.iter().all(|one| one.what != "reading"), "{overdue:?}");
    });
}

#[test]
fn words_that_wait_too_long_are_listed() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let accepted = house.upload(&office, &claim.summary.id, "policy", b"good").await;
        let runner = house.runner_with(Slow);
        house.judged(&office, &accepted).await;
        let patience = Patience::default();
        house.clock.advance(patience.reading + Duration::from_secs(1));
        let overdue = watchdog::overdue(&house.store, &patience).await.unwrap();
        assert!(overdue.iter().any(|one| one.what == "reading" && one.id == accepted.version.as_str()), "{overdue:?}");
        runner.stop().await;
    });
}
