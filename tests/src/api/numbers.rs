//! A receipt's number in two claims, over HTTP: read from the pictures, told to the expert alone.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use sanad_samples::{Change, Fonts, Kind, PaperCopy, Recapture, Split, recapture, template};
use serde_json::Value;

use super::server::{Program, Server};

/// Reading words takes seconds, and the machine may be loaded.
const PATIENCE: Duration = Duration::from_secs(120);

/// A receipt, and the same one over another sum.
fn receipts() -> [Vec<u8>; 2] {
    let fonts = Fonts::load(&[]).unwrap();
    let forms = (0..200).map(|form| template(Split::Fit, 2026, form).unwrap());
    let form = forms.into_iter().find(|form| form.kind == Kind::CashReceipt).unwrap();
    let paper = PaperCopy::of_person(&form, 1);
    let dearer = paper.but_for(Change::Amount, 9);
    [&paper, &dearer].map(|paper| recapture(&fonts, paper, Recapture::Original, Split::Fit, 1).unwrap().bytes)
}

/// The paper as somebody sees it, once a condition holds.
async fn once(program: &Program, claim: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let claim = program.json(&format!("/claims/{claim}")).await;
        let papers = claim["documents"].as_array().unwrap();
        let current = papers.iter().map(|paper| &paper["current"]).find(|current| current["id"].is_string()).unwrap();
        if holds(current) {
            return current.clone();
        }
        assert!(begun.elapsed() < PATIENCE, "never told: {current}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn a_receipts_number_in_two_claims_is_told_to_the_expert_alone() {
    let server = Server::start();
    let expert = server.sign_in("karshenas1").await;
    let read = |current: &Value| current["reading"]["state"] == "read";
    let mut claims = Vec::new();
    for ((account, name), bytes) in [("daftar1", "کریم احمدی"), ("daftar2", "رحیم احمدی")].into_iter().zip(receipts())
    {
        let office = server.sign_in(account).await;
        let claim = office.open_claim(name, "injury").await["id"].as_str().unwrap().to_owned();
        office.upload_and_wait(&claim, "cash-receipt", "receipt.jpg", bytes).await;
        let current = once(&office, &claim, read).await;
        assert_eq!(current["reading"]["facts"]["numbers"][0]["of"], "receipt", "{}", current["reading"]["facts"]);
        claims.push((office, claim));
    }
    let (office, claim) = claims.pop().unwrap();
    let shared = |current: &Value| current["seen"].as_array().unwrap().iter().any(|pair| pair["same"] == "receipt");
    let told = once(&expert, &claim, shared).await;
    let number = told["reading"]["facts"]["numbers"][0]["text"].as_str().unwrap();
    let finding =
        told["register_findings"].as_array().unwrap().iter().find(|finding| {
            finding["code"] == "DUP-NEAR" && finding["message"]["en"].as_str().unwrap().contains(number)
        });
    let finding = finding.unwrap_or_else(|| panic!("{told}"));
    assert!(finding["severity"] != "reject" && !finding["regions"].as_array().unwrap().is_empty(), "{finding}");
    let theirs = once(&office, &claim, |_| true).await;
    assert!(theirs["seen"].as_array().unwrap().is_empty(), "{theirs}");
    assert!(theirs["register_findings"].as_array().unwrap().is_empty(), "an office never hears of it: {theirs}");

    let pair = told["seen"].as_array().unwrap().iter().find(|pair| pair["same"] == "receipt").unwrap();
    let page = expert.get(&format!("/pairs/{}", pair["pair"].as_str().unwrap()));
    let page = page.header("accept", "text/html").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("شمارهٔ یکسان"));
}
