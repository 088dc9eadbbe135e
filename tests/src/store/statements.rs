//! Every statement of the office is executed on both engines: one claim is walked through
//! everything that can happen to it, and the seam tells which statements ran.

use std::sync::Arc;
use std::time::Duration;

use sanad::accounts::people::{self, NewAccount, OwnChange};
use sanad::accounts::registration::{self, Chosen, Proof};
use sanad::accounts::{self, Actor, Entered, LoginError, Role, second_factor};
use sanad::audit::verify::{Chain, verify};
use sanad::blobs::sweep::sweep;
use sanad::claim::decide::{Decide, Ruling, decide, finish};
use sanad::claim::insured::NewInsured;
use sanad::claim::insured::{self, InsuredFilter};
use sanad::claim::pictures::{self, Picture};
use sanad::claim::story::{self, NewDate};
use sanad::claim::upload::Target;
use sanad::claim::{self, ClaimFilter, ClaimState, PageOf, notes};
use sanad::config::PoliciesConfig;
use sanad::demo::{DEMO_PASSWORD, DEMO_USERS};
use sanad::policies::import::{import, overview};
use sanad::policies::{Answer, ImportedRegister, Policies, PolicyServer, Question, Registry, Standing, recheck};
use sanad::queue;
use sanad::reports::{self, Cell, RejectionFilter};
use sanad::store::Store;
use sanad::store::ids::ClaimId;
use sanad::work::watchdog::{self, Patience};
use sanad::work::{PaperReader, Runner, RunnerConfig};

use crate::requirements::policy_server::{self, Mood, policy};

use super::house::{House, Invented, approve, login, on_both, paper, person};

/// Runs on the connection that migrates, before the store is opened; that it ran is why the store
/// opens at all.
const BEFORE_OPENING: &[&str] = &["schema_history::BEGIN_STEP"];

const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

#[test]
fn every_statement_runs_on_both_engines() {
    on_both(async |house: House| {
        walk(&house).await;
        let ran = house.store.statements_run();
        let missed: Vec<&str> = Store::statements()
            .into_iter()
            .filter(|name| !ran.contains(name) && !BEFORE_OPENING.contains(name))
            .collect();
        assert!(missed.is_empty(), "never executed: {missed:?}");
        assert!(Store::statements().len() > 60, "the list of statements is not empty by accident");
    });
}

async fn walk(house: &House) {
    people(house).await;
    accounts_and_registers(house).await;
    super::work::a_disk_that_fails_for_a_while(house).await;
    let reader: Arc<dyn PaperReader> = Arc::new(Invented);
    // A lease so short that a slow paper outlasts its third, when a worker says it is alive.
    let lease = Duration::from_millis(1500);
    let config = RunnerConfig { lease, poll: Duration::from_millis(100), ..RunnerConfig::default() };
    let runner = Runner::start(&house.store, &reader, config);
    a_claims_life(house).await;
    super::endings::every_ending(house).await;
    work_that_fails(house).await;
    runner.stop().await;
    super::seen::walk(house).await;
    super::seen::wear(house).await;
    super::numbers::walk(house).await;
    // Long after every file was written, whatever the machine's own clock shows.
    house.clock.advance(CENTURY);
    sweep(&house.store, Duration::ZERO).await.unwrap();
    assert!(matches!(verify(&house.store).await.unwrap(), Chain::Whole { .. }));
}

async fn people(house: &House) {
    let store = &house.store;
    let wrong = accounts::log_in(store, &login("daftar1", "wrong")).await;
    assert!(matches!(wrong, Err(LoginError::Wrong)));
    let open = accounts::log_in(store, &login("daftar1", DEMO_PASSWORD)).await.ok().unwrap();
    assert_eq!(accounts::session(store, &open.token).await.unwrap(), Some(open.actor.clone()));
    accounts::log_out(store, &open.token).await.unwrap();
    assert_eq!(accounts::session(store, &open.token).await.unwrap(), None);
    assert_eq!(accounts::offices(store).await.unwrap().len(), 4);
    let office = house.actor("daftar1").await;
    assert_eq!(accounts::log_out_everywhere(store, &office).await.unwrap(), 1);
    let first = insured::register(store, &office, &person()).await.unwrap();
    let again = insured::register(store, &office, &person()).await.unwrap();
    assert_eq!(first, again);
    let everybody = InsuredFilter::default();
    assert_eq!(insured::list(store, &office, &everybody).await.unwrap().rows, std::slice::from_ref(&first));
    assert_eq!(insured::find(store, &office, &first.id).await.unwrap(), first);
}

