//! Insured persons, their households, and whether the insurer knows them.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::house::import;
use super::policy_server::{Mood, PolicyServer, policy};
use crate::api::server::{Program, Server, expect};
use crate::program::{finish, sanad};

const NUMBER: &str = "1405/07/01/9147/300001";

fn head(name: (&str, &str), document: &str) -> Value {
    json!({ "given_name": name.0, "family_name": name.1, "father_name": "غلام", "sex": "male", "nationality": "AFG",
        "document_number": document, "policy_number": NUMBER, "birth": "1360/02/10", "phone": "۰۹۱۲۳۴۵۶۷۸۹",
        "cover_from": "1405/07/01", "cover_to": "1406/06/31" })
}

async fn add(office: &Program, typed: &Value) -> Value {
    expect(office.post("/insured").json(typed).send().await.unwrap(), StatusCode::CREATED).await
}

async fn refused(office: &Program, path: &str, typed: &Value) -> (String, String) {
    let reply = office.post(path).json(typed).send().await.unwrap();
    let problem = expect(reply, StatusCode::UNPROCESSABLE_ENTITY).await;
    let error = problem["errors"][0].clone();
    let message = error["message"].as_str().unwrap();
    assert!(message.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "told in Persian: {message}");
    (error["field"].as_str().unwrap().to_owned(), error["key"].as_str().unwrap().to_owned())
}

fn own(field: &str, key: &str) -> (String, String) {
    (field.to_owned(), key.to_owned())
}

async fn found(office: &Program, words: &str) -> Vec<String> {
    let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let list = office.json(&format!("/insured?q={words}")).await;
    list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

fn path(person: &Value) -> String {
    format!("/insured/{}", person["id"].as_str().unwrap())
}

async fn claim_for(office: &Program, person: &Value) -> reqwest::Response {
    let typed = json!({ "insured": person["id"], "claim_type": "injury", "accident_date": "1405/08/20",
        "description": "در خیابان زمین خورد و پایش شکست." });
    office.post("/claims").json(&typed).send().await.unwrap()
}

#[tokio::test]
async fn s_19_the_list_is_searched_in_any_spelling_and_paged() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    add(&office, &head(("علي‌رضا", "كريمي"), "P79869411")).await;
    for number in 0..52 {
        add(&office, &head(("کریم", "احمدی"), &format!("Q{number:07}"))).await;
    }
    for words in ["علیرضا", "علی رضا کریمی", "كريمي", "p798", "P۷۹۸۶۹۴۱۱"] {
        assert_eq!(found(&office, words).await, ["علي‌رضا كريمي"], "{words}");
    }
    for words in ["<script>", "' OR 1=1 --", "%", "\u{202e}", "😀"] {
        let rows = found(&office, words).await;
        assert!(rows.is_empty() || words == "\u{202e}", "{words}: {rows:?}");
    }
    let first = office.json("/insured").await;
    assert_eq!((first["total"].as_i64(), first["rows"].as_array().unwrap().len()), (Some(53), 50));
    assert_eq!(office.json("/insured?offset=50").await["rows"].as_array().unwrap().len(), 3);
    assert!(first["rows"][0]["cover_from"].as_str().is_some() && first["rows"][0]["policy_number"] == NUMBER);
    assert_eq!(found(&server.sign_in("daftar2").await, "کریم").await.len(), 0, "another office finds nobody");
    // An expert sees every office's; the demonstration's own person bought on the internet.
    assert_eq!(server.sign_in("karshenas1").await.json("/insured").await["total"], 54);
}

