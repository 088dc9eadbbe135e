//! Changing a person's particulars, each earlier wording kept; and taking a person off the list.

use super::particulars::checked;
use super::{Insured, NewInsured, anew, find, rule, set_policy, words};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::claim::access;
use crate::claim::error::{ClaimError, Refusal};
use crate::i18n::msg;
use crate::policies::{Policies, Ruling, Standing};
use crate::store::Store;
use crate::store::calendar::day_of;
use crate::store::ids::InsuredId;
use crate::store::tables::insured as rows;

/// Changes a person's particulars. `revision` is the one that was shown; the wording before is kept, a policy number
/// that changes is asked for anew, and so are the open claims of the person and of dependants who stand on the head's
/// paper and policy.
///
/// # Errors
/// [`ClaimError::Stale`] when somebody changed them since; a [`Refusal`]; others when something fails.
pub async fn change(
    store: &Store,
    policies: &Policies,
    actor: &Actor,
    id: &InsuredId,
    revision: i64,
    new: &NewInsured,
) -> Result<Insured, ClaimError> {
    let office = access::sender(actor, Action::RegisterInsured)?;
    let before = find(store, actor, id).await?;
    let mut tx = store.read().await?;
    let head = match &before.head {
        Some(head) => rows::find(&mut tx, head).await?,
        None => None,
    };
    drop(tx);
    let person = checked(new, head.as_ref(), &day_of(store.now()))?;
    let asked_anew = head.is_none()
        && (person.policy_number != before.policy_number || person.document_number != before.document_number);
    let ruling = if asked_anew { rule(store, policies, office, &person).await? } else { Ruling::Unchecked };
    let key = person.key.clone();
    let policy_number = person.policy_number.clone().filter(|_| head.is_none());
    let mut row = person.into_row(id.clone(), before.office.clone(), before.registered_at);
    row.revision = revision;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    if rows::by_key(&mut act.tx, office, &key).await?.is_some_and(|other| other.id != *id) {
        return Err(Refusal::typed("document_number", msg("refusal-document-taken")).into());
    }
    if before.revision != revision || !rows::change(&mut act.tx, &row, &key).await? {
        return Err(ClaimError::Stale);
    }
    rows::keep_version(&mut act.tx, &before, &serde_json::to_string(&before)?, &actor.user, now).await?;
    if let Some(number) = policy_number {
        let (standing, known, answered_at) = match &ruling {
            Ruling::Confirmed { known, answered_at } => (Standing::Confirmed, Some(known.as_ref()), Some(*answered_at)),
            Ruling::Awaiting => (Standing::Awaiting, None, None),
            Ruling::Unchecked | Ruling::Refused => (Standing::Unchecked, None, None),
        };
        set_policy(
            &mut act,
            id,
            &number,
            (known, answered_at),
            standing,
            (row.cover_from.as_deref(), row.cover_to.as_deref()),
        )
        .await?;
    }
    let after = rows::find(&mut act.tx, id).await?.ok_or(ClaimError::NotFound)?;
    let numbers = [after.document_number.as_str(), after.policy_number.as_deref().unwrap_or_default()];
    rows::set_words(&mut act.tx, id, &words::words_of(&after.name, &numbers)).await?;
    let dependants =
        if head.is_none() { anew::household(&mut act, &actor.user, &before, &after).await? } else { Vec::new() };
    let mut entries = vec![Entry::new(EventKind::InsuredChanged).office(office).with("insured", id.as_str())];
    for person in std::iter::once(&after).chain(&dependants) {
        entries.extend(anew::claims_of(&mut act, person).await?);
    }
    for entry in entries {
        act.record(entry).await?;
    }
    act.commit().await?;
    Ok(after)
}

/// Takes a person off the list; whoever has live claims or dependants stays.
///
/// # Errors
/// [`ClaimError::NotFound`]; a [`Refusal`]; others when something fails.
pub async fn remove(store: &Store, actor: &Actor, id: &InsuredId) -> Result<(), ClaimError> {
    let office = access::sender(actor, Action::RegisterInsured)?;
    find(store, actor, id).await?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    let person = rows::find(&mut act.tx, id).await?.ok_or(ClaimError::NotFound)?;
    if person.dependants > 0 {
        return Err(Refusal::typed("insured", msg("refusal-has-dependants")).into());
    }
    if rows::live_claims(&mut act.tx, id).await? > 0 {
        return Err(Refusal::typed("insured", msg("refusal-has-claims")).into());
    }
    rows::delete(&mut act.tx, id, now).await?;
    act.record(Entry::new(EventKind::InsuredDeleted).office(office).with("insured", id.as_str())).await?;
    Ok(act.commit().await?)
}
