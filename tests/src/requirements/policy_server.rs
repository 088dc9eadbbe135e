//! A policy server of the insurer, as good and as bad as they are: it answers, is slow, answers nonsense, or fails.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// How it behaves.
#[derive(Clone, Debug)]
pub(crate) enum Mood {
    /// It answers with this.
    Tells(Value),
    /// It takes longer than anybody waits.
    Slow,
    /// It answers with words that are no answer.
    Nonsense(String),
    /// It answers that it failed.
    Failing,
    /// It hangs up.
    Gone,
}

/// A running server; its thread ends with the process.
pub(crate) struct PolicyServer {
    pub(crate) url: String,
    mood: Arc<Mutex<Mood>>,
    asked: Arc<AtomicUsize>,
}

impl PolicyServer {
    pub(crate) fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/policies", listener.local_addr().unwrap());
        let (mood, asked) = (Arc::new(Mutex::new(mood)), Arc::new(AtomicUsize::new(0)));
        let (shared, count) = (Arc::clone(&mood), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mood = shared.lock().unwrap().clone();
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || answer(stream, mood));
            }
        });
        Self { url, mood, asked }
    }

    pub(crate) fn turn(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: TcpStream, mood: Mood) {
    let mut request = [0; 8192];
    let read = stream.read(&mut request).unwrap_or(0);
    assert!(read == 0 || request.starts_with(b"POST /policies "), "the contract is a POST");
    let mut send = |status: &str, body: &str| {
        let text = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let _ = stream.write_all(text.as_bytes());
    };
    match mood {
        Mood::Tells(value) => send("200 OK", &value.to_string()),
        Mood::Slow => {
            std::thread::sleep(Duration::from_secs(20));
            send("200 OK", "{\"found\":false}");
        }
        Mood::Nonsense(text) => send("200 OK", &text),
        Mood::Failing => send("500 Internal Server Error", "{}"),
        Mood::Gone => {}
    }
}

/// The policy of this person under this office.
pub(crate) fn policy(number: &str, document: &str, office: &str) -> Value {
    json!({ "found": true, "policy": { "number": number, "document_number": document, "name": "احمد نوری",
        "nationality": "AFG", "birth": null, "office": office, "cover_from": "2026-07-01", "cover_to": "2027-06-30" } })
}