/// Keeping accounts, the second factor, self-registration, the register, households.
async fn accounts_and_registers(house: &House) {
    let store = &house.store;
    let (admin, office) = (house.actor("admin").await, house.actor("daftar1").await);
    let new = NewAccount {
        user_name: "karshenas9".to_owned(),
        display_name: "نسرین".to_owned(),
        role: "expert".to_owned(),
        office_code: String::new(),
    };
    let made = people::add(store, &admin, &new).await.unwrap();
    people::add_by_operator(store, &NewAccount { user_name: "op.one".to_owned(), ..new.clone() }, None).await.unwrap();
    let id = &made.account.id;
    people::set_disabled(store, &admin, id, true).await.unwrap();
    people::set_disabled(store, &admin, id, false).await.unwrap();
    let password = people::reset(store, &admin, id).await.unwrap().password;
    assert_eq!(people::list(store, &admin).await.unwrap().len(), DEMO_USERS.len() + 1);
    let Ok(Entered::Enrol { half }) = accounts::enter(store, &login("karshenas9", &password)).await else {
        panic!("a new expert sets up a second factor")
    };
    let secret = second_factor::enrol(store, &half).await.unwrap().secret;
    let seconds = || u64::try_from(store.now().0 / 1000).unwrap();
    let code = second_factor::code_at(&secret, seconds());
    let first = second_factor::complete(store, &half, &code, "192.0.2.7").await.unwrap();
    let expert = first.session.actor;
    assert_eq!(second_factor::recovery_left(store, &expert).await.unwrap(), Some(10));
    let Ok(Entered::Code { half }) = accounts::enter(store, &login("karshenas9", &password)).await else {
        panic!("the second time a code is enough")
    };
    second_factor::complete(store, &half, &first.recovery[0], "192.0.2.7").await.unwrap();
    let change = OwnChange {
        display_name: "نسرین امینی".to_owned(),
        current_password: password,
        password: "سه سیب در باغ".to_owned(),
        password_again: "سه سیب در باغ".to_owned(),
    };
    people::change_own(store, &expert, Some(&first.session.token), &change).await.unwrap();
    let own = accounts::own_sessions(store, &expert, Some(&first.session.token)).await.unwrap();
    accounts::end_session(store, &expert, &own[0].id).await.unwrap();

    let table = "policy_number,document_number,name,office\n\
        1405/05/11/9147/200001,O200001,کریم احمدی,ONLINE\n1405/05/11/9147/200002,O200001,کریم احمدی,ONLINE\n";
    import(store, Some(&admin), "register.csv", table.as_bytes().to_vec()).await.unwrap();
    assert_eq!(overview(store, &admin).await.unwrap().0, 4);
    let register: Arc<dyn Registry> = Arc::new(ImportedRegister(store.clone()));
    let policies = Policies::new(Some(Arc::clone(&register)), register);
    let proof = |number: &str| Proof {
        policy_number: number.to_owned(),
        document_number: "O200001".to_owned(),
        address: "192.0.2.7".to_owned(),
    };
    let chosen = Chosen {
        password: "سه سیب در باغ".to_owned(),
        password_again: "سه سیب در باغ".to_owned(),
        ..Chosen::default()
    };
    let first = proof("۱۴۰۵/۰۵/۱۱/۹۱۴۷/۲۰۰۰۰۱");
    assert!(registration::register(store, &policies, &first, &chosen).await.unwrap().is_some());
    registration::check(store, &policies, &proof("1405/05/11/9147/200002")).await.unwrap();
    accounts::log_in(store, &login("۱۴۰۵-۰۵-۱۱-۹۱۴۷-۲۰۰۰۰۲", "سه سیب در باغ")).await.map(|_| ()).unwrap();

    // A server that is not there: the person waits, an answer of old serves the next time.
    let question = Question { number_key: "1/2/3/4/5/6".to_owned(), document_key: "W1".to_owned() };
    let config = PoliciesConfig { url: "http://127.0.0.1:9/".to_owned(), ..PoliciesConfig::default() };
    let server = Arc::new(PolicyServer::new(config, store.clone()).unwrap());
    assert!(server.ask(&question).await.is_err());
    let there = policy_server::PolicyServer::start(Mood::Tells(policy("7/8/9/10/11/12", "W2", "D-101")));
    let config = PoliciesConfig { url: there.url.clone(), ..PoliciesConfig::default() };
    let told = Question { number_key: "7/8/9/10/11/12".to_owned(), document_key: "W2".to_owned() };
    assert_ne!(PolicyServer::new(config, store.clone()).unwrap().ask(&told).await.unwrap(), Answer::Unknown);
    let silent = Policies::new(Some(server.clone()), server.clone());
    let waits =
        NewInsured { document_number: "W1".to_owned(), policy_number: Some("1/2/3/4/5/6".to_owned()), ..person() };
    let waits = insured::register_with(store, &silent, &office, &waits).await.unwrap();
    assert_eq!(waits.standing, Standing::Awaiting);
    assert_eq!(recheck(store, &silent).await.unwrap(), 0);
    assert_eq!(recheck(store, &policies).await.unwrap(), 1);
    let child = NewInsured {
        name: "زهرا نوری".to_owned(),
        document_number: String::new(),
        policy_number: None,
        head: Some(insured::register(store, &office, &person()).await.unwrap().id),
        kinship: "child".to_owned(),
        ..person()
    };
    let child = insured::register(store, &office, &child).await.unwrap();
    let edited = NewInsured {
        name: "زهرا نوری‌زاده".to_owned(),
        kinship: "child".to_owned(),
        document_number: String::new(),
        ..person()
    };
    insured::change(store, &silent, &office, &child.id, child.revision, &edited).await.unwrap();
    assert_eq!(insured::household(store, &office, &child.id).await.unwrap().earlier.len(), 1);
    insured::remove(store, &office, &child.id).await.unwrap();
    insured::remove(store, &office, &waits.id).await.unwrap();
    sanad::audit::list(store, &admin, PageOf::default()).await.unwrap();
}

