//! Two pages of a pair in a browser: one over the other, uncovered by a slider, blinking, answered.

use serde_json::json;

use super::browser::Browser;
use crate::api::pairs::a_paper_in_two_claims;
use crate::api::server::Server;

#[tokio::test]
async fn two_pages_are_laid_over_each_other_and_answered() {
    let server = Server::start();
    let (_, version) = a_paper_in_two_claims(&server).await;
    let address = format!("{}/pairs/{}", server.base, version["seen"][0]["pair"].as_str().unwrap());
    for width in [390, 1366] {
        let browser = Browser::open(width, 900, true).await;
        browser.sign_in(&server.base, "karshenas1").await;
        browser.go(&address).await;
        let wide = browser.script("return document.documentElement.scrollWidth").await;
        assert!(wide.as_u64().unwrap() <= u64::from(width), "{wide} px wide at {width}");
        let loaded = "const top = document.querySelector('.pair-cover img'); \
            return new Promise(done => { const look = () => top.style.transform ? done(top.style.transform) : setTimeout(look, 50); look(); })";
        let laid = browser.script(loaded).await;
        assert!(laid.as_str().unwrap().starts_with("matrix3d("), "{laid}");
        // the later page covers the earlier one where it lies on it, within a few pixels of its width
        let edges = "const box = document.querySelector('.pair-box').getBoundingClientRect(); \
            const top = document.querySelector('.pair-cover img').getBoundingClientRect(); \
            return [Math.abs(top.left - box.left), Math.abs(top.right - box.right)].map(d => d / box.width)";
        for edge in browser.script(edges).await.as_array().unwrap() {
            assert!(edge.as_f64().unwrap() < 0.2, "{edge}");
        }
        let slide = "const s = document.querySelector('[data-pair-slide]'); s.value = 20; \
            s.dispatchEvent(new Event('input')); return document.querySelector('.pair-cover').style.clipPath";
        assert!(browser.script(slide).await.as_str().unwrap().contains("80%"));
        browser.press("[data-pair-blink]").await;
        let blinks = "const cover = document.querySelector('.pair-cover'); \
            return new Promise(done => { const look = () => cover.classList.contains('away') ? done(true) : setTimeout(look, 50); look(); })";
        assert_eq!(browser.script(blinks).await, json!(true));
        if width == 390 {
            browser.press("button[value=dismissed]").await;
            browser.until(".page-head", |text| text.contains("دو برگهٔ جدا")).await;
        }
    }
    // without scripts the page still shows both, and the one laid on the other
    let plain = Browser::open(1366, 900, false).await;
    plain.sign_in(&server.base, "karshenas1").await;
    plain.go(&address).await;
    let drawn = plain.script("return document.querySelectorAll('.pair-sheet image').length").await;
    assert_eq!(drawn, json!(2));
}
