//! Opening a claim.

use super::access;
use super::error::{ClaimError, Refusal};
use super::show::detail;
use super::text::{digits_of, line, paragraph};
use super::tokens;
use super::view::ClaimDetail;
use super::words::{CIRCUMSTANCES, Channel, ClaimType};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::calendar::{day_of, is_day, month_of};
use crate::store::ids::{ClaimId, InsuredId, fresh};
use crate::store::sql::Tx;
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::{claim_tokens, claims, counters, insured};

/// Letters a description has at least: what kind of accident, and how.
const DESCRIPTION_LETTERS: usize = 10;

/// A claim as typed.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// Whose accident it was.
    pub insured: InsuredId,
    /// A word of [`ClaimType`].
    pub claim_type: String,
    /// Words of [`CIRCUMSTANCES`].
    pub circumstances: Vec<String>,
    /// A word of [`Channel`].
    pub channel: String,
    /// Day of the accident, ISO.
    pub accident_date: String,
    /// Where it happened.
    pub place: String,
    /// What happened, in the office's words.
    pub description: String,
    /// Number of another claim of the same accident, as typed; empty for none.
    pub shared_with: String,
}

pub(super) struct Checked {
    pub(super) claim_type: ClaimType,
    channel: Channel,
    pub(super) circumstances: Vec<String>,
    pub(super) accident_date: String,
    pub(super) place: String,
    pub(super) description: String,
}

/// What is wrong with a claim as typed, whoever's it is to be, before anything is written for it.
///
/// # Errors
/// A [`Refusal`] that names the field; others when the database fails.
pub async fn check(store: &Store, actor: &Actor, new: &NewClaim) -> Result<(), ClaimError> {
    checked(new, &day_of(store.now()))?;
    let mut tx = store.read().await?;
    shared_claim(&mut tx, actor, new).await.map(|_| ())
}

pub(super) fn checked(new: &NewClaim, today: &str) -> Result<Checked, Refusal> {
    let claim_type = ClaimType::parse(&new.claim_type).ok_or(Refusal::BadClaimType)?;
    let channel = Channel::parse(&new.channel).ok_or(Refusal::BadChannel)?;
    let mut circumstances = new.circumstances.clone();
    circumstances.sort_unstable();
    circumstances.dedup();
    if circumstances.iter().any(|word| !CIRCUMSTANCES.contains(&word.as_str())) {
        return Err(Refusal::BadCircumstance);
    }
    let accident_date = new.accident_date.trim().to_owned();
    if !is_day(&accident_date) || accident_date.as_str() > today {
        return Err(Refusal::BadDate("accident_date"));
    }
    let place = line("place", &new.place)?.unwrap_or_default();
    let description = paragraph("description", &new.description)?.unwrap_or_default();
    if description.chars().filter(|c| c.is_alphabetic()).count() < DESCRIPTION_LETTERS {
        return Err(Refusal::DescriptionTooShort);
    }
    Ok(Checked { claim_type, channel, circumstances, accident_date, place, description })
}

/// Opens a claim of a person that the actor's office has registered.
///
/// # Errors
/// A [`Refusal`] that names the field; others when something fails.
pub async fn open(store: &Store, actor: &Actor, new: &NewClaim) -> Result<ClaimDetail, ClaimError> {
    let office = access::sender(actor, Action::OpenClaim)?;
    let told = checked(new, &day_of(store.now()))?;
    let mut act = store.act(Some(&actor.user)).await?;
    let person = insured::find(&mut act.tx, &new.insured).await?;
    let reach = access::allowed(actor, Action::OpenClaim)?;
    person.filter(|person| reach.covers(&person.office, &person.id)).ok_or(Refusal::InsuredNotFound)?;
    let shared = shared_claim(&mut act.tx, actor, new).await?;
    let shared = shared.map(|other| (other.id, other.accident.unwrap_or_else(|| fresh(act.now, act.chance()))));
    let month = month_of(act.now);
    let running = counters::next(&mut act.tx, &format!("claims-{}", month.year)).await?;
    let number = format!("{}-{running:06}", month.year);
    let (id, now) = (ClaimId::fresh(act.now, act.chance()), act.now);
    let fresh = claims::FreshClaim {
        id: &id,
        number: &number,
        office,
        insured: &new.insured,
        claim_type: told.claim_type,
        channel: told.channel,
        circumstances: &serde_json::to_string(&told.circumstances)?,
        accident_date: &told.accident_date,
        place: &told.place,
        description: &told.description,
        by: &actor.user,
        now,
        month,
    };
    claims::insert(&mut act.tx, &fresh).await?;
    let person = insured::find(&mut act.tx, &new.insured).await?.ok_or(Refusal::InsuredNotFound)?;
    let policy = person.policy_number.as_deref();
    let words = tokens::of_claim(&number, &person.name, &person.document_number, policy);
    claim_tokens::set(&mut act.tx, &id, now, &words).await?;
    if let Some((other, accident)) = &shared {
        claims::bind(&mut act.tx, other, accident).await?;
        claims::bind(&mut act.tx, &id, accident).await?;
    }
    act.record(Entry::new(EventKind::ClaimOpened).claim(office, &id)).await?;
    act.commit().await?;
    detail(store, actor, &id).await
}

/// The other claim of the same accident, where one is named; it must be of the same sender and day.
async fn shared_claim(tx: &mut Tx, actor: &Actor, new: &NewClaim) -> Result<Option<ClaimRow>, ClaimError> {
    let Some(number) = line("shared_with", &new.shared_with)? else { return Ok(None) };
    let digits = digits_of(&number).ok_or(Refusal::SharedUnknown)?;
    let (year, running) = digits.split_at(digits.len().min(YEAR_DIGITS));
    let other = claims::by_number(tx, &format!("{year}-{running}")).await?.ok_or(Refusal::SharedUnknown)?;
    // Not found and not the sender's own are one answer.
    let other = access::claim(tx, actor, &other).await.map_err(|_| Refusal::SharedUnknown)?;
    if other.accident_date != new.accident_date.trim() {
        return Err(Refusal::SharedOtherDay.into());
    }
    Ok(Some(other))
}

/// Digits of the year in a claim's number.
pub(super) const YEAR_DIGITS: usize = 4;
