//! Numbers of invoices and receipts that stand in two claims, on both engines: who hears of it, how surely, and what
//! stays when a claim is deleted or an expert has looked.

use std::sync::Arc;
use std::time::Duration;

use sanad::claim::delete::delete;
use sanad::claim::seen::{answer, pair};
use sanad::claim::{self, PairAnswer, VersionDetail};
use sanad::work::{PaperReader, ReadFailure, ReadPaper, ReadWords, Runner, RunnerConfig};
use sanad_checks::finding::Severity;
use sanad_intake::{Cut, PageIdentity};
use serde_json::json;

use super::house::{House, invented, invented_words, on_both};
use super::seen::{seen_by, sent};

/// Pages that are never alike, with the words that stand in their files.
struct Numbered;

impl PaperReader for Numbered {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        let mut paper = invented(bytes);
        let mut pixels_sha256 = [0; 32];
        bytes.iter().enumerate().for_each(|(at, byte)| pixels_sha256[at % 32] ^= byte.rotate_left(at as u32 % 8));
        let fingerprint = Err(sanad_checks::duplicates::fingerprint::Unfit::Plain);
        paper.images[0].identity = Some(PageIdentity { pixels_sha256, fingerprint });
        Ok(paper)
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        Ok(invented_words(bytes))
    }

    fn cut(&self, grey_png: &[u8], _: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(Some(grey_png.to_vec()))
    }
}

/// What a paper of a kind says: a number, and its own day.
fn saying(kind: &str, of: &str, (number, sure): (&str, bool), day: &str, x: u32) -> Vec<u8> {
    let date = json!({
        "role": "issue", "iso": day, "calendar": "jalali", "text": day, "trusted": sure, "confidence": 0.97,
        "page": 0, "region": [10, 40, 30, 8],
    });
    let number = json!({
        "of": of, "text": number, "trusted": sure, "confidence": 0.9, "page": 0, "region": [x, 20, 30, 8],
    });
    let facts = json!({
        "kind": {"code": kind, "confidence": 0.9}, "dates": [date], "numbers": [number], "mrz": null, "ibans": [],
        "amounts": [], "stamps": [], "signatures": [], "certified_copy": {"phrase": false, "stamp": false},
        "words": 40,
    });
    format!("good says {facts}").into_bytes()
}

fn told(version: &VersionDetail) -> Vec<(&str, Severity)> {
    version.register_findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

fn started(house: &House) -> Runner {
    let reader: Arc<dyn PaperReader> = Arc::new(Numbered);
    Runner::start(&house.store, &reader, RunnerConfig { poll: Duration::from_millis(50), ..RunnerConfig::default() })
}

/// One receipt's number in two claims, the first of them deleted; then an expert's answer.
pub(crate) async fn walk(house: &House) {
    let runner = started(house);
    let (first, second) = (house.actor("daftar1").await, house.actor("daftar2").await);
    let expert = house.actor("karshenas1").await;
    let receipt = |sure, day, x| saying("cash-receipt", "receipt", ("004217", sure), day, x);

    let claim = house.claim(&first).await;
    let one = sent(house, &first, &claim.summary.id, "cash-receipt", &receipt(true, "2026-10-03", 10)).await;
    let gone = claim::detail(&house.store, &first, &claim.summary.id).await.unwrap();
    delete(&house.store, &first, &claim.summary.id, gone.revision, "اشتباه").await.unwrap();

    let strange = house.claim(&second).await.summary.id;
    let two = sent(house, &second, &strange, "cash-receipt", &receipt(true, "2026-10-03", 20)).await;
    let theirs = seen_by(house, &second, &two).await;
    assert!(told(&theirs).is_empty() && theirs.seen.is_empty(), "an office never hears of it: {theirs:?}");
    let found = seen_by(house, &expert, &two).await;
    assert_eq!(told(&found), [("DUP-NEAR", Severity::Warn)]);
    let finding = &found.register_findings[0];
    assert!(finding.message.en.contains("004217") && finding.message.fa.contains("۰۰۴۲۱۷"), "{:?}", finding.message);
    assert_eq!(finding.regions, [sanad_checks::page::Region::new(20, 20, 30, 8)]);
    assert_eq!((found.seen.len(), found.seen[0].by_looks, &found.seen[0].version), (1, false, &one.version));
    assert_eq!(found.seen[0].same.as_deref(), Some("receipt"));

    let shown = pair(&house.store, &expert, &found.seen[0].pair).await.unwrap();
    assert_eq!((shown.earlier.regions[0].x, shown.later.regions[0].x, shown.by_looks), (10, 20, false));
    answer(&house.store, &expert, &found.seen[0].pair, PairAnswer::Dismissed).await.unwrap();
    let quiet = seen_by(house, &expert, &two).await;
    assert!(told(&quiet).is_empty(), "a dismissed pair does not come back: {:?}", quiet.register_findings);
    runner.stop().await;
}

#[test]
fn a_receipts_number_in_two_claims_is_told_to_experts_alone() {
    on_both(async |house: House| walk(&house).await);
}

#[test]
fn a_number_that_was_not_read_surely_accuses_nobody() {
    on_both(async |house: House| {
        let runner = started(&house);
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let mut last = None;
        for (sure, x) in [(true, 10), (false, 20)] {
            let claim = house.claim(&office).await.summary.id;
            let bytes = saying("pharmacy-invoice", "invoice", ("552710", sure), "2026-10-03", x);
            last = Some(sent(&house, &office, &claim, "pharmacy-invoice", &bytes).await);
        }
        let found = seen_by(&house, &expert, &last.unwrap()).await;
        assert_eq!(told(&found), [("DUP-NEAR", Severity::Info)]);
        assert!(found.register_findings[0].message.en.contains("probably"), "{:?}", found.register_findings[0].message);
        runner.stop().await;
    });
}

#[test]
fn another_issuers_number_another_kind_of_paper_and_the_own_claim_are_no_sign() {
    on_both(async |house: House| {
        let runner = started(&house);
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let claim = house.claim(&office).await.summary.id;
        let of = |kind: &str, number, day, x| saying(kind, "invoice", (number, true), day, x);
        sent(&house, &office, &claim, "hospital-bill", &of("hospital-bill", "552710", "2026-10-03", 10)).await;
        let own = of("hospital-bill", "552710", "2026-10-03", 20);
        let again = sent(&house, &office, &claim, "cash-receipt", &own).await;
        assert!(told(&seen_by(&house, &expert, &again).await).is_empty(), "the own claim");
        let strange = house.claim(&office).await.summary.id;
        for (slot, paper) in [
            ("hospital-bill", of("hospital-bill", "552710", "2026-10-09", 30)),
            ("pharmacy-invoice", of("pharmacy-invoice", "552710", "2026-10-03", 40)),
        ] {
            let sent = sent(&house, &office, &strange, slot, &paper).await;
            assert!(told(&seen_by(&house, &expert, &sent).await).is_empty(), "{slot}");
        }
        runner.stop().await;
    });
}

#[test]
fn a_number_of_a_police_report_may_stand_in_two_claims() {
    on_both(async |house: House| {
        let runner = started(&house);
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let mut last = None;
        for x in [10, 20] {
            let claim = house.claim(&office).await.summary.id;
            let report = saying("traffic-report", "tracking", ("1403120045", true), "2026-10-03", x);
            last = Some(sent(&house, &office, &claim, "traffic-report", &report).await);
        }
        let found = seen_by(&house, &expert, &last.unwrap()).await;
        assert!(found.register_findings.iter().all(|f| f.severity == Severity::Info), "{:?}", found.register_findings);
        runner.stop().await;
    });
}
