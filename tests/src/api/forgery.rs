//! A write that a cookie carries must come from our own pages.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, ORIGIN};

use super::server::{PASSWORD, Server, browser, expect};

#[tokio::test]
async fn other_sites_cannot_write_with_our_cookie() {
    let server = Server::start();
    let client = browser();
    let login = [("user_name", "daftar1"), ("password", PASSWORD)];
    let post = |path: &str| client.post(format!("{}{path}", server.base)).header(ACCEPT, "text/html");
    let signed = post("/login").header(ORIGIN, &server.base).form(&login).send().await.unwrap();
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);

    let lang = [("lang", "en"), ("then", "/")];
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://a.example"),
        ("origin", "null"),
    ] {
        let reply = post("/language").header(name, value).form(&lang).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let silent = post("/language").form(&lang).send().await.unwrap();
    assert_eq!(silent.status(), StatusCode::FORBIDDEN, "a cookie without any origin is not trusted");
    let json = client.post(format!("{}/claims", server.base)).header(ORIGIN, "https://a.example");
    let reply = json.json(&serde_json::json!({})).send().await.unwrap();
    assert_eq!(expect(reply, StatusCode::FORBIDDEN).await["type"], "urn:sanad:problem:cross-site");

    let own = post("/language").header("sec-fetch-site", "same-origin").form(&lang).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::SEE_OTHER);
    let program = server.sign_in("daftar1").await;
    let bearer = program.post("/language").header(ORIGIN, "https://a.example").form(&lang).send().await.unwrap();
    assert_eq!(bearer.status(), StatusCode::SEE_OTHER, "a bearer token is not sent by browsers on their own");
}
