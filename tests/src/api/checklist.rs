//! The papers that an accident asks for are told before there is a claim.

use reqwest::StatusCode;
use serde_json::Value;

use super::server::{Server, expect};

fn slots(list: &Value) -> Vec<&str> {
    list["needed"].as_array().unwrap().iter().map(|line| line["slot"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_checklist_is_told_before_the_claim_and_is_the_claims_own() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let before = office.json("/checklist?claim_type=injury&circumstances=surgery&circumstances=traffic").await;
    assert!(slots(&before).contains(&"operation-note") && slots(&before).contains(&"traffic-report"), "{before}");
    let bill = before["needed"].as_array().unwrap().iter().find(|line| line["slot"] == "hospital-bill").unwrap();
    assert_eq!(bill["form"], "original");

    let plain = office.json("/checklist?claim_type=injury").await;
    let claim = office.open_claim("کریم علیمی", "injury").await;
    let asked = claim["checklist"].as_array().unwrap().iter().filter(|line| line["need"] != "optional");
    let asked: Vec<&str> = asked.map(|line| line["slot"].as_str().unwrap()).collect();
    assert_eq!(slots(&plain), asked);
}

#[tokio::test]
async fn the_page_holds_the_questions_and_words_outside_the_list_are_refused() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let page = office.get("/checklist?claim_type=death").header("accept", "text/html").send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("گواهی فوت") && page.contains("اصل برگه، نه کپی"), "{page}");
    for wrong in ["claim_type=%3Cb%3E", "claim_type=injury&circumstances=x%27--"] {
        let reply = office.get(&format!("/checklist?{wrong}")).send().await.unwrap();
        let problem = expect(reply, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem}");
    }
}
