//! Self-registration of people who bought their policy on the internet (S-03 to S-11).

use super::sessions::{self, OpenSession};
use super::{AccountError, Actor, Fault, Role, password, strength, throttle};
use crate::audit::{Entry, EventKind};
use crate::claim::insured::{self, NewInsured};
use crate::claim::text::fold_number;
use crate::i18n::msg;
use crate::policies::{Known, ONLINE, Policies, Standing, Unreachable, number_key};
use crate::store::Store;
use crate::store::act::Act;
use crate::store::ids::{OfficeId, PolicyId, UserId};
use crate::store::sql::Tx;
use crate::store::tables::insured as insured_rows;
use crate::store::tables::insured::Insured;
use crate::store::tables::offices::{self, Office};
use crate::store::tables::policies::{self as policy_rows, NewPolicy};
use crate::store::tables::users::{self, UserRow};

/// Names of the office that stands for sales on the internet.
const ONLINE_FA: &str = "فروش اینترنتی";
const ONLINE_EN: &str = "Online sales";

/// What somebody types to prove that a policy is theirs.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Number of the policy, in any digits and slashes.
    pub policy_number: String,
    /// Number of the passport or other paper on the policy.
    pub document_number: String,
    /// The peer's address.
    pub address: String,
}

/// What a proof leads to.
#[derive(Clone, Debug)]
pub enum Eligible {
    /// The person may register.
    Fresh(Box<Known>),
    /// The person has an account already and logs in; this policy counts as a user name too.
    Registered,
}

/// Checks that both numbers belong to one policy that was sold on the internet. The answer to numbers that do
/// not fit is always the same, and it comes later with every attempt.
///
/// # Errors
/// Faults; [`AccountError::Throttled`]; or when the database fails.
pub async fn check(store: &Store, policies: &Policies, proof: &Proof) -> Result<Eligible, AccountError> {
    let brake = format!("register:{}", number_key(&proof.policy_number).unwrap_or_default());
    if let Some(until) = throttle::blocked_until(store, &brake, &proof.address).await? {
        return Err(AccountError::Throttled { until });
    }
    let known = match policies.online(&proof.policy_number, &proof.document_number).await {
        Ok(known) => known,
        Err(Unreachable::Silent) => {
            return Err(Fault { field: "policy_number", key: msg("refusal-registry-silent") }.into());
        }
        Err(Unreachable::Store(error)) => return Err(error.into()),
    };
    let Some(known) = known else {
        throttle::count(store, &brake, &proof.address).await?;
        return Err(Fault { field: "policy_number", key: msg("refusal-not-eligible") }.into());
    };
    let mut tx = store.read().await?;
    let account = account(&mut tx, &known).await?;
    drop(tx);
    match account {
        Some((person, _)) => {
            link(store, &person, &known).await?;
            Ok(Eligible::Registered)
        }
        None => Ok(Eligible::Fresh(Box::new(known))),
    }
}

/// The person of this policy with the account, if there is one.
async fn account(tx: &mut Tx, known: &Known) -> Result<Option<(Insured, UserRow)>, AccountError> {
    let Some(office) = offices::by_code(tx, ONLINE).await? else { return Ok(None) };
    let key = fold_number(&known.document_number);
    let Some(person) = insured_rows::by_key(tx, &office.id, &key).await? else { return Ok(None) };
    Ok(users::of_insured(tx, &person.id).await?.map(|user| (person, user)))
}

/// Adds a renewed policy to the person: both numbers open the one account.
async fn link(store: &Store, person: &Insured, known: &Known) -> Result<(), AccountError> {
    if person.policy_number.as_deref() == Some(known.number.as_str()) {
        return Ok(());
    }
    let mut act = store.act(None).await?;
    record_policy(&mut act, person, known).await?;
    let entry = Entry::new(EventKind::PolicyLinked).office(&person.office);
    act.record(entry.with("insured", person.id.as_str())).await?;
    Ok(act.commit().await?)
}

