//! Papers in their slots: what is asked for, sent, seen by the expert, locked, sent again.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::claims_walk::{
    IBAN, accident, act, approve_all, before_the_expert, document, fill, finish, house, id, open, page, put, show,
    submit, take,
};
use crate::api::main_path::{approve, decide};
use crate::api::paper;
use crate::api::server::{Program, expect};

async fn rule(expert: &Program, document: &Value, mut ruling: Value, status: StatusCode) -> Value {
    ruling["version"] = document["current"]["id"].clone();
    ruling["revision"] = document["revision"].clone();
    let path = format!("/documents/{}/decision", document["id"].as_str().unwrap());
    expect(expert.post(&path).json(&ruling).send().await.unwrap(), status).await
}

#[tokio::test]
async fn s_31_the_accidents_day_on_the_report_is_seen_to_be_the_declared_one() {
    let (_server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم یکم", "injury"), 10).await;
    let report = document(&expert, &claim, "accident-report").await;
    let unseen = json!({ "ruling": "approve", "seen": ["stamp"] });
    let problem = rule(&expert, &report, unseen, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(problem["type"], "urn:sanad:problem:ticks-missing");
    let other_day = json!({ "ruling": "reject", "codes": ["DAT-MISM"], "note": "در گزارش ۲۱ آبان آمده است." });
    rule(&expert, &report, other_day, StatusCode::OK).await;
    let told = document(&office, &claim, "accident-report").await;
    assert_eq!(told["decision"]["codes"], json!(["DAT-MISM"]));
}

#[tokio::test]
async fn s_34_the_expert_may_ask_for_a_paper_beyond_the_list_and_a_slot_takes_many_pages() {
    let (_server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم دوم", "injury")).await;
    for number in [1, 2] {
        let file = reqwest::multipart::Part::bytes(paper(number)).file_name("page.png");
        let form = reqwest::multipart::Form::new().text("slot", "identity").text("another", "on").part("file", file);
        let path = format!("/claims/{}/documents", id(&claim));
        expect(office.post(&path).multipart(form).send().await.unwrap(), StatusCode::CREATED).await;
    }
    let seen = show(&office, &claim).await;
    let sheets: Vec<&Value> =
        seen["documents"].as_array().unwrap().iter().filter(|paper| paper["slot"] == "identity").collect();
    assert_eq!((&sheets[0]["position"], &sheets[1]["position"]), (&json!(1), &json!(2)));
    fill(&office, &claim, 20).await;
    // Both sheets of the identity paper must be judged before it can be sent.
    for sheet in sheets {
        let version = sheet["current"]["id"].as_str().unwrap();
        let path = format!("/documents/{}/versions/{version}?wait_ms=30000", sheet["id"].as_str().unwrap());
        let judged = office.json(&path).await;
        if judged["verdict"] == "reject" {
            let why = json!({ "reason": "نسخه بهتری نیست." });
            let path = format!("/versions/{version}/send-anyway");
            expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::OK).await;
        }
    }
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    let more = json!({ "slot": "translation", "reason": "برگهٔ بیمارستان به زبان دیگر است." });
    expect(
        expert.post(&format!("/claims/{}/extra-papers", id(&claim))).json(&more).send().await.unwrap(),
        StatusCode::OK,
    )
    .await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "needs_correction");
    let told = show(&office, &claim).await;
    assert_eq!(told["submittable"]["missing"], json!(["translation"]));
    assert!(page(&office, &format!("/claims/{}", id(&claim))).await.contains("برگهٔ بیمارستان به زبان دیگر است."));
}

#[tokio::test]
async fn s_35_a_note_needs_the_file_survives_a_better_one_and_stays_inside_when_it_should() {
    let (_server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم سوم", "injury")).await;
    put(&office, &claim, "policy", 30).await;
    let policy = document(&office, &claim, "policy").await;
    let talk = format!("/documents/{}/notes", policy["id"].as_str().unwrap());
    let say = async |who: &Program, text: &str, internal: bool| {
        let note = if internal { json!({ "text": text, "internal": "on" }) } else { json!({ "text": text }) };
        who.post(&talk).json(&note).send().await.unwrap()
    };
    expect(say(&office, "مهر پشت برگه است", false).await, StatusCode::CREATED).await;
    expect(say(&office, "پنهان", true).await, StatusCode::FORBIDDEN).await;
    assert_eq!(document(&expert, &claim, "policy").await["unread_notes"], 1);
    expect(expert.post(&format!("{talk}/read")).send().await.unwrap(), StatusCode::NO_CONTENT).await;
    assert_eq!(document(&expert, &claim, "policy").await["unread_notes"], 0);
    assert_eq!(office.json(&talk).await[0]["read"], true, "the office sees that it was read");
    expect(say(&expert, "مشکوک به جعل؛ همکاران ببینند", true).await, StatusCode::CREATED).await;
    put(&office, &claim, "policy", 31).await;
    expect(say(&expert, "این نسخه خواناست", false).await, StatusCode::CREATED).await;
    let seen = office.json(&talk).await;
    let told: Vec<(&str, i64)> = seen
        .as_array()
        .unwrap()
        .iter()
        .map(|note| (note["text"].as_str().unwrap(), note["version_number"].as_i64().unwrap()))
        .collect();
    assert_eq!(told, [("مهر پشت برگه است", 1), ("این نسخه خواناست", 2)]);
    assert_eq!(expert.json(&talk).await.as_array().unwrap().len(), 3);
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(
        html.contains("درباره نسخهٔ ۱") && !html.contains("مشکوک"),
        "the version is marked, the inside stays inside"
    );
}

#[tokio::test]
async fn s_36_an_approved_paper_is_locked_until_a_supervisor_takes_the_approval_back() {
    let (server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم چهارم", "injury"), 40).await;
    let policy = document(&expert, &claim, "policy").await;
    decide(&expert, &policy, approve("policy")).await;
    let letter = document(&expert, &claim, "office-letter").await;
    let no = json!({ "ruling": "reject", "codes": ["SIG-NONE"] });
    rule(&expert, &letter, no, StatusCode::OK).await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "needs_correction");
    let locked = office.upload(id(&claim), "policy", "again.png", paper(49)).await;
    assert_eq!(expect(locked, StatusCode::CONFLICT).await["type"], "urn:sanad:problem:document-locked");
    let policy = document(&expert, &claim, "policy").await;
    let path = format!("/documents/{}/revocation", policy["id"].as_str().unwrap());
    let back = json!({ "revision": policy["revision"], "reason": "مهر جعلی است." });
    expect(expert.post(&path).json(&back).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    let manager = server.sign_in("modir").await;
    let open = expect(manager.post(&path).json(&back).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(open["locked"], false);
    let told = show(&office, &claim).await;
    assert!(told["said"].as_array().unwrap().iter().any(|said| said["text"] == "مهر جعلی است."), "{}", told["said"]);
    expect(office.upload(id(&claim), "policy", "again.png", paper(49)).await, StatusCode::CREATED).await;
}

#[tokio::test]
async fn s_38_a_refused_paper_shows_why_and_keeps_its_old_version() {
    let (_server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم پنجم", "injury"), 50).await;
    let letter = document(&expert, &claim, "office-letter").await;
    let no = json!({ "ruling": "reject", "codes": ["SIG-NONE"], "note": "امضا لازم است." });
    rule(&expert, &letter, no, StatusCode::OK).await;
    approve_all(&expert, &claim).await;
    finish(&expert, &claim).await;
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(html.contains("بدون امضا") || html.contains("امضا لازم است."), "the reason stands on the page");
    put(&office, &claim, "office-letter", 59).await;
    let now = document(&expert, &claim, "office-letter").await;
    assert_eq!((&now["current"]["number"], now["older"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(now["older"][0]["superseded"], true);
}

#[tokio::test]
async fn s_43_a_stamp_is_seen_before_a_legal_paper_is_approved() {
    let (_server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم ششم", "injury"), 60).await;
    for slot in ["policy", "accident-report", "office-letter"] {
        let paper = document(&expert, &claim, slot).await;
        let unstamped = json!({ "ruling": "approve", "seen": ["signature", "same_date", "no_iban"] });
        let problem = rule(&expert, &paper, unstamped, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(problem["type"], "urn:sanad:problem:ticks-missing", "{slot}");
        decide(&expert, &paper, approve(slot)).await;
    }
    let told = document(&office, &claim, "policy").await;
    assert_eq!(told["decision"]["ticks"]["stamp"], true);
}

#[tokio::test]
async fn s_44_a_hospital_copy_is_certified_and_the_bill_is_an_original() {
    let (_server, office, expert) = house().await;
    let mut typed = accident("کریم هفتم", "injury");
    typed["circumstances"] = json!([]);
    let claim = before_the_expert(&office, &expert, &typed, 70).await;
    let admission = document(&expert, &claim, "admission-record").await;
    let plain = json!({ "ruling": "approve", "form": "plain-copy" });
    rule(&expert, &admission, plain, StatusCode::UNPROCESSABLE_ENTITY).await;
    let certified = json!({ "ruling": "approve", "form": "certified-copy", "certifier": "authority" });
    rule(&expert, &admission, certified.clone(), StatusCode::OK).await;
    let bill = document(&expert, &claim, "hospital-bill").await;
    rule(&expert, &bill, certified, StatusCode::UNPROCESSABLE_ENTITY).await;
    rule(&expert, &bill, json!({ "ruling": "approve", "form": "original" }), StatusCode::OK).await;
    let told = document(&office, &claim, "admission-record").await;
    assert_eq!(told["decision"]["ticks"]["form"], "certified-copy");
}

#[tokio::test]
async fn s_46_in_a_death_the_issuer_itself_certifies_hospital_papers_too() {
    let (_server, office, expert) = house().await;
    let mut typed = accident("کریم هشتم", "death");
    typed["circumstances"] = json!(["hospitalised", "no-treatment-cost"]);
    let claim = before_the_expert(&office, &expert, &typed, 80).await;
    for slot in ["discharge-summary", "death-certificate"] {
        let paper = document(&expert, &claim, slot).await;
        let other = json!({ "ruling": "approve", "form": "certified-copy", "certifier": "authority" });
        rule(&expert, &paper, other, StatusCode::UNPROCESSABLE_ENTITY).await;
        let issuer = json!({ "ruling": "approve", "form": "certified-copy", "certifier": "issuer" });
        rule(&expert, &paper, issuer, StatusCode::OK).await;
    }
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(html.contains("گواهی فوت"));
}

#[tokio::test]
async fn s_47_bill_and_receipts_are_never_explained_away_in_an_injury() {
    let (_server, office, expert) = house().await;
    let mut typed = accident("کریم نهم", "injury");
    typed["circumstances"] = json!([]);
    let claim = open(&office, &typed).await;
    for slot in ["hospital-bill", "cash-receipt"] {
        let why = json!({ "slot": slot, "reason": "گم شده است." });
        let path = format!("/claims/{}/explanations", id(&claim));
        let problem = expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::CONFLICT).await;
        assert_eq!(problem["type"], "urn:sanad:problem:not-waivable");
    }
    let told = show(&expert, &claim).await;
    let missing = told["submittable"]["missing"].as_array().unwrap();
    assert!(missing.contains(&json!("hospital-bill")) && missing.contains(&json!("cash-receipt")), "{missing:?}");
}

#[tokio::test]
async fn s_48_an_account_comes_from_the_banks_slip_alone_and_is_the_slips() {
    let (_server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم دهم", "injury")).await;
    let typed = json!({ "iban": IBAN });
    let problem = act(&office, &claim, "iban", typed.clone(), StatusCode::CONFLICT).await;
    assert_eq!(problem["type"], "urn:sanad:problem:iban-needs-slip");
    fill(&office, &claim, 90).await;
    let wrong = json!({ "iban": "IR072960000000100324200001" });
    act(&office, &claim, "iban", wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    act(
        &office,
        &claim,
        "iban",
        json!({ "iban": "IR12 0120 0000 0000 0000 0000 01" }),
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    act(&office, &claim, "iban", typed, StatusCode::OK).await;
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    let slip = document(&expert, &claim, "bank-slip").await;
    let other = json!({ "ruling": "approve", "iban": "IR270120000000000000000001" });
    let answer = rule(&expert, &slip, other, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(
        ["urn:sanad:problem:iban-differs", "urn:sanad:problem:bad-iban"].contains(&answer["type"].as_str().unwrap())
    );
    rule(&expert, &slip, json!({ "ruling": "approve", "iban": IBAN }), StatusCode::OK).await;
    // The letter is approved only once it was seen to hold no account number.
    let letter = document(&expert, &claim, "office-letter").await;
    let unseen = json!({ "ruling": "approve", "seen": ["stamp", "signature"] });
    rule(&expert, &letter, unseen, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(show(&office, &claim).await["iban"], IBAN);
}
