//! Serving: every resource has two faces, a page for people and JSON for programs.

mod account;
pub(crate) mod assets;
mod audit;
mod body;
mod checklist;
mod claims;
mod dashboard;
mod documents;
mod error;
mod events;
mod face;
mod health;
mod home;
mod insured;
mod mend;
mod messages;
mod openapi;
mod origin;
mod pairs;
mod policies;
mod queue;
mod reasons;
mod reports;
mod request_id;
mod rest;
mod router;
mod rules;
mod security;
mod users;
mod versions;
mod visit;

use std::sync::Arc;

use crate::config::Config;
use crate::policies::Policies;
use crate::store::Store;
use crate::work::PaperReader;

pub use error::{ApiError, FieldFault, Problem, ProblemField};
pub(crate) use error::{refusal_text, urlencode};
pub use router::router;

/// What every handler may use.
#[derive(Clone)]
pub struct App {
    /// The claims.
    pub store: Store,
    /// Cuts places out of pages.
    pub reader: Arc<dyn PaperReader>,
    /// Who knows policies.
    pub policies: Policies,
    /// What the operator set.
    pub config: Arc<Config>,
    /// Tells open event streams that the server stops.
    pub stopping: tokio::sync::watch::Receiver<bool>,
}
