//! The record: every look at a medical picture is an entry, and the chain can be proved from outside.

use std::process::Command;

use reqwest::StatusCode;

use crate::api::paper;
use crate::api::server::Server;
use crate::program::{Outcome, finish, sanad};

fn audit(server: &Server, words: &[&str]) -> Outcome {
    finish(Command::new(sanad()).arg("audit").args(words).arg("--config").arg(server.folder().join("config.toml")))
}

#[tokio::test]
async fn looks_at_pictures_are_entries_and_the_record_is_proved() {
    let server = Server::start();
    let office = server.sign_in("daftar1").await;
    let claim = office.open_claim("کریم احمدی", "injury").await;
    let id = claim["id"].as_str().unwrap();
    let version = office.upload_and_wait(id, "policy", "scan.png", paper(1)).await;
    let version = version["id"].as_str().unwrap();
    let before = audit(&server, &["verify", "--json"]).lines()[0]["entries"].as_i64().unwrap();

    let expert = server.sign_in("karshenas1").await;
    for path in ["pages/0/thumb", "pages/0/preview", "original"] {
        let seen = expert.get(&format!("/versions/{version}/{path}")).send().await.unwrap();
        assert_eq!(seen.status(), StatusCode::OK, "{path}");
    }
    let refused = server.sign_in("mali").await.get(&format!("/versions/{version}/pages/0/thumb")).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN, "who pays sees no pictures");
    let after = audit(&server, &["verify", "--json"]);
    let told = &after.lines()[0];
    assert_eq!((after.code, &told["whole"]), (Some(0), &true.into()), "{told}");
    // Two people signed in, and the expert looked three times; the refused look shows nothing and leaves none.
    assert_eq!(told["entries"].as_i64().unwrap(), before + 5, "{told}");

    // A head that was kept is found again; one that is not in the record tells of rewriting.
    let heads = audit(&server, &["head"]);
    let kept = server.folder().join("heads.jsonl");
    std::fs::write(&kept, &heads.stdout).unwrap();
    office.get(&format!("/versions/{version}/original")).send().await.unwrap();
    let kept_path = kept.to_str().unwrap();
    assert_eq!(audit(&server, &["verify", "--heads", kept_path]).code, Some(0));
    let last = heads.lines().pop().unwrap();
    let forged = heads.stdout.replace(last["hash"].as_str().unwrap(), &"0".repeat(64));
    std::fs::write(&kept, forged).unwrap();
    let broken = audit(&server, &["verify", "--heads", kept_path]);
    assert_eq!(broken.code, Some(1), "{}", broken.stdout);
    assert!(broken.stdout.contains("Rewritten"), "{}", broken.stdout);
}