#[tokio::test]
async fn s_20_a_claim_is_for_somebody_who_is_registered() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let nobody = json!({ "id": "00000000-0000-7000-8000-000000000000" });
    assert_eq!(claim_for(&office, &nobody).await.status(), StatusCode::NOT_FOUND);
    let person = add(&office, &head(("احمد", "نوری"), "P1000001")).await;
    let claim = expect(claim_for(&office, &person).await, StatusCode::CREATED).await;
    let seen = server.sign_in("karshenas1").await.json(&format!("/claims/{}", claim["id"].as_str().unwrap())).await;
    assert_eq!(seen["insured"]["name"], "احمد نوری");
    assert_eq!(claim_for(&server.sign_in("daftar2").await, &person).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn s_21_every_field_is_kept_and_bad_input_is_told_beside_it() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let person = add(&office, &head(("\u{202e}احمد\u{202c}", "نوری"), "p ۱۰۰-۰۰۰۲")).await;
    let seen = server.sign_in("karshenas1").await.json(&path(&person)).await["person"].clone();
    for (field, value) in [
        ("name", "احمد نوری"),
        ("father_name", "غلام"),
        ("sex", "male"),
        ("phone", "09123456789"),
        ("birth", "1981-04-30"),
        ("birth_calendar", "jalali"),
        ("policy_number", NUMBER),
        ("cover_from", "2026-09-23"),
    ] {
        assert_eq!(seen[field], value, "{field}");
    }
    let long = "ن".repeat(121);
    for (field, value, key) in [
        ("given_name", "احمد 😀", "name-signs"),
        ("given_name", "<b>احمد</b>", "name-signs"),
        ("family_name", "نوری'); DROP TABLE insured;--", "name-signs"),
        ("family_name", long.as_str(), "text-too-long"),
        ("father_name", "غلام ۲", "name-signs"),
        ("document_number", "", "document-number-missing"),
        ("document_number", "P<script>", "number-signs"),
        ("policy_number", "😀", "number-signs"),
        ("sex", "x", "sex"),
        ("nationality", "افغان", "bad-nationality"),
        ("birth", "1405/13/40", "bad-birth"),
        ("birth", "1450/01/01", "bad-date"),
        ("cover_from", "دیروز", "bad-date"),
        ("cover_to", "1404/01/01", "cover-order"),
        ("phone", "12", "phone"),
    ] {
        let mut typed = head(("احمد", "نوری"), "P1000003");
        typed[field] = json!(value);
        assert_eq!(refused(&office, "/insured", &typed).await, own(field, key), "{field} = {value}");
    }
    assert_eq!(office.json("/insured").await["total"], 1, "nothing was half saved");
}

#[tokio::test]
async fn s_22_only_people_of_this_office_and_nobody_is_told_of_another() {
    let answers = PolicyServer::start(Mood::Tells(policy(NUMBER, "P55", "D-101")));
    let settings = format!(
        "[policies]\nsource = \"server\"\nurl = \"{}\"\ntimeout_ms = 400\nfailures = 4\nrest_s = 2\nask_again_s = 3600\n",
        answers.url
    );
    let server = Server::start_with(&settings);
    let (office, other) = (server.sign_in("daftar1").await, server.sign_in("daftar2").await);
    let typed = head(("احمد", "نوری"), "P55");
    let person = add(&office, &typed).await;
    assert_eq!(
        (&person["standing"], &person["cover_to"]),
        (&json!("confirmed"), &json!("2027-06-30")),
        "the insurer's cover counts"
    );
    // Another office, and a policy that does not exist, get the same words.
    let foreign = refused(&other, "/insured", &typed).await;
    answers.turn(Mood::Tells(json!({ "found": false })));
    let mut unknown = head(("احمد", "نوری"), "P56");
    unknown["policy_number"] = json!("1405/07/01/9147/999999");
    assert_eq!(refused(&other, "/insured", &unknown).await, foreign);
    assert_eq!(foreign, own("policy_number", "policy-office"));
    assert_eq!(other.json("/insured").await["total"], 0);
    // The same through the claim's own form.
    let typed = json!({ "name": "احمد نوری", "document_number": "P55", "policy_number": NUMBER, "nationality": "AFG",
        "claim_type": "injury", "accident_date": "1405/08/20", "description": "در خیابان زمین خورد و پایش شکست." });
    answers.turn(Mood::Tells(policy(NUMBER, "P55", "D-101")));
    assert_eq!(refused(&other, "/claims", &typed).await, foreign);
}

