//! Registering the insured persons of an office.

use super::access;
use super::error::{ClaimError, Refusal};
use super::text::{fold_number, line};
use super::{Listing, PageOf};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::calendar::{day_of, is_day};
use crate::store::ids::{InsuredId, PolicyId};
use crate::store::tables::{insured as rows, policies};

pub use crate::store::tables::insured::Insured;

/// Letters of a nationality's code (ISO 3166 alpha-3).
const NATIONALITY_LETTERS: usize = 3;

/// A person as typed.
#[derive(Clone, Debug, Default)]
pub struct NewInsured {
    /// Full name as on the policy.
    pub name: String,
    /// Nationality, ISO 3166 alpha-3.
    pub nationality: String,
    /// Passport or other document number.
    pub document_number: String,
    /// Day of birth, ISO.
    pub birth: Option<String>,
    /// Number of the policy.
    pub policy_number: Option<String>,
}

/// Registers a person for the actor's office. A number that the office has registered before
/// gives that person back.
///
/// # Errors
/// A [`Refusal`] that names the field; others when something fails.
pub async fn register(store: &Store, actor: &Actor, new: &NewInsured) -> Result<Insured, ClaimError> {
    let office = access::sender(actor, Action::RegisterInsured)?;
    let (person, key) = checked(new, &day_of(store.now()))?;
    let mut act = store.act(Some(&actor.user)).await?;
    let person = Insured {
        id: InsuredId::fresh(act.now, act.chance()),
        office: office.clone(),
        registered_at: act.now,
        name: person.name,
        nationality: person.nationality,
        document_number: person.document_number,
        birth: person.birth,
        policy_number: person.policy_number,
    };
    let fresh = rows::insert(&mut act.tx, &person, &key, &actor.user).await?;
    let found = rows::by_key(&mut act.tx, office, &key).await?.ok_or(ClaimError::NotFound)?;
    if let Some(number) = &person.policy_number {
        let (id, now) = (PolicyId::fresh(act.now, act.chance()), act.now);
        policies::insert(&mut act.tx, &id, &found.id, number, now).await?;
    }
    let found = rows::find(&mut act.tx, &found.id).await?.ok_or(ClaimError::NotFound)?;
    if fresh {
        act.record(Entry::new(EventKind::InsuredRegistered).office(office).with("insured", found.id.as_str())).await?;
    }
    act.commit().await?;
    Ok(found)
}

fn checked(new: &NewInsured, today: &str) -> Result<(NewInsured, String), Refusal> {
    let name = line("name", &new.name)?.ok_or(Refusal::NameMissing)?;
    let document_number = line("document_number", &new.document_number)?.ok_or(Refusal::DocumentNumberMissing)?;
    let key = fold_number(&document_number);
    if key.is_empty() {
        return Err(Refusal::DocumentNumberMissing);
    }
    let nationality = new.nationality.trim().to_ascii_uppercase();
    if nationality.len() != NATIONALITY_LETTERS || !nationality.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Refusal::BadNationality);
    }
    let birth = match new.birth.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(day) if is_day(day) && day <= today => Some(day.to_owned()),
        Some(_) => return Err(Refusal::BadDate("birth")),
        None => None,
    };
    let policy_number = line("policy_number", new.policy_number.as_deref().unwrap_or_default())?;
    Ok((NewInsured { name, nationality, document_number, birth, policy_number }, key))
}

/// The persons of the office, or of all offices for experts and managers; newest first.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn list(store: &Store, actor: &Actor, page: PageOf) -> Result<Listing<Insured>, ClaimError> {
    let mut tx = store.read().await?;
    let page = page.within_bounds();
    let office = access::scope(actor, Action::SeeInsured)?;
    let (rows, total) = rows::list(&mut tx, office, page.limit, page.offset).await?;
    Ok(Listing { rows, total, offset: page.offset })
}

/// One person.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn find(store: &Store, actor: &Actor, id: &InsuredId) -> Result<Insured, ClaimError> {
    let mut tx = store.read().await?;
    let reach = access::allowed(actor, Action::SeeInsured)?;
    let found = rows::find(&mut tx, id).await?;
    found.filter(|person| reach.covers(&person.office, &person.id)).ok_or(ClaimError::NotFound)
}
