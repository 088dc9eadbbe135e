//! The server does not start on what would be unsafe or mistaken.

use std::process::Command;

use super::server::{Server, configuration};
use crate::program::{finish, sanad};

#[test]
fn demonstration_accounts_are_refused_without_demonstration_mode() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/sanad.db", server.folder().display());
    let config = folder.path().join("config.toml");
    let text = format!(
        "[server]\naddress = \"127.0.0.1:0\"\n[database]\nurl = \"{url}\"\n[data]\ndir = \"{}/papers\"\n",
        server.folder().display()
    );
    std::fs::write(&config, text).unwrap();
    let outcome = finish(Command::new(sanad()).args(["serve", "--config"]).arg(&config));
    assert_ne!(outcome.code, Some(0));
    assert!(outcome.stderr.contains("demonstration accounts"), "{}", outcome.stderr);
    assert!(outcome.stdout.is_empty(), "it never listened: {}", outcome.stdout);
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let config = configuration(folder.path(), "[limits]\nfile_gb = 1\n");
    let outcome = finish(Command::new(sanad()).args(["serve", "--config"]).arg(&config));
    assert_ne!(outcome.code, Some(0));
    assert!(outcome.stderr.contains("file_gb"), "{}", outcome.stderr);
}