#[tokio::test]
async fn s_22_a_server_that_is_slow_down_or_talks_nonsense_makes_drafts_not_acceptances() {
    let answers = PolicyServer::start(Mood::Gone);
    let settings = format!(
        "[policies]\nsource = \"server\"\nurl = \"{}\"\ntimeout_ms = 400\nretries = 1\nfailures = 100\nask_again_s = 3600\n",
        answers.url
    );
    let server = Server::start_with(&settings);
    let office = server.sign_in("daftar1").await;
    let mixed_up = policy(NUMBER, "P9999", "D-101").to_string();
    let moods = [
        Mood::Gone,
        Mood::Slow,
        Mood::Failing,
        Mood::Nonsense("<html>خوش آمدید</html>".to_owned()),
        Mood::Nonsense("{\"found\":true}".to_owned()),
        Mood::Nonsense("x".repeat(200_000)),
        Mood::Nonsense(mixed_up),
    ];
    for (number, mood) in moods.into_iter().enumerate() {
        answers.turn(mood.clone());
        let person = add(&office, &head(("احمد", "نوری"), &format!("W{number}"))).await;
        assert_eq!(person["standing"], "awaiting", "{mood:?}");
    }
    let person = office.json("/insured").await["rows"][0].clone();
    let claim = expect(claim_for(&office, &person).await, StatusCode::CREATED).await;
    let submit = format!("/claims/{}/submission", claim["id"].as_str().unwrap());
    let revision = json!({ "revision": claim["revision"] });
    assert_eq!(refused(&office, &submit, &revision).await, own("insured", "policy-awaiting"), "a draft is not sent");
    assert_eq!(server.sign_in("karshenas1").await.json("/queue").await["total"], 0);
    let page = office.get(&path(&person)).header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("در انتظار استعلام") && page.contains("استعلام دوباره"), "the office sees why");

    // The server comes back: asked again, the person is confirmed.
    let last = person["document_number"].as_str().unwrap();
    answers.turn(Mood::Tells(policy(NUMBER, last, "D-101")));
    let inquiry = format!("{}/inquiry", path(&person));
    let now = expect(office.post(&inquiry).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(now["standing"], "confirmed");
    // Down again: the earlier answer serves for the same question, with its age, and is not taken for another.
    answers.turn(Mood::Failing);
    let again = add(&office, &head(("احمد", "نوری"), last)).await;
    assert_eq!((&again["standing"], &again["answered_at"]), (&json!("confirmed"), &now["answered_at"]));
    assert!(now["answered_at"].as_i64() > person["registered_at"].as_i64());
    let page = office.get(&path(&person)).header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("پاسخ بیمه‌گر:"), "the office sees how old the answer is");
}

#[tokio::test]
async fn s_22_a_failing_server_is_left_alone_for_a_while() {
    let answers = PolicyServer::start(Mood::Failing);
    let settings = format!(
        "[policies]\nsource = \"server\"\nurl = \"{}\"\nretries = 0\nfailures = 2\nrest_s = 3600\nask_again_s = 3600\n",
        answers.url
    );
    let server = Server::start_with(&settings);
    let office = server.sign_in("daftar1").await;
    for number in 0..6 {
        let mut typed = head(("احمد", "نوری"), &format!("W{number}"));
        typed["policy_number"] = json!("123456");
        assert_eq!(add(&office, &typed).await["standing"], "awaiting");
    }
    assert_eq!(answers.asked(), 2, "after two failures nobody asks");
}

