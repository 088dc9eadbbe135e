//! Papers seen before, on both engines: who hears of what, and what an expert's answer does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sanad::accounts::Actor;
use sanad::claim::seen::{answer, pair};
use sanad::claim::upload::Accepted;
use sanad::claim::{self, ClaimError, PairAnswer, VersionDetail};
use sanad::store::ids::ClaimId;
use sanad::work::candidates::{Asked, search};
use sanad::work::{PaperReader, ReadFailure, ReadPaper, ReadWords, Runner, RunnerConfig};
use sanad::work::{keys_anew, watchdog};
use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::fingerprint::fingerprint;
use sanad_checks::duplicates::relation::Relation;
use sanad_intake::{Cut, Limits, ReadRequest, first_page};
use sanad_samples::{Change, Fonts, PaperCopy, Recapture, Split, recapture, template};

use super::house::{House, PATIENCE, on_both};

/// Reads pixels as the locked child does, in this process; no words.
struct Pixels;

impl PaperReader for Pixels {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        let request = ReadRequest { preview: true, identify: true, unjudged: true, ..ReadRequest::default() };
        let reading = sanad_intake::read(bytes, &request).map_err(|error| ReadFailure::Broken(Box::new(error)))?;
        Ok(ReadPaper { report: reading.report, images: reading.images, thresholds: "{}".to_owned() })
    }

    fn words(&self, _: &[u8]) -> Result<ReadWords, ReadFailure> {
        Ok(ReadWords { whole: true, ..ReadWords::default() })
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

/// A form, two people's papers of it and one of them again with another date.
struct Papers {
    fonts: Fonts,
    one: PaperCopy,
    other: PaperCopy,
    dated: PaperCopy,
}

impl Papers {
    fn of(form: u64) -> Self {
        let form = template(Split::Holdout, 2026, form).unwrap();
        let (one, other) = (PaperCopy::of_person(&form, 1), PaperCopy::of_person(&form, 2));
        let dated = one.but_for(Change::Date, 9);
        Self { fonts: Fonts::load(&[]).unwrap(), one, other, dated }
    }

    fn shot(&self, copy: &PaperCopy, how: Recapture, seed: u64) -> Vec<u8> {
        recapture(&self.fonts, copy, how, Split::Holdout, seed).unwrap().bytes
    }
}

/// Sends a paper and waits until nothing is owed any more.
pub(super) async fn sent(house: &House, office: &Actor, claim: &ClaimId, slot: &str, bytes: &[u8]) -> Accepted {
    let accepted = house.upload(office, claim, slot, bytes).await;
    house.judged(office, &accepted).await;
    let begun = Instant::now();
    while watchdog::owed(&house.store).await.unwrap() > 0 {
        assert!(begun.elapsed() < PATIENCE, "work stays owed");
        house.clock.advance(Duration::from_secs(3));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    accepted
}

pub(super) async fn seen_by(house: &House, actor: &Actor, accepted: &Accepted) -> VersionDetail {
    claim::version(&house.store, actor, &accepted.version).await.unwrap()
}

fn codes(version: &VersionDetail) -> Vec<&str> {
    version.register_findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// Two offices, three claims: one paper sent again in another slot, in another claim, and its form by another.
pub(crate) async fn walk(house: &House) {
    let papers = Papers::of(3);
    let reader: Arc<dyn PaperReader> = Arc::new(Pixels);
    let config = RunnerConfig { poll: Duration::from_millis(50), ..RunnerConfig::default() };
    let runner = Runner::start(&house.store, &reader, config);
    let (first, second) = (house.actor("daftar1").await, house.actor("daftar2").await);
    let expert = house.actor("karshenas1").await;
    let (claim, strange) = (house.claim(&first).await, house.claim(&second).await);
    let own = &claim.summary.id;

    let scan = papers.shot(&papers.one, Recapture::Original, 1);
    let bill = sent(house, &first, own, "hospital-bill", &scan).await;
    assert!(codes(&seen_by(house, &first, &bill).await).is_empty());
    // the same paper turned, in the same slot: nobody needs to hear of it
    let again = papers.shot(&papers.one, Recapture::Turn, 2);
    let better = sent(house, &first, own, "hospital-bill", &again).await;
    assert!(codes(&seen_by(house, &first, &better).await).is_empty());
    // ... and in another slot: the office is asked
    let slip = sent(house, &first, own, "cash-receipt", &papers.shot(&papers.one, Recapture::Rescan, 3)).await;
    assert_eq!(codes(&seen_by(house, &first, &slip).await), ["DUP-SLOT"]);

    // another office sends it: accepted, and only the expert hears of it
    let copy =
        sent(house, &second, &strange.summary.id, "hospital-bill", &papers.shot(&papers.one, Recapture::Skew, 4)).await;
    let theirs = seen_by(house, &second, &copy).await;
    assert!(codes(&theirs).is_empty() && theirs.seen.is_empty() && theirs.repeats.is_empty());
    let told = seen_by(house, &expert, &copy).await;
    assert_eq!(codes(&told), ["DUP-CASE"]);
    assert!(told.seen.iter().any(|one| one.relation.again() && one.claim == *own), "{:?}", told.seen);
    // the very same file is told once, as a file
    let same = sent(house, &second, &strange.summary.id, "policy", &scan).await;
    let told_same = seen_by(house, &expert, &same).await;
    assert!(codes(&told_same).contains(&"DUP-CASE"), "{:?}", codes(&told_same));
    assert!(told_same.seen.iter().any(|one| one.relation == Relation::SameBytes));

    // the form filled for another, and the paper with another date: never the same
    for (slot, paper, seed) in [("identity", &papers.other, 5), ("bank-slip", &papers.dated, 6)] {
        let sent =
            sent(house, &second, &strange.summary.id, slot, &papers.shot(paper, Recapture::Original, seed)).await;
        let told = seen_by(house, &expert, &sent).await;
        assert!(told.seen.iter().all(|one| !one.relation.again()), "{slot}: {:?}", told.seen);
    }

    let id = told.seen.iter().find(|one| one.claim == *own).unwrap().pair.clone();
    for office in [&first, &second] {
        assert!(matches!(pair(&house.store, office, &id).await, Err(ClaimError::Forbidden)));
        assert!(matches!(answer(&house.store, office, &id, PairAnswer::Dismissed).await, Err(ClaimError::Forbidden)));
    }
    let shown = pair(&house.store, &expert, &id).await.unwrap();
    assert!(shown.earlier.sent_at <= shown.later.sent_at && shown.earlier.size.0 > 0 && shown.later.size.1 > 0);
    for one in seen_by(house, &expert, &copy).await.seen {
        answer(&house.store, &expert, &one.pair, PairAnswer::Dismissed).await.unwrap();
    }
    let quiet = seen_by(house, &expert, &copy).await;
    assert!(codes(&quiet).is_empty(), "a dismissed pair does not come back: {:?}", quiet.register_findings);
    assert!(quiet.seen.iter().all(|one| one.answer == Some(PairAnswer::Dismissed)));
    runner.stop().await;
}

/// What a paper is known again by and asked for by.
fn keys_of(bytes: &[u8]) -> Asked {
    let (page, _) = first_page(bytes, &Limits::default()).unwrap().unwrap();
    Asked::of(&Prepared::of(&fingerprint(&page.luma).unwrap()))
}

/// A paper whose keys come to lead to its whole form is entered with others, and so found again.
pub(crate) async fn wear(house: &House) {
    /// Papers of the form, of which nothing is known but their keys.
    const OTHERS: std::ops::Range<i64> = 1001..1402;
    let papers = Papers::of(5);
    let office = house.actor("daftar1").await;
    let claim = house.claim(&office).await;
    let reader: Arc<dyn PaperReader> = Arc::new(Pixels);
    let config = RunnerConfig { poll: Duration::from_millis(50), ..RunnerConfig::default() };
    let runner = Runner::start(&house.store, &reader, config);
    let scan = papers.shot(&papers.one, Recapture::Original, 1);
    sent(house, &office, &claim.summary.id, "hospital-bill", &scan).await;
    runner.stop().await;

    let (own, again) = (keys_of(&scan), keys_of(&papers.shot(&papers.one, Recapture::Rescan, 3)));
    let candidates = async || search(&house.store, &again).await.unwrap();
    let page = candidates().await[0].page;
    let found = async || candidates().await.iter().any(|candidate| candidate.page == page);
    for other in OTHERS {
        keys_anew::enter(&house.store, other, &own.0.own).await.unwrap();
    }
    assert!(!found().await, "all that led to it leads to its form");
    assert_eq!(watchdog::owed(&house.store).await.unwrap(), 1);

    let runner = Runner::start(&house.store, &reader, config);
    let begun = Instant::now();
    while watchdog::owed(&house.store).await.unwrap() > 0 {
        assert!(begun.elapsed() < PATIENCE, "pages stay due");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(found().await);
    runner.stop().await;
    keys_anew::owe_from_before(&house.store).await.unwrap();
    assert_eq!(watchdog::owed(&house.store).await.unwrap(), 0, "nothing is due any more");
}

#[test]
fn keys_that_many_enter_at_once_lead_to_each_of_them_once() {
    const PAGES: i64 = 24;
    on_both(async |house: House| {
        let papers = Papers::of(5);
        let own = keys_of(&papers.shot(&papers.one, Recapture::Original, 1)).0.own;
        let entering = (1..=PAGES).map(|page| keys_anew::enter(&house.store, page, &own));
        for entered in futures_util::future::join_all(entering).await {
            entered.unwrap();
        }
        keys_anew::enter(&house.store, 1, &own).await.unwrap();
        let again = keys_of(&papers.shot(&papers.one, Recapture::Rescan, 3));
        let found = search(&house.store, &again).await.unwrap();
        let mut pages: Vec<i64> = found.iter().map(|candidate| candidate.page).collect();
        pages.sort_unstable();
        assert_eq!(pages, (1..=PAGES).collect::<Vec<_>>());
        assert!(found.iter().all(|candidate| candidate.weight.to_bits() == found[0].weight.to_bits()));
    });
}

#[test]
fn a_paper_whose_keys_are_worn_is_entered_anew() {
    on_both(async |house: House| wear(&house).await);
}

#[test]
fn a_paper_seen_before_is_told_to_whom_it_concerns() {
    on_both(async |house: House| walk(&house).await);
}

#[test]
fn the_police_report_of_one_accident_may_stand_in_two_claims() {
    on_both(async |house: House| {
        let papers = Papers::of(4);
        let reader: Arc<dyn PaperReader> = Arc::new(Pixels);
        let runner = Runner::start(&house.store, &reader, RunnerConfig::default());
        let office = house.actor("daftar1").await;
        let expert = house.actor("karshenas1").await;
        let mut last = None;
        for (seed, how) in [(1, Recapture::Original), (2, Recapture::Rescan)] {
            let claim = house.claim(&office).await;
            let bytes = papers.shot(&papers.one, how, seed);
            last = Some(sent(&house, &office, &claim.summary.id, "accident-report", &bytes).await);
        }
        let told = seen_by(&house, &expert, &last.unwrap()).await;
        let findings = &told.register_findings;
        assert_eq!(codes(&told), ["DUP-CASE"]);
        assert_eq!(findings[0].severity, sanad_checks::finding::Severity::Info, "expected, so only a word");
        runner.stop().await;
    });
}

#[test]
fn pages_that_say_nothing_are_kept_with_their_reason_and_meet_nobody() {
    on_both(async |house: House| {
        let reader: Arc<dyn PaperReader> = Arc::new(Pixels);
        let runner = Runner::start(&house.store, &reader, RunnerConfig::default());
        let office = house.actor("daftar1").await;
        let expert = house.actor("karshenas1").await;
        for width in [800, 801, 20] {
            let claim = house.claim(&office).await;
            let mut png = std::io::Cursor::new(Vec::new());
            let blank = image::GrayImage::from_pixel(width, 1000, image::Luma([250]));
            image::DynamicImage::ImageLuma8(blank).write_to(&mut png, image::ImageFormat::Png).unwrap();
            let page = sent(&house, &office, &claim.summary.id, "policy", &png.into_inner()).await;
            let told = seen_by(&house, &expert, &page).await;
            assert!(told.seen.is_empty() && codes(&told).is_empty(), "{width}: {told:?}");
        }
        runner.stop().await;
    });
}
