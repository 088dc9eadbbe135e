//! The main path as people walk it: a bad scan, its verdict on the page, a better one, the expert's
//! decision, and the office seeing it without a reload.

use serde_json::Value;

use super::browser::Browser;
use crate::api::paper;
use crate::api::server::Server;

const PERSIAN_DIGITS: std::ops::RangeInclusive<char> = '۰'..='۹';

async fn open_claim(office: &Browser, base: &str) {
    office.go(&format!("{base}/claims/new")).await;
    office.type_into("#name", "کریم احمدی").await;
    office.type_into("#document_number", "P12345678").await;
    office.type_into("#policy_number", "1405/08/20/9147/100569").await;
    office.type_into("#birth", "۱۳۷۸/۰۵/۱۷").await;
    office.press("input[value=injury]").await;
    office.type_into("#accident_date", "۱۴۰۵/۰۸/۲۰").await;
    office.type_into("#description", "هنگام کار از نردبان افتاد و دستش شکست.").await;
    office.press("main form .btn-primary").await;
    office.until("#progress", |text| !text.is_empty()).await;
}

async fn missing(office: &Browser) -> Vec<String> {
    let slots = office
        .script("return [...document.querySelectorAll('.slots > .slot.missing')].filter(e => !e.closest('details')).map(e => e.id.slice(5))")
        .await;
    slots.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_bad_scan_a_good_one_and_a_decision() {
    let server = Server::start();
    let office = Browser::open(1366, 900, true).await;
    office.sign_in(&server.base, "daftar1").await;
    open_claim(&office, &server.base).await;
    let claim = office.address().await;
    assert!(office.text("#claim-head").await.contains("۲۰ آبان ۱۴۰۵"), "the day is shown in Jalali");

    // A bad file: refused while the person is still on the page, with reason and advice in Persian.
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.png");
    std::fs::write(&bad, &paper(1)[..20_000]).unwrap();
    office.choose_file("#slot-policy input[type=file]", &bad).await;
    let verdict = office.until("#slot-policy", |text| text.contains("FIL-CRPT")).await;
    assert!(verdict.contains("جایگزینی") && verdict.contains("همین بهترین نسخه است"), "{verdict}");
    assert_eq!(office.address().await, claim, "the person stays on the page");
    office.until("#progress", |text| text.contains("باید جایگزین")).await;
    let counted = office.script("return document.querySelector('#progress progress').value").await;
    assert_eq!(counted.as_f64(), Some(0.0), "a refused paper is none yet");

    // A better one in its place, then the rest; what the checks do not like is sent with a reason.
    let slots = missing(&office).await;
    assert!(slots.len() >= 4, "{slots:?}");
    for (number, slot) in (10..).zip(std::iter::once("policy").chain(slots.iter().map(String::as_str))) {
        let file = folder.path().join(format!("{slot}.png"));
        std::fs::write(&file, paper(number)).unwrap();
        let form = if slot == "policy" {
            "#slot-policy .slot-actions input[type=file]".to_owned()
        } else {
            format!("#slot-{slot} input[type=file]")
        };
        office.choose_file(&form, &file).await;
        let card = format!("#slot-{slot}");
        let settled = |text: &str| text.contains(&format!("{slot}.png")) && !text.contains("در حال بررسی");
        // The body of the card is the server's word; a file on its way stands below it.
        if office.until(&format!("{card} .slot-body"), settled).await.contains("رد شد") {
            office.script(&format!("document.querySelector('{card} .slot-actions details').open = true")).await;
            office.type_into(&format!("{card} .slot-actions textarea"), "نسخه بهتری در دست نیست.").await;
            office.press(&format!("{card} .slot-actions details button")).await;
            office.until(&card, |text| text.contains("با توضیح دفتر فرستاده شد")).await;
        }
    }
    office.until("#progress", |text| text.contains("همه مدارک لازم آماده است")).await;
    office.press("#progress form button").await;
    office.until("#progress", |text| text.contains("نزد کارشناس است")).await;

    let expert = Browser::open(1366, 900, true).await;
    expert.sign_in(&server.base, "karshenas1").await;
    expert.press("form[action='/queue/next'] button").await;
    expert.until(".desk-verdict", |text| text.contains("عدم تأیید")).await;
    // The letter is approved once its stamp, its signature and the lack of an account number were seen.
    for tick in ["stamp", "signature", "no_iban"] {
        expert.press(&format!(".ticks input[value={tick}]")).await;
    }
    expert.press("#approve").await;
    expert.until("#desk-papers", |text| text.contains("تأیید شد")).await;
    // The office, still on the page, sees it by itself.
    office.until(".slots .slot:first-child", |text| text.contains("تأیید شد")).await;

    expert.script("document.querySelector('#refuse').open = true").await;
    expert.press(".reasons input[value=STM-NONE]").await;
    expert.type_into("#note", "مهر خوانده نمی‌شود").await;
    expert.press("#refuse form button").await;
    expert.until("#desk-papers", |text| text.contains("تأیید نشد")).await;
    let told = office.until(".slots .slot:nth-child(2)", |text| text.contains("تأیید نشد")).await;
    assert!(told.contains("مهر خوانده نمی‌شود"), "{told}");

    let manager = Browser::open(1366, 900, true).await;
    manager.sign_in(&server.base, "modir").await;
    manager.go(&format!("{}/reports/rejections?by=people", server.base)).await;
    let number = manager.text(".matrix .number a").await;
    assert!(number.chars().all(|c| PERSIAN_DIGITS.contains(&c)), "{number}");
    manager.press(".matrix .number a").await;
    assert!(manager.until(".rows", |text| !text.is_empty()).await.contains("کریم احمدی"));
}
