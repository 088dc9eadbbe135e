//! Changing what was declared, and raising the type when the harm turns out graver.

use super::access;
use super::checklist;
use super::error::{ClaimError, Refusal};
use super::moves::{say, shift};
use super::open::{NewClaim, checked};
use super::show::detail;
use super::states::{self, ClaimStep, DocumentStep};
use super::story;
use super::text::paragraph;
use super::ticks::Ticks;
use super::view::ClaimDetail;
use super::words::{ClaimState, ClaimType, DocumentState, SaidKind};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::act::Act;
use crate::store::calendar::day_of;
use crate::store::ids::ClaimId;
use crate::store::tables::claims::{self, ClaimRow, Facts};
use crate::store::tables::{decisions, documents, leases};

/// How grave a type is.
const fn gravity(claim_type: ClaimType) -> u8 {
    match claim_type {
        ClaimType::Injury => 0,
        ClaimType::Disability => 1,
        ClaimType::Death => 2,
    }
}

/// Changes what was declared about the accident while the claim is with its sender. The person, the channel and the
/// other claims of the accident stay.
///
/// # Errors
/// A [`Refusal`] that names the field; [`ClaimError::Stale`] when it changed meanwhile; others when something fails.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    typed: &NewClaim,
) -> Result<ClaimDetail, ClaimError> {
    access::sender(actor, Action::EditClaim)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    if !matches!(claim.state, ClaimState::Draft | ClaimState::NeedsCorrection) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    let typed = NewClaim { channel: claim.channel.as_str().to_owned(), ..typed.clone() };
    let told = checked(&typed, &day_of(act.now))?;
    // What was sent once is never made to ask for less.
    if claim.submitted_at.is_some() && gravity(told.claim_type) < gravity(claim.claim_type) {
        return Err(Refusal::TypeNotGraver.into());
    }
    let circumstances = serde_json::to_string(&told.circumstances)?;
    let facts = Facts {
        claim_type: told.claim_type,
        circumstances: &circumstances,
        accident_date: &told.accident_date,
        place: &told.place,
        description: &told.description,
    };
    claims::edit(&mut act.tx, id, &facts).await?;
    let changed: Vec<&str> = [
        ("claim_type", told.claim_type != claim.claim_type),
        ("circumstances", circumstances != claim.circumstances),
        ("accident_date", told.accident_date != claim.accident_date),
        ("place", told.place != claim.place),
        ("description", told.description != claim.description),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    if told.claim_type != claim.claim_type {
        look_again(&mut act, &claim, told.claim_type).await?;
    }
    let now = act.now;
    story::keep(&mut act.tx, id, now).await?;
    act.record(Entry::new(EventKind::ClaimEdited).claim(&claim.office, id).with("fields", changed)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// Raises the type of a claim: the same claim goes on, approved papers are kept where they serve the graver type too,
/// and what it asks for besides is asked of the sender.
///
/// # Errors
/// [`Refusal::TypeNotGraver`]; [`Refusal::StateNotAllowed`] once money moves; others as [`edit`].
pub async fn raise(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    claim_type: &str,
    reason: &str,
) -> Result<ClaimDetail, ClaimError> {
    access::sender(actor, Action::EditClaim)?;
    let graver = ClaimType::parse(claim_type).ok_or(Refusal::BadClaimType)?;
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    if gravity(graver) <= gravity(claim.claim_type) {
        return Err(Refusal::TypeNotGraver.into());
    }
    let with_sender = matches!(claim.state, ClaimState::Draft | ClaimState::NeedsCorrection);
    let entry = if with_sender {
        Entry::new(EventKind::TypeRaised).claim(&claim.office, id)
    } else {
        leases::drop(&mut act.tx, id).await?;
        claims::set_originals(&mut act.tx, id, None).await?;
        shift(&mut act, &claim, ClaimStep::Escalate).await?
    };
    let facts = Facts {
        claim_type: graver,
        circumstances: &claim.circumstances,
        accident_date: &claim.accident_date,
        place: &claim.place,
        description: &claim.description,
    };
    claims::edit(&mut act.tx, id, &facts).await?;
    look_again(&mut act, &claim, graver).await?;
    say(&mut act, actor, &claim, SaidKind::TypeRaised, &[], &reason).await?;
    let now = act.now;
    story::keep(&mut act.tx, id, now).await?;
    act.record(entry.with("from", claim.claim_type.as_str()).with("to", graver.as_str())).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// Approved papers on which the expert did not see what the new type asks for lie before the experts again.
async fn look_again(act: &mut Act<'_>, claim: &ClaimRow, claim_type: ClaimType) -> Result<(), ClaimError> {
    let now = act.now;
    let asked = checklist::asked(&mut act.tx, claim, claim_type, act.now).await?;
    for mut paper in documents::of_claim(&mut act.tx, &claim.id).await? {
        if paper.state != DocumentState::Approved {
            continue;
        }
        let Some(rule) = asked.iter().find(|line| line.slot == paper.slot) else { continue };
        let decision = decisions::latest(&mut act.tx, &paper.id).await?;
        let seen = decision.and_then(|decision| decision.ticks);
        let seen: Ticks = seen.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
        if seen.lacking(rule).is_empty() {
            continue;
        }
        paper.state = states::document(paper.state, DocumentStep::Revoke)?;
        paper.approved_sha256 = None;
        documents::set(&mut act.tx, &mut paper, now).await?;
        let entry = Entry::new(EventKind::ApprovalRevoked).claim(&claim.office, &claim.id);
        act.record(entry.document(&paper.id).with("why", "graver-type")).await?;
    }
    Ok(())
}