async fn a_claims_life(house: &House) {
    let store = &house.store;
    let (office, expert) = (house.actor("daftar1").await, house.actor("karshenas1").await);
    let claim = house.claim(&office).await;
    let id = &claim.summary.id;
    let bad = house.upload(&office, id, "policy", b"bad policy").await;
    house.judged(&office, &bad).await;
    claim::send_anyway(store, &office, &bad.version, "تنها نسخهٔ موجود").await.unwrap();
    house.upload(&office, id, "policy", b"bad policy again").await;
    let other = house.claim(&office).await;
    house.upload(&office, &other.summary.id, "policy", b"bad policy again").await;
    let better = house.try_upload(&office, id, Target::Slot("policy".to_owned()), b"good policy").await.unwrap();
    house.judged(&office, &better).await;
    let claim = claim::detail(store, &office, id).await.unwrap();
    house.fill(&office, &claim).await;
    let sheet =
        house.try_upload(&office, id, Target::Another("policy".to_owned()), b"good second sheet").await.unwrap();
    house.judged(&office, &sheet).await;
    let seen = claim::detail(store, &office, id).await.unwrap();
    let sheet = seen.documents.iter().find(|paper| paper.id == sheet.document).unwrap();
    let first = claim::arrange::arrange(store, &office, &sheet.id, sheet.revision, 1).await.unwrap();
    assert_eq!((first.position, first.sheets), (1, 2));
    let first = claim::arrange::arrange(store, &office, &sheet.id, first.revision, 2).await.unwrap();
    assert_eq!(first.position, 2);
    dates_typed(house, &office, &claim).await;
    notes::add(store, &office, &better.document, "نسخهٔ تازه فرستادیم", false).await.unwrap();
    assert_eq!(notes::list(store, &expert, &better.document).await.unwrap().len(), 1);
    notes::mark_read(store, &expert, &better.document).await.unwrap();
    house.submit(&office, id).await.unwrap();
    a_birth_corrected(store, &office, id).await;

    assert_eq!(queue::list(store, &expert, PageOf::default()).await.unwrap().total, 1);
    assert_eq!(queue::claim_next(store, &expert).await.unwrap().unwrap().claim, *id);
    queue::renew(store, &expert, id).await.unwrap();
    queue::release(store, &expert, id).await.unwrap();
    queue::open(store, &expert, id).await.unwrap();
    let seen = claim::detail(store, &expert, id).await.unwrap();
    for document in &seen.documents {
        let reject = Ruling::Reject { codes: vec!["STM-NONE".to_owned()], note: Some("مهر ندارد".to_owned()) };
        let ruling = if document.slot == "policy" { reject } else { approve(&document.slot) };
        let version = document.current.as_ref().unwrap().summary.id.clone();
        let one = Decide { document: document.id.clone(), version, revision: document.revision, ruling };
        decide(store, &expert, &one).await.unwrap();
    }
    let back = finish(store, &expert, id).await.unwrap();
    assert_eq!(back.summary.state, ClaimState::NeedsCorrection);

    let version = paper(&back, "policy").current.as_ref().unwrap().summary.id.clone();
    pictures::page(store, &office, &version, 0, Picture::Thumb).await.unwrap();
    assert_eq!(pictures::original(store, &office, &version).await.unwrap().picture.bytes, b"good policy");
    claim::list(store, &office, &ClaimFilter::default()).await.unwrap();
    let person = insured::list(store, &office, &InsuredFilter::default()).await.unwrap().rows.remove(0);
    let own = Actor { role: Role::Individual, insured: Some(person.id), ..office.clone() };
    claim::list(store, &own, &ClaimFilter::default()).await.unwrap();
    claim::counts(store, &expert).await.unwrap();
    claim::counts(store, &office).await.unwrap();
    for who in [&office, &expert] {
        for state in [None, Some(ClaimState::NeedsCorrection)] {
            for words in ["", "1405"] {
                let filter = ClaimFilter { state, words: words.to_owned(), ..ClaimFilter::default() };
                assert!(claim::list(store, who, &filter).await.unwrap().total > 0, "{state:?} {words}");
            }
        }
    }
    figures(house).await;
}

