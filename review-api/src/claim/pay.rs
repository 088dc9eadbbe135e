//! The money: sent, written down, sometimes sent back by the bank.

use super::error::{ClaimError, Refusal};
use super::moves::{held, say, shift};
use super::post::withdraw;
use super::show::detail;
use super::states::ClaimStep;
use super::story;
use super::text::{digits_of, line, paragraph};
use super::view::ClaimDetail;
use super::words::{DocumentState, SaidKind};
use crate::accounts::Actor;
use crate::store::Store;
use crate::store::calendar::{day_of, is_day};
use crate::store::ids::{ClaimId, fresh};
use crate::store::tables::payments::{self, Payment};
use crate::store::tables::{claims, documents};

/// The slot whose paper carries the account.
pub(super) const BANK_SLIP: &str = "bank-slip";

/// What the reason of a returned payment is, on the bank's slip.
const RETURNED_CODE: &str = "IBN-BAD";

/// Digits of a sum at most: far above any claim, far below what a number holds.
const MOST_DIGITS: usize = 15;

/// A payment as typed.
#[derive(Clone, Debug, Default)]
pub struct Paid {
    /// The claim's revision on the screen.
    pub revision: i64,
    /// The sum in rial, in any digits, with or without separators.
    pub amount: String,
    /// The bank's reference.
    pub reference: String,
    /// Day of the payment, ISO.
    pub paid_on: String,
}

/// Begins the payment, or closes the claim once it was paid.
///
/// # Errors
/// A [`Refusal`]; [`ClaimError::Stale`] when the claim moved; others when something fails.
pub async fn step(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    step: ClaimStep,
) -> Result<ClaimDetail, ClaimError> {
    if !matches!(step, ClaimStep::StartPayment | ClaimStep::Close) {
        return Err(Refusal::StateNotAllowed.into());
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, revision, step).await?;
    let entry = shift(&mut act, &claim, step).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The money was sent.
///
/// # Errors
/// [`Refusal::BadAmount`] and its kin; others as [`step`].
pub async fn record(store: &Store, actor: &Actor, id: &ClaimId, paid: &Paid) -> Result<ClaimDetail, ClaimError> {
    let amount = digits_of(&paid.amount).filter(|digits| digits.len() <= MOST_DIGITS);
    let amount = amount.and_then(|digits| digits.parse::<i64>().ok()).filter(|rial| *rial > 0);
    let amount_rial = amount.ok_or(Refusal::BadAmount)?;
    let reference = line("reference", &paid.reference)?.ok_or(Refusal::ReferenceMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    if !is_day(&paid.paid_on) || paid.paid_on.as_str() > day_of(act.now).as_str() {
        return Err(Refusal::BadDate("paid_on").into());
    }
    let claim = held(&mut act, actor, id, paid.revision, ClaimStep::Pay).await?;
    let payment = fresh(act.now, act.chance());
    let (paid_on, recorded_at) = (paid.paid_on.clone(), act.now);
    let row = Payment { amount_rial, reference, paid_on, recorded_at, returned_at: None };
    payments::insert(&mut act.tx, &payment, id, &row, &actor.user).await?;
    let entry = shift(&mut act, &claim, ClaimStep::Pay).await?;
    act.record(entry.with("payment", payment)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The bank sent the money back: only its slip is asked for again.
///
/// # Errors
/// [`Refusal::ExplanationMissing`] without words; others as [`step`].
pub async fn returned(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    reason: &str,
) -> Result<ClaimDetail, ClaimError> {
    let reason = paragraph("reason", reason)?.ok_or(Refusal::ExplanationMissing)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, revision, ClaimStep::ReturnPayment).await?;
    let now = act.now;
    payments::give_back(&mut act.tx, id, &actor.user, now).await?;
    claims::set_iban(&mut act.tx, id, None).await?;
    story::keep(&mut act.tx, id, now).await?;
    let papers = documents::of_claim(&mut act.tx, id).await?;
    for slip in papers.iter().filter(|paper| paper.slot == BANK_SLIP && paper.state == DocumentState::Approved) {
        withdraw(&mut act, actor, &claim, slip, RETURNED_CODE, Some(&reason)).await?;
    }
    say(&mut act, actor, &claim, SaidKind::PaymentReturned, &[], &reason).await?;
    let entry = shift(&mut act, &claim, ClaimStep::ReturnPayment).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}
