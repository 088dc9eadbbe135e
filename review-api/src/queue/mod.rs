//! The experts' queue: which claim comes next and why, and who has it on the desk.

pub mod rank;

use std::time::Duration;

use serde::Serialize;

use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::claim::access;
use crate::claim::{ClaimError, ClaimState, ClaimSummary, Listing, PageOf, Refusal};
use crate::store::Store;
use crate::store::act::Act;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, UserId};
use crate::store::tables::claims;
use crate::store::tables::leases::{self, Lease};

pub use rank::Chip;

/// How long an expert has a claim without doing anything.
pub const LEASE_LASTS: Duration = Duration::from_secs(20 * 60);

/// A claim that waits for an expert.
#[derive(Clone, Debug, Serialize)]
pub struct QueueEntry {
    /// The claim.
    #[serde(flatten)]
    pub claim: ClaimSummary,
    /// The moment it queues by; earlier comes first.
    pub rank_at: UnixMs,
    /// Why it comes before others.
    pub why_first: Vec<Chip>,
    /// Who has it on the desk.
    pub lease: Option<LeaseView>,
    /// Papers to decide.
    pub waiting: i64,
}

/// Who has a claim on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeaseView {
    /// The claim.
    pub claim: ClaimId,
    /// The expert.
    pub expert: UserId,
    /// The expert's name.
    pub expert_name: String,
    /// Whether it is the one who asks.
    pub mine: bool,
    /// Until when, unless lengthened.
    pub until: UnixMs,
}

impl LeaseView {
    pub(crate) fn of(lease: Lease, actor: &Actor) -> Self {
        let mine = lease.expert == actor.user;
        let Lease { claim, expert, expert_name, until } = lease;
        Self { claim, expert, expert_name, mine, until }
    }
}

/// The queue in its order.
///
/// # Errors
/// [`ClaimError::Forbidden`] for an office, others when something fails.
pub async fn list(store: &Store, actor: &Actor, page: PageOf) -> Result<Listing<QueueEntry>, ClaimError> {
    access::allowed(actor, Action::SeeQueue)?;
    let mut tx = store.read().await?;
    let page = page.within_bounds();
    let (queued, total) = claims::queue(&mut tx, page.limit, page.offset).await?;
    let mut rows = Vec::with_capacity(queued.len());
    for one in queued {
        let lease = leases::find(&mut tx, &one.claim.id, store.now()).await?;
        rows.push(QueueEntry {
            lease: lease.map(|lease| LeaseView::of(lease, actor)),
            rank_at: one.rank_at,
            why_first: serde_json::from_str(&one.rank_parts)?,
            waiting: one.waiting,
            claim: one.claim,
        });
    }
    Ok(Listing { rows, total, offset: page.offset })
}

/// Takes the first claim that no other expert has; `None` when there is none.
///
/// # Errors
/// [`ClaimError::Forbidden`] for others than experts, others when something fails.
pub async fn claim_next(store: &Store, actor: &Actor) -> Result<Option<LeaseView>, ClaimError> {
    access::expert(actor)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    let Some(id) = claims::next_free(&mut act.tx, &actor.user, now).await? else { return Ok(None) };
    let lease = take(&mut act, actor, &id).await?;
    act.commit().await?;
    Ok(Some(lease))
}

/// Takes this claim, whatever its place in the queue.
///
/// # Errors
/// [`ClaimError::HeldBy`] when another expert has it, a [`Refusal`], others when something fails.
pub async fn open(store: &Store, actor: &Actor, claim: &ClaimId) -> Result<LeaseView, ClaimError> {
    access::expert(actor)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let lease = take(&mut act, actor, claim).await?;
    act.commit().await?;
    Ok(lease)
}

async fn take(act: &mut Act<'_>, actor: &Actor, id: &ClaimId) -> Result<LeaseView, ClaimError> {
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    if claim.state != ClaimState::InReview {
        return Err(Refusal::StateNotAllowed.into());
    }
    let (now, until) = (act.now, act.now.plus(LEASE_LASTS));
    let Some(fresh) = leases::take(&mut act.tx, id, &actor.user, now, until).await? else {
        let other = leases::find(&mut act.tx, id, now).await?.ok_or(ClaimError::Stale)?;
        return Err(ClaimError::HeldBy { expert: other.expert_name, until: other.until });
    };
    if fresh {
        act.record(Entry::new(EventKind::LeaseTaken).claim(&claim.office, id)).await?;
    }
    let (expert, expert_name) = (actor.user.clone(), actor.display_name.clone());
    Ok(LeaseView { claim: id.clone(), expert, expert_name, mine: true, until })
}

/// Lengthens the expert's own lease.
///
/// # Errors
/// [`Refusal::NoLease`] when it ran out, [`ClaimError::HeldBy`] when another took it.
pub async fn renew(store: &Store, actor: &Actor, claim: &ClaimId) -> Result<LeaseView, ClaimError> {
    access::expert(actor)?;
    let mut act = store.act(Some(&actor.user)).await?;
    access::held_claim(&mut act.tx, actor, claim).await?;
    let now = act.now;
    match leases::find(&mut act.tx, claim, now).await? {
        None => return Err(Refusal::NoLease.into()),
        Some(other) if other.expert != actor.user => {
            return Err(ClaimError::HeldBy { expert: other.expert_name, until: other.until });
        }
        Some(_) => {}
    }
    let lease = take(&mut act, actor, claim).await?;
    act.commit().await?;
    Ok(lease)
}

/// Gives the claim back to the queue; giving back what one does not hold is no fault.
///
/// # Errors
/// When something fails.
pub async fn release(store: &Store, actor: &Actor, claim: &ClaimId) -> Result<(), ClaimError> {
    access::expert(actor)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let row = access::held_claim(&mut act.tx, actor, claim).await?;
    if leases::give_back(&mut act.tx, claim, &actor.user).await? {
        act.record(Entry::new(EventKind::LeaseReleased).claim(&row.office, claim)).await?;
    }
    act.commit().await?;
    Ok(())
}
