//! Every resource has two faces, in two languages, and a refused form loses nothing typed.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION, VARY};
use serde_json::json;

use super::server::{PASSWORD, Server, browser, expect};

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

#[tokio::test]
async fn one_address_answers_with_a_page_or_with_json() {
    let server = Server::start();
    for (user, paths) in [
        ("daftar1", &["/dashboard", "/claims", "/insured", "/profile", "/reports/rejections"][..]),
        ("karshenas1", &["/queue", "/claims", "/profile", "/reports/rejections"]),
        ("modir", &["/reports/rejections", "/queue", "/claims", "/profile"]),
    ] {
        let program = server.sign_in(user).await;
        for path in paths {
            let page = program.get(path).header(ACCEPT, PAGE).send().await.unwrap();
            assert_eq!(page.status(), StatusCode::OK, "{user} {path}");
            let vary: Vec<_> =
                page.headers().get_all(VARY).iter().map(|v| v.to_str().unwrap().to_lowercase()).collect();
            assert!(vary.join(",").contains("accept"), "{path}: {vary:?}");
            assert!(page.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("text/html"), "{path}");
            let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
            let html = page.text().await.unwrap();
            assert!(html.contains("lang=\"fa\" dir=\"rtl\""), "{path}");
            assert!(!html.contains('⟦'), "{path} has a message without words");
            assert!(!html.contains("style=\"") && !html.contains("<script>"), "{path} breaks its own policy");
            let reply = program.get(path).header(ACCEPT, "*/*").send().await.unwrap();
            assert!(reply.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("application/json"), "{path}");
            let english = program.get(&format!("{path}?lang=en")).header(ACCEPT, PAGE).send().await.unwrap();
            assert!(english.text().await.unwrap().contains("lang=\"en\" dir=\"ltr\""), "{path}");
        }
    }
}

#[tokio::test]
async fn the_signed_out_are_led_to_the_door() {
    let server = Server::start();
    let client = browser();
    let page = client.get(format!("{}/claims?q=1", server.base)).header(ACCEPT, PAGE).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.headers()[LOCATION], "/login?then=/claims%3Fq%3D1");
    let reply = client.get(format!("{}/claims", server.base)).send().await.unwrap();
    assert_eq!(reply.headers()[CONTENT_TYPE], "application/problem+json");
    expect(reply, StatusCode::UNAUTHORIZED).await;

    let wrong = [("user_name", "daftar1"), ("password", "نادرست"), ("then", "/claims?q=1")];
    let page = client.post(format!("{}/login", server.base)).header(ACCEPT, PAGE).form(&wrong).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::UNAUTHORIZED);
    let html = page.text().await.unwrap();
    assert!(html.contains("value=\"daftar1\""), "the name typed is kept");
    assert!(!html.contains("نادرست\""), "the password is not");

    let right = [("user_name", "daftar1"), ("password", PASSWORD), ("then", "/claims?q=1")];
    let page = client.post(format!("{}/login", server.base)).header(ACCEPT, PAGE).form(&right).send().await.unwrap();
    assert_eq!((page.status(), &page.headers()[LOCATION]), (StatusCode::SEE_OTHER, &"/claims?q=1".parse().unwrap()));
    let cookie = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Expires"), "it ends with the browser: {cookie}");
}

#[tokio::test]
async fn a_refused_form_keeps_everything_typed() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let typed = [
        ("name", "زهرا <b>نوری</b>"),
        ("document_number", "P123"),
        ("nationality", "AFG"),
        ("birth", "1378/13/40"),
        ("claim_type", "disability"),
        ("accident_date", "دیروز"),
        ("circumstances", "work"),
        ("circumstances", "surgery"),
        ("description", "کوتاه"),
    ];
    let page = office.post("/claims").header(ACCEPT, PAGE).form(&typed).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = page.text().await.unwrap();
    for kept in [
        "زهرا &#60;b&#62;نوری&#60;/b&#62;",
        "value=\"P123\"",
        "value=\"1378/13/40\"",
        "value=\"دیروز\"",
        "value=\"disability\" checked",
        "value=\"work\" checked",
        "value=\"surgery\" checked",
        ">کوتاه</textarea>",
    ] {
        assert!(html.contains(kept), "{kept}");
    }
    for field in ["birth", "accident_date", "description"] {
        assert!(html.contains(&format!("id=\"{field}-fault\"")), "{field} has no words of its own");
    }

    let json = json!({ "name": "", "claim_type": "injury", "accident_date": "1404/12/30" });
    let reply = office.post("/claims").json(&json).send().await.unwrap();
    assert_eq!(reply.headers()[CONTENT_TYPE], "application/problem+json");
    let problem = expect(reply, StatusCode::UNPROCESSABLE_ENTITY).await;
    let fields: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["field"].clone()).collect();
    assert_eq!(json!(fields), json!(["name", "document_number", "nationality", "accident_date", "description"]));
}

#[tokio::test]
async fn a_form_and_json_do_the_same() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let typed = [
        ("name", "زهرا نوری"),
        ("document_number", "P123"),
        ("nationality", "AFG"),
        ("claim_type", "injury"),
        ("accident_date", "2026-11-11"),
        ("circumstances", "work"),
        ("description", "هنگام کار دستش آسیب دید."),
    ];
    let page = office.post("/claims").header(ACCEPT, PAGE).form(&typed).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    let by_form = office.json(page.headers()[LOCATION].to_str().unwrap()).await;
    let by_json = office.open_claim("کریم احمدی", "injury").await;
    assert_eq!(by_form["accident_date"], by_json["accident_date"]);
    assert_eq!(by_form["circumstances"], json!(["work"]));
    let text = office.post("/claims").header(CONTENT_TYPE, "text/plain").body("x").send().await.unwrap();
    expect(text, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
}
