//! The insured persons of an office: registering, finding, changing, and taking off the list.

mod anew;
mod edit;
mod particulars;
mod words;

use serde::Serialize;

use super::access;
use super::error::{ClaimError, Refusal};
use super::{Listing, PageOf};
use crate::accounts::{Action, Actor, Reach};
use crate::audit::{Entry, EventKind};
use crate::i18n::msg;
use crate::policies::{Known, Policies, Ruling, Standing, number_key};
use crate::store::Store;
use crate::store::act::Act;
use crate::store::calendar::day_of;
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, PolicyId, UserId};
use crate::store::tables::insured::{self as rows, Sought};
use crate::store::tables::policies::{self, NewPolicy};
use crate::store::tables::{claims, offices};

pub use crate::store::tables::insured::Insured;
pub use edit::{change, remove};
pub use particulars::{Birth, KINSHIPS, NewInsured, SEXES, parse_birth};
pub(crate) use words::fold;

use particulars::{Checked, checked};

/// Registers a person for the actor's office without asking any registry. A number that the office has
/// registered before gives that person back.
///
/// # Errors
/// A [`Refusal`] that names the field; others when something fails.
pub async fn register(store: &Store, actor: &Actor, new: &NewInsured) -> Result<Insured, ClaimError> {
    registered(store, None, actor, new).await
}

/// As [`register`], after asking whether the policy stands under this very office (S-22).
///
/// # Errors
/// A [`Refusal`] that names the field; others when something fails.
pub async fn register_with(
    store: &Store,
    policies: &Policies,
    actor: &Actor,
    new: &NewInsured,
) -> Result<Insured, ClaimError> {
    registered(store, Some(policies), actor, new).await
}

async fn registered(
    store: &Store,
    policies: Option<&Policies>,
    actor: &Actor,
    new: &NewInsured,
) -> Result<Insured, ClaimError> {
    let office = access::sender(actor, Action::RegisterInsured)?;
    let head = match &new.head {
        Some(head) => Some(head_of(store, actor, head).await?),
        None => None,
    };
    let person = checked(new, head.as_ref(), &day_of(store.now()))?;
    let ruling = match (policies, &head) {
        // A dependant is insured with the head.
        (_, Some(_)) | (None, None) => Ruling::Unchecked,
        (Some(policies), None) => rule(store, policies, office, &person).await?,
    };
    let mut act = store.act(Some(&actor.user)).await?;
    let (found, fresh) = write(&mut act, office, &actor.user, person, &ruling, head.as_ref()).await?;
    if fresh {
        act.record(Entry::new(EventKind::InsuredRegistered).office(office).with("insured", found.id.as_str())).await?;
    }
    act.commit().await?;
    Ok(found)
}

/// What the registry says of the person; a policy of another office refuses without saying whose it is.
async fn rule(store: &Store, policies: &Policies, office: &OfficeId, person: &Checked) -> Result<Ruling, ClaimError> {
    let mut tx = store.read().await?;
    let code = offices::all(&mut tx).await?.into_iter().find(|one| one.id == *office).map(|one| one.code);
    drop(tx);
    let number = person.policy_number.as_deref().unwrap_or_default();
    let ruling = policies.rule(&code.unwrap_or_default(), number, &person.document_number).await?;
    if number.is_empty() && ruling != Ruling::Unchecked {
        return Err(Refusal::typed("policy_number", msg("refusal-policy-number-missing")).into());
    }
    if ruling == Ruling::Refused {
        return Err(Refusal::typed("policy_number", msg("refusal-policy-office")).into());
    }
    Ok(ruling)
}

/// The head under whom a dependant is to stand.
async fn head_of(store: &Store, actor: &Actor, id: &InsuredId) -> Result<Insured, ClaimError> {
    let head = find(store, actor, id).await.map_err(|error| match error {
        ClaimError::NotFound => Refusal::typed("head", msg("refusal-head-missing")).into(),
        other => other,
    })?;
    if head.head.is_some() {
        return Err(Refusal::typed("head", msg("refusal-head-is-dependant")).into());
    }
    if head.policy_number.is_none() || head.standing == Standing::Refused {
        return Err(Refusal::typed("head", msg("refusal-head-uninsured")).into());
    }
    Ok(head)
}

