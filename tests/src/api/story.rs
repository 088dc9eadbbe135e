//! The date story over the wire: the same as `sanad case` tells, with places that can be looked at.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::server::{Program, Server, expect};
use crate::program::run;

/// Far more than the words of a claim take on a loaded machine.
const READING: Duration = Duration::from_secs(280);

/// Opens a claim as a `case.json` declares it and sends its papers; the claim's id.
pub(crate) async fn brought(office: &Program, case: &Value, folder: &Path) -> String {
    let (person, policy) = (&case["insured"], &case["policy"]);
    let typed = json!({
        "name": person["name"], "document_number": person["document_number"], "nationality": person["nationality"],
        "birth": person["birth"], "policy_number": policy["number"], "claim_type": case["claim_type"],
        "accident_date": case["accident_date"], "circumstances": case["circumstances"],
        "description": "هنگام کار از نردبان افتاد و دستش شکست.",
    });
    let claim = expect(office.post("/claims").json(&typed).send().await.unwrap(), StatusCode::CREATED).await;
    let id = claim["id"].as_str().unwrap().to_owned();
    for document in case["documents"].as_array().unwrap() {
        let (slot, file) = (document["slot"].as_str().unwrap(), document["file"].as_str().unwrap());
        let bytes = std::fs::read(folder.join(file)).unwrap();
        expect(office.upload(&id, slot, file, bytes).await, StatusCode::CREATED).await;
    }
    id
}