#[tokio::test]
async fn s_22_a_register_with_a_bad_row_changes_nothing() {
    let server = Server::start_with("[policies]\nsource = \"register\"\n");
    let office = server.sign_in("daftar1").await;
    let good = format!("policy_number,document_number,name,office\n{NUMBER},P55,احمد نوری,D-101\n");
    let bad = server.folder().join("bad.csv");
    std::fs::write(&bad, format!("{good}1405,P56,نام,D-101\n{NUMBER},P55,نام دیگر,D-101\n")).unwrap();
    let config = server.folder().join("config.toml");
    let run =
        || finish(Command::new(sanad()).args(["policies", "import", "--json"]).arg(&bad).arg("--config").arg(&config));
    let done = run();
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let told: Vec<_> = done.lines().iter().map(|line| (line["row"].as_i64(), line["key"].clone())).collect();
    assert_eq!(told, [(Some(3), json!("import-policy-number")), (Some(4), json!("import-contradiction"))]);
    assert_eq!(refused(&office, "/insured", &head(("احمد", "نوری"), "P55")).await.1, "policy-office");
    import(&server, &good);
    assert_eq!(add(&office, &head(("احمد", "نوری"), "P55")).await["standing"], "confirmed");
    // The admin does the same in the browser, and sees the rows; nobody else may.
    let send = async |user: &str| {
        let file = reqwest::multipart::Part::bytes(std::fs::read(&bad).unwrap()).file_name("bad.csv");
        let form = reqwest::multipart::Form::new().part("file", file);
        server.sign_in(user).await.post("/policies").multipart(form).send().await.unwrap()
    };
    let told = expect(send("admin").await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(told["bad_rows"].as_array().unwrap().len(), 2);
    assert_eq!(send("daftar1_modir").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn s_23_a_birth_is_typed_in_either_calendar_or_as_a_year() {
    let server = Server::start();
    let (office, expert) = (server.sign_in("daftar1").await, server.sign_in("karshenas1").await);
    for (number, (typed, day, year, calendar)) in [
        ("۱۳۷۸/۰۵/۱۷", json!("1999-08-08"), json!(null), "jalali"),
        ("1999-08-08", json!("1999-08-08"), json!(null), "gregorian"),
        ("۱۳۷۸", json!(null), json!(1378), "jalali"),
        ("1999", json!(null), json!(1999), "gregorian"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut one = head(("احمد", "نوری"), &format!("B{number}00"));
        one["birth"] = json!(typed);
        let person = add(&office, &one).await;
        let seen = expert.json(&path(&person)).await["person"].clone();
        assert_eq!(
            (&seen["birth"], &seen["birth_year"], &seen["birth_calendar"]),
            (&day, &year, &json!(calendar)),
            "{typed}"
        );
    }
    let page = office.get("/insured").header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("۱۷ مرداد ۱۳۷۸") && page.contains("سال ۱۳۷۸") && page.contains("سال ۱۹۹۹ میلادی"), "{page}");
}

#[tokio::test]
async fn s_24_a_dependant_stands_under_an_insured_head_only() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let mut child = json!({ "given_name": "زهرا", "family_name": "نوری", "nationality": "AFG", "birth": "1395/01/10",
        "kinship": "child", "head": "00000000-0000-7000-8000-000000000000" });
    assert_eq!(refused(&office, "/insured", &child).await, own("head", "head-missing"));
    let mut uninsured = head(("جان", "نوری"), "P1");
    uninsured["policy_number"] = json!("");
    child["head"] = add(&office, &uninsured).await["id"].clone();
    assert_eq!(refused(&office, "/insured", &child).await, own("head", "head-uninsured"));
    let father = add(&office, &head(("احمد", "نوری"), "P2")).await;
    child["head"] = father["id"].clone();
    let girl = add(&office, &child).await;
    assert_eq!((&girl["head"], &girl["policy_number"]), (&father["id"], &json!(NUMBER)), "insured with the head");
    child["head"] = girl["id"].clone();
    assert_eq!(refused(&office, "/insured", &child).await, own("head", "head-is-dependant"));
    child["head"] = father["id"].clone();
    let foreign = server.sign_in("daftar2").await;
    assert_eq!(
        refused(&foreign, "/insured", &child).await,
        own("head", "head-missing"),
        "another office's head is none"
    );
}

#[tokio::test]
async fn s_25_a_head_has_many_dependants_and_two_of_one_name() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let father = add(&office, &head(("احمد", "نوری"), "P2")).await;
    for (given, kinship, birth, document) in [
        ("گل‌بانو", "spouse", "1365/01/01", "P31"),
        ("گل‌بانو", "spouse", "1370/01/01", "P32"),
        ("محمد", "child", "1395/01/10", ""),
        ("محمد", "child", "1398/06/02", ""),
    ] {
        let one = json!({ "given_name": given, "family_name": "نوری", "nationality": "AFG", "birth": birth,
            "kinship": kinship, "document_number": document, "head": father["id"] });
        add(&office, &one).await;
    }
    let seen = server.sign_in("karshenas1").await.json(&path(&father)).await;
    let members = seen["dependants"].as_array().unwrap();
    assert_eq!(members.len(), 4);
    assert!(
        members.iter().all(|one| one["kinship"].is_string() && one["birth"].is_string() && one["nationality"] == "AFG")
    );
    let mut without = json!({ "given_name": "علی", "family_name": "نوری", "nationality": "AFG", "birth": "1399", "head": father["id"] });
    assert_eq!(refused(&office, "/insured", &without).await, own("kinship", "kinship"));
    without["kinship"] = json!("uncle");
    assert_eq!(refused(&office, "/insured", &without).await, own("kinship", "kinship"));
}

#[tokio::test]
async fn s_26_a_minor_without_a_paper_stands_on_the_heads() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let father = add(&office, &head(("احمد", "نوری"), "P2")).await;
    let mut child = json!({ "given_name": "زهرا", "family_name": "نوری", "nationality": "AFG", "kinship": "child", "head": father["id"] });
    assert_eq!(refused(&office, "/insured", &child).await, own("birth", "birth-missing"));
    child["birth"] = json!("1400");
    let girl = add(&office, &child).await;
    assert_eq!(girl["document_number"], "P2");
    // The same child again is the same person.
    assert_eq!(add(&office, &child).await["id"], girl["id"]);
    let claim = expect(claim_for(&office, &girl).await, StatusCode::CREATED).await;
    let seen = server.sign_in("karshenas1").await.json(&format!("/claims/{}", claim["id"].as_str().unwrap())).await;
    assert_eq!(seen["insured"]["birth_year"], 1400);
}

