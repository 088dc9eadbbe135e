//! Several papers in one slot, particulars that change under an open claim, numbers as they are printed.

use reqwest::StatusCode;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::claims_walk::{
    IBAN, TRACKING, accident, act, approve_all, approved, before_the_expert, document, fill, finish, house, id, open,
    page, put, show, submit, take,
};
use crate::api::main_path::{approve, decide};
use crate::api::paper;
use crate::api::server::{Program, expect};

/// Adds a sheet to a slot and waits until it may be sent.
async fn sheet(office: &Program, claim: &Value, slot: &str, number: u64) {
    let file = Part::bytes(paper(number)).file_name(format!("{number}.png"));
    let form = Form::new().text("slot", slot.to_owned()).text("another", "on").part("file", file);
    let sent = office.post(&format!("/claims/{}/documents", id(claim))).multipart(form).send().await.unwrap();
    let accepted = expect(sent, StatusCode::CREATED).await;
    let (document, version) = (accepted["document"].as_str().unwrap(), accepted["version"].as_str().unwrap());
    let judged = office.json(&format!("/documents/{document}/versions/{version}?wait_ms=30000")).await;
    if judged["verdict"] == "reject" {
        let why = json!({ "reason": "نسخه بهتری نیست." });
        let path = format!("/versions/{version}/send-anyway");
        expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::OK).await;
    }
}

/// The papers of a slot in their order, as somebody sees them.
async fn sheets(who: &Program, claim: &Value, slot: &str) -> Vec<Value> {
    let seen = show(who, claim).await;
    seen["documents"].as_array().unwrap().iter().filter(|paper| paper["slot"] == slot).cloned().collect()
}

fn names(sheets: &[Value]) -> Vec<&str> {
    sheets.iter().map(|sheet| sheet["current"]["file_name"].as_str().unwrap()).collect()
}

async fn place(who: &Program, sheet: &Value, to: i64, status: StatusCode) -> Value {
    let path = format!("/documents/{}/place", sheet["id"].as_str().unwrap());
    let body = json!({ "revision": sheet["revision"], "place": to });
    expect(who.post(&path).json(&body).send().await.unwrap(), status).await
}