/// The story as soon as every paper is read.
pub(crate) async fn told(program: &Program, claim: &str, papers: usize) -> Value {
    let begun = Instant::now();
    loop {
        let story = program.json(&format!("/claims/{claim}/story")).await;
        if story["reading"]["read"] == papers {
            return story;
        }
        assert!(begun.elapsed() < READING, "{}", story["reading"]);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// A place of the command line in one line.
fn place(evidence: &Value) -> String {
    let fields = ["slot", "page", "region", "role", "value_iso", "text"];
    fields.map(|field| format!("{}", evidence[field])).join(" ")
}

/// A place of the server in the same words.
fn place_there(found: &Value) -> String {
    let at = |field: &str| format!("{}", found["place"][field]);
    let own = |field: &str| format!("{}", found[field]);
    [at("slot"), at("page"), at("region"), own("role"), own("value_iso"), own("text")].join(" ")
}

fn finding(value: &Value, place: fn(&Value) -> String) -> String {
    let mut places: Vec<String> = value["evidence"].as_array().unwrap().iter().map(place).collect();
    places.sort();
    format!("{} {} {} {}", value["code"], value["severity"], value["confidence"], places.join(" | "))
}

/// Findings that hold papers against each other; `DAT-UNRD` is a question on the server.
fn of_story(value: &Value) -> bool {
    let code = value["code"].as_str().unwrap();
    let families = ["DAT-", "POL-", "IDN-", "IBN-", "AMT-", "TYP-", "CRT-", "STM-"];
    code != "DAT-UNRD" && families.iter().any(|family| code.starts_with(family))
}

/// What is only worth a look is told to those who look.
fn for_the_office(finding: &Value) -> bool {
    finding["severity"] != "info"
}

fn line(entry: &Value, at: &Value) -> String {
    let own = ["iso", "role", "text", "calendar", "source", "confidence", "trusted", "conflict", "replaced"];
    let there = ["slot", "page", "region"];
    let own = own.iter().map(|field| format!("{}", entry[*field]));
    own.chain(there.iter().map(|field| format!("{}", at[*field]))).collect::<Vec<_>>().join(" ")
}

fn array(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().unwrap().iter()
}

/// What the server does not know of a claim is left out for the command line too.
fn as_the_server_knows(mut case: Value) -> Value {
    for field in ["cover_from", "cover_to", "issued"] {
        case["policy"][field] = Value::Null;
    }
    case["iban"] = Value::Null;
    case["submitted_on"] = Value::Null;
    case["documents"].as_array_mut().unwrap().iter_mut().for_each(|document| document["form"] = Value::Null);
    case
}

#[tokio::test]
async fn the_server_tells_what_the_command_line_tells() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/committed/claims");
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    for name in ["claim00", "claim03"] {
        let folder: PathBuf = samples.join(name);
        let text = std::fs::read_to_string(folder.join("case.json")).unwrap();
        let case = as_the_server_knows(serde_json::from_str(&text).unwrap());
        let dir = tempfile::tempdir().unwrap();
        let papers: Vec<&str> = array(&case["documents"]).map(|d| d["file"].as_str().unwrap()).collect();
        for file in &papers {
            std::fs::copy(folder.join(file), dir.path().join(file)).unwrap();
        }
        std::fs::write(dir.path().join("case.json"), case.to_string()).unwrap();
        let claim = brought(&office, &case, &folder).await;
        let outcome = run([OsStr::new("case"), OsStr::new("--json"), dir.path().as_os_str()]);
        let here = outcome.lines().remove(0);
        let there = told(&office, &claim, papers.len()).await;

        let findings: BTreeSet<String> =
            array(&here["findings"]).filter(|f| of_story(f) && for_the_office(f)).map(|f| finding(f, place)).collect();
        let found: BTreeSet<String> = array(&there["findings"]).map(|f| finding(f, place_there)).collect();
        assert_eq!(findings, found, "{name}");
        let unread = array(&here["findings"]).filter(|f| f["code"] == "DAT-UNRD").flat_map(|f| array(&f["evidence"]));
        let unread: BTreeSet<String> = unread.map(|e| format!("{} {} {}", e["slot"], e["region"], e["role"])).collect();
        let asked = array(&there["asked"]);
        let asked: BTreeSet<String> =
            asked.map(|a| format!("{} {} {}", a["place"]["slot"], a["place"]["region"], a["role"])).collect();
        assert_eq!(unread, asked, "{name}");
        let line_here: BTreeSet<String> = array(&here["timeline"]).map(|entry| line(entry, entry)).collect();
        let line_there: BTreeSet<String> =
            array(&there["timeline"]).map(|entry| line(entry, &entry["place"])).collect();
        assert_eq!(line_here, line_there, "{name}");
        assert!(line_here.len() > 10, "{name} has dates: {line_here:#?}");
        let not_run = |value: &Value| -> BTreeSet<String> { array(value).map(|one| one.to_string()).collect() };
        assert_eq!(not_run(&here["not_run"]), not_run(&there["not_run"]), "{name}");
    }
}

#[tokio::test]
async fn a_place_can_be_looked_at_and_a_date_typed_beside_it() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/committed/claims/claim00");
    let server = Server::start();
    let (office, other) = (server.sign_in("daftar1").await, server.sign_in("daftar2").await);
    let text = std::fs::read_to_string(samples.join("case.json")).unwrap();
    let mut case: Value = serde_json::from_str(&text).unwrap();
    case["documents"].as_array_mut().unwrap().retain(|document| document["slot"] == "office-letter");
    let claim = brought(&office, &case, &samples).await;
    let story = told(&office, &claim, 1).await;
    let entry = array(&story["timeline"]).find(|entry| !entry["place"].is_null()).expect("a date was read").clone();
    let crop = entry["place"]["crop"].as_str().unwrap();
    let reply = office.get(crop).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()["content-type"], "image/jpeg");
    let etag = reply.headers()["etag"].clone();
    let picture = image::load_from_memory(&reply.bytes().await.unwrap()).unwrap();
    assert!(picture.width() > picture.height() && picture.width() <= 900, "{}x{}", picture.width(), picture.height());
    let again = office.get(crop).header("if-none-match", etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(other.get(crop).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let version = entry["place"]["version"].as_str().unwrap();
    for region in ["", "1,2,3", "a,b,c,d", "900000,900000,5,5"] {
        let path = format!("/versions/{version}/pages/0/crop?region={region}");
        assert_eq!(office.get(&path).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{region}");
    }

    // As a page: a text that is no day comes back with what was typed.
    let region = array(&entry["place"]["region"]).map(Value::to_string).collect::<Vec<_>>().join(",");
    let form = |date: &str| {
        let fields = [
            ("version", version.to_owned()),
            ("role", entry["role"].as_str().unwrap().to_owned()),
            ("page", entry["place"]["page"].to_string()),
            ("region", region.clone()),
            ("date", date.to_owned()),
        ];
        office.post(&format!("/claims/{claim}/story/dates")).header("accept", "text/html").form(&fields)
    };
    let refused = form("۱۴۰۵/۱۳/۴۵").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains("value=\"۱۴۰۵/۱۳/۴۵\"") && page.contains("is-invalid"), "what was typed is kept");
    assert_eq!(form("۱۴۰۲/۰۱/۱۴").send().await.unwrap().status(), StatusCode::SEE_OTHER);
    let typed = json!({ "version": version, "role": "issue", "date": "خرداد" });
    let path = format!("/claims/{claim}/story/dates");
    let problem = expect(office.post(&path).json(&typed).send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(problem["errors"][0]["field"], "date", "{problem}");
    let story = office.json(&format!("/claims/{claim}/story")).await;
    assert!(array(&story["timeline"]).any(|entry| entry["source"] == "typed" && entry["iso"] == "2023-04-03"));
    let page = office.get(&format!("/claims/{claim}/story")).header("accept", "text/html").send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("داستان تاریخ‌ها") && !page.contains('⟦'));
}
