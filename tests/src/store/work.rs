//! Owed work: tried again, taken over from the dead, and given up only in plain sight.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sanad::claim::{self, DocumentState, VersionState};
use sanad::work::watchdog::{self, Patience};
use sanad::work::{Cut, PaperReader, ReadFailure, ReadPaper, ReadWords, Runner, RunnerConfig};

use super::house::{House, invented, invented_words, on_both};

/// Says that it is busy a number of times, then reads.
struct BusyFirst(AtomicU32);

impl PaperReader for BusyFirst {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { Err(ReadFailure::Busy) } else { Ok(invented(bytes)) }
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

#[test]
fn a_busy_reader_is_asked_again_and_the_office_is_not_blamed() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let accepted = house.upload(&office, &claim.summary.id, "policy", b"good").await;
        let runner = house.runner_with(BusyFirst(AtomicU32::new(3)));
        let judged = async {
            loop {
                // slower than the lease, which a reader on a busy machine must not outlast
                house.clock.advance(Duration::from_secs(1));
                let now = claim::version(&house.store, &office, &accepted.version).await.unwrap();
                if now.summary.state != VersionState::Checking {
                    return now;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let judged = tokio::time::timeout(Duration::from_secs(30), judged).await.unwrap();
        assert_eq!(judged.summary.state, VersionState::Judged);
        assert!(judged.report.unwrap().findings.is_empty());
        runner.stop().await;
    });
}

#[test]
fn a_broken_reader_is_given_up_in_plain_sight() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let accepted = house.upload(&office, &claim.summary.id, "policy", b"broken").await;
        let runner = house.runner();
        let begun = Instant::now();
        loop {
            house.clock.advance(Duration::from_secs(300));
            let now = claim::version(&house.store, &office, &accepted.version).await.unwrap();
            if now.summary.state == VersionState::NotJudged {
                assert!(now.summary.why_not_judged.is_some() && now.summary.verdict.is_none());
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        runner.stop().await;
        let document = claim::document(&house.store, &office, &accepted.document).await.unwrap();
        assert_eq!(document.state, DocumentState::Uploaded, "the office can go on");
        let overdue = watchdog::overdue(&house.store, &Patience::default()).await.unwrap();
        assert_eq!(overdue.len(), 1);
        assert!(overdue[0].state.contains("dead") && overdue[0].why.is_some(), "{overdue:?}");
    });
}

/// Reads, and counts how often it was asked.
struct Counts(Arc<AtomicU32>);

impl PaperReader for Counts {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(invented(bytes))
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

/// A paper whose pictures cannot be written is tried more often than a broken one ever would, and judged
/// once the disk works again.
pub(super) async fn a_disk_that_fails_for_a_while(house: &House) {
    let office = house.actor("daftar1").await;
    let claim = house.claim(&office).await;
    let accepted = house.upload(&office, &claim.summary.id, "policy", b"good while the disk fails").await;
    let unfinished = house.folder.path().join("blobs/unfinished");
    let aside = house.folder.path().join("aside");
    std::fs::rename(&unfinished, &aside).unwrap();
    let asked = Arc::new(AtomicU32::new(0));
    let runner = house.runner_with(Counts(Arc::clone(&asked)));
    let more_than_a_broken_one = RunnerConfig::default().attempts as u32 + 2;
    let begun = Instant::now();
    while asked.load(Ordering::SeqCst) < more_than_a_broken_one {
        assert!(begun.elapsed() < Duration::from_secs(60), "given up after {asked:?} tries");
        house.clock.advance(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    std::fs::rename(&aside, &unfinished).unwrap();
    loop {
        house.clock.advance(Duration::from_secs(1));
        let now = claim::version(&house.store, &office, &accepted.version).await.unwrap();
        if now.summary.state != VersionState::Checking {
            assert_eq!(now.summary.state, VersionState::Judged);
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "never judged");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    runner.stop().await;
}

#[test]
fn a_full_disk_uses_up_no_attempts() {
    on_both(async |house: House| a_disk_that_fails_for_a_while(&house).await);
}

/// Never answers: a worker that hangs while its process dies.
struct Hangs(Arc<AtomicU32>);

impl PaperReader for Hangs {
    fn read(&self, _: &[u8]) -> Result<ReadPaper, ReadFailure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_secs(3));
        Err(ReadFailure::Busy)
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

#[test]
fn work_of_a_silent_worker_is_taken_over_once() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let accepted = house.upload(&office, &claim.summary.id, "policy", b"good").await;
        let begun = Arc::new(AtomicU32::new(0));
        let hangs: Arc<dyn PaperReader> = Arc::new(Hangs(Arc::clone(&begun)));
        // A lease so long that no sign of life comes in time, by a clock that jumps over it.
        let silent = RunnerConfig { at_once: 1, lease: Duration::from_secs(60), ..RunnerConfig::default() };
        let first = Runner::start(&house.store, &hangs, silent);
        while begun.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        house.clock.advance(Duration::from_secs(61));
        let second = house.runner();
        let judged = house.judged(&office, &accepted).await;
        assert_eq!(judged.summary.state, VersionState::Judged);
        house.idle().await;
        first.stop().await;
        second.stop().await;
        let after = claim::version(&house.store, &office, &accepted.version).await.unwrap();
        assert_eq!(after.summary.state, VersionState::Judged, "the late worker changes nothing");
        assert_eq!(watchdog::owed(&house.store).await.unwrap(), 0);
    });
}

#[test]
fn a_worker_starts_at_once_when_it_is_rung_for() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let reader: Arc<dyn PaperReader> = Arc::new(super::house::Invented);
        // It looks by itself only every minute: what is done sooner was rung for.
        let config = RunnerConfig { poll: Duration::from_secs(60), ..RunnerConfig::default() };
        let runner = Runner::start(&house.store, &reader, config);
        tokio::time::sleep(Duration::from_millis(200)).await;
        let begun = Instant::now();
        for (slot, bytes) in [("policy", "good 1"), ("identity", "good 2"), ("bank-slip", "good 3")] {
            let accepted = house.upload(&office, &claim.summary.id, slot, bytes.as_bytes()).await;
            assert_eq!(house.judged(&office, &accepted).await.summary.state, VersionState::Judged);
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        runner.stop().await;
    });
}

#[test]
fn the_watchdog_lists_what_stands_too_long() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let accepted = house.upload(&office, &claim.summary.id, "policy", b"good").await;
        let patience = Patience::default();
        assert!(watchdog::overdue(&house.store, &patience).await.unwrap().is_empty());
        house.clock.advance(patience.checking + Duration::from_secs(1));
        let overdue = watchdog::overdue(&house.store, &patience).await.unwrap();
        assert!(overdue.iter().any(|one| one.what == "upload" && one.id == accepted.version.as_str()));
        assert!(overdue.iter().any(|one| one.what == "job"));
        house.clock.advance(patience.draft);
        let overdue = watchdog::overdue(&house.store, &patience).await.unwrap();
        assert!(overdue.iter().any(|one| one.what == "claim" && one.state == "draft"));
    });
}