#[tokio::test]
async fn s_27_edits_are_kept_as_versions_and_two_at_once_do_not_lose_one() {
    let server = Server::start();
    let (office, expert) = (server.sign_in("daftar1").await, server.sign_in("karshenas1").await);
    let person = add(&office, &head(("احمد", "نوری"), "P2")).await;
    let claim = expect(claim_for(&office, &person).await, StatusCode::CREATED).await;
    let mut edit = head(("احمدشاه", "نوری"), "P2");
    edit["revision"] = person["revision"].clone();
    expect(office.post(&path(&person)).json(&edit).send().await.unwrap(), StatusCode::OK).await;
    let seen = expert.json(&path(&person)).await;
    assert_eq!(
        (&seen["person"]["name"], &seen["earlier"][0]["person"]["name"]),
        (&json!("احمدشاه نوری"), &json!("احمد نوری"))
    );
    assert_eq!(seen["earlier"][0]["changed_by"], "مریم صادقی");
    let told = expert.json(&format!("/claims/{}", claim["id"].as_str().unwrap())).await;
    assert_eq!(told["insured"]["name"], "احمدشاه نوری", "the claim is judged by what stands now");
    // Somebody else still has the old page open.
    expect(office.post(&path(&person)).json(&edit).send().await.unwrap(), StatusCode::CONFLICT).await;
    add(&office, &head(("دیگری", "کس"), "P9")).await;
    edit["revision"] = json!(2);
    edit["document_number"] = json!("P9");
    assert_eq!(refused(&office, &path(&person), &edit).await, own("document_number", "document-taken"));
    for (user, status) in [("daftar2", StatusCode::NOT_FOUND), ("karshenas1", StatusCode::FORBIDDEN)] {
        let reply = server.sign_in(user).await.post(&path(&person)).json(&edit).send().await.unwrap();
        assert_eq!(reply.status(), status, "{user}");
    }
}

#[tokio::test]
async fn s_28_the_list_shows_the_heads_of_this_office() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let father = add(&office, &head(("احمد", "نوری"), "P2")).await;
    let child = json!({ "given_name": "زهرا", "family_name": "نوری", "nationality": "AFG", "birth": "1395/01/10",
        "kinship": "child", "head": father["id"] });
    let girl = add(&office, &child).await;
    let list = office.json("/insured").await;
    assert_eq!(
        (&list["total"], &list["rows"][0]["id"], &list["rows"][0]["dependants"]),
        (&json!(1), &father["id"], &json!(1))
    );
    assert_eq!(found(&office, "زهرا").await, ["زهرا نوری"], "a search finds dependants too");
    assert_eq!(server.sign_in("daftar2").await.json("/insured").await["total"], 0);
    // Whoever has dependants or live claims stays; whoever has none leaves the list and keeps the record.
    let removal = |person: &Value| format!("{}/removal", path(person));
    assert_eq!(refused(&office, &removal(&father), &json!({})).await, own("insured", "has-dependants"));
    let claim = expect(claim_for(&office, &girl).await, StatusCode::CREATED).await;
    assert_eq!(refused(&office, &removal(&girl), &json!({})).await, own("insured", "has-claims"));
    let mother = add(&office, &head(("گل", "نوری"), "P3")).await;
    expect(office.post(&removal(&mother)).send().await.unwrap(), StatusCode::NO_CONTENT).await;
    expect(office.get(&path(&mother)).send().await.unwrap(), StatusCode::NOT_FOUND).await;
    assert!(found(&office, "گل").await.is_empty());
    assert_eq!(
        add(&office, &head(("گل", "نوری"), "P3")).await["id"],
        mother["id"],
        "registered again, the same person"
    );
    assert!(claim["id"].is_string());
}

#[tokio::test]
async fn s_29_any_member_of_the_household_gets_a_claim() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let father = add(&office, &head(("احمد", "نوری"), "P2")).await;
    let child = json!({ "given_name": "زهرا", "family_name": "نوری", "nationality": "AFG", "birth": "1395/01/10",
        "kinship": "child", "head": father["id"] });
    let girl = add(&office, &child).await;
    let page = office.get(&path(&father)).header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    for member in [&father, &girl] {
        assert!(page.contains(&format!("/claims/new?insured={}", member["id"].as_str().unwrap())));
        let claim = expect(claim_for(&office, member).await, StatusCode::CREATED).await;
        let seen = server.sign_in("karshenas1").await.json(&path(member)).await;
        assert_eq!(seen["claims"][0]["id"], claim["id"]);
    }
}
