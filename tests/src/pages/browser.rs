//! A headless Chromium driven over the WebDriver protocol, as far as the cases need it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::api::server::PASSWORD;

/// Far more than any page needs; only a hang trips it.
const PATIENCE: Duration = Duration::from_secs(40);
/// How often an element that is exchanged meanwhile is looked for.
const ATTEMPTS: u32 = 5;
/// Above this width the browser behaves as a desktop one.
const PHONE_BELOW: u32 = 600;

const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
];

/// The driver takes one port on two kinds of address and gives up where another process has one of the two.
const STARTS: usize = 5;

/// Starts a driver; none where it ended without telling its port.
fn start_driver() -> Option<(Child, String)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is installed (Debian package chromium-driver)");
    let mut lines = BufReader::new(driver.stdout.take().expect("standard output is piped")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let told = line.split("on port ").nth(1).filter(|_| line.contains("successfully"))?;
        Some(told.trim_end_matches('.').to_owned())
    });
    let Some(port) = port else {
        driver.wait().expect("a driver that told nothing has ended");
        return None;
    };
    std::thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

/// One browser window with a profile of its own.
#[derive(Debug)]
pub(crate) struct Browser {
    driver: Child,
    client: Client,
    session: String,
}

impl Browser {
    /// Opens a window of this size; `scripts` off shows the pages as without JavaScript.
    pub(crate) async fn open(width: u32, height: u32, scripts: bool) -> Self {
        let (driver, port) = (0..STARTS).find_map(|_| start_driver()).expect("the driver starts and tells its port");
        let client = Client::builder().timeout(Duration::from_secs(120)).build().unwrap();
        let options = json!({ "args": FLAGS, "prefs": {
            "profile.managed_default_content_settings.javascript": if scripts { 1 } else { 2 },
        } });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let base = format!("http://127.0.0.1:{port}");
        let reply = client.post(format!("{base}/session")).json(&wanted).send().await.unwrap();
        let opened: Value = reply.json().await.unwrap();
        let id = opened["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("{opened}"));
        let session = format!("{base}/session/{id}");
        let browser = Self { driver, client, session };
        browser.resize(width, height).await;
        browser
    }

    async fn attempt(&self, path: &str, body: &Value) -> Result<Value, Value> {
        let reply = self.client.post(format!("{}{path}", self.session)).json(body).send().await.unwrap();
        let ok = reply.status().is_success();
        let answer: Value = reply.json().await.unwrap();
        if ok { Ok(answer["value"].clone()) } else { Err(answer["value"].clone()) }
    }

    async fn call(&self, path: &str, body: &Value) -> Value {
        self.attempt(path, body).await.unwrap_or_else(|refused| panic!("{path} {body}: {refused}"))
    }

    /// Acts on an element. The page may exchange it between finding and acting; then it is found again.
    async fn act(&self, selector: &str, act: &str, body: &Value) {
        for _ in 0..ATTEMPTS {
            let element = self.element(selector).await;
            match self.attempt(&format!("/element/{element}/{act}"), body).await {
                Ok(_) => return,
                Err(refused) if refused["error"] == "stale element reference" => {}
                Err(refused) => panic!("{selector} {act}: {refused}"),
            }
        }
        panic!("{selector} does not stay");
    }

    /// A command of the browser's own debugging protocol.
    pub(crate) async fn raw(&self, command: &str, parameters: Value) -> Value {
        self.call("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).await
    }

    /// Another size of the screen.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < PHONE_BELOW });
        self.raw("Emulation.setDeviceMetricsOverride", size).await;
    }

    pub(crate) async fn go(&self, address: &str) {
        self.call("/url", &json!({ "url": address })).await;
    }

    /// What a script in the page gives back.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.call("/execute/sync", &json!({ "script": script, "args": [] })).await
    }

    /// The text a person sees in the first element; empty where there is none.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let found = self.script(&format!("return document.querySelector({selector:?})?.innerText ?? ''")).await;
        found.as_str().unwrap_or_default().to_owned()
    }

    async fn element(&self, selector: &str) -> String {
        let found = self.call("/element", &json!({ "using": "css selector", "value": selector })).await;
        found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str).unwrap().to_owned()
    }

    /// Types into a field, or names a file for a file field.
    pub(crate) async fn type_into(&self, selector: &str, text: &str) {
        self.act(selector, "value", &json!({ "text": text })).await;
    }

    pub(crate) async fn choose_file(&self, selector: &str, file: &Path) {
        self.type_into(selector, file.to_str().unwrap()).await;
    }

    /// Presses a button as the keyboard or a finger would.
    pub(crate) async fn press(&self, selector: &str) {
        let pressed = self
            .script(&format!("const e = document.querySelector({selector:?}); e?.scrollIntoView({{block: 'center', behavior: 'instant'}}); e?.focus(); return !!e"))
            .await;
        assert_eq!(pressed, true, "there is no {selector} on {}", self.address().await);
        self.act(selector, "click", &json!({})).await;
    }

    pub(crate) async fn address(&self) -> String {
        let reply = self.client.get(format!("{}/url", self.session)).send().await.unwrap();
        let answer: Value = reply.json().await.unwrap();
        answer["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element's text holds, and gives the text.
    pub(crate) async fn until(&self, selector: &str, holds: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let text = self.text(selector).await;
            if holds(&text) {
                return text;
            }
            assert!(begun.elapsed() < PATIENCE, "{selector} stays {text:?} on {}", self.address().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Signs in by the form.
    pub(crate) async fn sign_in(&self, base: &str, user_name: &str) {
        self.go(&format!("{base}/login")).await;
        self.type_into("#user_name", user_name).await;
        self.type_into("#password", PASSWORD).await;
        self.press("main form .btn-primary").await;
        self.until(".who", |text| !text.is_empty()).await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser is a child of its driver: ending the session first ends both.
        let session = self.session.clone();
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(async { Client::new().delete(session).send().await.map(|_| ()) }))
        })
        .join();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
