//! Two pages held against each other, over HTTP: what an expert sees, says, and who must not.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use sanad_samples::{Fonts, PaperCopy, Recapture, Split, recapture, template};
use serde_json::{Value, json};

use super::server::{Program, Server, expect};

/// Long enough for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// One paper in two claims of two offices; the expert's program and the later version as the expert sees it.
pub(crate) async fn a_paper_in_two_claims(server: &Server) -> (Program, Value) {
    let fonts = Fonts::load(&[]).unwrap();
    let form = template(Split::Holdout, 2026, 3).unwrap();
    let paper = PaperCopy::of_person(&form, 1);
    let expert = server.sign_in("karshenas1").await;
    let mut last = Value::Null;
    for (account, how, seed) in [("daftar1", Recapture::Original, 1), ("daftar2", Recapture::StampAdded, 2)] {
        let office = server.sign_in(account).await;
        let name = if account == "daftar1" { "کریم احمدی" } else { "رحیم احمدی" };
        let claim = office.open_claim(name, "injury").await;
        let made = recapture(&fonts, &paper, how, Split::Holdout, seed).unwrap();
        let name = format!("bill.{}", made.extension);
        last = office.upload_and_wait(claim["id"].as_str().unwrap(), "hospital-bill", &name, made.bytes).await;
        let version = wait_for_pairs(&expert, &claim, &last, account == "daftar2").await;
        assert!(last["seen"].as_array().unwrap().is_empty(), "an office never hears of it: {last}");
        last = version;
    }
    (expert, last)
}

async fn wait_for_pairs(expert: &Program, claim: &Value, version: &Value, wanted: bool) -> Value {
    let begun = Instant::now();
    loop {
        let claim = expert.json(&format!("/claims/{}", claim["id"].as_str().unwrap())).await;
        let documents = claim["documents"].as_array().unwrap();
        let current = documents.iter().map(|d| &d["current"]).find(|c| c["id"] == version["id"]).unwrap();
        if !wanted || !current["seen"].as_array().unwrap().is_empty() {
            return current.clone();
        }
        assert!(begun.elapsed() < PATIENCE, "never told: {current}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn an_expert_sees_both_pages_and_the_answer_is_kept() {
    let server = Server::start();
    let (expert, version) = a_paper_in_two_claims(&server).await;
    let seen = &version["seen"][0];
    let address = format!("/pairs/{}", seen["pair"].as_str().unwrap());
    let pair = expert.json(&address).await;
    assert_eq!(pair["relation"], seen["relation"]);
    assert_eq!(pair["plane"].as_array().unwrap().len(), 9);
    assert!(pair["earlier"]["size"][0].as_i64().unwrap() > 100 && pair["answer"].is_null());

    let page = expert.get(&address).header("accept", "text/html").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let text = page.text().await.unwrap();
    assert!(text.contains("مقایسهٔ دو برگه") && text.contains("data-plane"), "{text}");
    for side in ["earlier", "later"] {
        let version = pair[side]["version"].as_str().unwrap();
        let picture = expert.get(&format!("/versions/{version}/pages/0/preview")).send().await.unwrap();
        assert_eq!(picture.status(), StatusCode::OK);
    }

    let office = server.sign_in("daftar1").await;
    expect(office.get(&address).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    let say = |word: &str| json!({ "answer": word });
    let answer = format!("{address}/answer");
    expect(office.post(&answer).json(&say("dismissed")).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    let kept = expect(expert.post(&answer).json(&say("dismissed")).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(kept["answer"], "dismissed");
    let claim = expert.json(&format!("/claims/{}", pair["later"]["claim"].as_str().unwrap())).await;
    let text = claim["documents"].to_string();
    assert!(!text.contains("DUP-CASE") && text.contains("dismissed"), "{text}");
    // a form works as well, and the last word counts
    let form = expert.post(&answer).header("accept", "text/html").form(&[("answer", "confirmed")]);
    assert_eq!(form.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    assert_eq!(expert.json(&address).await["answer"], "confirmed");
    expect(expert.get("/pairs/nothing").send().await.unwrap(), StatusCode::NOT_FOUND).await;
}
