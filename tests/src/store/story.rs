//! The date story on the server: told from what was read, declared and typed; kept; mended by people.

use sanad::accounts::{Actor, Role};
use sanad::claim::story::{self, NewDate, StoryEntry, StoryView};
use sanad::claim::upload::Accepted;
use sanad::claim::{self, ClaimDetail, ClaimError, Refusal};
use sanad::queue;
use sanad_checks::dates::Source;
use sanad_checks::finding::Severity;
use sanad_checks::page::Region;
use serde_json::{Value, json};

use super::house::{House, on_both};

/// Where the date on a line of an invented paper stands.
fn at(line: u32) -> (u32, Region) {
    (0, Region::new(10, 40 * line, 60, 20))
}

fn date(line: u32, role: &str, iso: &str, trusted: bool) -> Value {
    let (page, region) = at(line);
    json!({
        "role": role, "iso": iso, "calendar": "jalali", "text": iso, "trusted": trusted, "confidence": 0.97,
        "page": page, "region": region,
    })
}

/// A paper that says these dates and cannot be read at the places of these roles.
pub(super) fn saying(kind: &str, dates: &[Value], unread: &[&str]) -> Vec<u8> {
    let unread: Vec<Value> = (50..)
        .zip(unread)
        .map(|(line, role)| json!({ "role": role, "text": "", "why": "no-date", "page": 0, "region": at(line).1 }))
        .collect();
    let facts = json!({
        "kind": {"code": kind, "confidence": 0.9}, "dates": dates, "unread": unread, "mrz": null, "ibans": [],
        "amounts": [], "stamps": [], "signatures": [], "certified_copy": {"phrase": false, "stamp": false}, "words": 40,
    });
    format!("good says {facts}").into_bytes()
}

fn typed(claim: &ClaimDetail, paper: &Accepted, role: &str, place: Option<(u32, Region)>, date: &str) -> NewDate {
    let (claim, version) = (claim.summary.id.clone(), paper.version.clone());
    NewDate { claim, version, role: role.to_owned(), place, typed: date.to_owned() }
}

fn codes(view: &StoryView) -> Vec<&str> {
    view.findings.iter().map(|finding| finding.code.as_str()).collect()
}

fn standing<'v>(view: &'v StoryView, role: &'v str) -> Vec<&'v StoryEntry> {
    view.timeline.iter().filter(|entry| entry.role == role && entry.place.is_some() && !entry.replaced).collect()
}

async fn tell(house: &House, actor: &Actor, claim: &ClaimDetail) -> StoryView {
    story::show(&house.store, actor, &claim.summary.id).await.unwrap()
}

#[test]
fn dates_that_do_not_fit_are_told_with_both_papers_and_kept() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let runner = house.runner();
        // The accident is declared for 2026-10-01.
        let report = saying("accident-report", &[date(1, "accident", "2026-09-20", true)], &[]);
        house.upload(&office, id, "accident-report", &report).await;
        let admission = saying("admission-record", &[date(2, "admission", "2026-09-28", true)], &[]);
        house.upload(&office, id, "admission-record", &admission).await;
        house.idle().await;
        let view = tell(&house, &office, &claim).await;
        assert_eq!(codes(&view), ["DAT-MISM", "DAT-BEFO"]);
        assert!(
            view.findings.iter().all(|finding| finding.severity == Severity::Warn),
            "a machine read refuses nobody"
        );
        let before = &view.findings[1].evidence;
        let places: Vec<&str> = before.iter().filter_map(|one| Some(one.place.as_ref()?.slot.as_str())).collect();
        assert_eq!(places, ["admission-record", "accident-report"], "{before:#?}");
        assert!(before.iter().any(|one| one.place.is_none() && one.value_iso.as_deref() == Some("2026-10-01")));
        let crop = before[0].place.as_ref().unwrap().crop.as_deref().unwrap();
        assert!(crop.ends_with("/pages/0/crop?region=10,80,60,20"), "{crop}");
        assert!(view.timeline.is_sorted_by_key(|entry| &entry.iso));
        assert_eq!(view.timeline.iter().filter(|entry| entry.conflict).count(), 3);
        let detail = claim::detail(&house.store, &office, id).await.unwrap();
        assert_eq!((detail.story.remarks, detail.story.asked), (2, 0), "kept beside the claim");

        // Another version of the paper takes the fault away, and the story with it.
        let better = saying("admission-record", &[date(2, "admission", "2026-10-01", true)], &[]);
        house.upload(&office, id, "admission-record", &better).await;
        house.idle().await;
        assert_eq!(codes(&tell(&house, &office, &claim).await), ["DAT-MISM"]);
        assert_eq!(claim::detail(&house.store, &office, id).await.unwrap().story.remarks, 1);
        runner.stop().await;
    });
}

