//! What an office waits for: from sending a page to its verdict, through the real server over HTTP, three
//! sent at once. Prints medians and the 95th percentile; compare ratios, machines differ.

#![expect(clippy::unwrap_used, reason = "a measurement that meets the unexpected should stop where it stands")]
#![expect(dead_code, reason = "only part of what the tests use of a server is needed to measure it")]

#[path = "../src/program.rs"]
mod program;
#[path = "../src/api/server.rs"]
mod server;

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use sanad_samples::{Fonts, Split};
use server::{Program, Server, expect};

/// Sent at once, as by three windows.
const AT_ONCE: usize = 3;
/// Rounds of them.
const ROUNDS: usize = 20;
const SLOTS: [&str; AT_ONCE] = ["policy", "accident-report", "hospital-bill"];

/// Scans and phone photos of papers as offices send them.
fn pages() -> Vec<Vec<u8>> {
    let fonts = Fonts::load(&[]).unwrap();
    let mut request = sanad_samples::Request::new(Split::Open, 7);
    request.defects = vec![sanad_samples::Defect::None, sanad_samples::Defect::PhotoGood];
    (0..(AT_ONCE * ROUNDS) as u64)
        .map(|number| {
            let plan = request.plan(number).unwrap();
            let shot =
                sanad_samples::degrade(&sanad_samples::render(&fonts, &plan).unwrap(), &plan.degradation).unwrap();
            let mut bytes = Vec::new();
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&shot.image).unwrap();
            bytes
        })
        .collect()
}

/// Sends one page; until it is acknowledged, and until its verdict is there.
async fn send(office: Program, claim: String, slot: &'static str, bytes: Vec<u8>) -> (Duration, Duration) {
    let begun = Instant::now();
    let accepted = expect(office.upload(&claim, slot, "page.jpg", bytes).await, StatusCode::CREATED).await;
    let acknowledged = begun.elapsed();
    let (document, version) = (accepted["document"].as_str().unwrap(), accepted["version"].as_str().unwrap());
    let judged = office.json(&format!("/documents/{document}/versions/{version}?wait_ms=30000")).await;
    assert_eq!(judged["state"], "judged");
    (acknowledged, begun.elapsed())
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_millis();
    println!("{what:<28} median {:>5} ms   p95 {:>5} ms   of {}", at(50), at(95), times.len());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages = pages();
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let (mut acknowledged, mut judged) = (Vec::new(), Vec::new());
    for three in pages.chunks(AT_ONCE) {
        let claim = office.open_claim("کریم احمدی", "injury").await;
        let claim = claim["id"].as_str().unwrap().to_owned();
        let sent = three.iter().zip(SLOTS).map(|(page, slot)| send(office.clone(), claim.clone(), slot, page.clone()));
        for (first, second) in futures_util::future::join_all(sent).await {
            acknowledged.push(first);
            judged.push(second);
        }
    }
    println!(
        "{AT_ONCE} uploads at once, {} bytes a page on average",
        pages.iter().map(Vec::len).sum::<usize>() / pages.len()
    );
    tell("durably acknowledged", acknowledged);
    tell("verdict", judged);
}
