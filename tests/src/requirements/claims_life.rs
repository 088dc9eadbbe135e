//! The claim as a whole: declared, listed, graver than thought, posted, paid, refused, deleted; and the front page.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::claims_walk::{
    TRACKING, accident, act, approve_all, approved, before_the_expert, document, fill, finish, house, id, open, page,
    show, submit, take,
};
use crate::api::server::{Program, expect};

async fn pdf(who: &Program, claim: &Value, name: &str, status: StatusCode) -> Vec<u8> {
    let reply = who.get(&format!("/claims/{}/{name}", id(claim))).send().await.unwrap();
    assert_eq!(reply.status(), status, "{name}");
    reply.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn s_12_the_companys_welcome_stands_on_the_front_page_and_is_written_by_its_admin() {
    let (server, office, expert) = house().await;
    let admin = server.sign_in("admin").await;
    let welcome = json!({ "title": "خوش آمدید", "body": "هدف، سریع شدن رسیدگی است.", "welcome": "on" });
    expect(expert.post("/messages").json(&welcome).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    expect(admin.post("/messages").json(&welcome).send().await.unwrap(), StatusCode::CREATED).await;
    assert!(page(&office, "/dashboard").await.contains("هدف، سریع شدن رسیدگی است."));
    let next = json!({ "title": "خوش آمدید", "body": "متن تازه <b>", "welcome": "on" });
    expect(admin.post("/messages").json(&next).send().await.unwrap(), StatusCode::CREATED).await;
    assert_eq!(office.json("/dashboard").await["welcome"]["body"], "متن تازه <b>");
    assert!(!page(&office, "/dashboard").await.contains("متن تازه <b>"), "what was typed is never markup");
}

#[tokio::test]
async fn s_16_messages_reach_their_office_and_role_and_tell_who_has_read_them() {
    let (server, office, expert) = house().await;
    let manager = server.sign_in("modir").await;
    let write = async |body: Value, status: StatusCode| {
        expect(manager.post("/messages").json(&body).send().await.unwrap(), status).await
    };
    let long = "م".repeat(301);
    write(json!({ "title": long, "body": "x" }), StatusCode::UNPROCESSABLE_ENTITY).await;
    write(json!({ "title": "\u{202e} ", "body": "x" }), StatusCode::UNPROCESSABLE_ENTITY).await;
    let past = json!({ "title": "گذشته", "body": "x", "expires_on": "۱۳۹۹/۰۱/۰۱" });
    let problem = write(past, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(problem["errors"][0]["field"], "expires_on");
    let own = write(json!({ "title": "برای شما", "body": "شنبه", "office": "D-101" }), StatusCode::CREATED).await;
    write(json!({ "title": "برای کارشناسان", "body": "ب", "role": "expert" }), StatusCode::CREATED).await;
    let told = office.json("/dashboard").await["messages"].clone();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["title"]), (1, &json!("برای شما")));
    let other = server.sign_in("daftar2").await;
    assert_eq!(other.json("/dashboard").await["messages"], json!([]));
    assert_eq!(expert.json("/messages").await["rows"][0]["title"], "برای کارشناسان");
    let path = format!("/messages/{}/read", own["id"].as_str().unwrap());
    expect(other.post(&path).send().await.unwrap(), StatusCode::NOT_FOUND).await;
    expect(office.post(&path).send().await.unwrap(), StatusCode::NO_CONTENT).await;
    let seen = manager.json("/messages").await;
    let row = seen["rows"].as_array().unwrap().iter().find(|row| row["id"] == own["id"]).unwrap().clone();
    assert_eq!(row["readers"], 1);
}

#[tokio::test]
async fn s_17_an_office_sees_its_own_figures_and_nobody_elses() {
    let (server, office, expert) = house().await;
    let claim = approved(&office, &expert, "کریم الف", 100).await;
    open(&office, &accident("کریم ب", "injury")).await;
    let figures = office.json("/dashboard").await["figures"].clone();
    assert_eq!((&figures["all"], &figures["with_office"]), (&json!(2), &json!(2)), "{figures}");
    let first = office.json("/dashboard").await["attention"][0]["id"].clone();
    assert_eq!(first, claim["id"], "what is to be posted stands before drafts");
    let other = server.sign_in("daftar2").await;
    let none = other.json("/dashboard").await;
    assert_eq!((&none["figures"]["all"], &none["recent"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn s_18_an_offices_menu_has_the_manuals_areas_in_the_manuals_words() {
    let (_server, office, expert) = house().await;
    let html = page(&office, "/dashboard").await;
    let menu = html.split("<nav class=\"menu\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let words: Vec<&str> = menu.split("<span>").skip(1).map(|rest| rest.split("</span>").next().unwrap()).collect();
    assert_eq!(words, ["داشبورد", "بیمه‌شدگان", "لیست خسارات", "پروفایل"]);
    assert!(html.contains("/logout"));
    assert!(!page(&expert, "/queue").await.contains("بیمه‌شدگان</span>"));
}

#[tokio::test]
async fn s_30_several_victims_of_one_accident_are_linked_and_their_report_is_no_duplicate() {
    let (_server, office, expert) = house().await;
    let first = open(&office, &accident("کریم ج", "injury")).await;
    let mut typed = accident("زینب ج", "injury");
    typed["shared_with"] = json!("۱۴۰۵-۹۹۹۹۹۹");
    let problem =
        expect(office.post("/claims").json(&typed).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(problem["errors"][0]["field"], "shared_with");
    typed["shared_with"] = first["number"].clone();
    let second = open(&office, &typed).await;
    for claim in [&first, &second] {
        let report = office.upload_and_wait(id(claim), "accident-report", "r.png", crate::api::paper(110)).await;
        assert_eq!(report["register_findings"], json!([]));
    }
    let seen = show(&expert, &second).await;
    assert_eq!(seen["same_accident"][0]["id"], first["id"]);
    let report = document(&expert, &second, "accident-report").await;
    assert_eq!(report["current"]["repeats"], json!([]), "one report serves both");
}

#[tokio::test]
async fn s_30_a_claims_row_tells_state_type_and_approved_and_refused_papers_to_its_office() {
    let (_server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم د", "injury"), 120).await;
    approve_all(&expert, &claim).await;
    let row = office.json("/claims").await["rows"][0].clone();
    assert_eq!(
        (&row["state"], &row["claim_type"], &row["rejected"]),
        (&json!("in_review"), &json!("injury"), &json!(0))
    );
    assert_eq!(row["approved"], row["documents"]);
    assert!(page(&office, "/claims").await.contains("در حال بررسی"));
}

#[tokio::test]
async fn s_32_the_description_is_asked_for_bounded_and_never_trusted() {
    let (_server, office, expert) = house().await;
    for (text, key) in [("؟؟ ۱۲۳", "description-too-short"), ("", "description-too-short")] {
        let mut typed = accident("کریم ه", "injury");
        typed["description"] = json!(text);
        let reply = office.post("/claims").json(&typed).send().await.unwrap();
        let problem = expect(reply, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(
            (&problem["errors"][0]["field"], &problem["errors"][0]["key"]),
            (&json!("description"), &json!(key))
        );
    }
    let mut typed = accident("کریم ه", "injury");
    typed["place"] = json!("ک".repeat(301));
    let problem =
        expect(office.post("/claims").json(&typed).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(problem["errors"][0]["field"], "place");
    assert_eq!(office.json("/insured").await["total"], 0, "nothing is half saved");
    // Signs that turn a line, emoji, markup and SQL are text and nothing else.
    let mut typed = accident("کریم ه", "injury");
    typed["description"] = json!("از نردبان افتاد \u{202e}😀 <script>alert(1)</script> '; DROP TABLE claims;--");
    let claim = open(&office, &typed).await;
    let told = show(&expert, &claim).await["description"].as_str().unwrap().to_owned();
    assert!(told.contains("😀") && told.contains("DROP TABLE") && !told.contains('\u{202e}'), "{told}");
    assert!(!page(&office, &format!("/claims/{}", id(&claim))).await.contains("<script>alert"));
    let form = [
        ("insured", ""),
        ("name", "کریم ه"),
        ("document_number", "P1"),
        ("nationality", "AFG"),
        ("claim_type", "injury"),
        ("accident_date", "۱۴۰۵/۰۸/۲۰"),
        ("place", "میدان آزادی"),
        ("description", "کوتاه"),
    ];
    let reply = office.post("/claims").header("accept", "text/html").form(&form).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = reply.text().await.unwrap();
    assert!(html.contains("میدان آزادی") && html.contains("شرح حادثه کوتاه است"), "what was typed is kept");
}

#[tokio::test]
async fn s_33_a_graver_type_keeps_approved_papers_and_asks_for_what_it_needs() {
    let (_server, office, expert) = house().await;
    let mut typed = accident("کریم و", "injury");
    typed["circumstances"] = json!(["hospitalised"]);
    let claim = before_the_expert(&office, &expert, &typed, 130).await;
    let admission = document(&expert, &claim, "admission-record").await;
    let mut copy = json!({ "ruling": "approve", "form": "certified-copy", "certifier": "authority" });
    copy["version"] = admission["current"]["id"].clone();
    copy["revision"] = admission["revision"].clone();
    let path = format!("/documents/{}/decision", admission["id"].as_str().unwrap());
    expect(expert.post(&path).json(&copy).send().await.unwrap(), StatusCode::OK).await;
    approve_all(&expert, &claim).await;
    finish(&expert, &claim).await;
    let lower = json!({ "claim_type": "injury", "reason": "خطا" });
    act(&office, &claim, "type", lower, StatusCode::UNPROCESSABLE_ENTITY).await;
    let graver = json!({ "claim_type": "death", "reason": "حادثه‌دیده درگذشت." });
    let raised = act(&office, &claim, "type", graver, StatusCode::OK).await;
    assert_eq!((&raised["state"], &raised["claim_type"]), (&json!("needs_correction"), &json!("death")));
    assert_eq!(raised["number"], claim["number"], "it is the same claim");
    let seen = show(&expert, &claim).await;
    assert!(seen["submittable"]["missing"].as_array().unwrap().contains(&json!("death-certificate")));
    assert_eq!(document(&expert, &claim, "policy").await["locked"], true, "approved papers stay");
    // A copy certified by another than its issuer served an injury; in a death it is looked at again.
    assert_eq!(document(&expert, &claim, "admission-record").await["state"], "in_review");
}

#[tokio::test]
async fn s_37_the_offices_letter_is_printed_prefilled_without_a_place_for_an_account() {
    let (server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم ز", "injury")).await;
    let letter = pdf(&office, &claim, "letter.pdf", StatusCode::OK).await;
    assert!(letter.starts_with(b"%PDF"));
    let document = lopdf::Document::load_mem(&letter).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    let fonts = String::from_utf8_lossy(&letter).contains("Vazirmatn");
    assert!(fonts || letter.len() > 10_000, "its letters are inside");
    pdf(&expert, &claim, "letter.pdf", StatusCode::OK).await;
    let stranger = server.sign_in("daftar2").await;
    pdf(&stranger, &claim, "letter.pdf", StatusCode::NOT_FOUND).await;
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(html.contains("letter.pdf") && html.contains("شمارهٔ شبا در نامه نوشته نمی‌شود"));
}

#[tokio::test]
async fn s_39_originals_are_posted_only_after_every_approval_and_compared_when_they_arrive() {
    let (server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم ح", "injury"), 140).await;
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::CONFLICT).await;
    pdf(&office, &claim, "cover-sheet.pdf", StatusCode::CONFLICT).await;
    approve_all(&expert, &claim).await;
    finish(&expert, &claim).await;
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    let cover = pdf(&office, &claim, "cover-sheet.pdf", StatusCode::OK).await;
    assert_eq!(lopdf::Document::load_mem(&cover).unwrap().get_pages().len(), 1);
    let bad = act(&office, &claim, "parcel", json!({ "tracking": "۱۲۳" }), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(bad["errors"][0]["field"], "tracking");
    act(&office, &claim, "parcel", json!({ "tracking": TRACKING }), StatusCode::OK).await;
    let desk = server.sign_in("post").await;
    assert_eq!(desk.json(&format!("/post?number={TRACKING}")).await["rows"][0]["id"], claim["id"]);
    let papers: Vec<Value> = show(&desk, &claim).await["documents"].as_array().unwrap().clone();
    let ids: Vec<&Value> = papers.iter().map(|paper| &paper["id"]).collect();
    let half = json!({ "documents": ids[1..], "arrived": ids[1..] });
    let problem = act(&desk, &claim, "parcel/receipt", half, StatusCode::CONFLICT).await;
    assert_eq!(problem["slots"].as_array().unwrap().len(), 1);
    let mut codes = vec![""; ids.len()];
    codes[0] = "PST-MISM";
    let wrong = json!({ "documents": ids, "arrived": ids[1..], "codes": codes });
    act(&desk, &claim, "parcel/receipt", wrong, StatusCode::OK).await;
    let told = show(&office, &claim).await;
    assert_eq!(told["state"], "needs_correction");
    let slot = papers[0]["slot"].as_str().unwrap();
    assert_eq!(document(&office, &claim, slot).await["decision"]["codes"], json!(["PST-MISM"]));
}

#[tokio::test]
async fn s_40_the_list_finds_claims_by_state_and_by_words_in_any_spelling() {
    let (server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("علی‌رضا کریمی", "injury"), 150).await;
    open(&office, &accident("زهرا نوری", "injury")).await;
    let number = claim["number"].as_str().unwrap();
    for words in ["كريمي", "علی رضا", "عليرضا", "كريمي علي", number, "۱۴۰۵"] {
        let found = office.json(&format!("/claims?state=in_review&q={words}")).await;
        assert_eq!((&found["total"], &found["rows"][0]["id"]), (&json!(1), &claim["id"]), "{words}");
    }
    assert_eq!(office.json("/claims?state=draft").await["total"], 1);
    assert_eq!(office.json("/claims?q=%25").await["total"], 0, "no sign is a wildcard");
    let other = server.sign_in("daftar2").await;
    assert_eq!(other.json("/claims?q=کریمی").await["total"], 0);
    assert_eq!(expert.json("/claims?q=کریمی").await["total"], 1);
}

#[tokio::test]
async fn s_41_a_refusal_takes_two_people_and_a_claim_that_is_not_payable_may_be_deleted() {
    let (server, office, expert) = house().await;
    let claim = before_the_expert(&office, &expert, &accident("کریم ط", "injury"), 160).await;
    let early = json!({ "reason": "نمی‌خواهیم" });
    let problem = act(&office, &claim, "deletion", early, StatusCode::CONFLICT).await;
    assert_eq!(problem["type"], "urn:sanad:problem:not-deletable");
    let no = json!({ "codes": ["COV-EXCL"], "reason": "مادهٔ ۴ بیمه‌نامه" });
    act(&expert, &claim, "refusal", no, StatusCode::OK).await;
    assert_eq!(show(&office, &claim).await["state"], "in_review", "not told before it is decided");
    act(&expert, &claim, "refusal/confirmation", json!({}), StatusCode::FORBIDDEN).await;
    let senior = server.sign_in("arshad").await;
    act(&senior, &claim, "refusal/confirmation", json!({}), StatusCode::OK).await;
    let told = show(&office, &claim).await;
    assert_eq!((&told["state"], &told["said"][0]["text"]), (&json!("refused"), &json!("مادهٔ ۴ بیمه‌نامه")));
    assert!(page(&office, &format!("/claims/{}", id(&claim))).await.contains("عدم تأیید پرونده"));
    act(&office, &claim, "appeal", json!({ "reason": "گزارش تازه داریم" }), StatusCode::OK).await;
    act(&senior, &claim, "appeal/rejection", json!({ "reason": "نه" }), StatusCode::CONFLICT).await;
    let manager = server.sign_in("modir").await;
    act(&manager, &claim, "appeal/rejection", json!({ "reason": "وارد نیست" }), StatusCode::OK).await;
    act(&office, &claim, "deletion", json!({ "reason": "دیگر پیگیری نمی‌شود" }), StatusCode::NO_CONTENT).await;
    let gone = expert.get(&format!("/claims/{}", id(&claim))).send().await.unwrap();
    expect(gone, StatusCode::NOT_FOUND).await;
    assert_eq!(office.json("/claims/deleted").await["rows"][0]["id"], claim["id"]);
    let path = format!("/claims/{}/restoration", id(&claim));
    expect(office.post(&path).send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(show(&expert, &claim).await["state"], "refused");
}

#[tokio::test]
async fn s_45_originals_travel_by_post_and_the_money_follows_them() {
    let (server, office, expert) = house().await;
    let claim = approved(&office, &expert, "کریم ی", 170).await;
    let html = page(&office, &format!("/claims/{}", id(&claim))).await;
    assert!(html.contains("آوردن حضوری لازم نیست"), "nobody is told to come in");
    act(&office, &claim, "parcel/preparation", json!({}), StatusCode::OK).await;
    act(&office, &claim, "parcel", json!({ "tracking": TRACKING }), StatusCode::OK).await;
    let (desk, finance) = (server.sign_in("post").await, server.sign_in("mali").await);
    act(&finance, &claim, "payment/start", json!({}), StatusCode::CONFLICT).await;
    let papers = show(&desk, &claim).await["documents"].clone();
    let ids: Vec<&Value> = papers.as_array().unwrap().iter().map(|paper| &paper["id"]).collect();
    act(&desk, &claim, "parcel/receipt", json!({ "documents": ids, "arrived": ids }), StatusCode::OK).await;
    assert_eq!(show(&office, &claim).await["state"], "originals_received");
    act(&finance, &claim, "payment/start", json!({}), StatusCode::OK).await;
    assert!(page(&office, "/claims").await.contains("در حال پرداخت"));
    let paid = json!({ "amount": "۱۸۵٬۰۰۰٬۰۰۰", "reference": "TR-۱", "paid_on": "۱۴۰۵/۰۸/۲۵" });
    act(
        &finance,
        &claim,
        "payment",
        json!({ "amount": "<b>", "reference": "x", "paid_on": "1405/08/25" }),
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    act(&finance, &claim, "payment", paid.clone(), StatusCode::OK).await;
    assert_eq!(show(&office, &claim).await["payments"][0]["amount_rial"], 185_000_000);
    act(&finance, &claim, "payment/return", json!({ "reason": "حساب مسدود" }), StatusCode::OK).await;
    assert_eq!(show(&office, &claim).await["state"], "payment_returned");
    let locked = office.upload(id(&claim), "policy", "p.png", crate::api::paper(179)).await;
    assert_eq!(expect(locked, StatusCode::CONFLICT).await["type"], "urn:sanad:problem:only-bank-slip");
    super::claims_walk::put(&office, &claim, "bank-slip", 178).await;
    submit(&office, &claim).await;
    take(&expert, &claim).await;
    approve_all(&expert, &claim).await;
    assert_eq!(finish(&expert, &claim).await["state"], "paying");
    act(&finance, &claim, "payment", paid, StatusCode::OK).await;
    act(&finance, &claim, "payment/close", json!({}), StatusCode::OK).await;
    assert_eq!(show(&office, &claim).await["state"], "closed");
}

#[tokio::test]
async fn s_34_what_was_declared_changes_the_list_while_the_claim_is_with_its_office() {
    let (_server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم ک", "injury")).await;
    let mut typed = office.json(&format!("/claims/{}/edit", id(&claim))).await;
    typed["circumstances"] = json!(["surgery", "traffic"]);
    typed["place"] = json!("مشهد");
    let saved = act(&office, &claim, "facts", typed.clone(), StatusCode::OK).await;
    let slots: Vec<&str> =
        saved["checklist"].as_array().unwrap().iter().map(|line| line["slot"].as_str().unwrap()).collect();
    assert!(slots.contains(&"operation-note") && slots.contains(&"traffic-report"), "{slots:?}");
    let reply = expert.post(&format!("/claims/{}/facts", id(&claim))).json(&typed).send().await.unwrap();
    expect(reply, StatusCode::FORBIDDEN).await;
    assert_eq!(show(&expert, &claim).await["place"], "مشهد");
    fill(&office, &claim, 180).await;
}

#[tokio::test]
async fn s_34_the_list_is_data_that_an_admin_edits_in_the_browser_and_publishes_with_a_day() {
    let (server, office, expert) = house().await;
    let claim = open(&office, &accident("کریم ل", "injury")).await;
    let admin = server.sign_in("admin").await;
    expect(expert.post("/rules").send().await.unwrap(), StatusCode::FORBIDDEN).await;
    let draft = expect(admin.post("/rules").send().await.unwrap(), StatusCode::CREATED).await;
    let rules = format!("/rules/{}", draft["id"].as_str().unwrap());
    let html = page(&admin, &rules).await;
    assert!(html.contains("row-imaging-report") && html.contains("گزارش تصویربرداری"));
    let revision = draft["revision"].as_i64().unwrap().to_string();
    let row = |pages: &'static str, label: &'static str| {
        vec![
            ("revision", revision.clone()),
            ("label_fa", label.to_owned()),
            ("label_en", "Imaging".to_owned()),
            ("injury", "required".to_owned()),
            ("min_pages", pages.to_owned()),
            ("seen", "stamp".to_owned()),
        ]
    };
    let path = format!("{rules}/rows/imaging-report");
    for (pages, label) in [("۰", "تصویر"), ("1", ""), ("۹۹", "تصویر")] {
        let reply = admin.post(&path).header("accept", "text/html").form(&row(pages, label)).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY, "{pages} {label}");
    }
    let saved = admin.post(&path).form(&row("۱", "گزارش تصویربرداری")).send().await.unwrap();
    let saved = expect(saved, StatusCode::OK).await;
    let effect = saved["effect"].as_array().unwrap().iter().find(|one| one["claim"] == claim["id"]).unwrap().clone();
    assert_eq!(effect["more"], json!(["imaging-report"]), "the draft shows what it does to open claims");
    assert!(page(&admin, &rules).await.contains("عوض می‌شود"));
    let asked = |list: &Value| list["needed"].as_array().unwrap().iter().any(|line| line["slot"] == "imaging-report");
    assert!(!asked(&office.json("/checklist?claim_type=injury").await), "a draft asks nobody for anything");
    let publish = async |day: &str, status: StatusCode| {
        let body = json!({ "revision": saved["revision"], "valid_from": day });
        expect(admin.post(&format!("{rules}/publication")).json(&body).send().await.unwrap(), status).await
    };
    publish("۱۴۰۰/۰۱/۰۱", StatusCode::UNPROCESSABLE_ENTITY).await;
    publish("<b>", StatusCode::UNPROCESSABLE_ENTITY).await;
    let today = office.json("/checklist").await;
    assert!(today["needed"].as_array().unwrap().is_empty());
    let future = publish("۱۴۵۰/۰۱/۰۱", StatusCode::OK).await;
    assert_eq!((&future["draft"], &future["holds"]), (&json!(false), &json!(false)));
    assert!(!asked(&office.json("/checklist?claim_type=injury").await), "it does not hold before its day");
}
