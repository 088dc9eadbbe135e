//! A date that somebody types from a paper: the office where the reader could not, an expert to confirm or correct.

use sanad_checks::dates::Source;
use sanad_checks::facts::Facts;
use sanad_checks::page::Region;

use super::{place_text, role_of};
use crate::accounts::{self, Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::claim::access;
use crate::claim::error::{ClaimError, Refusal};
use crate::claim::text;
use crate::claim::words::ClaimState;
use crate::i18n::parse_day;
use crate::store::Store;
use crate::store::act::Act;
use crate::store::ids::{ClaimId, DateId, VersionId};
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::given_dates::{self, NewGiven};
use crate::store::tables::{documents, leases, readings, versions};

/// A date as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDate {
    /// The claim.
    pub claim: ClaimId,
    /// The paper's current version.
    pub version: VersionId,
    /// A word of the roles.
    pub role: String,
    /// Page and place it stands at, as the story names it; none for the paper as a whole.
    pub place: Option<(u32, Region)>,
    /// The date, Jalali or Gregorian.
    pub typed: String,
}

/// Keeps the date beside what was read, and tells the story anew.
///
/// # Errors
/// A [`Refusal`]; [`ClaimError::HeldBy`] for an expert while another has the claim; others when something fails.
pub async fn give(store: &Store, actor: &Actor, new: &NewDate) -> Result<(), ClaimError> {
    access::allowed(actor, Action::SeePictures)?;
    let by = side(actor)?;
    let role = role_of(&new.role).ok_or(Refusal::RoleUnknown)?;
    let typed = text::line("date", &new.typed)?.ok_or(Refusal::BadDate("date"))?;
    let iso = parse_day(&typed).ok_or(Refusal::BadDate("date"))?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, &new.claim).await?;
    open_to(&mut act, actor, &claim, by).await?;
    let version = versions::find(&mut act.tx, &new.version).await?.filter(|version| version.claim == claim.id);
    let version = version.ok_or(ClaimError::NotFound)?;
    let document = documents::find(&mut act.tx, &version.document).await?.ok_or(ClaimError::NotFound)?;
    if document.current.as_ref() != Some(&version.id) {
        return Err(Refusal::VersionNotCurrent.into());
    }
    if let Some(place) = new.place {
        let reading = readings::find(&mut act.tx, &version.id).await?;
        let facts = reading.as_ref().map(|reading| reading.facts()).transpose()?.flatten();
        if !facts.is_some_and(|facts| stands_at(&facts, place)) {
            return Err(Refusal::PlaceUnknown.into());
        }
    }
    let (id, now) = (DateId::fresh(act.now, act.chance()), act.now);
    let given = NewGiven {
        id: &id,
        claim: &claim.id,
        version: &version.id,
        role: role.word(),
        place: &place_text(new.place)?,
        iso: &iso,
        typed: &typed,
        source: by,
        by: &actor.user,
    };
    given_dates::insert(&mut act.tx, &given, now).await?;
    super::keep(&mut act.tx, &claim.id, now).await?;
    let kind = if by == Source::Expert { EventKind::DateConfirmed } else { EventKind::DateTyped };
    let entry = Entry::new(kind).claim(&claim.office, &claim.id).document(&document.id).version(&version.id);
    act.record(entry.with("date", id.as_str()).with("role", role.word())).await?;
    Ok(act.commit().await?)
}

/// For whom the person types: an expert's word goes before an office's.
fn side(actor: &Actor) -> Result<Source, ClaimError> {
    if accounts::may(actor, Action::DecidePaper).any() {
        return Ok(Source::Expert);
    }
    access::sender(actor, Action::EditClaim)?;
    Ok(Source::Typed)
}

/// Refuses when the claim is past it, or when it lies on another expert's desk.
async fn open_to(act: &mut Act<'_>, actor: &Actor, claim: &ClaimRow, by: Source) -> Result<(), ClaimError> {
    if !is_open(claim.state) {
        return Err(Refusal::ClaimNotEditable.into());
    }
    let now = act.now;
    match leases::find(&mut act.tx, &claim.id, now).await? {
        Some(lease) if by == Source::Expert && lease.expert != actor.user => {
            Err(ClaimError::HeldBy { expert: lease.expert_name, until: lease.until })
        }
        _ => Ok(()),
    }
}

/// Whether dates may still be given. A refusal that is only proposed is the company's own affair: to the office the
/// claim is in review, and it acts as if it were.
#[must_use]
pub const fn is_open(state: ClaimState) -> bool {
    matches!(
        state,
        ClaimState::Draft
            | ClaimState::NeedsCorrection
            | ClaimState::InReview
            | ClaimState::RefusalProposed
            | ClaimState::Appealed
    )
}

/// Whether a date of the paper, read or not, stands there.
fn stands_at(facts: &Facts, (page, region): (u32, Region)) -> bool {
    let read = facts.dates.iter().map(|date| (date.page, date.region));
    let unread = facts.unread.iter().map(|date| (date.page, date.region));
    read.chain(unread).any(|place| place == (page, region))
}
