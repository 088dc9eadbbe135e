//! Office → checks → expert → office → manager: one claim through the whole house.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::paper;
use super::server::{Program, Server, expect};

const NOTE: &str = "مهر روی این برگه خوانده نمی‌شود.";

fn slots(claim: &Value, need: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = claim["checklist"].as_array().unwrap();
    let wanted = lines.iter().filter(|line| need(line["need"].as_str().unwrap()));
    wanted.map(|line| line["slot"].as_str().unwrap().to_owned()).collect()
}

/// Fills every slot; what the checks refuse is sent with a reason.
pub(crate) async fn fill(office: &Program, claim: &Value) {
    let id = claim["id"].as_str().unwrap();
    for (number, slot) in (1..).zip(slots(claim, |need| need != "optional")) {
        let version = office.upload_and_wait(id, &slot, "scan.png", paper(number)).await;
        if version["verdict"] == "reject" {
            let path = format!("/versions/{}/send-anyway", version["id"].as_str().unwrap());
            let why = json!({ "reason": "نسخه بهتری در دست نیست." });
            expect(office.post(&path).json(&why).send().await.unwrap(), StatusCode::OK).await;
        }
    }
}

pub(crate) async fn submit(office: &Program, id: &str) -> Value {
    let claim = office.json(&format!("/claims/{id}")).await;
    assert_eq!(claim["submittable"]["ready"], true, "{}", claim["submittable"]);
    let seen = json!({ "revision": claim["revision"] });
    expect(office.post(&format!("/claims/{id}/submission")).json(&seen).send().await.unwrap(), StatusCode::OK).await
}

/// An approval that every rule is content with.
pub(crate) fn approve(slot: &str) -> Value {
    let iban = if slot == "bank-slip" { "IR062960000000100324200001" } else { "" };
    json!({ "ruling": "approve", "form": "original", "iban": iban,
        "seen": ["stamp", "signature", "same_date", "no_iban"] })
}

pub(crate) async fn decide(expert: &Program, document: &Value, ruling: Value) -> Value {
    let mut typed = json!({ "version": document["current"]["id"], "revision": document["revision"] });
    typed.as_object_mut().unwrap().extend(ruling.as_object().unwrap().clone());
    let path = format!("/documents/{}/decision", document["id"].as_str().unwrap());
    expect(expert.post(&path).json(&typed).send().await.unwrap(), StatusCode::OK).await
}

