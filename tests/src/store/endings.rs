//! How claims end: refused by two people and appealed, posted and paid, sent back by post desk or bank, deleted and
//! brought back.

use std::time::Duration;

use sanad::accounts::Actor;
use sanad::claim::decide::{Decide, Ruling, decide, finish};
use sanad::claim::pay::{self, Paid};
use sanad::claim::post::{self, Seen};
use sanad::claim::refuse::{self, Word};
use sanad::claim::states::ClaimStep;
use sanad::claim::upload::Target;
use sanad::claim::{self, ClaimDetail, ClaimError, ClaimState, DocumentState, NewClaim, Refusal, SaidKind};
use sanad::claim::{ask, delete, edit, iban, revoke, rules};
use sanad::messages::{self, Draft};
use sanad::queue;
use sanad::store::ids::ClaimId;
use sanad_checks::completeness::{Need, Slot};

use super::house::{House, IBAN, accident, approve, on_both, paper};

const TRACKING: &str = "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۰۱۲۳";

struct Desks {
    office: Actor,
    expert: Actor,
    senior: Actor,
    manager: Actor,
    post: Actor,
    finance: Actor,
}

impl Desks {
    async fn of(house: &House) -> Self {
        Self {
            office: house.actor("daftar3").await,
            expert: house.actor("karshenas2").await,
            senior: house.actor("arshad").await,
            manager: house.actor("modir").await,
            post: house.actor("post").await,
            finance: house.actor("mali").await,
        }
    }
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, ClaimError>) -> Refusal {
    match answer {
        Err(ClaimError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn now(house: &House, desks: &Desks, id: &ClaimId) -> ClaimDetail {
    claim::detail(&house.store, &desks.senior, id).await.unwrap()
}

async fn word(house: &House, desks: &Desks, id: &ClaimId, codes: &[&str], reason: &str) -> Word {
    let codes = codes.iter().map(|code| (*code).to_owned()).collect();
    Word { revision: now(house, desks, id).await.revision, codes, reason: reason.to_owned() }
}

/// Takes the claim and rules on every paper that waits; the named slot is refused.
async fn round(house: &House, desks: &Desks, id: &ClaimId, refused: Option<&str>) -> ClaimDetail {
    queue::open(&house.store, &desks.expert, id).await.unwrap();
    for document in now(house, desks, id).await.documents {
        if document.state != DocumentState::InReview {
            continue;
        }
        let ruling = if refused == Some(document.slot.as_str()) {
            Ruling::Reject { codes: vec!["STM-NONE".to_owned()], note: None }
        } else {
            approve(&document.slot)
        };
        let version = document.current.unwrap().summary.id;
        let one = Decide { document: document.id, version, revision: document.revision, ruling };
        decide(&house.store, &desks.expert, &one).await.unwrap();
    }
    finish(&house.store, &desks.expert, id).await.unwrap()
}

async fn approved(house: &House, desks: &Desks) -> ClaimId {
    let id = house.submitted(&desks.office, "injury").await.summary.id;
    assert_eq!(round(house, desks, &id, None).await.summary.state, ClaimState::DocumentsApproved);
    id
}

async fn posted(house: &House, desks: &Desks, id: &ClaimId) -> ClaimDetail {
    let store = &house.store;
    house.clock.advance(Duration::from_secs(1));
    let claim = now(house, desks, id).await;
    let unprepared = post::posted(store, &desks.office, id, claim.revision, TRACKING).await;
    assert_eq!(refusal(unprepared), Refusal::StateNotAllowed);
    let claim = post::prepare(store, &desks.office, id, claim.revision).await.unwrap();
    for wrong in ["", "12", "شماره", "<b>"] {
        assert_eq!(refusal(post::posted(store, &desks.office, id, claim.revision, wrong).await), Refusal::BadTracking);
    }
    post::posted(store, &desks.office, id, claim.revision, TRACKING).await.unwrap()
}

fn all_here(claim: &ClaimDetail) -> Vec<Seen> {
    let seen = |document: &claim::DocumentDetail| Seen { document: document.id.clone(), arrived: true, code: None };
    claim.documents.iter().map(seen).collect()
}

async fn a_refusal_takes_two_and_may_be_appealed(house: &House, desks: &Desks) {
    let store = &house.store;
    let id = house.submitted(&desks.office, "injury").await.summary.id;
    let proposal = word(house, desks, &id, &["COV-EXCL"], "خارج از تعهد").await;
    assert_eq!(refusal(refuse::propose(store, &desks.senior, &id, &proposal).await), Refusal::NoLease);
    queue::open(store, &desks.senior, &id).await.unwrap();
    let wordless = Word { reason: " \u{200f}".to_owned(), ..proposal.clone() };
    assert_eq!(refusal(refuse::propose(store, &desks.senior, &id, &wordless).await), Refusal::ExplanationMissing);
    refuse::propose(store, &desks.senior, &id, &proposal).await.unwrap();
    // The office does not hear of it before it is one, and the one who proposed it does not confirm it.
    let seen = claim::detail(store, &desks.office, &id).await.unwrap();
    assert_eq!((seen.summary.state, seen.said.len()), (ClaimState::InReview, 0));
    let word_now = word(house, desks, &id, &[], "").await;
    assert_eq!(refusal(refuse::settle(store, &desks.senior, &id, &word_now, true).await), Refusal::SamePerson);
    assert!(matches!(refuse::settle(store, &desks.expert, &id, &word_now, true).await, Err(ClaimError::Forbidden)));
    let no = word(house, desks, &id, &[], "مدرک تازه دارد").await;
    refuse::settle(store, &desks.manager, &id, &no, false).await.unwrap();
    assert_eq!(now(house, desks, &id).await.summary.state, ClaimState::InReview);
    queue::open(store, &desks.senior, &id).await.unwrap();
    let again = word(house, desks, &id, &["COV-EXCL"], "مادهٔ ۴").await;
    refuse::propose(store, &desks.senior, &id, &again).await.unwrap();
    let yes = word(house, desks, &id, &[], "").await;
    refuse::settle(store, &desks.manager, &id, &yes, true).await.unwrap();
    let seen = claim::detail(store, &desks.office, &id).await.unwrap();
    assert_eq!(seen.summary.state, ClaimState::Refused);
    let told: Vec<(SaidKind, &str)> = seen.said.iter().map(|said| (said.kind, said.text.as_str())).collect();
    assert_eq!(told, [(SaidKind::RefusalProposed, "مادهٔ ۴"), (SaidKind::RefusalConfirmed, "")]);
    let object = word(house, desks, &id, &[], "گزارش تازه").await;
    refuse::appeal(store, &desks.office, &id, &object).await.unwrap();
    let back = word(house, desks, &id, &[], "وارد نیست").await;
    assert_eq!(refusal(refuse::uphold(store, &desks.manager, &id, &back).await), Refusal::SamePerson);
    let open = word(house, desks, &id, &[], "دوباره بررسی شود").await;
    let stale = Word { revision: open.revision - 1, ..open.clone() };
    assert!(matches!(refuse::reopen(store, &desks.manager, &id, &stale).await, Err(ClaimError::Stale)));
    let reopened = refuse::reopen(store, &desks.manager, &id, &open).await.unwrap();
    assert_eq!((reopened.summary.state, reopened.summary.generation), (ClaimState::InReview, 2));
}

async fn money_goes_comes_back_and_goes_again(house: &House, desks: &Desks) {
    let store = &house.store;
    let id = approved(house, desks).await;
    let claim = posted(house, desks, &id).await;
    assert_eq!(post::find(store, &desks.post, TRACKING).await.unwrap(), Some(id.clone()));
    assert_eq!(post::find(store, &desks.post, &claim.summary.number).await.unwrap(), Some(id.clone()));
    let early = pay::step(store, &desks.finance, &id, claim.revision, ClaimStep::StartPayment).await;
    assert_eq!(refusal(early), Refusal::StateNotAllowed);
    let half: Vec<Seen> = all_here(&claim).into_iter().skip(1).collect();
    let unread = refusal(post::receive(store, &desks.post, &id, claim.revision, &half).await);
    assert!(matches!(unread, Refusal::ParcelUnread(slots) if slots.len() == 1));
    let claim = post::receive(store, &desks.post, &id, claim.revision, &all_here(&claim)).await.unwrap();
    assert_eq!(claim.summary.state, ClaimState::OriginalsReceived);
    let claim = pay::step(store, &desks.finance, &id, claim.revision, ClaimStep::StartPayment).await.unwrap();
    let paid = |amount: &str| Paid {
        revision: claim.revision,
        amount: amount.to_owned(),
        reference: "۱۲۳".to_owned(),
        paid_on: "2026-11-22".to_owned(),
    };
    for wrong in ["", "0", "-5 تومان", "99999999999999999999"] {
        assert_eq!(refusal(pay::record(store, &desks.finance, &id, &paid(wrong)).await), Refusal::BadAmount, "{wrong}");
    }
    let claim = pay::record(store, &desks.finance, &id, &paid("۱۸۵٬۰۰۰٬۰۰۰")).await.unwrap();
    assert_eq!(claim.payments[0].amount_rial, 185_000_000);
    let back = pay::returned(store, &desks.finance, &id, claim.revision, "حساب مسدود است").await.unwrap();
    assert_eq!(back.summary.state, ClaimState::PaymentReturned);
    // Only the bank's slip is asked for again.
    let mended = |slot: &'static str| house.try_upload(&desks.office, &id, Target::Slot(slot.to_owned()), b"good new");
    assert_eq!(refusal(mended("translation").await), Refusal::OnlyBankSlip);
    assert_eq!(refusal(mended("policy").await), Refusal::OnlyBankSlip);
    let slip = mended("bank-slip").await.unwrap();
    house.judged(&desks.office, &slip).await;
    house.submit(&desks.office, &id).await.unwrap();
    house.clock.advance(Duration::from_secs(1));
    let again = round(house, desks, &id, None).await;
    assert_eq!(again.summary.state, ClaimState::Paying, "the originals are here already");
    let paid = Paid { revision: again.revision, ..paid("۱۸۵٬۰۰۰٬۰۰۰") };
    let claim = pay::record(store, &desks.finance, &id, &paid).await.unwrap();
    let claim = pay::step(store, &desks.finance, &id, claim.revision, ClaimStep::Close).await.unwrap();
    assert_eq!(claim.summary.state, ClaimState::Closed);
    let revoked = revoke::revoke(store, &desks.manager, &claim.documents[0].id, claim.documents[0].revision, "x").await;
    assert_eq!(refusal(revoked), Refusal::StateNotAllowed);
}

async fn a_paper_that_does_not_match_comes_back(house: &House, desks: &Desks) {
    let store = &house.store;
    let id = approved(house, desks).await;
    let claim = posted(house, desks, &id).await;
    let mut seen = all_here(&claim);
    seen[0].arrived = false;
    let wordless = post::receive(store, &desks.post, &id, claim.revision, &seen).await;
    assert_eq!(refusal(wordless), Refusal::PostReasonMissing);
    seen[0].code = Some("PST-MISM".to_owned());
    let back = post::receive(store, &desks.post, &id, claim.revision, &seen).await.unwrap();
    assert_eq!(back.summary.state, ClaimState::NeedsCorrection);
    let wrong = &back.documents[0];
    assert_eq!(wrong.state, DocumentState::Rejected);
    assert_eq!(wrong.decision.as_ref().unwrap().codes, ["PST-MISM"]);
    assert!(back.documents[1..].iter().all(|document| document.locked));
    let better = house.upload(&desks.office, &id, &wrong.slot, b"good original").await;
    house.judged(&desks.office, &better).await;
    house.submit(&desks.office, &id).await.unwrap();
    assert_eq!(round(house, desks, &id, None).await.summary.state, ClaimState::DocumentsApproved);
}

async fn an_approval_is_taken_back(house: &House, desks: &Desks) {
    let store = &house.store;
    let id = approved(house, desks).await;
    let claim = now(house, desks, &id).await;
    let policy = paper(&claim, "policy");
    let silent = revoke::revoke(store, &desks.manager, &policy.id, policy.revision, " ").await;
    assert_eq!(refusal(silent), Refusal::ExplanationMissing);
    let other = revoke::revoke(store, &desks.expert, &policy.id, policy.revision, "مهر جعلی است").await;
    assert!(matches!(other, Err(ClaimError::Forbidden)));
    let open = revoke::revoke(store, &desks.manager, &policy.id, policy.revision, "مهر جعلی است").await.unwrap();
    assert!(!open.locked);
    let claim = now(house, desks, &id).await;
    assert_eq!(claim.summary.state, ClaimState::InReview);
    assert_eq!(round(house, desks, &id, Some("policy")).await.summary.state, ClaimState::NeedsCorrection);
}

async fn deleted_claims_come_back_for_a_while(house: &House, desks: &Desks) {
    let store = &house.store;
    let claim = house.claim(&desks.office).await;
    let id = &claim.summary.id;
    let wordless = delete::delete(store, &desks.office, id, claim.revision, "").await;
    assert_eq!(refusal(wordless), Refusal::ExplanationMissing);
    delete::delete(store, &desks.office, id, claim.revision, "اشتباه ثبت شد").await.unwrap();
    assert!(matches!(claim::detail(store, &desks.expert, id).await, Err(ClaimError::NotFound)));
    assert!(matches!(house.submit_blind(&desks.office, id).await, Err(ClaimError::NotFound)));
    assert_eq!(delete::deleted(store, &desks.office).await.unwrap().len(), 1);
    assert!(matches!(delete::restore(store, &house.actor("daftar2").await, id).await, Err(ClaimError::NotFound)));
    let back = delete::restore(store, &desks.office, id).await.unwrap();
    assert_eq!((back.summary.state, back.said[0].kind), (ClaimState::Draft, SaidKind::Deleted));
    let done = approved(house, desks).await;
    let claim = now(house, desks, &done).await;
    let late = delete::delete(store, &desks.office, &done, claim.revision, "نمی‌خواهیم").await;
    assert_eq!(refusal(late), Refusal::NotDeletable);
    let claim = house.claim(&desks.office).await;
    delete::delete(store, &desks.office, &claim.summary.id, claim.revision, "اشتباه").await.unwrap();
    house.clock.advance(delete::RESTORE_WITHIN + Duration::from_secs(1));
    let late = delete::restore(store, &desks.office, &claim.summary.id).await;
    assert_eq!(refusal(late), Refusal::RestoreTooLate);
}

async fn papers_beyond_the_rules_accounts_and_waivers(house: &House, desks: &Desks) {
    let store = &house.store;
    let known = house.claim(&desks.office).await;
    let new = NewClaim { insured: known.insured.id.clone(), claim_type: "disability".to_owned(), ..accident() };
    let new = NewClaim { circumstances: Vec::new(), ..new };
    let waived = claim::open(store, &desks.office, &new).await.unwrap().summary.id;
    claim::explain_missing(store, &desks.office, &waived, "hospital-bill", "هزینه نداشت").await.unwrap();
    let slipless = iban::set(store, &desks.office, &known.summary.id, known.revision, IBAN).await;
    assert_eq!(refusal(slipless), Refusal::IbanNeedsSlip);
    house.fill(&desks.office, &known).await;
    let id = &known.summary.id;
    let typed = "IR٢٧٠١٢٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١";
    assert_eq!(refusal(iban::set(store, &desks.office, id, known.revision, typed).await), Refusal::BadIban);
    iban::set(store, &desks.office, id, known.revision, "IR06 2960 0000 0010 0324 2000 01").await.unwrap();
    house.submit(&desks.office, id).await.unwrap();
    queue::open(store, &desks.expert, id).await.unwrap();
    let twice = ask::ask(store, &desks.expert, id, "policy", "لازم است").await;
    assert_eq!(refusal(twice), Refusal::AskedAlready);
    ask::ask(store, &desks.expert, id, "translation", "برگهٔ بیمارستان به زبان دیگر است").await.unwrap();
    let back = round(house, desks, id, None).await;
    assert_eq!(back.summary.state, ClaimState::NeedsCorrection);
    assert_eq!(back.submittable.missing, ["translation"]);
    let asked = back.checklist.iter().find(|line| line.extra).unwrap();
    assert_eq!(asked.why.fa, "برگهٔ بیمارستان به زبان دیگر است");
}

async fn one_accident_hurts_two_and_turns_out_graver(house: &House, desks: &Desks) {
    let store = &house.store;
    let first = house.claim(&desks.office).await;
    let second = house.claim(&desks.office).await;
    let new = NewClaim { insured: second.insured.id.clone(), shared_with: first.summary.number.clone(), ..accident() };
    let elsewhere = claim::open(store, &house.actor("daftar1").await, &new).await;
    assert_eq!(refusal(elsewhere), Refusal::InsuredNotFound);
    let other_day = NewClaim { accident_date: "2026-10-02".to_owned(), ..new.clone() };
    assert_eq!(refusal(claim::open(store, &desks.office, &other_day).await), Refusal::SharedOtherDay);
    let unknown = NewClaim { shared_with: "1399-999999".to_owned(), ..new.clone() };
    assert_eq!(refusal(claim::open(store, &desks.office, &unknown).await), Refusal::SharedUnknown);
    let linked = claim::open(store, &desks.office, &new).await.unwrap();
    assert_eq!(linked.same_accident[0].number, first.summary.number);
    // One report of the police serves both and is no repeat.
    for claim in [&first, &linked] {
        let report = house.upload(&desks.office, &claim.summary.id, "accident-report", b"good shared report").await;
        let told = house.judged(&desks.expert, &report).await;
        assert!(told.register_findings.is_empty() && told.repeats.is_empty(), "{:?}", told.register_findings);
    }
    let id = &linked.summary.id;
    let changed = NewClaim { place: "مشهد".to_owned(), circumstances: vec!["no-treatment-cost".to_owned()], ..new };
    let edited = edit::edit(store, &desks.office, id, linked.revision, &changed).await.unwrap();
    assert_eq!(edited.place, "مشهد");
    assert!(matches!(edit::edit(store, &desks.office, id, linked.revision, &changed).await, Err(ClaimError::Stale)));
    house.fill(&desks.office, &edited).await;
    house.submit(&desks.office, id).await.unwrap();
    round(house, desks, id, None).await;
    let claim = now(house, desks, id).await;
    let lower = edit::raise(store, &desks.office, id, claim.revision, "injury", "خطا").await;
    assert_eq!(refusal(lower), Refusal::TypeNotGraver);
    let raised = edit::raise(store, &desks.office, id, claim.revision, "death", "درگذشت").await.unwrap();
    assert_eq!((raised.summary.state, raised.said[0].kind), (ClaimState::NeedsCorrection, SaidKind::TypeRaised));
    assert!(raised.submittable.missing.contains(&"death-certificate".to_owned()));
    assert!(raised.documents.iter().all(|document| document.locked), "originals serve a death as well");
}

async fn messages_reach_whom_they_are_for(house: &House, desks: &Desks) {
    let store = &house.store;
    let draft =
        Draft { title: "تعطیلی".to_owned(), body: "شنبه تعطیل است".to_owned(), ..Draft::default() };
    assert!(matches!(messages::write(store, &desks.office, &draft).await, Err(ClaimError::Forbidden)));
    let past = Draft { expires_on: "2020-01-01".to_owned(), ..draft.clone() };
    assert_eq!(refusal(messages::write(store, &desks.manager, &past).await), Refusal::BadDate("expires_on"));
    let theirs = Draft { office: "D-103".to_owned(), ..draft.clone() };
    let id = messages::write(store, &desks.manager, &theirs).await.unwrap();
    let told = messages::inbox(store, &desks.office).await.unwrap().1;
    assert_eq!((told[0].id.clone(), told[0].read), (id.clone(), false));
    let stranger = house.actor("daftar2").await;
    assert!(messages::inbox(store, &stranger).await.unwrap().1.is_empty());
    assert!(matches!(messages::mark_read(store, &stranger, &id).await, Err(ClaimError::NotFound)));
    messages::mark_read(store, &desks.office, &id).await.unwrap();
    assert_eq!(messages::written(store, &desks.manager).await.unwrap()[0].readers, 1);
    messages::withdraw(store, &desks.manager, &id).await.unwrap();
    assert!(messages::inbox(store, &desks.office).await.unwrap().1.is_empty());
    assert!(claim::paid(store, &desks.office).await.unwrap().1 > 0);
}

async fn rules_change_for_what_is_sent_later(house: &House, desks: &Desks) {
    let store = &house.store;
    let admin = house.actor("admin").await;
    let sent = house.submitted(&desks.office, "injury").await;
    let open = house.claim(&desks.office).await;
    assert!(matches!(rules::list(store, &desks.expert).await, Err(ClaimError::Forbidden)));
    let draft = rules::draft(store, &admin).await.unwrap();
    let id = draft.summary.id.parse().unwrap();
    let mut row = draft.rows.iter().find(|row| row.name == "imaging-report").unwrap().clone();
    row.injury = Some(Need::Required);
    let none = Slot { min_pages: 0, ..row.clone() };
    assert_eq!(refusal(rules::set_row(store, &admin, &id, draft.revision, none, None).await), Refusal::BadPages);
    let changed = rules::set_row(store, &admin, &id, draft.revision, row.clone(), Some(1)).await.unwrap();
    assert_eq!(changed.rows[0].name, "imaging-report");
    let effect = changed.effect.iter().find(|one| one.claim == open.summary.id).unwrap();
    assert_eq!(effect.more, ["imaging-report"]);
    let stale = rules::set_row(store, &admin, &id, draft.revision, row.clone(), None).await;
    assert!(matches!(stale, Err(ClaimError::Stale)));
    let past = rules::publish(store, &admin, &id, changed.revision, "2020-01-01").await;
    assert_eq!(refusal(past), Refusal::BadDate("valid_from"));
    let today = sanad::store::calendar::day_of(store.now());
    let published = rules::publish(store, &admin, &id, changed.revision, &today).await.unwrap();
    assert!(published.summary.holds);
    let late = rules::set_row(store, &admin, &id, published.revision, row, None).await;
    assert_eq!(refusal(late), Refusal::RulesPublished);
    let missing = |claim: &ClaimDetail| claim.submittable.missing.contains(&"imaging-report".to_owned());
    assert!(missing(&now(house, desks, &open.summary.id).await));
    let sent = now(house, desks, &sent.summary.id).await;
    assert!(!missing(&sent) && sent.rule_version.as_deref() == Some(rules::BUILT_IN));
    assert_eq!(rules::list(store, &admin).await.unwrap().len(), 2);
    // Whatever comes after asks for as little as before.
    let again = rules::draft(store, &admin).await.unwrap();
    let mut row = again.rows[0].clone();
    row.injury = Some(Need::Optional);
    let id = again.summary.id.parse().unwrap();
    let again = rules::set_row(store, &admin, &id, again.revision, row, None).await.unwrap();
    house.clock.advance(Duration::from_secs(1));
    rules::publish(store, &admin, &id, again.revision, &today).await.unwrap();
}

/// Walks claims to every end there is; the workers must be running.
pub(super) async fn every_ending(house: &House) {
    let desks = Desks::of(house).await;
    a_refusal_takes_two_and_may_be_appealed(house, &desks).await;
    money_goes_comes_back_and_goes_again(house, &desks).await;
    a_paper_that_does_not_match_comes_back(house, &desks).await;
    an_approval_is_taken_back(house, &desks).await;
    one_accident_hurts_two_and_turns_out_graver(house, &desks).await;
    messages_reach_whom_they_are_for(house, &desks).await;
    rules_change_for_what_is_sent_later(house, &desks).await;
    papers_beyond_the_rules_accounts_and_waivers(house, &desks).await;
    deleted_claims_come_back_for_a_while(house, &desks).await;
}

#[test]
fn claims_end_as_the_table_says() {
    on_both(async |house: House| {
        let runner = house.runner();
        every_ending(&house).await;
        runner.stop().await;
    });
}
