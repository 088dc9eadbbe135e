//! What the manual asks of the papers' words, on the server: read after the verdict, told to the office with advice
//! and to the expert with the places that show why. Each on an invented claim with one planted fault.

use reqwest::StatusCode;
use sanad_samples::Fault;
use serde_json::Value;

use crate::api::server::Server;
use crate::api::story::{brought, told};
use crate::reading_claims::written;

/// The story of a claim with this fault planted, or of its sound twin, as the office and as an expert see it.
async fn stories(fault: Fault, planted: bool, slots: &[&str]) -> (Value, Value, Server) {
    let (dir, case) = written(fault, planted, slots);
    let server = Server::start();
    let (office, expert) = (server.sign_in("daftar1").await, server.sign_in("karshenas1").await);
    let claim = brought(&office, &case, dir.path()).await;
    let to_office = told(&office, &claim, slots.len()).await;
    let to_expert = expert.json(&format!("/claims/{claim}/story")).await;
    (to_office, to_expert, server)
}

fn finding<'s>(story: &'s Value, code: &str) -> Option<&'s Value> {
    story["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code)
}

#[tokio::test]
async fn s_31_read_another_accident_date_is_told_to_office_and_expert() {
    let slots = ["accident-report", "admission-record", "office-letter"];
    let (to_office, to_expert, server) = stories(Fault::OtherAccident, true, &slots).await;
    for story in [&to_office, &to_expert] {
        let told = finding(story, "DAT-MISM").unwrap_or_else(|| panic!("{story:#}"));
        assert_eq!(told["severity"], "warn", "what a machine read does not refuse");
        assert!(told["advice"]["fa"].as_str().unwrap().contains("گزارش"), "the office is told how to mend it");
        let evidence = told["evidence"].as_array().unwrap();
        let on_paper = evidence.iter().find(|found| found["place"]["slot"] == "accident-report").unwrap();
        assert!(evidence.iter().any(|found| found["place"].is_null()), "beside what was declared");
        let crop = on_paper["place"]["crop"].as_str().unwrap();
        let expert = server.sign_in("karshenas1").await;
        assert_eq!(expert.get(crop).send().await.unwrap().status(), StatusCode::OK);
        let line = story["timeline"].as_array().unwrap();
        assert!(line.iter().any(|entry| entry["conflict"] == true && entry["place"]["slot"] == "accident-report"));
    }
    let (sound, _, _server) = stories(Fault::OtherAccident, false, &slots).await;
    assert!(finding(&sound, "DAT-MISM").is_none(), "{:#}", sound["findings"]);
}

#[tokio::test]
async fn s_48_read_an_account_in_the_office_letter_is_told() {
    let slots = ["office-letter", "bank-slip"];
    let (to_office, to_expert, _server) = stories(Fault::AccountInLetter, true, &slots).await;
    for story in [&to_office, &to_expert] {
        let told = finding(story, "IBN-LETR").unwrap_or_else(|| panic!("{story:#}"));
        assert_eq!(told["evidence"][0]["place"]["slot"], "office-letter");
    }
    let (sound, _, _server) = stories(Fault::AccountInLetter, false, &slots).await;
    assert!(finding(&sound, "IBN-LETR").is_none(), "{:#}", sound["findings"]);
}
