//! The originals: prepared and posted by the office, opened and compared at the post desk.

use super::error::{ClaimError, Refusal};
use super::moves::{held, shift};
use super::open::YEAR_DIGITS;
use super::show::detail;
use super::states::{self, ClaimStep, DocumentStep};
use super::text::{digits_of, paragraph};
use super::view::ClaimDetail;
use super::words::{DocumentState, RaisedBy};
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::reports::tally;
use crate::store::Store;
use crate::store::act::Act;
use crate::store::ids::{ClaimId, DecisionId, DocumentId, fresh};
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::decisions::{self, REJECT};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::parcels::{self, ParcelPaper};
use crate::store::tables::versions;

/// Digits of the post's tracking number, at least and at most: 24 today, older ones are shorter.
const TRACKING_DIGITS: std::ops::RangeInclusive<usize> = 20..=24;

/// Reasons that the post desk gives.
pub const POST_CODES: &[&str] = &["PST-MISM", "PST-ORDR", "ORI-BILL", "STM-NONE", "CRT-COPY"];

/// What the post desk saw of one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The paper.
    pub document: DocumentId,
    /// Here, and what was approved.
    pub arrived: bool,
    /// What is wrong, one of [`POST_CODES`].
    pub code: Option<String>,
}

/// The office takes its cover sheet: from now on the parcel is awaited.
///
/// # Errors
/// A [`Refusal`] before every paper is approved; [`ClaimError::Stale`]; others when something fails.
pub async fn prepare(store: &Store, actor: &Actor, id: &ClaimId, revision: i64) -> Result<ClaimDetail, ClaimError> {
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, revision, ClaimStep::PreparePost).await?;
    let entry = shift(&mut act, &claim, ClaimStep::PreparePost).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The office has posted the parcel.
///
/// # Errors
/// [`Refusal::BadTracking`]; others as [`prepare`].
pub async fn posted(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    tracking: &str,
) -> Result<ClaimDetail, ClaimError> {
    let tracking = digits_of(tracking).filter(|digits| TRACKING_DIGITS.contains(&digits.len()));
    let tracking = tracking.ok_or(Refusal::BadTracking)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, revision, ClaimStep::Post).await?;
    let (parcel, now) = (fresh(act.now, act.chance()), act.now);
    parcels::insert(&mut act.tx, &parcel, id, &tracking, &actor.user, now).await?;
    let entry = shift(&mut act, &claim, ClaimStep::Post).await?;
    act.record(entry.with("parcel", parcel)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// The claim of a parcel, by the number on its wrapper or on the cover sheet.
///
/// # Errors
/// When the actor is not of the post desk or the database fails.
pub async fn find(store: &Store, actor: &Actor, number: &str) -> Result<Option<ClaimId>, ClaimError> {
    super::access::allowed(actor, Action::ReceiveOriginals)?;
    let mut tx = store.read().await?;
    let Some(digits) = digits_of(number) else { return Ok(None) };
    if let Some(claim) = parcels::tracked(&mut tx, &digits).await? {
        return Ok(Some(claim));
    }
    let (year, running) = digits.split_at(digits.len().min(YEAR_DIGITS));
    Ok(claims::by_number(&mut tx, &format!("{year}-{running}")).await?)
}

/// The post desk has opened the parcel and looked at every paper of it.
///
/// # Errors
/// [`Refusal::ParcelUnread`] while a paper was not looked at; others as [`prepare`].
pub async fn receive(
    store: &Store,
    actor: &Actor,
    id: &ClaimId,
    revision: i64,
    seen: &[Seen],
) -> Result<ClaimDetail, ClaimError> {
    let wrong: Vec<&Seen> = seen.iter().filter(|one| !one.arrived).collect();
    let step = if wrong.is_empty() { ClaimStep::Receive } else { ClaimStep::Mismatch };
    if wrong.iter().any(|one| !one.code.as_deref().is_some_and(|code| POST_CODES.contains(&code))) {
        return Err(Refusal::PostReasonMissing.into());
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = held(&mut act, actor, id, revision, step).await?;
    let papers = documents::of_claim(&mut act.tx, id).await?;
    let awaited: Vec<&DocumentRow> = papers.iter().filter(|paper| paper.state == DocumentState::Approved).collect();
    let unread = awaited.iter().filter(|paper| !seen.iter().any(|one| one.document == paper.id));
    let unread: Vec<String> = unread.map(|paper| paper.slot.clone()).collect();
    if !unread.is_empty() || awaited.is_empty() {
        return Err(Refusal::ParcelUnread(unread).into());
    }
    let now = act.now;
    let parcel = parcels::of_claim(&mut act.tx, id).await?.into_iter().next().ok_or(Refusal::StateNotAllowed)?;
    if !parcels::receive(&mut act.tx, &parcel.id, &actor.user, now).await? {
        return Err(ClaimError::Stale);
    }
    for paper in awaited {
        let Some(one) = seen.iter().find(|one| one.document == paper.id) else { continue };
        let code = one.code.clone().filter(|_| !one.arrived);
        let line = ParcelPaper { document: paper.id.clone(), arrived: one.arrived, code: code.clone() };
        parcels::insert_paper(&mut act.tx, &parcel.id, &line).await?;
        if let Some(code) = code {
            withdraw(&mut act, actor, &claim, paper, &code, None).await?;
        }
    }
    claims::set_originals(&mut act.tx, id, wrong.is_empty().then_some(now)).await?;
    let entry = shift(&mut act, &claim, step).await?;
    act.record(entry.with("parcel", parcel.id)).await?;
    act.commit().await?;
    detail(store, actor, id).await
}

/// An approved paper turns out not to serve: it goes back to the sender with a reason.
pub(super) async fn withdraw(
    act: &mut Act<'_>,
    actor: &Actor,
    claim: &ClaimRow,
    paper: &DocumentRow,
    code: &str,
    note: Option<&str>,
) -> Result<(), ClaimError> {
    let mut paper = paper.clone();
    let version = match &paper.current {
        Some(current) => versions::find(&mut act.tx, current).await?.ok_or(ClaimError::NotFound)?,
        None => return Err(Refusal::DocumentEmpty.into()),
    };
    let (now, id) = (act.now, DecisionId::fresh(act.now, act.chance()));
    paper.state = states::document(paper.state, DocumentStep::Withdraw)?;
    paper.approved_sha256 = None;
    if !documents::set(&mut act.tx, &mut paper, now).await? {
        return Err(ClaimError::Stale);
    }
    let note = note.map(|note| paragraph("note", note)).transpose()?.flatten();
    let codes = vec![code.to_owned()];
    let new = decisions::NewDecision {
        id: &id,
        document: &paper.id,
        version: &version.id,
        claim: &claim.id,
        ruling: REJECT,
        codes: &serde_json::to_string(&codes)?,
        note: note.as_deref(),
        sha256: &version.sha256,
        by: &actor.user,
        at: now,
        ticks: None,
    };
    decisions::insert(&mut act.tx, &new).await?;
    let entry = Entry::new(EventKind::DocumentRejected).claim(&claim.office, &claim.id);
    let entry = entry.document(&paper.id).version(&version.id).with("decision", id.as_str());
    let event = act.record(entry.with("sha256", version.sha256.as_str()).with(tally::CODES, codes.clone())).await?;
    let (office, claim, document) = (&claim.office, &claim.id, &paper.id);
    let told = tally::Told { event: &event, office, claim, document, version: &version.id };
    Ok(tally::count(&mut act.tx, &told, RaisedBy::People, &codes).await?)
}
