//! A server of its own for each case, and programs that talk to it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::sanad;

/// Password of the invented accounts.
pub(crate) const PASSWORD: &str = "sanad-demo";
/// Long enough for a loaded machine; a verdict takes well under a second.
const VERDICT_WAIT_MS: u64 = 30_000;

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Address with scheme, without a closing slash.
    pub(crate) base: String,
    folder: Arc<TempDir>,
}

/// Writes a configuration that keeps everything in the folder.
pub(crate) fn configuration(folder: &Path, more: &str) -> PathBuf {
    let path = folder.join("config.toml");
    let text = format!(
        "[server]\naddress = \"127.0.0.1:0\"\n[database]\nurl = \"sqlite:{0}/sanad.db\"\n[data]\ndir = \"{0}/papers\"\n{more}",
        folder.display()
    );
    std::fs::write(&path, text).unwrap();
    path
}

impl Server {
    /// A server with the invented accounts and no claims.
    pub(crate) fn start() -> Self {
        Self::start_with("")
    }

    /// The same, with more sections in its configuration.
    pub(crate) fn start_with(more: &str) -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap()), more)
    }

    /// Killed as by a power cut, and started again on what it left.
    pub(crate) fn killed_and_started_again(self) -> Self {
        let folder = Arc::clone(&self.folder);
        drop(self);
        Self::start_in(folder, "")
    }

    /// A server whose folder is a disk of its own of this size, seen by it alone.
    pub(crate) fn start_on_small_disk(kilobytes: u32) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let place = folder.path().display();
        let mount =
            format!("mount -t tmpfs -o size={kilobytes}k none {place} && cat > {place}/config.toml && exec \"$@\"");
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", &mount, "sh"]).arg(sanad());
        let config = configuration(folder.path(), "");
        let text = std::fs::File::open(&config).unwrap();
        Self::announced(command.args(["serve", "--demo", "--config"]).arg(&config).stdin(text), folder)
    }

    fn start_in(folder: Arc<TempDir>, more: &str) -> Self {
        let config = configuration(folder.path(), more);
        let mut command = Command::new(sanad());
        Self::announced(command.args(["serve", "--demo", "--config"]).arg(&config).stdin(Stdio::null()), folder)
    }

    /// Starts the server and waits for its address.
    fn announced(command: &mut Command, folder: Arc<TempDir>) -> Self {
        let mut child = command.env("RUST_LOG", "warn").stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("standard output is piped"));
        out.read_line(&mut first).expect("the server tells its address");
        // The rest must be read as well, or the server would wait for a full pipe.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let base = first.trim().strip_prefix("sanad: ").unwrap_or_else(|| panic!("no address in {first:?}")).to_owned();
        Self { child, base, folder }
    }

    /// The process, to be watched or killed by its number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Folder of the database and the papers.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A server without invented accounts, as an office runs it.
    pub(crate) fn start_real() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let config = configuration(folder.path(), "");
        let mut command = Command::new(sanad());
        Self::announced(command.args(["serve", "--config"]).arg(&config).stdin(Stdio::null()), folder)
    }

    /// A program signed in as this account.
    pub(crate) async fn sign_in(&self, user_name: &str) -> Program {
        self.sign_in_with(user_name, PASSWORD).await
    }

    /// The same with a password of one's own.
    pub(crate) async fn sign_in_with(&self, user_name: &str, password: &str) -> Program {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let typed = json!({ "user_name": user_name, "password": password });
        let reply = client.post(format!("{}/login", self.base)).json(&typed).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::CREATED, "{user_name} cannot sign in");
        let session: Value = reply.json().await.unwrap();
        let token = session["token"].as_str().unwrap().to_owned();
        Program { client, base: self.base.clone(), token }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its own children, the readers, end with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program signed in with a bearer token.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    client: Client,
    base: String,
    pub(crate) token: String,
}

impl Program {
    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// The same program with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The JSON of a resource that must be there.
    pub(crate) async fn json(&self, path: &str) -> Value {
        expect(self.get(path).send().await.unwrap(), StatusCode::OK).await
    }

    /// Opens a claim for an invented person.
    pub(crate) async fn open_claim(&self, name: &str, kind: &str) -> Value {
        // every name is a person of its own
        let number = name.bytes().fold(7_u64, |number, byte| (number * 31 + u64::from(byte)) % 100_000_000);
        let typed = json!({
            "name": name, "document_number": format!("P{number:08}"), "nationality": "AFG",
            "policy_number": "1405/08/20/9147/100569", "birth": "1378/05/17", "claim_type": kind,
            "accident_date": "۱۴۰۵/۰۸/۲۰", "description": "هنگام کار از نردبان افتاد و دستش شکست.",
        });
        expect(self.post("/claims").json(&typed).send().await.unwrap(), StatusCode::CREATED).await
    }

    /// Sends a file into a slot.
    pub(crate) async fn upload(&self, claim: &str, slot: &str, name: &str, bytes: Vec<u8>) -> Response {
        self.upload_form(claim, slot, name, bytes).send().await.unwrap()
    }

    /// The same to a server that may be gone.
    pub(crate) async fn try_upload(&self, claim: &str, slot: &str, bytes: Vec<u8>) -> reqwest::Result<Response> {
        self.upload_form(claim, slot, "scan.png", bytes).send().await
    }

    fn upload_form(&self, claim: &str, slot: &str, name: &str, bytes: Vec<u8>) -> RequestBuilder {
        let file = Part::bytes(bytes).file_name(name.to_owned());
        let form = Form::new().text("slot", slot.to_owned()).part("file", file);
        self.post(&format!("/claims/{claim}/documents")).multipart(form)
    }

    /// Sends a file and waits for its verdict; the version as it is then.
    pub(crate) async fn upload_and_wait(&self, claim: &str, slot: &str, name: &str, bytes: Vec<u8>) -> Value {
        let accepted = expect(self.upload(claim, slot, name, bytes).await, StatusCode::CREATED).await;
        let path = format!(
            "/documents/{}/versions/{}?wait_ms={VERDICT_WAIT_MS}",
            accepted["document"].as_str().unwrap(),
            accepted["version"].as_str().unwrap()
        );
        let version = self.json(&path).await;
        assert_eq!(version["state"], "judged", "{version}");
        version
    }
}

/// The JSON of an answer that must have this status.
pub(crate) async fn expect(reply: Response, status: StatusCode) -> Value {
    let got = reply.status();
    let text = reply.text().await.unwrap();
    assert_eq!(got, status, "{text}");
    if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}")) }
}

/// A browser's client: cookies, no bearer token.
pub(crate) fn browser() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}
