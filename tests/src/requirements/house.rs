//! What the acceptance tests share: somebody at the door, the program's own commands, a server of policies.

use std::process::Command;

use reqwest::header::{ACCEPT, ORIGIN};
use reqwest::{Client, Response};
use serde_json::Value;

use crate::api::server::Server;
use crate::program::{finish, sanad};

/// Somebody who is not signed in.
pub(super) struct Outside {
    pub(super) client: Client,
    base: String,
}

impl Outside {
    pub(super) fn new(server: &Server) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, base: server.base.clone() }
    }

    /// A program's request.
    pub(super) async fn post(&self, path: &str, typed: &Value) -> Response {
        self.client.post(format!("{}{path}", self.base)).json(typed).send().await.unwrap()
    }

    /// The page that a form leads to.
    pub(super) async fn page(&self, path: &str, typed: &[(&str, &str)]) -> String {
        let request = self.client.post(format!("{}{path}", self.base)).header(ACCEPT, "text/html");
        request.header(ORIGIN, &self.base).form(typed).send().await.unwrap().text().await.unwrap()
    }

    /// A page.
    pub(super) async fn get(&self, path: &str) -> String {
        let request = self.client.get(format!("{}{path}", self.base)).header(ACCEPT, "text/html");
        request.send().await.unwrap().text().await.unwrap()
    }
}

/// What a command prints that must work.
pub(super) fn sanad_ok(command: &mut Command) -> String {
    let done = finish(command);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
    done.stdout
}

/// Brings a register of policies into the running office.
pub(super) fn import(server: &Server, table: &str) {
    let path = server.folder().join("register.csv");
    std::fs::write(&path, table).unwrap();
    let config = server.folder().join("config.toml");
    sanad_ok(Command::new(sanad()).args(["policies", "import"]).arg(&path).arg("--config").arg(config));
}
