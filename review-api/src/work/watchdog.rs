//! What stays in a state that is not its last for too long: nothing is lost silently.

use std::time::Duration;

use serde::Serialize;

use crate::claim::ClaimState;
use crate::store::clock::UnixMs;
use crate::store::tables::{claims, jobs, readings, versions};
use crate::store::{Store, StoreError};

/// How long each state may last.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// An upload without an answer of the checks.
    pub checking: Duration,
    /// An upload whose words are to be read.
    pub reading: Duration,
    /// Work that is owed.
    pub job: Duration,
    /// A claim before the experts.
    pub in_review: Duration,
    /// A claim that the office is to mend.
    pub needs_correction: Duration,
    /// A claim that the office has not sent.
    pub draft: Duration,
}

/// A day.
const DAY: Duration = Duration::from_secs(24 * 3600);

impl Default for Patience {
    fn default() -> Self {
        Self {
            checking: Duration::from_secs(600),
            reading: Duration::from_secs(3600),
            job: Duration::from_secs(600),
            in_review: 10 * DAY,
            needs_correction: 30 * DAY,
            draft: 90 * DAY,
        }
    }
}

/// Something that has stood too long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// `upload`, `reading`, `job` or `claim`.
    pub what: &'static str,
    /// Its identifier.
    pub id: String,
    /// The claim it belongs to, where that is known.
    pub claim: Option<String>,
    /// The state it stands in.
    pub state: String,
    /// Since when.
    pub since: UnixMs,
    /// The last failure, where there was one.
    pub why: Option<String>,
}

/// Everything that has stood too long, and all work that was given up.
///
/// # Errors
/// When the database fails.
pub async fn overdue(store: &Store, patience: &Patience) -> Result<Vec<Overdue>, StoreError> {
    let mut tx = store.read().await?;
    let now = store.now();
    let mut found = Vec::new();
    for (version, claim, since) in versions::overdue(&mut tx, now.minus(patience.checking)).await? {
        found.push(Overdue {
            what: "upload",
            id: version.to_string(),
            claim: Some(claim.to_string()),
            state: "checking".to_owned(),
            since,
            why: None,
        });
    }
    for (version, claim, since) in readings::overdue(&mut tx, now.minus(patience.reading)).await? {
        found.push(Overdue {
            what: "reading",
            id: version.to_string(),
            claim: Some(claim.to_string()),
            state: "waiting".to_owned(),
            since,
            why: None,
        });
    }
    for job in jobs::overdue(&mut tx, now.minus(patience.job)).await? {
        let state = if job.dead { "dead" } else { "owed" };
        found.push(Overdue {
            what: "job",
            id: job.id.to_string(),
            claim: None,
            state: format!("{} {state} after {} attempts", job.kind, job.attempts),
            since: job.created_at,
            why: job.last_error,
        });
    }
    let claims_in = [
        (ClaimState::InReview, patience.in_review),
        (ClaimState::NeedsCorrection, patience.needs_correction),
        (ClaimState::Draft, patience.draft),
    ];
    for (state, patience) in claims_in {
        for (claim, since) in claims::overdue(&mut tx, state, now.minus(patience)).await? {
            found.push(Overdue {
                what: "claim",
                id: claim.to_string(),
                claim: Some(claim.to_string()),
                state: state.to_string(),
                since,
                why: None,
            });
        }
    }
    Ok(found)
}

/// How much work is owed.
///
/// # Errors
/// When the database fails.
pub async fn owed(store: &Store) -> Result<i64, StoreError> {
    let mut tx = store.read().await?;
    Ok(jobs::count(&mut tx).await?)
}
