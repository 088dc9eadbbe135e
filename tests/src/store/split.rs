//! A file of several papers is taken apart when the office confirms it, and only then.

use std::sync::Arc;

use sanad::claim::split::split;
use sanad::claim::{self, ClaimError, Refusal};
use sanad::work::PaperReader;
use sanad_checks::facts::{Facts, KindFact, PartFact};

use super::house::{House, Invented, on_both, paper};
use super::reading::over;

fn part(first: u32, last: u32, kind: &str) -> PartFact {
    let slot = (kind != "other").then(|| kind.to_owned());
    PartFact { first, last, kind: KindFact { code: kind.to_owned(), confidence: 0.95 }, slot }
}

/// A file whose pages say that it holds a policy of two pages, a bill, and something else.
fn mixed() -> Vec<u8> {
    let parts = vec![part(0, 1, "policy"), part(2, 2, "hospital-bill"), part(3, 3, "other")];
    let facts = Facts { parts, ..Facts::default() };
    format!("mixed says {}", serde_json::to_string(&facts).unwrap()).into_bytes()
}

#[test]
fn each_paper_of_a_mixed_file_goes_to_its_slot_once() {
    on_both(async |house: House| {
        let reader: Arc<dyn PaperReader> = Arc::new(Invented);
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let sent = house.upload(&office, &claim.summary.id, "policy", &mixed()).await;
        over(&house, &office, &sent).await;
        let expert = house.actor("karshenas1").await;
        let denied = split(&house.store, &reader, &expert, &sent.version).await;
        assert!(denied.is_err(), "experts send nothing");
        let made = split(&house.store, &reader, &office, &sent.version).await.unwrap();
        let slots: Vec<&str> = made.uploads.iter().map(|upload| upload.slot.as_str()).collect();
        assert_eq!(slots, ["policy", "hospital-bill"]);
        assert_eq!(made.uploads[0].document, sent.document, "a new version of the paper that was sent");
        let now = claim::detail(&house.store, &office, &claim.summary.id).await.unwrap();
        assert_eq!(paper(&now, "policy").newest(), 2);
        assert_eq!(paper(&now, "policy").older.len(), 1, "the whole file is kept");
        assert_eq!(paper(&now, "hospital-bill").newest(), 1);
        let again = split(&house.store, &reader, &office, &sent.version).await;
        assert!(matches!(again, Err(ClaimError::Refused(Refusal::VersionNotCurrent))), "{again:?}");
        over(&house, &office, &made.uploads[0]).await;
        let one = split(&house.store, &reader, &office, &made.uploads[0].version).await;
        assert!(matches!(one, Err(ClaimError::Refused(Refusal::NothingToSplit))), "{one:?}");
        runner.stop().await;
    });
}
