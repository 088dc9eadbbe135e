//! An office sees its own claims, papers and pictures, and nothing that tells of others.

use reqwest::StatusCode;
use serde_json::json;

use super::paper;
use super::server::{Server, expect};

#[tokio::test]
async fn another_office_meets_only_not_found() {
    let server = Server::start();
    let own = server.sign_in("daftar1").await;
    let claim = own.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    let version = own.upload_and_wait(id, "policy", "scan.png", paper(1)).await;
    let version_id = version["id"].as_str().unwrap();
    let seen = own.json(&format!("/claims/{id}")).await;
    let document = seen["documents"][0]["id"].as_str().unwrap();
    let thumb = format!("/versions/{version_id}/pages/0/thumb");
    let picture = own.get(&thumb).send().await.unwrap();
    assert_eq!(picture.status(), StatusCode::OK);
    assert!(picture.headers()["cache-control"].to_str().unwrap().contains("private"));
    assert!(picture.bytes().await.unwrap().len() <= 40 * 1024, "a thumbnail stays under 40 KB");

    let foreign = server.sign_in("daftar2").await;
    for path in [
        format!("/claims/{id}"),
        format!("/documents/{document}"),
        format!("/documents/{document}/notes"),
        format!("/documents/{document}/versions/{version_id}"),
        thumb,
        format!("/versions/{version_id}/pages/0/preview"),
        format!("/versions/{version_id}/original"),
    ] {
        let problem = expect(foreign.get(&path).send().await.unwrap(), StatusCode::NOT_FOUND).await;
        assert_eq!(problem["type"], "urn:sanad:problem:not-found", "{path}");
        assert!(!problem.to_string().contains("کریم"), "{problem}");
    }
    let upload = foreign.upload(id, "policy", "x.png", paper(2)).await;
    expect(upload, StatusCode::NOT_FOUND).await;
    let note = foreign.post(&format!("/documents/{document}/notes")).json(&json!({ "text": "سلام" }));
    expect(note.send().await.unwrap(), StatusCode::NOT_FOUND).await;
    assert_eq!(foreign.json("/claims").await["total"], 0);
    assert_eq!(foreign.json("/claims?q=کریم").await["total"], 0);
    assert_eq!(own.json("/claims?q=كريم").await["total"], 1, "Arabic letters find the Persian name");
    assert_eq!(foreign.json("/insured").await["total"], 0);
}

#[tokio::test]
async fn roles_do_only_their_own_work() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let expert = server.sign_in("karshenas1").await;
    for path in ["/queue/next"] {
        expect(office.post(path).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    }
    let typed = json!({ "name": "ا ب", "document_number": "1", "nationality": "AFG", "claim_type": "injury",
        "accident_date": "1405/08/20", "description": "در خیابان زمین خورد و پایش شکست." });
    expect(expert.post("/claims").json(&typed).send().await.unwrap(), StatusCode::FORBIDDEN).await;
    expect(expert.get("/dashboard").send().await.unwrap(), StatusCode::FORBIDDEN).await;
}
