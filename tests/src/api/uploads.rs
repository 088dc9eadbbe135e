//! Bad files over HTTP: each gets its own clear answer, and the next upload is untouched.

use reqwest::StatusCode;

use super::paper;
use super::server::{Server, expect};

fn codes(version: &serde_json::Value) -> Vec<String> {
    let found = version["report"]["findings"].as_array().unwrap();
    found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_bad_file_has_its_own_answer() {
    let server = Server::start_with("[limits]\nfile_mb = 1\n");
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();

    let empty = office.upload_and_wait(id, "policy", "empty.jpg", Vec::new()).await;
    assert_eq!((empty["verdict"].as_str(), codes(&empty)), (Some("reject"), vec!["FIL-EMPT".to_owned()]));

    let large =
        expect(office.upload(id, "policy", "large.jpg", vec![7; 3_000_000]).await, StatusCode::PAYLOAD_TOO_LARGE).await;
    assert_eq!(large["type"], "urn:sanad:problem:too-large");
    assert!(large["detail"].as_str().unwrap().contains('۱'), "{large}");

    let text = office.upload_and_wait(id, "policy", "policy.jpg", b"this is no picture at all".to_vec()).await;
    assert_eq!((text["verdict"].as_str(), codes(&text)), (Some("reject"), vec!["FIL-TYPE".to_owned()]));

    let mut half = paper(1);
    half.truncate(half.len() / 2);
    let half = office.upload_and_wait(id, "identity", "half.png", half).await;
    assert_eq!((half["verdict"].as_str(), codes(&half)), (Some("reject"), vec!["FIL-CRPT".to_owned()]));

    let unknown = office.upload(id, "no-such-slot", "a.png", paper(2)).await;
    expect(unknown, StatusCode::UNPROCESSABLE_ENTITY).await;
    office.upload_and_wait(id, "accident-report", "good.png", paper(3)).await;
}

#[tokio::test]
async fn hostile_names_are_shown_as_text() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    for (number, (slot, name)) in (1..).zip([
        ("policy", "../../etc/passwd.png"),
        ("identity", "fdp.\u{202e}gnp.exe"),
        ("accident-report", "\"><img src=x onerror=alert(1)>.png"),
    ]) {
        let version = office.upload_and_wait(id, slot, name, paper(number)).await;
        let kept = version["file_name"].as_str().unwrap();
        assert!(!kept.contains(['/', '\u{202e}', '\n']), "{kept}");
    }
    let page = office.get(&format!("/claims/{id}")).header("accept", "text/html").send().await.unwrap();
    assert!(!page.text().await.unwrap().contains("<img src=x"), "names are escaped");
}

#[tokio::test]
async fn the_same_bytes_again_are_a_quiet_no_op() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    let first = expect(office.upload(id, "policy", "a.png", paper(1)).await, StatusCode::CREATED).await;
    let again = expect(office.upload(id, "policy", "b.png", paper(1)).await, StatusCode::CREATED).await;
    assert_eq!(again["version"], first["version"]);
    assert_eq!((first["repeated"].as_bool(), again["repeated"].as_bool()), (Some(false), Some(true)));
}
