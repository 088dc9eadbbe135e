//! What follows from a change of a person's particulars: the household keeps to its head, and every claim that is
//! still open is judged anew.

use super::{Insured, copy_policy, words};
use crate::audit::{Entry, EventKind};
use crate::claim::error::ClaimError;
use crate::claim::text::fold_number;
use crate::claim::words::ClaimState;
use crate::claim::{story, tokens};
use crate::queue::rank;
use crate::store::act::Act;
use crate::store::calendar::day_of;
use crate::store::ids::UserId;
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::{claim_tokens, insured as rows};

/// Dependants are insured with their head, and who has no paper stands on the head's.
pub(super) async fn household(
    act: &mut Act<'_>,
    by: &UserId,
    before: &Insured,
    after: &Insured,
) -> Result<Vec<Insured>, ClaimError> {
    let mut changed = Vec::new();
    let (was, now_is) = (fold_number(&before.document_number), fold_number(&after.document_number));
    let policy = |person: &Insured| (person.policy_number.clone(), person.cover_from.clone(), person.cover_to.clone());
    for dependant in rows::of_head(&mut act.tx, &after.id).await? {
        let on_heads = was != now_is && fold_number(&dependant.document_number) == was;
        if !on_heads && policy(&dependant) == policy(after) {
            continue;
        }
        let now = act.now;
        if on_heads {
            let born = dependant.birth.clone().or_else(|| dependant.birth_year.map(|year| year.to_string()));
            let name = words::fold(&dependant.name).replace(' ', "");
            let key = format!("{now_is}+{}+{name}", born.unwrap_or_default());
            let row = Insured { document_number: after.document_number.clone(), ..dependant.clone() };
            rows::keep_version(&mut act.tx, &dependant, &serde_json::to_string(&dependant)?, by, now).await?;
            rows::change(&mut act.tx, &row, &key).await?;
        }
        copy_policy(act, &dependant.id, after).await?;
        let dependant = rows::find(&mut act.tx, &dependant.id).await?.ok_or(ClaimError::NotFound)?;
        let numbers = [dependant.document_number.as_str(), dependant.policy_number.as_deref().unwrap_or_default()];
        rows::set_words(&mut act.tx, &dependant.id, &words::words_of(&dependant.name, &numbers)).await?;
        changed.push(dependant);
    }
    Ok(changed)
}

/// Whether a claim that stands there may still come out otherwise.
const fn is_open(state: ClaimState) -> bool {
    !matches!(state, ClaimState::Paid | ClaimState::Closed | ClaimState::Refused)
}

/// Judges the person's claims by what stands now: found under the new words, dates and identity compared again, and
/// the place in the queue where the birth decides it. The entries for the record, one for each claim that is open.
pub(super) async fn claims_of(act: &mut Act<'_>, person: &Insured) -> Result<Vec<Entry>, ClaimError> {
    let mut entries = Vec::new();
    for (id, number, opened_at) in claims::of_person(&mut act.tx, &person.id).await? {
        let Some(claim) = claims::lock(&mut act.tx, &id).await? else { continue };
        let policy = person.policy_number.as_deref();
        let found_by = tokens::of_claim(&number, &person.name, &person.document_number, policy);
        claim_tokens::set(&mut act.tx, &id, opened_at, &found_by).await?;
        if !is_open(claim.state) {
            continue;
        }
        let now = act.now;
        story::keep(&mut act.tx, &id, now).await?;
        queue_again(act, &claim, person).await?;
        let entry = Entry::new(EventKind::InsuredChanged).claim(&claim.office, &id);
        entries.push(entry.with("insured", person.id.as_str()).with("revision", person.revision));
    }
    Ok(entries)
}

/// A claim that waits for an expert has its place anew: a child starts ahead.
async fn queue_again(act: &mut Act<'_>, claim: &ClaimRow, person: &Insured) -> Result<(), ClaimError> {
    let Some(rank_at) = claim.rank_at else { return Ok(()) };
    let parts: Vec<rank::Chip> = serde_json::from_str(&claim.rank_parts)?;
    let circumstances: Vec<String> = serde_json::from_str(&claim.circumstances)?;
    let minor = rank::is_minor(&circumstances, person.birth.as_deref(), &claim.accident_date);
    let (rank_at, parts) = rank::with_minor(rank_at, parts, minor, &day_of(act.now));
    Ok(claims::set_rank(&mut act.tx, &claim.id, rank_at, &serde_json::to_string(&parts)?).await?)
}
