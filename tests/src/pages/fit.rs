//! Right to left, in Persian, and nothing to scroll sideways at 360 pixels.

use super::browser::Browser;
use crate::api::paper;
use crate::api::server::{Program, Server};

const NARROW: u32 = 360;

async fn fill(office: &Program) -> String {
    let claim = office.open_claim("محمدابراهیم عبدالرحمن‌زاده هراتی", "death").await;
    let id = claim["id"].as_str().unwrap().to_owned();
    office
        .upload_and_wait(&id, "policy", "a-rather-long-file-name-from-a-phone-IMG_20261122_224455.png", paper(1))
        .await;
    office.upload_and_wait(&id, "identity", "half.png", paper(2)[..20_000].to_vec()).await;
    id
}

#[tokio::test]
async fn every_page_fits_a_small_phone() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = fill(&office).await;
    let seen = office.json(&format!("/claims/{claim}")).await;
    let document = seen["documents"].as_array().unwrap().iter().find(|d| d["slot"] == "policy").unwrap();
    let paths = [
        ("", vec!["/login".to_owned()]),
        (
            "daftar1",
            vec![
                "/dashboard".to_owned(),
                "/claims".to_owned(),
                "/claims/new".to_owned(),
                "/insured".to_owned(),
                "/profile".to_owned(),
                format!("/claims/{claim}"),
                format!("/documents/{}", document["id"].as_str().unwrap()),
                format!(
                    "/documents/{}/versions/{}",
                    document["id"].as_str().unwrap(),
                    document["current"]["id"].as_str().unwrap()
                ),
                "/claims/none".to_owned(),
            ],
        ),
        ("karshenas1", vec!["/queue".to_owned(), format!("/claims/{claim}/desk")]),
        ("modir", vec!["/reports/rejections".to_owned()]),
    ];
    for (user, paths) in paths {
        let browser = Browser::open(NARROW, 800, true).await;
        if !user.is_empty() {
            browser.sign_in(&server.base, user).await;
        }
        for path in paths {
            browser.go(&format!("{}{path}", server.base)).await;
            let wide = browser.script("return document.documentElement.scrollWidth").await;
            assert!(wide.as_u64().unwrap() <= u64::from(NARROW), "{path} is {wide} px wide");
            let look = "return [document.dir, getComputedStyle(document.body).direction, document.fonts.check('16px Vazirmatn')].join()";
            assert_eq!(browser.script(look).await, "rtl,rtl,true", "{path}");
            let unnamed = "return [...document.querySelectorAll('button, a, input:not([type=hidden]), select, textarea')].filter(e => !e.hidden)\
                .filter(e => !((e.innerText || '').trim() || (e.textContent || '').trim() || e.ariaLabel || e.labels?.length || e.title || e.querySelector('img')?.alt))\
                .map(e => e.outerHTML)";
            assert_eq!(browser.script(unnamed).await, serde_json::json!([]), "{path} has controls without a name");
        }
    }
}