#[test]
fn what_one_reader_made_out_is_for_those_who_look_and_no_remark() {
    on_both(async |house: House| {
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let paper = saying("admission-record", &[date(1, "admission", "2026-09-20", false)], &[]);
        house.upload(&office, &claim.summary.id, "admission-record", &paper).await;
        house.idle().await;
        runner.stop().await;
        let seen = tell(&house, &expert, &claim).await;
        assert_eq!((codes(&seen), seen.findings[0].severity), (vec!["DAT-BEFO"], Severity::Info));
        assert!(seen.timeline.iter().all(|entry| !entry.conflict), "no date is marked for it");
        let view = tell(&house, &office, &claim).await;
        assert_eq!((codes(&view), view.asked.len()), (vec![], 1), "the office is asked for the date");
        let detail = claim::detail(&house.store, &office, &claim.summary.id).await.unwrap();
        assert_eq!((detail.story.remarks, detail.story.asked), (0, 1));
    });
}

#[test]
fn an_unread_date_is_asked_for_typed_and_then_judged() {
    on_both(async |house: House| {
        let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let paper = saying("admission-record", &[], &["admission"]);
        let paper = house.upload(&office, &claim.summary.id, "admission-record", &paper).await;
        house.idle().await;
        runner.stop().await;
        let view = tell(&house, &office, &claim).await;
        assert!(view.findings.is_empty(), "unread is never inconsistent");
        assert_eq!((view.asked.len(), view.asked[0].role.as_str()), (1, "admission"));
        let place = Some(at(50));
        assert_eq!(view.asked[0].place.page.zip(view.asked[0].place.region), place);

        let early = typed(&claim, &paper, "admission", place, "\u{200f}۱۴۰۵/۰۷/۰۵\u{202c}");
        story::give(&house.store, &office, &early).await.unwrap();
        let view = tell(&house, &office, &claim).await;
        assert!(view.asked.is_empty(), "what was typed is not asked for again");
        assert_eq!(codes(&view), ["DAT-BEFO"]);
        assert_eq!(view.findings[0].severity, Severity::Reject, "people gave both dates");
        assert!(view.findings[0].evidence[0].place.as_ref().unwrap().crop.is_some(), "the typed date keeps its place");
        let entry = standing(&view, "admission")[0];
        assert_eq!(
            (entry.source, entry.iso.as_str(), entry.text.as_str()),
            (Source::Typed, "2026-09-27", "۱۴۰۵/۰۷/۰۵")
        );
        assert!(entry.given_by.is_some() && entry.given_at.is_some());

        // The expert sees both and has the last word.
        let right = typed(&claim, &paper, "admission", place, "2026-10-02");
        story::give(&house.store, &expert, &right).await.unwrap();
        let view = tell(&house, &expert, &claim).await;
        assert!(view.findings.is_empty(), "{:#?}", view.findings);
        assert_eq!(standing(&view, "admission")[0].source, Source::Expert);
        assert_eq!(
            view.timeline.iter().filter(|entry| entry.replaced).count(),
            1,
            "the office's date stands beside it"
        );
        story::give(&house.store, &office, &early).await.unwrap();
        assert!(tell(&house, &office, &claim).await.findings.is_empty(), "an office does not go before an expert");
    });
}

#[test]
fn a_date_for_one_place_leaves_the_other_dates_of_its_role() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let dates = [date(1, "service", "2026-10-02", true), date(2, "service", "2026-09-03", true)];
        let paper = house
            .upload(&office, &claim.summary.id, "pharmacy-invoice", &saying("pharmacy-invoice", &dates, &[]))
            .await;
        house.idle().await;
        runner.stop().await;
        assert_eq!(codes(&tell(&house, &office, &claim).await), ["DAT-BEFO"]);
        let second = typed(&claim, &paper, "service", Some(at(2)), "۱۱ مهر ۱۴۰۵");
        story::give(&house.store, &office, &second).await.unwrap();
        let view = tell(&house, &office, &claim).await;
        assert!(view.findings.is_empty(), "{:#?}", view.findings);
        let days: Vec<&str> = standing(&view, "service").iter().map(|entry| entry.iso.as_str()).collect();
        assert_eq!(days, ["2026-10-02", "2026-10-03"]);
        let read = view.timeline.iter().find(|entry| entry.replaced).unwrap();
        assert_eq!((read.iso.as_str(), read.source), ("2026-09-03", Source::Read), "what was read is still seen");
    });
}