/// The person as written, for registering oneself.
pub(crate) async fn written(
    act: &mut Act<'_>,
    office: &OfficeId,
    by: &UserId,
    new: &NewInsured,
) -> Result<Insured, crate::accounts::AccountError> {
    let person = checked(new, None, &day_of(act.now)).map_err(|refusal| crate::accounts::Fault {
        field: refusal.field().unwrap_or("policy_number"),
        key: msg("refusal-not-eligible"),
    })?;
    let (found, _) = write(act, office, by, person, &Ruling::Unchecked, None).await?;
    Ok(found)
}

/// Writes a person who is new, or gives the one back that has this document; whether it is new.
async fn write(
    act: &mut Act<'_>,
    office: &OfficeId,
    by: &UserId,
    person: Checked,
    ruling: &Ruling,
    head: Option<&Insured>,
) -> Result<(Insured, bool), crate::store::StoreError> {
    let key = person.key.clone();
    let policy_number = person.policy_number.clone();
    let row = person.into_row(InsuredId::fresh(act.now, act.chance()), office.clone(), act.now);
    let mut fresh = rows::insert(&mut act.tx, &row, &key, by).await?;
    let mut id = row.id.clone();
    if !fresh && let Some(earlier) = rows::by_key(&mut act.tx, office, &key).await? {
        id = earlier.id.clone();
        if earlier.deleted_at.is_some() {
            // Taken off the list before: back on it with what is typed now.
            let row = Insured { id: id.clone(), revision: earlier.revision, ..row.clone() };
            fresh = rows::change(&mut act.tx, &row, &key).await?;
        }
    }
    let (standing, known, answered_at) = match ruling {
        Ruling::Confirmed { known, answered_at } => (Standing::Confirmed, Some(known.as_ref()), Some(*answered_at)),
        Ruling::Awaiting => (Standing::Awaiting, None, None),
        Ruling::Unchecked | Ruling::Refused => (Standing::Unchecked, None, None),
    };
    match head {
        Some(head) => copy_policy(act, &id, head).await?,
        None => {
            if let Some(number) = policy_number {
                set_policy(
                    act,
                    &id,
                    &number,
                    (known, answered_at),
                    standing,
                    (row.cover_from.as_deref(), row.cover_to.as_deref()),
                )
                .await?;
            }
        }
    }
    let found = rows::find(&mut act.tx, &id).await?.unwrap_or(row);
    let numbers = [found.document_number.as_str(), found.policy_number.as_deref().unwrap_or_default()];
    if fresh {
        rows::set_words(&mut act.tx, &id, &words::words_of(&found.name, &numbers)).await?;
    }
    Ok((found, fresh))
}

/// Records a policy under its one spelling; what the insurer says wins over what was typed.
async fn set_policy(
    act: &mut Act<'_>,
    insured: &InsuredId,
    typed: &str,
    (known, answered_at): (Option<&Known>, Option<UnixMs>),
    standing: Standing,
    cover: (Option<&str>, Option<&str>),
) -> Result<(), crate::store::StoreError> {
    let number = known.map_or(typed, |known| known.number.as_str());
    let key = number_key(number);
    let (id, now) = (PolicyId::fresh(act.now, act.chance()), act.now);
    let new = NewPolicy {
        id: &id,
        insured,
        number: key.as_deref().unwrap_or(number),
        number_key: key.as_deref().unwrap_or_default(),
        cover_from: known.map_or(cover.0, |known| known.cover_from.as_deref()),
        cover_to: known.map_or(cover.1, |known| known.cover_to.as_deref()),
        standing,
        asked_at: answered_at.unwrap_or(now),
    };
    Ok(policies::set(&mut act.tx, &new, now).await?)
}

async fn copy_policy(act: &mut Act<'_>, insured: &InsuredId, head: &Insured) -> Result<(), crate::store::StoreError> {
    let number = head.policy_number.as_deref().unwrap_or_default();
    let cover = (head.cover_from.as_deref(), head.cover_to.as_deref());
    set_policy(act, insured, number, (None, head.answered_at), head.standing, cover).await
}

/// What is looked for in the list.
#[derive(Clone, Debug, Default)]
pub struct InsuredFilter {
    /// Words of the name, or the beginning of a number, in any letters and digits.
    pub words: String,
    /// Which rows.
    pub page: PageOf,
}

