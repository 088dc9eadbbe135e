//! Asking the insurer whether somebody is insured, and under which office (S-22).

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{ONLINE, Standing, number_keys};
use crate::audit::{Entry, EventKind};
use crate::claim::story;
use crate::claim::text::fold_number;
use crate::store::clock::UnixMs;
use crate::store::tables::{claims, offices, policies, register_policies};
use crate::store::{Store, StoreError};

/// Policies asked again at a time.
const RECHECKED_AT_ONCE: i64 = 50;

/// A policy and a person's paper, both folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The policy's number in its one spelling.
    pub number_key: String,
    /// The number of the passport or other paper, folded.
    pub document_key: String,
}

/// A person's policy as the insurer knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The policy's number.
    pub number: String,
    /// Number of the person's passport or other paper.
    pub document_number: String,
    /// The person's name.
    pub name: String,
    /// Nationality, ISO 3166 alpha-3.
    pub nationality: String,
    /// Day of birth, ISO.
    #[serde(default)]
    pub birth: Option<String>,
    /// Code of the office that insured the person; [`ONLINE`] for the internet.
    pub office: String,
    /// First day of cover, ISO.
    #[serde(default)]
    pub cover_from: Option<String>,
    /// Last day of cover, ISO.
    #[serde(default)]
    pub cover_to: Option<String>,
}

/// What a registry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The policy stands for this person.
    Found {
        /// As the insurer knows it.
        known: Box<Known>,
        /// When it said so; older than now where an earlier answer had to serve.
        answered_at: UnixMs,
    },
    /// There is no such policy, or not for this person.
    Unknown,
}

/// Nobody answered, or nobody that could be understood.
#[derive(Debug, thiserror::Error)]
pub enum Unreachable {
    /// The registry did not answer in time, answered nonsense, or is left alone for a while after failing.
    #[error("the registry of policies does not answer")]
    Silent,
    /// Our own database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who knows policies.
pub trait Registry: Send + Sync + std::fmt::Debug {
    /// Asks for one policy of one person.
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Answer, Unreachable>>;
}

/// The register that was brought as a file.
#[derive(Clone, Debug)]
pub struct ImportedRegister(pub Store);

impl Registry for ImportedRegister {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Answer, Unreachable>> {
        Box::pin(async move {
            let mut tx = self.0.read().await?;
            let row = register_policies::find(&mut tx, &question.number_key, &question.document_key).await;
            let found = row.map_err(StoreError::from)?;
            Ok(found
                .map_or(Answer::Unknown, |(known, answered_at)| Answer::Found { known: Box::new(known), answered_at }))
        })
    }
}

/// What becomes of a person whom an office wants to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// No registry is connected: the person is taken, and the page says that nobody was asked.
    Unchecked,
    /// The registry does not answer: the person is a draft until it does.
    Awaiting,
    /// Insured under this office.
    Confirmed {
        /// As the insurer knows it.
        known: Box<Known>,
        /// When the insurer said so.
        answered_at: UnixMs,
    },
    /// Not under this office; whether under another is not told.
    Refused,
}

/// The registries in use.
#[derive(Clone, Debug)]
pub struct Policies {
    offices: Option<Arc<dyn Registry>>,
    online: Arc<dyn Registry>,
}

impl Policies {
    /// `offices` is asked for people of offices, nobody where it is missing; `online` for people who bought on
    /// the internet.
    #[must_use]
    pub fn new(offices: Option<Arc<dyn Registry>>, online: Arc<dyn Registry>) -> Self {
        Self { offices, online }
    }

    /// Whether the office with this code insured this person.
    ///
    /// # Errors
    /// When our own database fails.
    pub async fn rule(&self, office_code: &str, number: &str, document: &str) -> Result<Ruling, StoreError> {
        let Some(registry) = &self.offices else { return Ok(Ruling::Unchecked) };
        Ok(match ask(registry.as_ref(), number, document).await {
            Ok(Answer::Found { known, answered_at }) if known.office == office_code => {
                Ruling::Confirmed { known, answered_at }
            }
            Ok(_) => Ruling::Refused,
            Err(Unreachable::Silent) => Ruling::Awaiting,
            Err(Unreachable::Store(error)) => return Err(error),
        })
    }

    /// The policy of this person, if it was sold on the internet.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub async fn online(&self, number: &str, document: &str) -> Result<Option<Known>, Unreachable> {
        Ok(match ask(self.online.as_ref(), number, document).await? {
            Answer::Found { known, .. } if known.office == ONLINE => Some(*known),
            _ => None,
        })
    }
}

/// Asks under every spelling of the number.
async fn ask(registry: &dyn Registry, number: &str, document: &str) -> Result<Answer, Unreachable> {
    let document_key = fold_number(document);
    for number_key in number_keys(number) {
        let question = Question { number_key, document_key: document_key.clone() };
        let answer = registry.ask(&question).await?;
        if answer != Answer::Unknown {
            return Ok(answer);
        }
    }
    Ok(Answer::Unknown)
}

/// Asks again for the policies that wait; how many were answered.
///
/// # Errors
/// When our own database fails.
pub async fn recheck(store: &Store, policies: &Policies) -> Result<usize, StoreError> {
    let mut tx = store.read().await?;
    let waiting = policies::awaiting(&mut tx, RECHECKED_AT_ONCE).await?;
    let all = offices::all(&mut tx).await?;
    drop(tx);
    let mut answered = 0;
    for row in waiting {
        let Some(office) = all.iter().find(|office| office.id == row.office) else { continue };
        let ruling = policies.rule(&office.code, &row.number, &row.document_number).await?;
        let (standing, known, answered_at) = match ruling {
            Ruling::Awaiting | Ruling::Unchecked => continue,
            Ruling::Confirmed { known, answered_at } => (Standing::Confirmed, Some(known), Some(answered_at)),
            Ruling::Refused => (Standing::Refused, None, None),
        };
        let mut act = store.act(None).await?;
        let now = act.now;
        let cover = known.map(|known| (known.cover_from, known.cover_to)).unwrap_or_default();
        let (cover, at) = ((cover.0.as_deref(), cover.1.as_deref()), answered_at.unwrap_or(now));
        policies::answered(&mut act.tx, &row.id, standing, cover, at).await?;
        // What the cover makes of the dates is judged anew.
        for (claim, ..) in claims::of_person(&mut act.tx, &row.insured).await? {
            claims::lock(&mut act.tx, &claim).await?;
            story::keep(&mut act.tx, &claim, now).await?;
        }
        let entry = Entry::new(EventKind::PolicyAnswered).office(&office.id);
        act.record(entry.with("insured", row.insured.as_str()).with("standing", standing.as_str())).await?;
        act.commit().await?;
        answered += 1;
    }
    Ok(answered)
}