#[tokio::test]
async fn s_34_the_sheets_of_a_slot_keep_the_order_that_their_office_gives_them_until_one_is_approved() {
    let (server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم م", "injury")).await;
    for number in [301, 302, 303] {
        sheet(&office, &claim, "identity", number).await;
    }
    fill(&office, &claim, 310).await;
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(html.contains("برگهٔ ۱ از ۳") && html.contains("یکی عقب‌تر"), "the order stands on the page");

    // A button of the page, without any script.
    let now = sheets(&office, &claim, "identity").await;
    assert_eq!(names(&now), ["301.png", "302.png", "303.png"]);
    let path = format!("/documents/{}/place", now[0]["id"].as_str().unwrap());
    let pressed = [("revision", now[0]["revision"].to_string()), ("place", "2".to_owned())];
    let reply = office.post(&path).header("accept", "text/html").form(&pressed).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::SEE_OTHER);
    assert!(reply.headers()["location"].to_str().unwrap().contains("#paper-"), "back to the paper that was moved");
    let now = sheets(&office, &claim, "identity").await;
    assert_eq!(names(&now), ["302.png", "301.png", "303.png"]);
    // A program moves over several at once.
    place(&office, &now[2], 1, StatusCode::OK).await;
    let now = sheets(&office, &claim, "identity").await;
    assert_eq!(names(&now), ["303.png", "302.png", "301.png"]);
    let places: Vec<i64> = now.iter().map(|sheet| sheet["position"].as_i64().unwrap()).collect();
    assert_eq!((places, &now[0]["sheets"]), (vec![1, 2, 3], &json!(3)));

    for outside in [0, 4, -1, i64::MIN] {
        let problem = place(&office, &now[0], outside, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(problem["errors"][0]["field"], "place");
    }
    let mut old = now[0].clone();
    old["revision"] = json!(1);
    place(&office, &old, 2, StatusCode::CONFLICT).await;
    place(&server.sign_in("daftar2").await, &now[0], 2, StatusCode::NOT_FOUND).await;
    place(&expert, &now[0], 2, StatusCode::FORBIDDEN).await;

    submit(&office, &claim).await;
    take(&expert, &claim).await;
    let seen = sheets(&expert, &claim, "identity").await;
    assert_eq!(names(&seen), ["303.png", "302.png", "301.png"], "the expert sees the same order");
    assert!(page(&expert, &format!("/claims/{}/desk", id(&claim))).await.contains("برگهٔ ۳ از ۳"));
    let problem = place(&office, &seen[0], 2, StatusCode::CONFLICT).await;
    assert_eq!(problem["type"], "urn:sanad:problem:claim-not-editable");

    // The first is approved, the others come back: what was approved keeps its place.
    decide(&expert, &seen[0], approve("identity")).await;
    for refused in &seen[1..] {
        decide(&expert, refused, json!({ "ruling": "reject", "codes": ["REQ-PAGE"] })).await;
    }
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "needs_correction");
    let now = sheets(&office, &claim, "identity").await;
    for (sheet, to) in [(&now[0], 2), (&now[1], 1), (&now[2], 1)] {
        let problem = place(&office, sheet, to, StatusCode::CONFLICT).await;
        assert_eq!(problem["type"], "urn:sanad:problem:document-locked");
    }
    place(&office, &now[2], 2, StatusCode::OK).await;
    assert_eq!(names(&sheets(&office, &claim, "identity").await), ["303.png", "301.png", "302.png"]);
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert_eq!(html.matches("name=\"place\"").count(), 2, "only the two that may change places have buttons");

    // Mended and approved: the parcel is packed in that order.
    for number in [304, 305] {
        let refused = sheets(&office, &claim, "identity").await;
        let refused = refused.iter().find(|sheet| sheet["state"] == "rejected").unwrap();
        let file = Part::bytes(paper(number)).file_name(format!("{number}.png"));
        let path = format!("/documents/{}/versions", refused["id"].as_str().unwrap());
        let sent = office.post(&path).multipart(Form::new().part("file", file)).send().await.unwrap();
        let version = expect(sent, StatusCode::CREATED).await["version"].as_str().unwrap().to_owned();
        let path = format!("/documents/{}/versions/{version}?wait_ms=30000", refused["id"].as_str().unwrap());
        if office.json(&path).await["verdict"] == "reject" {
            let why = json!({ "reason": "نسخه بهتری نیست." });
            let path = format!("/versions/{version}/send-anyway");
            expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::OK).await;
        }
    }
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "documents_approved");
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    act(&office, &claim, "parcel", json!({ "tracking": TRACKING }), StatusCode::OK).await;
    let html = page(&server.sign_in("post").await, &format!("/claims/{}", id(&claim))).await;
    let order: Vec<usize> = sheets(&office, &claim, "identity")
        .await
        .iter()
        .map(|sheet| html.find(&format!("name=\"documents\" value=\"{}\"", sheet["id"].as_str().unwrap())).unwrap())
        .collect();
    assert!(order.is_sorted() && html.contains("برگهٔ ۲ از ۳"), "the post desk opens the parcel in that order");
    let text = printed(&office, &format!("/claims/{}/cover-sheet.pdf", id(&claim))).await;
    assert!(text.contains(TRACKING_ASCII), "{text}");
}