/// The persons of the office, or of all offices for experts and managers; newest first. Without words, heads of
/// households only; with words, dependants too.
///
/// # Errors
/// When the actor may not see any, or the database fails.
pub async fn list(store: &Store, actor: &Actor, filter: &InsuredFilter) -> Result<Listing<Insured>, ClaimError> {
    let page = filter.page.within_bounds();
    let reach = access::allowed(actor, Action::SeeInsured)?;
    let mut tx = store.read().await?;
    if let Reach::OwnPolicy(own) = reach {
        let rows: Vec<_> = rows::find(&mut tx, own).await?.into_iter().collect();
        return Ok(Listing { total: i64::try_from(rows.len()).unwrap_or(i64::MAX), rows, offset: 0 });
    }
    let words = words::sought(&filter.words);
    let office = access::office_of(reach)?;
    let heads = words.is_empty();
    let sought = Sought { office, heads, words: &words, limit: page.limit, offset: page.offset };
    let (rows, total) = rows::list(&mut tx, &sought).await?;
    Ok(Listing { rows, total, offset: page.offset })
}

/// One person on the list.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn find(store: &Store, actor: &Actor, id: &InsuredId) -> Result<Insured, ClaimError> {
    let mut tx = store.read().await?;
    let reach = access::allowed(actor, Action::SeeInsured)?;
    let found = rows::find(&mut tx, id).await?.filter(|person| person.deleted_at.is_none());
    found.filter(|person| reach.covers(&person.office, &person.id)).ok_or(ClaimError::NotFound)
}

/// What a person was before an edit.
#[derive(Clone, Debug, Serialize)]
pub struct EarlierInsured {
    /// The person as written then.
    pub person: Insured,
    /// When it was changed.
    pub changed_at: UnixMs,
    /// Who changed it.
    pub changed_by: String,
}

/// A person with the household, the claims, and what was written before.
#[derive(Clone, Debug, Serialize)]
pub struct Household {
    /// The person.
    pub person: Insured,
    /// The head, for a dependant.
    pub head: Option<Insured>,
    /// The dependants, for a head.
    pub dependants: Vec<Insured>,
    /// The person's claims, newest first.
    pub claims: Vec<claims::ClaimSummary>,
    /// What was written before, newest first.
    pub earlier: Vec<EarlierInsured>,
}

/// Claims of a person that are listed.
const LISTED_CLAIMS: i64 = 50;

/// One person with the household.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn household(store: &Store, actor: &Actor, id: &InsuredId) -> Result<Household, ClaimError> {
    let person = find(store, actor, id).await?;
    let mut tx = store.read().await?;
    let head = match &person.head {
        Some(head) => rows::find(&mut tx, head).await?,
        None => None,
    };
    let dependants = rows::of_head(&mut tx, id).await?;
    let narrow = claims::Narrow { insured: Some(id), ..claims::Narrow::default() };
    let claims = claims::list(&mut tx, &narrow, LISTED_CLAIMS, 0).await?.0;
    let mut earlier = Vec::new();
    for (_, body, changed_at, changed_by) in rows::versions(&mut tx, id).await? {
        earlier.push(EarlierInsured { person: serde_json::from_str(&body)?, changed_at, changed_by });
    }
    Ok(Household { person, head, dependants, claims, earlier })
}

/// Asks the registry again for a person whose policy waits.
///
/// # Errors
/// [`ClaimError::NotFound`]; a [`Refusal`] when the registry is still silent; or when the database fails.
pub async fn ask_again(
    store: &Store,
    policies: &Policies,
    actor: &Actor,
    id: &InsuredId,
) -> Result<Insured, ClaimError> {
    access::sender(actor, Action::RegisterInsured)?;
    let person = find(store, actor, id).await?;
    crate::policies::recheck(store, policies).await?;
    let now = find(store, actor, id).await?;
    if person.standing == Standing::Awaiting && now.standing == Standing::Awaiting {
        return Err(Refusal::typed("policy_number", msg("refusal-registry-silent")).into());
    }
    Ok(now)
}

/// Refuses to send a claim while the insurer has not answered for the person's policy, or has said no.
pub(crate) fn insured_for_sending(person: &Insured) -> Result<(), Refusal> {
    match person.standing {
        Standing::Awaiting => Err(Refusal::typed("insured", msg("refusal-policy-awaiting"))),
        Standing::Refused => Err(Refusal::typed("insured", msg("refusal-policy-office"))),
        Standing::Unchecked | Standing::Confirmed => Ok(()),
    }
}
