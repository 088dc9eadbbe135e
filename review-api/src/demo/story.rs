//! What happens to the invented claims once their papers are judged, so that every desk has something on
//! it: one is sent, one is ruled upon, one is sent with a poor copy, one stays with its office.

use std::time::Duration;

use super::DemoError;
use crate::accounts::Actor;
use crate::claim::decide::{Decide, Ruling, decide, finish};
use crate::claim::submit::{explain_missing, send_anyway, submit};
use crate::claim::{self, ClaimDetail, ClaimError, DocumentState};
use crate::queue;
use crate::store::Store;
use crate::store::ids::ClaimId;

/// How often to look whether all papers are judged.
const LOOK_AGAIN: Duration = Duration::from_millis(400);
/// How often at most: a minute for a handful of papers, and a slow machine gets three.
const MOST_LOOKS: u32 = 450;

const MISSING_REASON: &str = "این برگه هنوز از مرجع صادرکننده گرفته نشده است و پس از دریافت فرستاده می‌شود.";
const POOR_COPY_REASON: &str = "نسخهٔ بهتری از این برگه در دست نیست؛ اصل آن نزد بیمارستان است.";
const REJECTION_NOTE: &str = "لطفاً تصویر برگه را پس از مهر شدن دوباره بفرستید.";
const REJECTION_CODE: &str = "STM-NONE";

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Sent to the experts.
    Sent,
    /// Sent, ruled upon and sent back for one paper.
    Ruled,
    /// Stays with the office as it is.
    Draft,
}

/// The fates in the order of the samples.
const FATES: [Fate; 4] = [Fate::Sent, Fate::Ruled, Fate::Sent, Fate::Draft];

/// The claims that were brought, their offices, and the expert.
#[derive(Clone, Debug, Default)]
pub struct Story {
    pub(super) claims: Vec<(Actor, ClaimId)>,
    pub(super) expert: Option<Actor>,
}

/// Plays the story; waits for the workers, which must be running.
///
/// # Errors
/// When the database fails or a step is refused.
pub async fn play(store: &Store, story: Story) -> Result<(), DemoError> {
    for (place, (office, claim)) in story.claims.iter().enumerate() {
        let fate = FATES[place % FATES.len()];
        if fate == Fate::Draft {
            continue;
        }
        let Some(judged) = judged(store, office, claim).await? else { continue };
        send(store, office, judged).await?;
        if let (Fate::Ruled, Some(expert)) = (fate, &story.expert) {
            rule(store, expert, claim).await?;
        }
    }
    Ok(())
}

/// The claim once no paper is being checked; none when that takes too long.
async fn judged(store: &Store, office: &Actor, claim: &ClaimId) -> Result<Option<ClaimDetail>, ClaimError> {
    for _ in 0..MOST_LOOKS {
        let detail = claim::detail(store, office, claim).await?;
        if detail.submittable.checking.is_empty() {
            return Ok(Some(detail));
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(None)
}

async fn send(store: &Store, office: &Actor, claim: ClaimDetail) -> Result<(), ClaimError> {
    let id = &claim.summary.id;
    for paper in claim.documents.iter().filter(|paper| paper.state == DocumentState::Refused) {
        if let Some(version) = &paper.current {
            send_anyway(store, office, &version.summary.id, POOR_COPY_REASON).await?;
        }
    }
    for slot in &claim.submittable.missing {
        explain_missing(store, office, id, slot, MISSING_REASON).await?;
    }
    let revision = claim::detail(store, office, id).await?.revision;
    submit(store, office, id, revision).await?;
    Ok(())
}

/// Approves every paper but the first, which goes back.
async fn rule(store: &Store, expert: &Actor, claim: &ClaimId) -> Result<(), ClaimError> {
    queue::open(store, expert, claim).await?;
    let papers = claim::detail(store, expert, claim).await?.documents;
    for (place, paper) in papers.into_iter().enumerate() {
        let Some(version) = paper.current else { continue };
        let ruling = if place == 0 {
            Ruling::Reject { codes: vec![REJECTION_CODE.to_owned()], note: Some(REJECTION_NOTE.to_owned()) }
        } else {
            Ruling::Approve
        };
        let ruling = Decide { document: paper.id, version: version.summary.id, revision: paper.revision, ruling };
        decide(store, expert, &ruling).await?;
    }
    finish(store, expert, claim).await?;
    Ok(())
}