/// The person turns out to be a child while the claim waits for an expert.
async fn a_birth_corrected(store: &Store, office: &Actor, claim: &ClaimId) {
    let register: Arc<dyn Registry> = Arc::new(ImportedRegister(store.clone()));
    let person_of = claim::detail(store, office, claim).await.unwrap().insured;
    let document_number = person_of.document_number.clone();
    let younger = NewInsured { birth: Some("2015-01-01".to_owned()), document_number, ..person() };
    let policies = Policies::new(None, register);
    let after = insured::change(store, &policies, office, &person_of.id, person_of.revision, &younger).await.unwrap();
    assert_eq!(after.birth.as_deref(), Some("2015-01-01"));
}

async fn dates_typed(house: &House, office: &Actor, claim: &claim::ClaimDetail) {
    let (id, version) = (claim.summary.id.clone(), paper(claim, "policy").current.as_ref().unwrap().summary.id.clone());
    let typed = "1405/07/09".to_owned();
    let new = NewDate { claim: id.clone(), version, role: "issue".to_owned(), place: None, typed };
    story::give(&house.store, office, &new).await.unwrap();
    assert!(
        story::show(&house.store, office, &id).await.unwrap().timeline.iter().any(|entry| entry.given_by.is_some())
    );
}

async fn figures(house: &House) {
    let manager = house.actor("modir").await;
    let rows = reports::rejections(&house.store, &manager, &RejectionFilter::default()).await.unwrap();
    assert_eq!(rows, reports::recount(&house.store, &manager, &RejectionFilter::default()).await.unwrap());
    let row = &rows[0];
    let code = row.code.clone();
    let cell = Cell { office: row.office.clone(), year: row.year, month: row.month, by: row.by, code };
    let behind = reports::claims_behind(&house.store, &manager, &cell).await.unwrap();
    assert_eq!(i64::try_from(behind.len()).unwrap(), row.count);
    assert_eq!(reports::first_pass(&house.store, &manager).await.unwrap().len(), 1);
}

async fn work_that_fails(house: &House) {
    let office = house.actor("daftar2").await;
    let claim = house.claim(&office).await;
    // Slow enough for a worker to say that it is alive.
    let slow = house.upload(&office, &claim.summary.id, "policy", b"slow").await;
    house.judged(&office, &slow).await;
    house.upload(&office, &claim.summary.id, "identity", b"broken").await;
    for _ in 0..40 {
        house.clock.advance(Duration::from_secs(300));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let patience = Patience::default();
    let overdue = watchdog::overdue(&house.store, &patience).await.unwrap();
    assert!(overdue.iter().any(|one| one.what == "job"), "{overdue:?}");
    assert_eq!(watchdog::owed(&house.store).await.unwrap(), 0);
}