/// The words of a printed paper's first page, without the spaces between them.
async fn printed(who: &Program, path: &str) -> String {
    let bytes = who.get(path).send().await.unwrap().bytes().await.unwrap();
    let text = lopdf::Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap();
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// The tracking number as its label prints it.
const TRACKING_ASCII: &str = "012345678901234567890123";

/// A person as typed, from what stands there.
fn typed(person: &Value) -> Value {
    json!({ "name": person["name"], "nationality": person["nationality"], "birth": person["birth"],
        "document_number": person["document_number"], "policy_number": person["policy_number"],
        "revision": person["revision"] })
}

async fn change(office: &Program, person: &Value, field: &str, value: &str) -> Value {
    let path = format!("/insured/{}", person["id"].as_str().unwrap());
    let now = office.json(&path).await["person"].clone();
    let mut edit = typed(&now);
    edit[field] = json!(value);
    expect(office.post(&path).json(&edit).send().await.unwrap(), StatusCode::OK).await
}

#[tokio::test]
async fn s_27_a_changed_birth_name_or_passport_judges_the_open_claims_anew() {
    let (server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم ن", "injury"), 320).await;
    let person = show(&office, &claim).await["insured"].clone();
    let codes = async |who: &Program| -> Vec<String> {
        let story = who.json(&format!("/claims/{}/story", id(&claim))).await;
        story["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!codes(&expert).await.contains(&"DAT-BIRT".to_owned()));
    let remarks = show(&expert, &claim).await["story"]["remarks"].as_i64().unwrap();

    // Born after the accident: the expert is told by the claim itself, without anybody touching it.
    change(&office, &person, "birth", "1405/08/25").await;
    assert!(codes(&expert).await.contains(&"DAT-BIRT".to_owned()));
    assert_eq!(show(&expert, &claim).await["story"]["remarks"], remarks + 1);
    // A child: the remark goes, and the claim starts ahead in the queue.
    let place = expert.json("/queue").await["rows"][0].clone();
    change(&office, &person, "birth", "1360/02/10").await;
    let grown = expert.json("/queue").await["rows"][0].clone();
    change(&office, &person, "birth", "1395/01/10").await;
    let child = expert.json("/queue").await["rows"][0].clone();
    assert!(!codes(&expert).await.contains(&"DAT-BIRT".to_owned()));
    let ahead = |entry: &Value| entry["why_first"].as_array().unwrap().iter().any(|chip| chip["kind"] == "minor");
    assert!(ahead(&child) && !ahead(&grown), "{child} {grown}");
    assert!(child["rank_at"].as_i64() < grown["rank_at"].as_i64());
    assert!(place["rank_at"].is_i64());

    // Name and passport: the claim is found under what stands now, and only under that.
    change(&office, &person, "name", "فرامرز ن").await;
    change(&office, &person, "document_number", "P۵۵۵-۶۶۷۷").await;
    let found = async |words: &str| expert.json(&format!("/claims?q={words}")).await["total"].as_i64().unwrap();
    assert_eq!((found("فرامرز").await, found("P5556677").await, found("کریم").await), (1, 1, 0));
    let told = show(&expert, &claim).await;
    assert_eq!(told["insured_name"], "فرامرز ن");
    let acts = server.sign_in("admin").await.json("/audit").await.to_string();
    assert!(acts.contains("insured-changed"), "the record tells of it");

    // What was decided for good stays as it was judged.
    let earlier = expert.json(&format!("/insured/{}", person["id"].as_str().unwrap())).await["earlier"].clone();
    assert_eq!(earlier.as_array().unwrap().len(), 5, "every earlier wording is kept");
}

#[tokio::test]
async fn s_27_a_household_keeps_to_the_heads_paper_and_policy() {
    let (_server, office, expert) = house().await;
    let add = async |body: Value| {
        expect(office.post("/insured").json(&body).send().await.unwrap(), StatusCode::CREATED).await
    };
    let father = add(json!({ "given_name": "احمد", "family_name": "نوری", "nationality": "AFG", "birth": "1360/02/10",
        "document_number": "P2", "policy_number": "1405/07/01/9147/300001" }))
    .await;
    let child = json!({ "given_name": "زهرا", "family_name": "نوری", "nationality": "AFG", "birth": "1395/01/10",
        "kinship": "child", "head": father["id"] });
    let girl = add(child.clone()).await;
    let own = add(json!({ "given_name": "گل", "family_name": "نوری", "nationality": "AFG", "birth": "1365/01/10",
        "kinship": "spouse", "head": father["id"], "document_number": "P3" }))
    .await;
    let accident = json!({ "insured": girl["id"], "claim_type": "injury", "accident_date": "1405/08/20",
        "description": "در خیابان زمین خورد و پایش شکست." });
    let claim = expect(office.post("/claims").json(&accident).send().await.unwrap(), StatusCode::CREATED).await;

    change(&office, &father, "document_number", "Q777888").await;
    change(&office, &father, "policy_number", "1406/07/01/9147/400004").await;
    let person =
        async |one: &Value| expert.json(&format!("/insured/{}", one["id"].as_str().unwrap())).await["person"].clone();
    let (girl_now, wife) = (person(&girl).await, person(&own).await);
    assert_eq!(girl_now["document_number"], "Q777888", "a child without a paper stands on the head's");
    assert_eq!(wife["document_number"], "P3", "who has a paper keeps it");
    for one in [&girl_now, &wife] {
        assert_eq!(one["policy_number"], "1406/07/01/9147/400004", "insured with the head");
    }
    assert_eq!(expert.json("/claims?q=Q777888").await["rows"][0]["id"], claim["id"]);
    assert_eq!(add(child).await["id"], girl["id"], "typed again it is the same child");
}

#[tokio::test]
async fn s_34_what_was_declared_anew_is_judged_anew() {
    let (_server, office, expert) = house().await;
    let mut typed = accident("کریم س", "injury");
    typed["birth"] = json!("1405/08/10");
    let claim = open(&office, &typed).await;
    fill(&office, &claim, 340).await;
    let told = async || {
        let story = expert.json(&format!("/claims/{}/story", id(&claim))).await;
        story["findings"].as_array().unwrap().iter().any(|one| one["code"] == "DAT-BIRT")
    };
    assert!(!told().await);
    let before = show(&expert, &claim).await["story"]["remarks"].as_i64().unwrap();
    let mut facts = office.json(&format!("/claims/{}/edit", id(&claim))).await;
    facts["accident_date"] = json!("1405/08/01");
    act(&office, &claim, "facts", facts, StatusCode::OK).await;
    assert!(told().await, "an accident before the birth");
    assert!(show(&expert, &claim).await["story"]["remarks"].as_i64().unwrap() > before, "the numbers follow too");
}

#[tokio::test]
async fn numbers_with_latin_letters_are_shown_as_they_are_printed() {
    let (server, office, expert) = house().await;
    let mut typed = accident("کریم ع", "injury");
    typed["document_number"] = json!("P۷۹۸۶۹۴۱۱");
    let claim = open(&office, &typed).await;
    fill(&office, &claim, 350).await;
    act(&office, &claim, "iban", json!({ "iban": "IR06 2960 0000 0010 0324 2000 01" }), StatusCode::OK).await;
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    let shown = |number: &str| format!("<bdi dir=\"ltr\" class=\"ltr code\">{number}</bdi>");
    let path = format!("/claims/{}", id(&claim));
    let person = format!("/insured/{}", claim["insured"]["id"].as_str().unwrap());
    let desk = format!("{path}/desk");
    for (who, path) in
        [(&office, path.as_str()), (&office, "/insured"), (&expert, desk.as_str()), (&expert, person.as_str())]
    {
        let html = page(who, path).await;
        assert!(html.contains(&shown("P79869411")), "{path}");
        assert!(!html.contains("۷۹۸۶۹۴۱۱"), "{path}");
    }
    let text = printed(&office, &format!("{path}/letter.pdf")).await;
    assert!(text.contains("P79869411"), "{text}");
    approve_all(&expert, &claim).await;
    finish(&expert, &claim).await;
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    act(&office, &claim, "parcel", json!({ "tracking": TRACKING }), StatusCode::OK).await;
    let (desk, finance) = (server.sign_in("post").await, server.sign_in("mali").await);
    assert!(page(&office, &path).await.contains(&shown(TRACKING_ASCII)));
    let papers = show(&desk, &claim).await["documents"].clone();
    let ids: Vec<&Value> = papers.as_array().unwrap().iter().map(|paper| &paper["id"]).collect();
    act(&desk, &claim, "parcel/receipt", json!({ "documents": ids, "arrived": ids }), StatusCode::OK).await;
    assert!(page(&finance, &path).await.contains(&shown(IBAN)), "who pays reads the account as the bank prints it");
}

#[tokio::test]
async fn s_39_the_cover_sheet_can_be_printed_as_long_as_the_claim_lives_on() {
    let (server, office, expert) = house().await;
    let claim = approved(&office, &expert, "کریم ف", 370).await;
    let cover = async |status: StatusCode| {
        let reply = office.get(&format!("/claims/{}/cover-sheet.pdf", id(&claim))).send().await.unwrap();
        assert_eq!(reply.status(), status);
    };
    cover(StatusCode::CONFLICT).await;
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    cover(StatusCode::OK).await;
    act(&office, &claim, "parcel", json!({ "tracking": TRACKING }), StatusCode::OK).await;
    cover(StatusCode::OK).await;
    let (desk, finance) = (server.sign_in("post").await, server.sign_in("mali").await);
    let papers = show(&desk, &claim).await["documents"].clone();
    let ids: Vec<&Value> = papers.as_array().unwrap().iter().map(|paper| &paper["id"]).collect();
    act(&desk, &claim, "parcel/receipt", json!({ "documents": ids, "arrived": ids }), StatusCode::OK).await;
    cover(StatusCode::OK).await;
    assert!(page(&office, &format!("/claims/{}", id(&claim))).await.contains("cover-sheet.pdf"));
    act(&finance, &claim, "payment/start", json!({}), StatusCode::OK).await;
    cover(StatusCode::OK).await;
    let paid = json!({ "amount": "۱۸۵٬۰۰۰٬۰۰۰", "reference": "TR-۱", "paid_on": "۱۴۰۵/۰۸/۲۵" });
    act(&finance, &claim, "payment", paid, StatusCode::OK).await;
    act(&finance, &claim, "payment/close", json!({}), StatusCode::OK).await;
    cover(StatusCode::OK).await;
    let stranger = server.sign_in("daftar2").await.get(&format!("/claims/{}/cover-sheet.pdf", id(&claim)));
    assert_eq!(stranger.send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_clock_stands_while_the_office_must_act_and_the_place_in_the_queue_is_kept() {
    let (_server, office, expert) = house().await;
    let first = before_the_expert(&office, &expert, &accident("کریم ص", "injury"), 380).await;
    let row = async |claim: &Value| {
        let rows = expert.json("/queue").await["rows"].clone();
        rows.as_array().unwrap().iter().find(|row| row["id"] == claim["id"]).cloned()
    };
    let rank = row(&first).await.unwrap()["rank_at"].as_i64().unwrap();
    let policy = document(&expert, &first, "policy").await;
    decide(&expert, &policy, json!({ "ruling": "reject", "codes": ["STM-NONE"] })).await;
    approve_all(&expert, &first).await;
    let back = finish(&expert, &first).await;
    assert_eq!((&back["state"], &back["turn"]), (&json!("needs_correction"), &json!("office")));
    assert!(row(&first).await.is_none(), "nobody waits for what lies with the office");
    let left = std::time::Instant::now();
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    put(&office, &first, "policy", 389).await;
    let again = submit(&office, &first).await;
    let lay = i64::try_from(left.elapsed().as_millis()).unwrap();
    assert_eq!((&again["turn"], &again["submitted_at"]), (&json!("company"), &back["submitted_at"]));
    // First submission and limit as before, plus the time at the office, less the head start of a resubmission.
    let entry = row(&first).await.unwrap();
    let hours: i64 = entry["why_first"].as_array().unwrap().iter().map(|chip| chip["hours"].as_i64().unwrap()).sum();
    let before: i64 = hours - 12;
    let moved = entry["rank_at"].as_i64().unwrap() - rank + 12 * 3_600_000;
    assert!(before >= 0 && (1200..=lay + 1000).contains(&moved), "{moved} {lay} {entry}");
}
