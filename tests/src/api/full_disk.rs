//! A disk that is full: a clear answer, nothing that was acknowledged is lost, and work goes on once there is
//! room again.

use std::fs;

use reqwest::StatusCode;
use serde_json::Value;

use super::paper;
use super::server::{Server, expect};

/// Room for the database and a few papers.
const DISK_KB: u32 = 12_000;
/// What lies on the disk besides, until it is cleared away.
const FILLER: usize = 9_000_000;
/// Uploads until then, at most.
const MOST: u64 = 400;

/// A paper with a tail that makes it large without making it slow to judge.
fn large(number: u64) -> Vec<u8> {
    let mut bytes = paper(number % 2);
    bytes.extend(std::iter::repeat_n(number as u8, 400_000));
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_loses_nothing() {
    let server = Server::start_on_small_disk(DISK_KB);
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    // the disk as the server sees it, entered by the process's own door
    let disk = format!("/proc/{}/root{}", server.pid(), server.folder().display());
    fs::write(format!("{disk}/filler"), vec![7; FILLER]).unwrap();

    let mut kept: Vec<(Value, u64)> = Vec::new();
    let mut refused = None;
    for number in 0..MOST {
        let reply = office.upload(id, "policy", "scan.png", large(number)).await;
        if reply.status() == StatusCode::CREATED {
            kept.push((expect(reply, StatusCode::CREATED).await, number));
        } else {
            refused = Some(expect(reply, StatusCode::INSUFFICIENT_STORAGE).await);
            break;
        }
    }
    let refused = refused.expect("the disk fills up");
    assert_eq!(refused["type"], "urn:sanad:problem:disk-full", "{refused}");
    assert!(refused["detail"].as_str().unwrap().chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{refused}");
    assert!(!kept.is_empty(), "some were acknowledged before");

    fs::remove_file(format!("{disk}/filler")).unwrap();
    let after = expect(office.upload(id, "policy", "scan.png", large(MOST)).await, StatusCode::CREATED).await;
    kept.push((after, MOST));
    for (accepted, number) in &kept {
        let (document, version) = (accepted["document"].as_str().unwrap(), accepted["version"].as_str().unwrap());
        let judged = office.json(&format!("/documents/{document}/versions/{version}?wait_ms=60000")).await;
        assert_eq!(judged["state"], "judged", "{judged}");
        let original = office.get(&format!("/versions/{version}/original")).send().await.unwrap();
        assert_eq!(original.bytes().await.unwrap(), large(*number));
    }
}
