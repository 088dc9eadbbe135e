//! What a first visit costs over the wire: an office page, with styles, scripts and fonts.

use serde_json::json;

use super::browser::Browser;
use crate::api::paper;
use crate::api::server::Server;

const LIMIT_BYTES: u64 = 200 * 1024;

#[tokio::test]
async fn a_first_office_page_is_light() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    office.upload_and_wait(id, "policy", "scan.png", paper(1)).await;
    let browser = Browser::open(1366, 900, true).await;
    browser.sign_in(&server.base, "daftar1").await;
    for path in ["/dashboard".to_owned(), format!("/claims/{id}")] {
        browser.raw("Network.enable", json!({})).await;
        browser.raw("Network.clearBrowserCache", json!({})).await;
        browser.go(&format!("{}{path}", server.base)).await;
        browser.script("return document.fonts.ready.then(() => true)").await;
        let sum = "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]; \
            return all.reduce((sum, entry) => sum + entry.transferSize, 0)";
        let bytes = browser.script(sum).await.as_u64().unwrap();
        println!("{path}: {bytes} bytes over the wire");
        assert!(bytes > 50_000, "{path}: the measure sees the files: {bytes}");
        assert!(bytes <= LIMIT_BYTES, "{path}: {bytes} bytes");
    }
}