#[tokio::test]
async fn a_claim_goes_through_the_whole_house() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    assert_eq!(claim["accident_date"], "2026-11-11", "a Jalali day is kept as ISO");

    // What is missing is named, and an early submission is refused with the slots.
    let early = json!({ "revision": claim["revision"] });
    let refused = office.post(&format!("/claims/{id}/submission")).json(&early).send().await.unwrap();
    let problem = expect(refused, StatusCode::CONFLICT).await;
    assert_eq!(problem["slots"], json!(slots(&claim, |need| need != "optional")), "{problem}");

    fill(&office, &claim).await;
    assert_eq!(submit(&office, id).await["state"], "in_review");

    let expert = server.sign_in("karshenas1").await;
    let queue = expert.json("/queue").await;
    assert_eq!(queue["rows"][0]["id"], claim["id"]);
    let lease = expect(expert.post("/queue/next").send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(lease["claim"], claim["id"]);

    // Another expert is told who holds it.
    let other = server.sign_in("karshenas2").await;
    let held = other.post(&format!("/claims/{id}/lease")).send().await.unwrap();
    let problem = expect(held, StatusCode::CONFLICT).await;
    assert_eq!(problem["type"], "urn:sanad:problem:held");

    let desk = expert.json(&format!("/claims/{id}")).await;
    let papers: Vec<&Value> = desk["documents"].as_array().unwrap().iter().collect();
    let rejected = decide(&expert, papers[0], json!({ "ruling": "reject", "codes": ["STM-NONE"], "note": NOTE })).await;
    assert_eq!(rejected["state"], "rejected");
    for paper in &papers[1..] {
        assert_eq!(decide(&expert, paper, approve(paper["slot"].as_str().unwrap())).await["locked"], true);
    }
    // Deciding about what was seen before somebody else's decision is refused and explained.
    let late = json!({ "version": papers[1]["current"]["id"], "revision": papers[1]["revision"], "ruling": "approve" });
    let path = format!("/documents/{}/decision", papers[1]["id"].as_str().unwrap());
    expect(expert.post(&path).json(&late).send().await.unwrap(), StatusCode::CONFLICT).await;

    let ended = expert.post(&format!("/claims/{id}/outcome")).send().await.unwrap();
    assert_eq!(expect(ended, StatusCode::OK).await["state"], "needs_correction");

    // The office sees the reason and the note, cannot touch what is approved, and may mend the rest.
    let seen = office.json(&format!("/claims/{id}")).await;
    let document = &seen["documents"][0];
    assert_eq!(document["decision"]["codes"], json!(["STM-NONE"]));
    assert_eq!(document["decision"]["note"], NOTE);
    let locked = office.upload(id, seen["documents"][1]["slot"].as_str().unwrap(), "again.png", paper(900)).await;
    assert_eq!(expect(locked, StatusCode::CONFLICT).await["type"], "urn:sanad:problem:document-locked");
    let talk = format!("/documents/{}/notes", document["id"].as_str().unwrap());
    let note = json!({ "text": "برگه مهردار را می‌فرستیم." });
    expect(office.post(&talk).json(&note).send().await.unwrap(), StatusCode::CREATED).await;
    assert_eq!(expert.json(&talk).await.as_array().unwrap().len(), 1);

    let version = office.upload_and_wait(id, document["slot"].as_str().unwrap(), "new.png", paper(901)).await;
    assert_eq!(version["number"], 2, "the refused version is kept beside the new one");

    count(&server, &claim).await;
}

/// The report counts the rejection, and its number opens as many claims as it says.
async fn count(server: &Server, claim: &Value) {
    let manager = server.sign_in("modir").await;
    let report = manager.json("/reports/rejections?by=people").await;
    let row = report["rows"].as_array().unwrap().iter().find(|row| row["code"] == "STM-NONE").unwrap().clone();
    assert_eq!(row["count"], 1, "{report}");
    let text = |name: &str| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
    let path = format!(
        "/reports/rejections/claims?office={}&year={}&month={}&by={}&code={}",
        text("office"),
        text("year"),
        text("month"),
        text("by"),
        text("code")
    );
    let behind = manager.json(&path).await;
    assert_eq!(behind["rows"].as_array().unwrap().len(), 1);
    assert_eq!(behind["rows"][0]["claim"]["id"], claim["id"]);
    let csv = manager.get("/reports/rejections.csv").send().await.unwrap().bytes().await.unwrap();
    assert!(csv.starts_with("\u{feff}code,".as_bytes()), "a spreadsheet needs the mark to read Persian");
    assert!(String::from_utf8_lossy(&csv).contains("STM-NONE"));
}

#[tokio::test]
async fn the_office_hears_of_a_verdict_as_it_falls() {
    use futures_util::StreamExt as _;
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let mut events = office.get("/events").send().await.unwrap().bytes_stream();
    let id = claim["id"].as_str().unwrap();
    office.upload_and_wait(id, "policy", "scan.png", paper(1)).await;
    let mut heard = String::new();
    while !heard.contains("upload-judged") {
        let chunk = tokio::time::timeout(std::time::Duration::from_secs(30), events.next()).await;
        heard.push_str(&String::from_utf8_lossy(&chunk.expect("an event in time").unwrap().unwrap()));
    }
    assert!(heard.contains("upload-accepted") && heard.contains(id), "{heard}");
}