#[test]
fn what_is_typed_wrongly_is_refused() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let bytes = saying("admission-record", &[], &["admission"]);
        let paper = house.upload(&office, &claim.summary.id, "admission-record", &bytes).await;
        house.idle().await;
        runner.stop().await;
        let store = &house.store;
        let no_days = [
            "",
            "   ",
            "دیروز",
            "1404/12/30",
            "1403/13/45",
            "۱۴۰۵/۰۷/۳۱",
            "1395/11/28/9147/100569",
            "0912/345/6789",
            "2026-02-30",
            "99/7/27",
            "1405/07/05; DROP TABLE claims",
            "\u{202e}\u{202c}",
            "۱۴۰۵/۰۷",
        ];
        for text in no_days {
            let new = typed(&claim, &paper, "admission", Some(at(50)), text);
            let refused = story::give(store, &office, &new).await;
            assert!(matches!(refused, Err(ClaimError::Refused(Refusal::BadDate("date")))), "{text}: {refused:?}");
        }
        let long = typed(&claim, &paper, "admission", None, &"۱".repeat(4000));
        assert!(matches!(story::give(store, &office, &long).await, Err(ClaimError::Refused(Refusal::TextTooLong(_)))));
        let role = typed(&claim, &paper, "wedding", None, "1405/07/05");
        assert!(matches!(story::give(store, &office, &role).await, Err(ClaimError::Refused(Refusal::RoleUnknown))));
        let nowhere = typed(&claim, &paper, "admission", Some((7, Region::new(1, 2, 3, 4))), "1405/07/05");
        assert!(matches!(story::give(store, &office, &nowhere).await, Err(ClaimError::Refused(Refusal::PlaceUnknown))));
        let other = house.claim(&office).await;
        let foreign = typed(&other, &paper, "admission", None, "1405/07/05");
        assert!(matches!(story::give(store, &office, &foreign).await, Err(ClaimError::NotFound)));
        let again = house.upload(&office, &claim.summary.id, "admission-record", b"good again").await;
        let old = typed(&claim, &paper, "admission", None, "1405/07/05");
        assert!(matches!(
            story::give(store, &office, &old).await,
            Err(ClaimError::Refused(Refusal::VersionNotCurrent))
        ));
        assert_ne!(again.version, paper.version);
        assert!(tell(&house, &office, &claim).await.timeline.iter().all(|entry| entry.place.is_none()));
    });
}

#[test]
fn the_story_is_for_those_who_may_see_the_papers() {
    on_both(async |house: House| {
        let (office, other) = (house.actor("daftar1").await, house.actor("daftar2").await);
        let claim = house.claim(&office).await;
        let runner = house.runner();
        let bytes = saying("admission-record", &[date(1, "admission", "2026-10-01", true)], &[]);
        let paper = house.upload(&office, &claim.summary.id, "admission-record", &bytes).await;
        house.idle().await;
        let store = &house.store;
        let id = &claim.summary.id;
        assert!(matches!(story::show(store, &other, id).await, Err(ClaimError::NotFound)));
        let stranger = typed(&claim, &paper, "admission", Some(at(1)), "1405/07/09");
        assert!(matches!(story::give(store, &other, &stranger).await, Err(ClaimError::NotFound)));
        let finance = Actor { role: Role::Finance, office: None, ..other.clone() };
        assert!(matches!(story::show(store, &finance, id).await, Err(ClaimError::Forbidden)));
        let manager = house.actor("modir").await;
        assert!(story::show(store, &manager, id).await.is_ok());
        assert!(matches!(story::give(store, &manager, &stranger).await, Err(ClaimError::Forbidden)));

        // While one expert has the claim on the desk, another does not correct it.
        let claim = claim::detail(store, &office, id).await.unwrap();
        house.fill(&office, &claim).await;
        house.submit(&office, id).await.unwrap();
        house.idle().await;
        runner.stop().await;
        let one = house.actor("karshenas1").await;
        let two = Actor { user: house.actor("modir").await.user, role: Role::Expert, ..one.clone() };
        queue::open(store, &one, id).await.unwrap();
        let new = typed(&claim, &paper, "admission", Some(at(1)), "1405/07/10");
        assert!(matches!(story::give(store, &two, &new).await, Err(ClaimError::HeldBy { .. })));
        story::give(store, &one, &new).await.unwrap();
    });
}

#[test]
fn nonsense_pages_and_hundreds_of_dates_are_borne() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let id = &claim.summary.id;
        let runner = house.runner();
        let many: Vec<Value> = (0..200)
            .map(|line| date(line, "service", &format!("2026-{:02}-{:02}", 1 + line % 12, 1 + line % 28), line % 3 > 0))
            .collect();
        house.upload(&office, id, "hospital-bill", &saying("hospital-bill", &many, &[])).await;
        // A page whose dates contradict each other, one of no calendar and one of no role that matters.
        let torn = [
            date(1, "admission", "2026-10-05", true),
            date(2, "discharge", "2026-10-02", true),
            date(3, "accident", "not-a-day", false),
            date(4, "other", "1900-01-01", false),
        ];
        house.upload(&office, id, "discharge-summary", &saying("other", &torn, &["birth", "other"])).await;
        house.idle().await;
        runner.stop().await;
        let view = tell(&house, &office, &claim).await;
        assert!(codes(&view).contains(&"DAT-ORDR"), "{:?}", codes(&view));
        assert_eq!(view.timeline.iter().filter(|entry| entry.role == "service").count(), 200);
        assert!(view.findings.iter().all(|finding| finding.severity < Severity::Reject));
    });
}
