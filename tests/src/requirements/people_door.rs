//! The door: accounts of offices, passwords, sessions, the second factor, self-registration.

use std::process::Command;

use reqwest::header::{ACCEPT, ORIGIN, SET_COOKIE};
use reqwest::{Response, StatusCode};
use sanad::store::clock::{Clock as _, SystemClock};
use serde_json::{Value, json};

use super::house::{Outside, import, sanad_ok};
use crate::api::server::{PASSWORD, Server, expect};
use crate::program::sanad;

/// A policy of the invented register that nobody has registered for, and the passport on it.
const POLICY: &str = "1405/06/20/9147/100002";
const PASSPORT: &str = "P10200302";
const GOOD: &str = "سه سیب در باغ";

async fn check(door: &Outside, policy: &str, document: &str) -> Response {
    door.post("/register/check", &json!({ "policy_number": policy, "document_number": document })).await
}

async fn register(door: &Outside, password: &str, again: &str) -> Response {
    let typed =
        json!({ "policy_number": POLICY, "document_number": PASSPORT, "password": password, "password_again": again });
    door.post("/register", &typed).await
}

fn faults(problem: &Value) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    errors.iter().map(|error| (text(error, "field"), text(error, "key"))).collect()
}

#[tokio::test]
async fn s_02_an_office_has_several_people_whom_its_manager_keeps() {
    let server = Server::start();
    let manager = server.sign_in("daftar1_modir").await;
    let new = json!({ "user_name": "daftar1.sabt", "display_name": "فاطمه سلیمی", "role": "office" });
    let made = expect(manager.post("/users").json(&new).send().await.unwrap(), StatusCode::CREATED).await;
    let first = made["password"].as_str().unwrap().to_owned();
    // The new clerk changes the password that was handed out before anything else, then files a claim.
    let clerk = server.sign_in_with("daftar1.sabt", &first).await;
    let refused = expect(clerk.get("/claims").send().await.unwrap(), StatusCode::FORBIDDEN).await;
    assert_eq!(refused["type"], "urn:sanad:problem:must-change");
    let change =
        json!({ "display_name": "فاطمه سلیمی", "current_password": first, "password": GOOD, "password_again": GOOD });
    expect(clerk.post("/profile").json(&change).send().await.unwrap(), StatusCode::OK).await;
    let claim = clerk.open_claim("کریم احمدی", "injury").await;
    // Another clerk of the same office sees it, another office does not, and no other office's people are told.
    let id = claim["id"].as_str().unwrap();
    server.sign_in("daftar1").await.json(&format!("/claims/{id}")).await;
    let foreign = server.sign_in("daftar2").await.get(&format!("/claims/{id}")).send().await.unwrap();
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
    let own = manager.json("/users").await;
    let names: Vec<_> = own["rows"].as_array().unwrap().iter().map(|row| row["user_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["daftar1", "daftar1.sabt", "daftar1_modir"]);
    for role in ["expert", "admin", "individual", ""] {
        let new = json!({ "user_name": "daftar1.x", "display_name": "نام", "role": role });
        expect(manager.post("/users").json(&new).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let strangers = server.sign_in("admin").await.json("/users").await;
    let other = strangers["rows"].as_array().unwrap().iter().find(|row| row["user_name"] == "daftar2").unwrap();
    for act in ["reset", "disable", "enable"] {
        let path = format!("/users/{}/{act}", other["id"].as_str().unwrap());
        expect(manager.post(&path).send().await.unwrap(), StatusCode::NOT_FOUND).await;
    }
}

#[tokio::test]
async fn s_03_registration_happens_once_and_leads_to_the_login() {
    let server = Server::start();
    let door = Outside::new(&server);
    expect(register(&door, GOOD, GOOD).await, StatusCode::CREATED).await;
    let again = expect(register(&door, "دیگری و دیگری ۷", "دیگری و دیگری ۷").await, StatusCode::OK).await;
    assert_eq!((&again["may_register"], &again["registered"]), (&json!(false), &json!(true)));
    let page = door.page("/register/check", &[("policy_number", POLICY), ("document_number", PASSPORT)]).await;
    assert!(page.contains("قبلاً ثبت‌نام") && page.contains("href=\"/login\""), "{page}");
    // Whoever has only the policy's number learns nothing about accounts: both answers are word for word one.
    let known = expect(check(&door, POLICY, "P1").await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let unknown = expect(check(&door, "1405/06/20/9147/999999", "P1").await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(known, unknown);
    // The second attempt changed no password.
    let login = json!({ "user_name": POLICY, "password": "دیگری و دیگری ۷" });
    assert_eq!(door.post("/login", &login).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn s_04_a_policy_number_is_one_in_any_digits_and_slashes_and_never_a_date() {
    let server = Server::start();
    let door = Outside::new(&server);
    for typed in [
        "۱۴۰۵/۰۶/۲۰/۹۱۴۷/۱۰۰۰۰۲",
        "1405-06-20-9147-100002",
        "\u{202b}١٤٠٥\u{2044}٠٦\u{2044}٢٠\u{2044}٩١٤٧\u{2044}١٠٠٠٠٢\u{202c}",
        "100002/9147/20/06/1405",
    ] {
        let told = expect(check(&door, typed, PASSPORT).await, StatusCode::OK).await;
        assert_eq!((&told["may_register"], &told["user_name"]), (&json!(true), &json!(POLICY)), "{typed}");
    }
    // The same number written for another day is another number.
    expect(check(&door, "2026/09/11/9147/100002", PASSPORT).await, StatusCode::UNPROCESSABLE_ENTITY).await;
}

#[tokio::test]
async fn s_05_the_papers_number_folds_case_spaces_digits_and_the_letter_o() {
    let server = Server::start();
    let door = Outside::new(&server);
    for typed in ["p10200302", "P ۱۰۲۰۰۳۰۲", "P-1O2OO3O2"] {
        expect(check(&door, POLICY, typed).await, StatusCode::OK).await;
    }
    for typed in ["", "10200302", "P10200301", "P10200302 OR 1=1", "😀"] {
        let problem = expect(check(&door, POLICY, typed).await, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(faults(&problem)[0].1, "not-eligible", "{typed}");
    }
}

#[tokio::test]
async fn s_06_guessing_policies_is_slowed_and_offices_policies_are_refused() {
    let server = Server::start();
    let door = Outside::new(&server);
    import(&server, "policy_number,document_number,name,office\n1405/07/01/9147/300001,P55,نام,D-101\n");
    let problem = expect(check(&door, "1405/07/01/9147/300001", "P55").await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(faults(&problem), [("policy_number".to_owned(), "not-eligible".to_owned())]);
    let mut status = StatusCode::OK;
    for number in 0..6 {
        status = check(&door, POLICY, &format!("P{number}")).await.status();
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let right = check(&door, POLICY, PASSPORT).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS, "even the right one waits");
}

#[tokio::test]
async fn s_07_numbers_that_fit_are_confirmed_in_the_manuals_words() {
    let server = Server::start();
    let door = Outside::new(&server);
    let page = door.page("/register/check", &[("policy_number", POLICY), ("document_number", PASSPORT)]).await;
    assert!(page.contains("شماره بیمه شما معتبر می‌باشد") && page.contains("name=\"password_again\""), "{page}");
    assert!(page.contains("بازگشت"), "there is a way back");
}

#[tokio::test]
async fn s_08_the_policy_is_the_user_name_and_a_renewal_opens_the_same_account() {
    let server = Server::start();
    let door = Outside::new(&server);
    expect(register(&door, GOOD, GOOD).await, StatusCode::CREATED).await;
    let person = server.sign_in_with("۱۴۰۵/۰۶/۲۰/۹۱۴۷/۱۰۰۰۰۲", GOOD).await;
    let typed = json!({ "insured": person.json("/insured").await["rows"][0]["id"], "claim_type": "injury",
        "accident_date": "1405/08/20", "description": "در خیابان زمین خورد و پایش شکست." });
    let claim = expect(person.post("/claims").json(&typed).send().await.unwrap(), StatusCode::CREATED).await;

    // A year later: the renewed policy with the same passport belongs to the same person.
    import(
        &server,
        &format!("policy_number,document_number,name,office\n1406/06/20/9147/200777,{PASSPORT},فرشته حیدری,ONLINE\n"),
    );
    let told = expect(check(&door, "1406/06/20/9147/200777", PASSPORT).await, StatusCode::OK).await;
    assert_eq!(told["registered"], true);
    for name in [POLICY, "1406/06/20/9147/200777"] {
        let again = server.sign_in_with(name, GOOD).await;
        assert_eq!(again.json("/claims").await["rows"][0]["id"], claim["id"], "{name}");
    }
    // Others of the internet see nothing of it, and no office does.
    let other = server.sign_in("1405/05/11/9147/100001").await;
    assert_eq!(other.json("/claims").await["total"], 0);
    let path = format!("/claims/{}", claim["id"].as_str().unwrap());
    for name in ["1405/05/11/9147/100001", "daftar1"] {
        let reply = server.sign_in(name).await.get(&path).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{name}");
    }
    // The expert sees whose it is.
    assert_eq!(server.sign_in("karshenas1").await.json(&path).await["insured"]["name"], "فرشته حیدری");
}

#[tokio::test]
async fn s_09_both_passwords_must_be_one_and_the_keyboard_does_not_matter() {
    let server = Server::start();
    let door = Outside::new(&server);
    let problem = expect(register(&door, GOOD, "سه سیب در باغچه").await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(faults(&problem), [("password_again".to_owned(), "password-again".to_owned())]);
    // The digits of another keyboard are the same password.
    expect(register(&door, "باران دیروز ۴۷", "باران دیروز 47").await, StatusCode::CREATED).await;
    for typed in ["باران دیروز ۴۷", "باران دیروز 47", "باران دیروز ٤٧"] {
        server.sign_in_with(POLICY, typed).await;
    }
}

#[tokio::test]
async fn s_10_the_manuals_password_and_its_kin_are_refused_with_a_reason() {
    let server = Server::start();
    let door = Outside::new(&server);
    for (password, key) in [
        ("123456", "password-sequence"),
        ("۱۲۳۴۵۶", "password-sequence"),
        ("١٢٣٤٥٦٧٨", "password-sequence"),
        ("11111111", "password-sequence"),
        (POLICY, "password-own"),
        ("۱۴۰۵۰۶۲۰۹۱۴۷۱۰۰۰۰۲", "password-own"),
        (PASSPORT, "password-own"),
        ("فرشته‌حیدری", "password-own"),
        ("password1", "password-common"),
        ("سلام", "password-short"),
    ] {
        let problem = expect(register(&door, password, password).await, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(faults(&problem), [("password".to_owned(), key.to_owned())], "{password}");
    }
    let typed = [
        ("policy_number", POLICY),
        ("document_number", PASSPORT),
        ("password", "۱۲۳۴۵۶"),
        ("password_again", "۱۲۳۴۵۶"),
    ];
    let page = door.page("/register", &typed).await;
    assert!(page.contains("نخستین چیزی است که دیگران امتحان می‌کنند"), "{page}");
    assert!(!page.contains("۱۲۳۴۵۶\""), "a refused password is not sent back");
    // The expert is under the same rule.
    let expert = server.sign_in("karshenas1").await;
    let change = json!({ "display_name": "سارا محمدی", "current_password": PASSWORD, "password": "karshenas1", "password_again": "karshenas1" });
    let problem =
        expect(expert.post("/profile").json(&change).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(faults(&problem), [("password".to_owned(), "password-own".to_owned())]);
}

#[tokio::test]
async fn s_11_a_lost_password_is_replaced_by_who_keeps_the_account() {
    let server = Server::start();
    let clerk = server.sign_in("daftar1").await;
    let manager = server.sign_in("daftar1_modir").await;
    let own = manager.json("/users").await;
    let id = own["rows"].as_array().unwrap().iter().find(|row| row["user_name"] == "daftar1").unwrap()["id"].clone();
    let path = format!("/users/{}/reset", id.as_str().unwrap());
    let made = expect(manager.post(&path).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(clerk.get("/claims").send().await.unwrap().status(), StatusCode::UNAUTHORIZED, "open sessions end");
    let old = json!({ "user_name": "daftar1", "password": PASSWORD });
    let door = Outside::new(&server);
    assert_eq!(door.post("/login", &old).await.status(), StatusCode::UNAUTHORIZED);
    let fresh = json!({ "user_name": "daftar1", "password": made["password"] });
    let session = expect(door.post("/login", &fresh).await, StatusCode::CREATED).await;
    assert_eq!(session["must_change"], true);
    let page = door.get("/login").await;
    assert!(page.contains("رمز را فراموش کرده‌اید"), "the door says whom to ask");
}

#[tokio::test]
async fn s_13_being_remembered_is_asked_for_short_and_ended_from_afar() {
    let server = Server::start();
    let door = Outside::new(&server);
    let page = door.get("/login").await;
    assert!(page.contains("مرا به خاطر بسپار") && page.contains("ثبت‌نام اینترنتی افراد"), "{page}");
    let cookie = async |remember: bool| {
        let mut form = vec![("user_name", "daftar1"), ("password", PASSWORD)];
        if remember {
            form.push(("remember", "on"));
        }
        let request = door.client.post(format!("{}/login", server.base)).header(ACCEPT, "text/html");
        let reply = request.header(ORIGIN, &server.base).form(&form).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::SEE_OTHER);
        let set = reply.headers().get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned());
        set.into_iter().find(|cookie| cookie.starts_with("sanad_session=") && !cookie.contains("=;")).unwrap()
    };
    let plain = cookie(false).await;
    assert!(!plain.contains("Max-Age") && !plain.contains("Expires"), "{plain}");
    let remembered = cookie(true).await;
    assert!(remembered.contains("Max-Age=604800") && remembered.contains("HttpOnly"), "{remembered}");
    // From another machine the person sees both sessions and ends one of them.
    let own = server.sign_in("daftar1").await;
    let sessions = own.json("/profile").await["sessions"].clone();
    let (this, others): (Vec<_>, Vec<_>) = sessions.as_array().unwrap().iter().partition(|one| one["this"] == true);
    assert_eq!((this.len(), others.len()), (1, 2));
    let token = remembered.split(['=', ';']).nth(1).unwrap().to_owned();
    let carried =
        async || door.client.get(format!("{}/profile", server.base)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(carried().await.status(), StatusCode::OK);
    for one in &others {
        let path = format!("/profile/sessions/{}/end", one["id"].as_str().unwrap());
        expect(own.post(&path).send().await.unwrap(), StatusCode::NO_CONTENT).await;
        // Nobody else can end it.
        let stranger = server.sign_in("daftar2").await.post(&path).send().await.unwrap();
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(carried().await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn s_15_an_office_is_known_by_the_code_of_the_issuing_system() {
    let server = Server::start_with("[policies]\nsource = \"register\"\n");
    import(&server, "policy_number,document_number,name,office\n1405/07/01/9147/300001,P55,احمد نوری,D-101\n");
    let typed = json!({ "given_name": "احمد", "family_name": "نوری", "document_number": "P55",
        "policy_number": "1405/07/01/9147/300001", "nationality": "AFG", "birth": "1370" });
    let other = server.sign_in("daftar2").await.post("/insured").json(&typed).send().await.unwrap();
    expect(other, StatusCode::UNPROCESSABLE_ENTITY).await;
    let own = server.sign_in("daftar1").await.post("/insured").json(&typed).send().await.unwrap();
    assert_eq!(expect(own, StatusCode::CREATED).await["standing"], "confirmed");
}

#[tokio::test]
async fn s_42_the_profile_changes_name_and_password_and_ends_other_sessions() {
    let server = Server::start();
    let (here, elsewhere) = (server.sign_in("daftar1").await, server.sign_in("daftar1").await);
    let named = expect(
        elsewhere.post("/profile/tokens").json(&json!({ "label": "بایگانی" })).send().await.unwrap(),
        StatusCode::CREATED,
    )
    .await;
    let token = elsewhere.with_token(named["token"].as_str().unwrap());
    assert_eq!(token.get("/claims").send().await.unwrap().status(), StatusCode::OK, "a program acts with its token");
    let mut change = json!({ "display_name": "مریم صادقی‌فر", "current_password": "wrong", "password": GOOD, "password_again": GOOD });
    let problem =
        expect(here.post("/profile").json(&change).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(faults(&problem), [("current_password".to_owned(), "password-current".to_owned())]);
    change["current_password"] = json!(PASSWORD);
    expect(here.post("/profile").json(&change).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(here.json("/profile").await["display_name"], "مریم صادقی‌فر");
    assert_eq!(elsewhere.get("/claims").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(token.get("/claims").send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    server.sign_in_with("daftar1", GOOD).await;
}

#[tokio::test]
async fn experts_and_admins_need_a_second_factor_outside_a_demonstration() {
    let server = Server::start_real();
    let config = server.folder().join("config.toml");
    let mut add = Command::new(sanad());
    add.args(["users", "add", "--user-name", "admin1", "--display-name", "مدیر سامانه", "--role", "admin", "--config"]);
    let password = sanad_ok(add.arg(&config)).trim().to_owned();
    let door = Outside::new(&server);
    let login = json!({ "user_name": "admin1", "password": password });
    let half = expect(door.post("/login", &login).await, StatusCode::ACCEPTED).await;
    assert_eq!(half["second_factor"], "enrol");
    let secret = expect(door.post("/login/second-factor", &half).await, StatusCode::OK).await["secret"].clone();
    let peek = door.client.get(format!("{}/users", server.base)).bearer_auth(half["half"].as_str().unwrap());
    assert_eq!(peek.send().await.unwrap().status(), StatusCode::UNAUTHORIZED, "half a session opens nothing");
    let code = |half: &Value, code: &str| json!({ "half": half["half"], "code": code });
    let wrong = door.post("/login/code", &code(&half, "000000x")).await;
    assert_eq!(faults(&expect(wrong, StatusCode::UNPROCESSABLE_ENTITY).await)[0].1, "code-wrong");
    let now = u64::try_from(SystemClock.now().0 / 1000).unwrap();
    let digits = sanad::accounts::second_factor::code_at(secret.as_str().unwrap(), now);
    let whole = expect(door.post("/login/code", &code(&half, &digits)).await, StatusCode::CREATED).await;
    let codes = whole["recovery_codes"].as_array().unwrap();
    assert_eq!(codes.len(), 10);

    // The next login asks for a code; the one just used counts no more, one on paper counts once.
    let half = expect(door.post("/login", &login).await, StatusCode::ACCEPTED).await;
    assert_eq!(half["second_factor"], "code");
    expect(door.post("/login/code", &code(&half, &digits)).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let paper = codes[0].as_str().unwrap();
    let opened = expect(door.post("/login/code", &code(&half, paper)).await, StatusCode::CREATED).await;
    let half = expect(door.post("/login", &login).await, StatusCode::ACCEPTED).await;
    expect(door.post("/login/code", &code(&half, paper)).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    let admin = door.client.get(format!("{}/profile", server.base)).bearer_auth(opened["token"].as_str().unwrap());
    let profile = expect(admin.send().await.unwrap(), StatusCode::OK).await;
    assert_eq!((&profile["must_change"], &profile["recovery_codes"]), (&json!(true), &json!(9)));
}

#[tokio::test]
async fn s_14_plain_forms_and_old_browsers_are_enough() {
    let server = Server::start();
    let browser = crate::api::server::browser();
    let agent = "Mozilla/5.0 (Windows NT 6.1; rv:115.0) Gecko/20100101 Firefox/115.0";
    let post = |path: &str| {
        let request =
            browser.post(format!("{}{path}", server.base)).header(ACCEPT, "text/html").header(ORIGIN, &server.base);
        request.header("user-agent", agent)
    };
    let signed = post("/login").form(&[("user_name", "daftar1"), ("password", PASSWORD)]).send().await.unwrap();
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);
    let person = [
        ("given_name", "احمد"),
        ("family_name", "نوری"),
        ("nationality", "AFG"),
        ("document_number", "P2"),
        ("policy_number", "1405/07/01/9147/300001"),
        ("birth", "1360"),
        ("sex", "male"),
    ];
    let added = post("/insured").form(&person).send().await.unwrap();
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let place = added.headers()["location"].to_str().unwrap().to_owned();
    let claim = [
        ("insured", place.rsplit('/').next().unwrap()),
        ("claim_type", "injury"),
        ("accident_date", "1405/08/20"),
        ("description", "در خیابان زمین خورد و پایش شکست."),
    ];
    let opened = post("/claims").form(&claim).send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::SEE_OTHER);
    let seen = server.sign_in("karshenas1").await.json(opened.headers()["location"].to_str().unwrap()).await;
    assert_eq!(seen["insured"]["name"], "احمد نوری");
    // What the scripts add asks for nothing that browsers of 2023 lack.
    let page = browser
        .get(format!("{}{place}", server.base))
        .header(ACCEPT, "text/html")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let script = page.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let script = browser.get(format!("{}{script}", server.base)).send().await.unwrap().text().await.unwrap();
    assert!(script.len() > 1000, "{script}");
    for newer in [".toSorted(", ".groupBy(", "withResolvers", "fromAsync", "import(", "startViewTransition"] {
        assert!(!script.contains(newer), "{newer}");
    }
}
