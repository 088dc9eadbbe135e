//! Claims walked over HTTP to where a requirement is about them.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::api::main_path::{approve, decide};
use crate::api::paper;
use crate::api::server::{Program, Server, expect};

/// An account whose check digits hold.
pub(super) const IBAN: &str = "IR062960000000100324200001";

/// A tracking number as people type it.
pub(super) const TRACKING: &str = "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۰۱۲۳";

/// A claim without cost of treatment: it asks for the fewest papers.
pub(super) fn accident(name: &str, kind: &str) -> Value {
    let number = name.bytes().fold(7_u64, |number, byte| (number * 31 + u64::from(byte)) % 100_000_000);
    json!({
        "name": name, "document_number": format!("P{number:08}"), "nationality": "AFG",
        "policy_number": "1405/08/20/9147/100569", "birth": "1378/05/17", "claim_type": kind,
        "accident_date": "۱۴۰۵/۰۸/۲۰", "place": "کرج",
        "description": "هنگام کار از نردبان افتاد و دستش شکست.", "circumstances": ["no-treatment-cost"],
    })
}

pub(super) async fn open(office: &Program, typed: &Value) -> Value {
    expect(office.post("/claims").json(typed).send().await.unwrap(), StatusCode::CREATED).await
}

pub(super) fn id(claim: &Value) -> &str {
    claim["id"].as_str().unwrap()
}

pub(super) async fn show(who: &Program, claim: &Value) -> Value {
    who.json(&format!("/claims/{}", id(claim))).await
}

/// Sends to an address under the claim; the body gets the revision that the sender sees.
pub(super) async fn act(who: &Program, claim: &Value, path: &str, mut body: Value, status: StatusCode) -> Value {
    body["revision"] = show(who, claim).await["revision"].clone();
    expect(who.post(&format!("/claims/{}/{path}", id(claim))).json(&body).send().await.unwrap(), status).await
}

/// Puts a paper into every needed slot that has none; what the checks refuse is sent with a reason.
pub(super) async fn fill(office: &Program, claim: &Value, seed: u64) {
    let missing = show(office, claim).await["submittable"]["missing"].clone();
    for (number, slot) in (seed..).zip(missing.as_array().unwrap()) {
        put(office, claim, slot.as_str().unwrap(), number).await;
    }
}

/// Puts a paper into a slot.
pub(super) async fn put(office: &Program, claim: &Value, slot: &str, number: u64) -> Value {
    let version = office.upload_and_wait(id(claim), slot, "scan.png", paper(number)).await;
    if version["verdict"] == "reject" {
        let path = format!("/versions/{}/send-anyway", version["id"].as_str().unwrap());
        let why = json!({ "reason": "نسخه بهتری در دست نیست." });
        expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::OK).await;
    }
    version
}

pub(super) async fn submit(office: &Program, claim: &Value) -> Value {
    act(office, claim, "submission", json!({}), StatusCode::OK).await
}

pub(super) async fn take(expert: &Program, claim: &Value) {
    expect(expert.post(&format!("/claims/{}/lease", id(claim))).send().await.unwrap(), StatusCode::OK).await;
}

/// The paper of a slot as it is seen by somebody.
pub(super) async fn document(who: &Program, claim: &Value, slot: &str) -> Value {
    let claim = show(who, claim).await;
    let found = claim["documents"].as_array().unwrap().iter().find(|document| document["slot"] == slot);
    found.unwrap_or_else(|| panic!("no {slot} in {claim}")).clone()
}

/// Approves every paper that waits.
pub(super) async fn approve_all(expert: &Program, claim: &Value) {
    for document in show(expert, claim).await["documents"].as_array().unwrap() {
        if document["state"] == "in_review" {
            decide(expert, document, approve(document["slot"].as_str().unwrap())).await;
        }
    }
}

pub(super) async fn finish(expert: &Program, claim: &Value) -> Value {
    let path = format!("/claims/{}/outcome", id(claim));
    expect(expert.post(&path).send().await.unwrap(), StatusCode::OK).await
}

/// A claim that is with the expert.
pub(super) async fn before_the_expert(office: &Program, expert: &Program, typed: &Value, seed: u64) -> Value {
    let claim = open(office, typed).await;
    fill(office, &claim, seed).await;
    submit(office, &claim).await;
    take(expert, &claim).await;
    claim
}

/// A claim whose papers are all approved.
pub(super) async fn approved(office: &Program, expert: &Program, name: &str, seed: u64) -> Value {
    let claim = before_the_expert(office, expert, &accident(name, "injury"), seed).await;
    approve_all(expert, &claim).await;
    assert_eq!(finish(expert, &claim).await["state"], "documents_approved");
    claim
}

/// A page as its text.
pub(super) async fn page(who: &Program, path: &str) -> String {
    who.get(path).header("accept", "text/html").send().await.unwrap().text().await.unwrap()
}

/// Office and expert of a fresh house.
pub(super) async fn house() -> (Server, Program, Program) {
    let server = Server::start();
    let (office, expert) = (server.sign_in("daftar1").await, server.sign_in("karshenas1").await);
    (server, office, expert)
}
