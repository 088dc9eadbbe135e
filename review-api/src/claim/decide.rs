//! What an expert rules: paper by paper, then the round is finished.

use sanad_checks::reasons::{self, Reason};

use super::access;
use super::checklist;
use super::error::{ClaimError, Refusal};
use super::iban;
use super::moves;
use super::pay::BANK_SLIP;
use super::show::{detail, document};
use super::states::{self, ClaimStep, DocumentStep};
use super::story;
use super::text::paragraph;
use super::ticks::Ticks;
use super::view::{ClaimDetail, DocumentDetail};
use super::words::{DocumentState, RaisedBy, VersionState};
use crate::accounts::Actor;
use crate::audit::{Entry, EventKind};
use crate::queue::LEASE_LASTS;
use crate::reports::tally;
use crate::store::Store;
use crate::store::act::Act;
use crate::store::ids::{ClaimId, DecisionId, DocumentId, VersionId};
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::decisions::{self, APPROVE, REJECT};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::{leases, versions};

/// A ruling on one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The paper is good; these very bytes are pinned, with what was seen on the paper.
    Approve(Ticks),
    /// The paper is not good.
    Reject {
        /// At least one reason that people may give.
        codes: Vec<String>,
        /// The expert's words.
        note: Option<String>,
    },
}

/// A ruling and what the expert was looking at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    /// The paper.
    pub document: DocumentId,
    /// The version on the screen.
    pub version: VersionId,
    /// The paper's revision on the screen.
    pub revision: i64,
    /// The ruling.
    pub ruling: Ruling,
}

/// The reasons an expert may choose from, in the catalogue's order.
#[must_use]
pub fn codes_for_people() -> Vec<&'static Reason> {
    reasons::all().iter().filter(|reason| reason.by_people()).collect()
}

fn checked(ruling: &Ruling) -> Result<(Vec<String>, Option<String>), Refusal> {
    let Ruling::Reject { codes, note } = ruling else { return Ok((Vec::new(), None)) };
    let mut codes = codes.clone();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if !codes.iter().all(|code| reasons::find(code).is_some_and(Reason::by_people)) {
        return Err(Refusal::ReasonNotForPeople);
    }
    Ok((codes, paragraph("note", note.as_deref().unwrap_or_default())?))
}

/// Refuses an expert who does not hold the claim; lengthens the lease of one who does.
pub(super) async fn hold(act: &mut Act<'_>, actor: &Actor, claim: &ClaimId) -> Result<(), ClaimError> {
    let (now, until) = (act.now, act.now.plus(LEASE_LASTS));
    match leases::find(&mut act.tx, claim, now).await? {
        Some(lease) if lease.expert == actor.user => {
            leases::take(&mut act.tx, claim, &actor.user, now, until).await?;
            Ok(())
        }
        Some(lease) => Err(ClaimError::HeldBy { expert: lease.expert_name, until: lease.until }),
        None => Err(Refusal::NoLease.into()),
    }
}

