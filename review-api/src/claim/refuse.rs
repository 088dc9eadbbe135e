//! Refusing a claim as a whole: one proposes, another confirms, the sender may object, a supervisor may reopen.

use super::decide::hold;
use super::error::{ClaimError, Refusal};
use super::moves::{held, say, shift};
use super::show::detail;
use super::states::ClaimStep;
use super::text::paragraph;
use super::view::ClaimDetail;
use super::words::{ClaimState, DocumentState, SaidKind};
use crate::accounts::Actor;
use crate::store::Store;
use crate::store::act::Act;
use crate::store::ids::{ClaimId, UserId};
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::{claim_words, documents, leases};
use sanad_checks::reasons::{self, Reason};

/// An act on a claim with its words, and the revision of the claim that was seen.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// The claim's revision on the screen.
    pub revision: i64,
    /// Reason codes, where the act takes some.
    pub codes: Vec<String>,
    /// Why.
    pub reason: String,
}

fn because(word: &Word) -> Result<String, Refusal> {
    paragraph("reason", &word.reason)?.ok_or(Refusal::ExplanationMissing)
}

/// The expert who holds the claim proposes to refuse it, with reasons that the sender will read.
///
/// # Errors
/// A [`Refusal`]; [`ClaimError::Stale`] when the claim moved; others when something fails.
pub async fn propose(store: &Store, actor: &Actor, id: &ClaimId, word: &Word) -> Result<ClaimDetail, ClaimError> {
    let reason = because(word)?;
    if word.codes.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    if !word.codes.iter().all(|code| reasons::find(code).is_some_and(Reason::by_people)) {
        return Err(Refusal::ReasonNotForPeople.into());
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, word.revision, ClaimStep::ProposeRefusal).await?;
    hold(&mut act, actor, id).await?;
    say(&mut act, actor, &claim, SaidKind::RefusalProposed, &word.codes, &reason).await?;
    leases::give_back(&mut act.tx, id, &actor.user).await?;
    let entry = shift(&mut act, &claim, ClaimStep::ProposeRefusal).await?;
    act.record(entry.with("codes", word.codes.clone())).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// Who proposed the refusal that stands, and who confirmed it.
async fn first_and_second(act: &mut Act<'_>, claim: &ClaimRow) -> Result<[Option<UserId>; 2], ClaimError> {
    let said = claim_words::of_claim(&mut act.tx, &claim.id).await?;
    let who = |kind| said.iter().rev().find(|said| said.kind == kind).map(|said| said.user.clone());
    Ok([who(SaidKind::RefusalProposed), who(SaidKind::RefusalConfirmed)])
}

/// A second person refuses the claim, or sends it back to the experts.
///
/// # Errors
/// [`Refusal::SamePerson`] for the one who proposed it; others as [`propose`].
pub async fn settle(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    word: &Word,
    refuse: bool,
) -> Result<ClaimDetail, ClaimError> {
    let (step, kind) = if refuse {
        (ClaimStep::ConfirmRefusal, SaidKind::RefusalConfirmed)
    } else {
        (ClaimStep::DeclineRefusal, SaidKind::RefusalDeclined)
    };
    // Who agrees may add words, who does not must.
    let reason = if refuse { paragraph("reason", &word.reason)?.unwrap_or_default() } else { because(word)? };
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, word.revision, step).await?;
    if first_and_second(&mut act, &claim).await?[0].as_ref() == Some(&actor.user) {
        return Err(Refusal::SamePerson.into());
    }
    say(&mut act, actor, &claim, kind, &[], &reason).await?;
    let entry = shift(&mut act, &claim, step).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The sender objects to the refusal.
///
/// # Errors
/// As [`propose`].
pub async fn appeal(store: &Store, actor: &Actor, id: &ClaimId, word: &Word) -> Result<ClaimDetail, ClaimError> {
    let reason = because(word)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, word.revision, ClaimStep::Appeal).await?;
    say(&mut act, actor, &claim, SaidKind::Appealed, &[], &reason).await?;
    let entry = shift(&mut act, &claim, ClaimStep::Appeal).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The objection does not hold; somebody who had no part in the refusal says so.
///
/// # Errors
/// [`Refusal::SamePerson`] for those who refused; others as [`propose`].
pub async fn uphold(store: &Store, actor: &Actor, id: &ClaimId, word: &Word) -> Result<ClaimDetail, ClaimError> {
    let reason = because(word)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, word.revision, ClaimStep::UpholdRefusal).await?;
    if first_and_second(&mut act, &claim).await?.iter().flatten().any(|user| *user == actor.user) {
        return Err(Refusal::SamePerson.into());
    }
    say(&mut act, actor, &claim, SaidKind::RefusalUpheld, &[], &reason).await?;
    let entry = shift(&mut act, &claim, ClaimStep::UpholdRefusal).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// Opens a refused or finished claim again; it keeps its number and counts its openings.
///
/// # Errors
/// As [`propose`].
pub async fn reopen(store: &Store, actor: &Actor, id: &ClaimId, word: &Word) -> Result<ClaimDetail, ClaimError> {
    let reason = because(word)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, word.revision, ClaimStep::Reopen).await?;
    claims::reopen(&mut act.tx, id).await?;
    say(&mut act, actor, &claim, SaidKind::Reopened, &[], &reason).await?;
    let entry = shift(&mut act, &claim, ClaimStep::Reopen).await?;
    if claim.state != ClaimState::Closed {
        ask_again(&mut act, &claim).await?;
    }
    act.record(entry.with("generation", claim.generation + 1)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// A claim that comes back before the experts brings along what was sent but never decided.
async fn ask_again(act: &mut Act<'_>, claim: &ClaimRow) -> Result<(), ClaimError> {
    let now = act.now;
    for mut paper in documents::of_claim(&mut act.tx, &claim.id).await? {
        if paper.state == DocumentState::Uploaded {
            paper.state = super::states::document(paper.state, super::states::DocumentStep::Submit)?;
            documents::set(&mut act.tx, &mut paper, now).await?;
        }
    }
    Ok(())
}
