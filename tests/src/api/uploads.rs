//! Bad files over HTTP: each gets its own clear answer, and the next upload is untouched.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

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

/// What comes back on a line until it pauses or ends.
fn answer(line: &mut TcpStream) -> String {
    let mut told = Vec::new();
    let mut part = [0; 4096];
    while let Ok(read) = line.read(&mut part) {
        if read == 0 {
            break;
        }
        told.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&told).into_owned();
        let body = text.split_once("\r\n\r\n").map(|(head, body)| (head.to_ascii_lowercase(), body.len()));
        let whole = body.is_some_and(|(head, read)| {
            let named = head.lines().find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
            named.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| read >= length)
        });
        let empty = text.starts_with("HTTP/1.1 204") && text.contains("\r\n\r\n");
        if whole || empty || text.ends_with("\r\n0\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&told).into_owned()
}

#[tokio::test]
async fn a_refused_upload_is_answered_and_its_line_serves_on_or_is_closed() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let address = server.base.strip_prefix("http://").unwrap().to_owned();
    let foreign = server.sign_in("daftar2").await.open_claim("کریم احمدی", "injury").await;
    let path = format!("/claims/{}/documents", foreign["id"].as_str().unwrap());
    let head = |path: &str, token: &str, length: usize| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let get = format!("GET /health HTTP/1.1\r\nHost: {address}\r\n\r\n");
    // Refused before anybody looks at the body: not one's own, nobody signed in, no such claim, no form at all.
    for (path, token, status) in [
        (path.as_str(), office.token.as_str(), "404"),
        (path.as_str(), "nobody", "401"),
        ("/claims/none/documents", office.token.as_str(), "404"),
        ("/documents/none/versions", office.token.as_str(), "404"),
        ("/policies", office.token.as_str(), "403"),
        ("/nowhere", office.token.as_str(), "404"),
    ] {
        let mut line = TcpStream::connect(&address).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        for length in [1, 900_000] {
            line.write_all(head(path, token, length).as_bytes()).unwrap();
            line.write_all(&vec![b'x'; length]).unwrap();
            let told = answer(&mut line);
            assert!(told.starts_with(&format!("HTTP/1.1 {status}")), "{path} {length}: {told}");
            assert!(!told.to_ascii_lowercase().contains("connection: close"), "{path} {length}: {told}");
        }
        line.write_all(get.as_bytes()).unwrap();
        assert!(answer(&mut line).starts_with("HTTP/1.1 204"), "{path}: the same line serves on");
    }
    // A body that is far from in: the answer says that the line ends, and nobody waits for the rest.
    let mut line = TcpStream::connect(&address).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    line.write_all(head(&path, &office.token, 40_000_000).as_bytes()).unwrap();
    line.write_all(&vec![b'x'; 1_500_000]).unwrap();
    let told = answer(&mut line);
    assert!(told.starts_with("HTTP/1.1 404"), "{told}");
    assert!(told.to_ascii_lowercase().contains("connection: close"), "{told}");
}
