//! Everything works without JavaScript: a plain form, then the verdict's page.

use super::browser::Browser;
use crate::api::paper;
use crate::api::server::Server;

#[tokio::test]
async fn a_plain_form_leads_to_the_verdict() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let browser = Browser::open(1024, 800, false).await;
    browser.sign_in(&server.base, "daftar1").await;
    browser.go(&format!("{}/claims/{}", server.base, claim["id"].as_str().unwrap())).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("half.png");
    std::fs::write(&file, &paper(1)[..20_000]).unwrap();
    browser.choose_file("#slot-policy input[type=file]", &file).await;
    browser.press("#slot-policy .plain-send").await;
    let page = browser.until("main", |text| text.contains("FIL-CRPT")).await;
    assert!(page.contains("جایگزینی") || page.contains("بارگذاری"), "{page}");
    assert!(browser.address().await.contains("/versions/"));
    browser.press(".page-head a.btn").await;
    assert!(browser.until("#slot-policy", |text| text.contains("FIL-CRPT")).await.contains("half.png"));
}
