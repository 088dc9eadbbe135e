//! Moving a claim: one way for every step, so that the table, the clock and the record never disagree.

use super::access;
use super::error::ClaimError;
use super::states::{self, ClaimStep};
use super::words::{ClaimState, SaidKind, Turn};
use crate::accounts::{self, Actor};
use crate::audit::Entry;
use crate::store::act::Act;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, fresh};
use crate::store::tables::claim_words::{self, NewWords};
use crate::store::tables::claims::{self, ClaimRow, Move};

/// The claim as the actor saw it, held; refuses who may not take the step and what changed meanwhile.
pub(super) async fn held(
    act: &mut Act<'_>,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    step: ClaimStep,
) -> Result<ClaimRow, ClaimError> {
    access::allowed(actor, states::action(step))?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    let reach = access::allowed(actor, states::action(step))?;
    if !reach.covers(&claim.office, &claim.insured) {
        return Err(ClaimError::Forbidden);
    }
    states::claim(claim.state, step)?;
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    Ok(claim)
}

/// The clock of a claim that goes to `state`: it stands while the office must act, and a claim keeps its place in
/// the queue less the time it stood.
fn clock(claim: &ClaimRow, state: ClaimState, now: UnixMs) -> Move {
    let stood = claim.paused_since.map_or(0, |since| (now.0 - since.0).max(0));
    let (paused_since, added) = match states::turn(state) {
        Turn::Office => (claim.paused_since.or(Some(now)), 0),
        Turn::Company | Turn::Nobody => (None, stood),
    };
    Move {
        state,
        submitted_at: claim.submitted_at,
        paused_since,
        paused_ms: claim.paused_ms + added,
        rank_at: claim.rank_at.map(|at| UnixMs(at.0 + added)),
        rank_parts: claim.rank_parts.clone(),
    }
}

/// Takes the step: writes the claim's new state with its clock and gives the entry for the record.
pub(super) async fn shift(act: &mut Act<'_>, claim: &ClaimRow, step: ClaimStep) -> Result<Entry, ClaimError> {
    let (state, kind) = states::claim_move(claim.state, step)?;
    let now = act.now;
    claims::move_to(&mut act.tx, &claim.id, now, &clock(claim, state, now)).await?;
    Ok(Entry::new(kind).claim(&claim.office, &claim.id))
}

/// Writes down the words that go with an act.
pub(super) async fn say(
    act: &mut Act<'_>,
    actor: &Actor,
    claim: &ClaimRow,
    kind: SaidKind,
    codes: &[String],
    text: &str,
) -> Result<(), ClaimError> {
    let (id, at) = (fresh(act.now, act.chance()), act.now);
    let (claim, generation) = (&claim.id, claim.generation);
    let words = NewWords { id: &id, claim, generation, kind, codes, text, by: &actor.user, at };
    Ok(claim_words::insert(&mut act.tx, &words).await?)
}

/// What the actor may do with a claim that stands there; whether it is ready for it is another question.
pub(super) fn steps(actor: &Actor, state: ClaimState) -> Vec<ClaimStep> {
    let may = |step: &ClaimStep| accounts::may(actor, states::action(*step)).any();
    ClaimStep::ALL.iter().copied().filter(|&step| states::claim(state, step).is_ok()).filter(may).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::words::{Channel, ClaimType};
    use crate::store::clock::SeededChance;
    use crate::store::ids::{InsuredId, OfficeId};

    fn row(state: ClaimState, paused_since: Option<i64>) -> ClaimRow {
        let chance = SeededChance::new(3);
        ClaimRow {
            id: ClaimId::fresh(UnixMs(1), &chance),
            generation: 1,
            office: OfficeId::fresh(UnixMs(1), &chance),
            insured: InsuredId::fresh(UnixMs(1), &chance),
            claim_type: ClaimType::Injury,
            channel: Channel::Office,
            circumstances: "[]".to_owned(),
            accident_date: "2026-01-01".to_owned(),
            place: String::new(),
            description: String::new(),
            state,
            revision: 1,
            submitted_at: Some(UnixMs(100)),
            paused_since: paused_since.map(UnixMs),
            paused_ms: 5,
            rank_at: Some(UnixMs(1000)),
            rank_parts: "[1]".to_owned(),
            deleted_at: None,
            originals_at: None,
            rule_version: None,
            accident: None,
            iban: None,
        }
    }

    #[test]
    fn the_clock_stands_while_the_office_must_act() {
        let back = clock(&row(ClaimState::InReview, None), ClaimState::NeedsCorrection, UnixMs(200));
        assert_eq!((back.paused_since, back.paused_ms, back.rank_at), (Some(UnixMs(200)), 5, Some(UnixMs(1000))));
        // From one of the office's turns to the next it goes on standing.
        let posting = clock(&row(ClaimState::DocumentsApproved, Some(200)), ClaimState::AwaitingPost, UnixMs(300));
        assert_eq!((posting.paused_since, posting.paused_ms), (Some(UnixMs(200)), 5));
        let posted = clock(&row(ClaimState::AwaitingPost, Some(200)), ClaimState::Posted, UnixMs(450));
        assert_eq!((posted.paused_since, posted.paused_ms, posted.rank_at), (None, 255, Some(UnixMs(1250))));
        assert_eq!(posted.rank_parts, "[1]", "why it comes first is kept");
    }
}
