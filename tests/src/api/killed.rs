//! The server itself, and its readers, killed while real papers are sent and judged: what was acknowledged is
//! there afterwards, byte for byte, and judged.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use super::paper;
use super::server::{Program, Server, expect};

/// Kills of the server.
const KILLS: u64 = 6;
/// The server lives this long under load before each kill: spread over receiving, storing and judging.
const LIFE_MS: [u64; 6] = [40, 150, 330, 620, 90, 900];
/// Offices that send at once.
const SENDERS: u64 = 3;
/// Papers of the case that are drawn once and marked apart by a byte at their end.
const PAPERS: u64 = 3;

/// A paper of its own for every sending: PNG readers stop at the end mark and never see what follows.
fn marked(number: u64) -> Vec<u8> {
    let mut bytes = paper(number % PAPERS);
    bytes.extend(number.to_le_bytes());
    bytes
}

/// Sends papers one after another until the server is gone; the acknowledged versions and their numbers.
async fn send(office: Program, claim: String, first: u64) -> Vec<(Value, u64)> {
    let mut acknowledged = Vec::new();
    for number in (first..).step_by(SENDERS as usize) {
        let Ok(reply) = office.try_upload(&claim, "policy", marked(number)).await else { break };
        let Ok(text) = reply.text().await else { break };
        if let Ok(accepted) = serde_json::from_str::<Value>(&text)
            && accepted["version"].is_string()
        {
            acknowledged.push((accepted, number));
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_keeps_its_promises() {
    let mut server = Server::start();
    let mut promised: BTreeMap<String, (Value, u64)> = BTreeMap::new();
    for kill in 0..KILLS {
        let office = server.sign_in("daftar1").await;
        let mut senders = Vec::new();
        for sender in 0..SENDERS {
            let claim = office.open_claim("کریم احمدی", "injury").await;
            let claim = claim["id"].as_str().unwrap().to_owned();
            senders.push(tokio::spawn(send(office.clone(), claim, kill * 1000 + sender)));
        }
        tokio::time::sleep(Duration::from_millis(LIFE_MS[kill as usize])).await;
        server = server.killed_and_started_again();
        for sender in senders {
            for (accepted, number) in sender.await.unwrap() {
                promised.insert(accepted["version"].as_str().unwrap().to_owned(), (accepted, number));
            }
        }
    }
    assert!(promised.len() as u64 >= KILLS, "{} uploads were acknowledged", promised.len());
    let office = server.sign_in("daftar1").await;
    for (version, (accepted, number)) in &promised {
        let judged = office
            .json(&format!("/documents/{}/versions/{version}?wait_ms=60000", accepted["document"].as_str().unwrap()))
            .await;
        assert_eq!(judged["state"], "judged", "{judged}");
        assert_eq!(judged["receipt"], accepted["receipt"]);
        let original = office.get(&format!("/versions/{version}/original")).send().await.unwrap();
        assert_eq!(original.status(), StatusCode::OK);
        assert_eq!(original.bytes().await.unwrap(), marked(*number), "the bytes are those that were sent");
    }
    eprintln!("{KILLS} kills of the server, {} acknowledged uploads, none lost", promised.len());
}

/// Children of a process, by their numbers.
fn children(pid: u32) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_readers_are_replaced_and_the_papers_judged() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    let mut killed = 0;
    for (number, slot) in (0..).zip(["policy", "identity", "accident-report", "bank-slip", "cash-receipt"]) {
        let accepted = expect(office.upload(id, slot, "a.png", marked(number)).await, StatusCode::CREATED).await;
        for child in children(server.pid()) {
            killed += u32::from(Command::new("kill").args(["-9", &child]).status().unwrap().success());
        }
        let path = format!(
            "/documents/{}/versions/{}?wait_ms=60000",
            accepted["document"].as_str().unwrap(),
            accepted["version"].as_str().unwrap()
        );
        let judged = office.json(&path).await;
        assert_eq!(judged["state"], "judged", "{judged}");
        let codes: Vec<&Value> =
            judged["report"]["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
        assert!(!codes.iter().any(|code| *code == "FIL-FAIL"), "a reader killed from outside is not the file's fault");
    }
    assert!(killed >= 5, "only {killed} readers could be killed");
}