/// Rules on one paper. The expert must hold the claim and must have seen the current version.
///
/// # Errors
/// [`ClaimError::Stale`] when the paper changed meanwhile, a [`Refusal`], others when something
/// fails.
pub async fn decide(store: &Store, actor: &Actor, decide: &Decide) -> Result<DocumentDetail, ClaimError> {
    access::expert(actor)?;
    let (codes, note) = checked(&decide.ruling)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let (mut row, claim) = access::held_document(&mut act.tx, actor, &decide.document).await?;
    hold(&mut act, actor, &claim.id).await?;
    let approve = matches!(decide.ruling, Ruling::Approve(_));
    let step = if approve { DocumentStep::Approve } else { DocumentStep::Reject };
    let state = states::document(row.state, step)?;
    if row.current.as_ref() != Some(&decide.version) || row.revision != decide.revision {
        return Err(ClaimError::Stale);
    }
    let version = versions::find(&mut act.tx, &decide.version).await?.ok_or(ClaimError::NotFound)?;
    if version.state == VersionState::Checking {
        return Err(Refusal::VersionNotJudged.into());
    }
    let ticks = match &decide.ruling {
        Ruling::Approve(ticks) => Some(seen(&mut act, &claim, &row, ticks).await?),
        Ruling::Reject { .. } => None,
    };
    let (now, id) = (act.now, DecisionId::fresh(act.now, act.chance()));
    row.state = state;
    row.approved_sha256 = approve.then(|| version.sha256.clone());
    if !documents::set(&mut act.tx, &mut row, now).await? {
        return Err(ClaimError::Stale);
    }
    let new = decisions::NewDecision {
        id: &id,
        document: &row.id,
        version: &version.id,
        claim: &claim.id,
        ruling: if approve { APPROVE } else { REJECT },
        codes: &serde_json::to_string(&codes)?,
        note: note.as_deref(),
        sha256: &version.sha256,
        by: &actor.user,
        at: now,
        ticks: ticks.as_deref(),
    };
    decisions::insert(&mut act.tx, &new).await?;
    let kind = if approve { EventKind::DocumentApproved } else { EventKind::DocumentRejected };
    let entry = Entry::new(kind)
        .claim(&claim.office, &claim.id)
        .document(&row.id)
        .version(&version.id)
        .with("decision", id.as_str())
        .with("sha256", version.sha256.as_str())
        .with(tally::CODES, codes.clone());
    let event = act.record(entry).await?;
    let told =
        tally::Told { event: &event, office: &claim.office, claim: &claim.id, document: &row.id, version: &version.id };
    tally::count(&mut act.tx, &told, RaisedBy::People, &codes).await?;
    act.commit().await?;
    document(store, actor, &row.id).await
}

/// Holds what was seen against what the rule asks; the ticks as they are kept. An account is taken from the bank's
/// slip alone, and one that the office typed must be the slip's.
async fn seen(act: &mut Act<'_>, claim: &ClaimRow, paper: &DocumentRow, ticks: &Ticks) -> Result<String, ClaimError> {
    let mut ticks = ticks.clone();
    let asked = checklist::asked(&mut act.tx, claim, claim.claim_type, act.now).await?;
    let rule = asked.iter().find(|line| line.slot == paper.slot);
    if rule.is_some_and(|rule| !ticks.lacking(rule).is_empty()) {
        return Err(Refusal::TicksMissing.into());
    }
    if paper.slot == BANK_SLIP {
        let read = iban::fold(ticks.iban.as_deref().unwrap_or_default())?;
        if claim.iban.as_ref().is_some_and(|typed| *typed != read) {
            return Err(Refusal::IbanDiffers.into());
        }
        claims::set_iban(&mut act.tx, &claim.id, Some(&read)).await?;
        let now = act.now;
        story::keep(&mut act.tx, &claim.id, now).await?;
        ticks.iban = Some(read);
    } else {
        ticks.iban = None;
    }
    Ok(serde_json::to_string(&ticks)?)
}

/// Ends the round: every paper approved moves the claim on, a refused one sends it back.
///
/// # Errors
/// [`Refusal::Undecided`] while papers are open, others when something fails.
pub async fn finish(store: &Store, actor: &Actor, id: &ClaimId) -> Result<ClaimDetail, ClaimError> {
    access::expert(actor)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let claim = access::held_claim(&mut act.tx, actor, id).await?;
    hold(&mut act, actor, id).await?;
    let papers = documents::of_claim(&mut act.tx, id).await?;
    let open = |state| !matches!(state, DocumentState::Approved | DocumentState::Rejected | DocumentState::Empty);
    let undecided: Vec<String> =
        papers.iter().filter(|paper| open(paper.state)).map(|paper| paper.slot.clone()).collect();
    if !undecided.is_empty() {
        return Err(Refusal::Undecided(undecided).into());
    }
    let lines = checklist::lines(&mut act.tx, &claim, &papers, act.now).await?;
    let refused = papers.iter().any(|paper| paper.state == DocumentState::Rejected);
    let lacking = checklist::submittable(&lines, &papers).missing;
    let step = if refused || !lacking.is_empty() {
        ClaimStep::SendBack
    } else if claim.originals_at.is_some() {
        ClaimStep::ResumePayment
    } else {
        ClaimStep::ApproveDocuments
    };
    leases::give_back(&mut act.tx, id, &actor.user).await?;
    let entry = moves::shift(&mut act, &claim, step).await?;
    act.record(entry).await?;
    act.commit().await?;
    detail(store, actor, id).await
}