async fn record_policy(act: &mut Act<'_>, person: &Insured, known: &Known) -> Result<(), AccountError> {
    let (id, now) = (PolicyId::fresh(act.now, act.chance()), act.now);
    let key = number_key(&known.number).unwrap_or_default();
    let new = NewPolicy {
        id: &id,
        insured: &person.id,
        number: &key,
        number_key: &key,
        cover_from: known.cover_from.as_deref(),
        cover_to: known.cover_to.as_deref(),
        standing: Standing::Confirmed,
        asked_at: now,
    };
    Ok(policy_rows::set(&mut act.tx, &new, now).await?)
}

async fn online_office(act: &mut Act<'_>) -> Result<OfficeId, AccountError> {
    if let Some(office) = offices::by_code(&mut act.tx, ONLINE).await? {
        return Ok(office.id);
    }
    let office = Office {
        id: OfficeId::fresh(act.now, act.chance()),
        code: ONLINE.to_owned(),
        name_fa: ONLINE_FA.to_owned(),
        name_en: ONLINE_EN.to_owned(),
    };
    let now = act.now;
    offices::insert(&mut act.tx, &office, false, now).await?;
    Ok(office.id)
}

/// A password chosen at registration.
#[derive(Clone, Default)]
pub struct Chosen {
    /// The password.
    pub password: String,
    /// The same again.
    pub password_again: String,
    /// How the browser names itself.
    pub label: String,
}

/// Makes the account and opens a session; `None` when the person has an account already.
///
/// # Errors
/// Faults; [`AccountError::Throttled`]; or when the database fails.
pub async fn register(
    store: &Store,
    policies: &Policies,
    proof: &Proof,
    chosen: &Chosen,
) -> Result<Option<OpenSession>, AccountError> {
    let Eligible::Fresh(known) = check(store, policies, proof).await? else { return Ok(None) };
    let own = [known.number.as_str(), known.document_number.as_str(), known.name.as_str()];
    if let Some(fault) = strength::refused("password", &chosen.password, &own) {
        return Err(fault.into());
    }
    if password::normal(&chosen.password) != password::normal(&chosen.password_again) {
        return Err(Fault { field: "password_again", key: msg("refusal-password-again") }.into());
    }
    let hash = password::hash(&chosen.password, store.chance())?;
    let mut act = store.act(None).await?;
    // Twice at the same moment: the second one finds the first one's account here.
    if account(&mut act.tx, &known).await?.is_some() {
        return Ok(None);
    }
    let office = online_office(&mut act).await?;
    let key = number_key(&known.number).unwrap_or_default();
    let mut actor = Actor {
        user: UserId::fresh(act.now, act.chance()),
        role: Role::Individual,
        office: Some(office.clone()),
        insured: None,
        display_name: known.name.clone(),
        user_name: key,
        must_change: false,
    };
    let now = act.now;
    // The person and the account name each other: the account comes first, then the person, then the tie.
    if !users::insert(&mut act.tx, &UserRow::new(actor.clone(), hash), false, now).await? {
        // Somebody else of the same policy has the number as user name; the paper's number tells the two apart.
        return Err(Fault { field: "policy_number", key: msg("refusal-not-eligible") }.into());
    }
    let person = NewInsured {
        name: known.name.clone(),
        nationality: known.nationality.clone(),
        document_number: known.document_number.clone(),
        birth: known.birth.clone(),
        ..NewInsured::default()
    };
    let person = insured::written(&mut act, &office, &actor.user, &person).await?;
    record_policy(&mut act, &person, &known).await?;
    users::set_insured(&mut act.tx, &actor.user, &person.id).await?;
    actor.insured = Some(person.id.clone());
    let entry = Entry::new(EventKind::SelfRegistered).office(&office);
    act.record(entry.with("insured", person.id.as_str())).await?;
    act.commit().await?;
    Ok(Some(sessions::open_fresh(store, actor, &chosen.label, &proof.address).await?))
}
