//! The insurer's policy server over HTTP: bounded waits, few tries, a rest after failures, and the last answer
//! where none comes. The contract is `docs/policy-server.md`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::number_key;
use super::registry::{Answer, Known, Question, Registry, Unreachable};
use crate::claim::text::fold_number;
use crate::config::PoliciesConfig;
use crate::store::calendar::is_day;
use crate::store::clock::UnixMs;
use crate::store::tables::register_answers;
use crate::store::{Store, StoreError};

/// Bytes of an answer at most: it is one policy.
const MOST_BYTES: usize = 64 * 1024;
/// The wait before the second try; every further one doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(150);

#[derive(Serialize)]
struct Asked<'a> {
    number: &'a str,
    document_number: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Told {
    found: bool,
    #[serde(default)]
    policy: Option<Known>,
}

/// How often the server failed in a row, and until when it is left alone.
#[derive(Debug, Default)]
struct Breaker {
    failures: u32,
    open_until: Option<UnixMs>,
}

/// The insurer's server.
#[derive(Debug)]
pub struct PolicyServer {
    client: reqwest::Client,
    config: PoliciesConfig,
    store: Store,
    breaker: Mutex<Breaker>,
}

impl PolicyServer {
    /// The configured server.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn new(config: PoliciesConfig, store: Store) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(Duration::from_millis(config.timeout_ms))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { client, config, store, breaker: Mutex::default() })
    }

    fn rests(&self) -> bool {
        let breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        breaker.open_until.is_some_and(|until| until > self.store.now())
    }

    fn note(&self, worked: bool) {
        let mut breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        if worked {
            *breaker = Breaker::default();
            return;
        }
        breaker.failures = breaker.failures.saturating_add(1);
        if breaker.failures >= self.config.failures {
            breaker.open_until = Some(self.store.now().plus(Duration::from_secs(self.config.rest_s)));
        }
    }

    /// One try; `None` when there is no answer that can be understood.
    async fn attempt(&self, question: &Question) -> Option<Told> {
        let asked = Asked { number: &question.number_key, document_number: &question.document_key };
        let mut request = self.client.post(&self.config.url).json(&asked);
        if !self.config.token.is_empty() {
            request = request.bearer_auth(&self.config.token);
        }
        let mut reply = request.send().await.ok().filter(|reply| reply.status() == reqwest::StatusCode::OK)?;
        let mut body = Vec::new();
        while let Some(piece) = reply.chunk().await.ok()? {
            body.extend_from_slice(&piece);
            if body.len() > MOST_BYTES {
                return None;
            }
        }
        serde_json::from_slice::<Told>(&body).ok().filter(|told| makes_sense(told, question))
    }

    async fn fresh(&self, question: &Question) -> Option<Told> {
        let mut pause = FIRST_PAUSE;
        for attempt in 0..=self.config.retries {
            if attempt > 0 {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            if let Some(told) = self.attempt(question).await {
                return Some(told);
            }
        }
        None
    }

    async fn keep(&self, question: &Question, told: &Told) -> Result<UnixMs, StoreError> {
        let now = self.store.now();
        let mut tx = self.store.write().await?;
        register_answers::set(&mut tx, question, &serde_json::to_string(told)?, now).await?;
        tx.commit().await?;
        Ok(now)
    }

    /// The last answer, while it is not too old to serve.
    async fn kept(&self, question: &Question) -> Result<Option<(Told, UnixMs)>, StoreError> {
        let mut tx = self.store.read().await?;
        let oldest = self.store.now().minus(Duration::from_secs(self.config.answers_serve_s));
        match register_answers::find(&mut tx, question).await? {
            Some((text, at)) if at >= oldest => Ok(Some((serde_json::from_str(&text)?, at))),
            _ => Ok(None),
        }
    }
}

/// Whether the answer is one to this question: a server that mixes people up is not believed.
fn makes_sense(told: &Told, question: &Question) -> bool {
    match (&told.policy, told.found) {
        (None, false) => true,
        (Some(known), true) => {
            let day = |day: &Option<String>| day.as_deref().is_none_or(is_day);
            number_key(&known.number).as_deref() == Some(question.number_key.as_str())
                && fold_number(&known.document_number) == question.document_key
                && !known.name.trim().is_empty()
                && !known.office.trim().is_empty()
                && day(&known.birth)
                && day(&known.cover_from)
                && day(&known.cover_to)
        }
        _ => false,
    }
}

fn answer(told: Told, answered_at: UnixMs) -> Answer {
    told.policy.map_or(Answer::Unknown, |known| Answer::Found { known: Box::new(known), answered_at })
}

impl Registry for PolicyServer {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Answer, Unreachable>> {
        Box::pin(async move {
            if !self.rests() {
                let told = self.fresh(question).await;
                self.note(told.is_some());
                if let Some(told) = told {
                    let now = self.keep(question, &told).await?;
                    return Ok(answer(told, now));
                }
            }
            match self.kept(question).await? {
                // An old "no" refuses nobody: the policy may have been issued since.
                Some((told, at)) if told.found => Ok(answer(told, at)),
                _ => Err(Unreachable::Silent),
            }
        })
    }
}
