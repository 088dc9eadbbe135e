//! The account that is paid to: typed by the sender, and taken from the bank's slip alone.

use super::access;
use super::error::{ClaimError, Refusal};
use super::pay::BANK_SLIP;
use super::show::detail;
use super::states;
use super::story;
use super::view::ClaimDetail;
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::ids::ClaimId;
use crate::store::tables::{claims, documents};

/// The account number in its one spelling.
///
/// # Errors
/// [`Refusal::BadIban`] when it is none of this country, or its check digits fail.
pub(super) fn fold(text: &str) -> Result<String, Refusal> {
    let folded = super::text::fold_number(text);
    // The letters' fold takes O for zero; the country's two letters hold neither.
    let digits = folded.strip_prefix("IR").unwrap_or(&folded);
    let whole = format!("IR{digits}");
    let plain = digits.len() == 24 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain && sanad_checks::identity::ibn_bad::is_valid(&whole) { Ok(whole) } else { Err(Refusal::BadIban) }
}

/// The sender types the account that stands on the bank's slip, which must be there.
///
/// # Errors
/// [`Refusal::IbanNeedsSlip`] and its kin; [`ClaimError::Stale`]; others when something fails.
pub async fn set(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    typed: &str,
) -> Result<ClaimDetail, ClaimError> {
    access::sender(actor, Action::EditClaim)?;
    let iban = fold(typed)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    if !states::is_editable(claim.state) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    if claim.revision != revision {
        return Err(ClaimError::Stale);
    }
    let papers = documents::of_claim(&mut act.tx, id).await?;
    let slip = papers.iter().find(|paper| paper.slot == BANK_SLIP && paper.current.is_some());
    let slip = slip.ok_or(Refusal::IbanNeedsSlip)?;
    if slip.approved_sha256.is_some() {
        return Err(Refusal::DocumentLocked.into());
    }
    claims::set_iban(&mut act.tx, id, Some(&iban)).await?;
    let now = act.now;
    story::keep(&mut act.tx, id, now).await?;
    act.record(Entry::new(EventKind::ClaimEdited).claim(&claim.office, id).with("field", "iban")).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_taken_in_any_spelling_and_only_when_their_check_holds() {
        assert_eq!(fold("IR06 2960 0000 0010 0324 2000 01").as_deref(), Ok("IR062960000000100324200001"));
        assert_eq!(fold("۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱").as_deref(), Ok("IR062960000000100324200001"));
        for wrong in ["", "IR06", "IR072960000000100324200001", "DE062960000000100324200001", "<b>"] {
            assert_eq!(fold(wrong), Err(Refusal::BadIban), "{wrong}");
        }
    }
}
