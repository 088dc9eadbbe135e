//! Putting claims and papers together for whoever may see them.

use sanad_checks::finding::{Finding, FindingBuilder, Severity, Verdict};
use sanad_checks::reasons;
use sanad_checks::report::FileReport;

use super::access;
use super::checklist;
use super::error::ClaimError;
use super::seen;
use super::story;
use super::view::{
    ClaimDetail, ClaimFilter, DecisionView, DocumentDetail, PageView, ReadingView, RepeatView, VersionDetail,
    VersionSummary,
};
use super::words::{ClaimState, DocumentState, SLOTS, SaidKind};
use super::{ClaimSummary, Listing, Said, moves, states, tokens};
use crate::accounts::{self, Action, Actor, Reach};
use crate::queue::LeaseView;
use crate::store::Store;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::claims::{ClaimRow, Narrow};
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::versions::{SameBytes, VersionRow};
use crate::store::tables::{
    claim_words, claims, decisions, documents, insured, leases, notes, pages, parcels, payments, readings, versions,
};

/// Other claims that are named for the same bytes, at most.
const MOST_REPEATS: i64 = 20;

/// A claim with everything in it.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn detail(store: &Store, actor: &Actor, id: &ClaimId) -> Result<ClaimDetail, ClaimError> {
    let mut tx = store.read().await?;
    let tx = &mut tx;
    let claim = access::claim(tx, actor, id).await?;
    let summary = claims::find_summary(tx, id).await?.map(|summary| masked(actor, summary));
    let summary = summary.ok_or(ClaimError::NotFound)?;
    let insured = insured::find(tx, &claim.insured).await?.ok_or(ClaimError::NotFound)?;
    let rows = documents::of_claim(tx, id).await?;
    let checklist = checklist::lines(tx, &claim, &rows, store.now()).await?;
    let submittable = checklist::submittable(&checklist, &rows);
    let mut documents = Vec::with_capacity(rows.len());
    let slots: Vec<String> = rows.iter().map(|row| row.slot.clone()).collect();
    for row in rows {
        let sheets = slots.iter().filter(|slot| **slot == row.slot).count();
        documents.push(document_detail(tx, actor, row, sheets).await?);
    }
    let order = |slot: &str| SLOTS.iter().position(|known| *known == slot);
    documents.sort_by_key(|document| (order(&document.slot), document.position));
    let same_accident = same_accident(tx, actor, &claim).await?;
    let lease = leases::find(tx, id, store.now()).await?.map(|lease| LeaseView::of(lease, actor));
    Ok(ClaimDetail {
        summary,
        revision: claim.revision,
        channel: claim.channel,
        circumstances: serde_json::from_str(&claim.circumstances)?,
        place: claim.place,
        description: claim.description,
        insured,
        checklist,
        documents,
        lease,
        submittable,
        turn: states::turn(claim.state),
        steps: moves::steps(actor, claim.state),
        deletable: states::is_deletable(claim.state) && accounts::may(actor, Action::DeleteClaim).any(),
        said: heard(actor, claim.state, claim_words::of_claim(tx, id).await?),
        parcels: parcels::of_claim(tx, id).await?,
        payments: payments::of_claim(tx, id).await?,
        iban: claim.iban,
        rule_version: claim.rule_version,
        same_accident,
        story: story::counts(tx, id).await?,
    })
}

/// Other claims of the same accident that the actor may see.
async fn same_accident(tx: &mut Tx, actor: &Actor, claim: &ClaimRow) -> Result<Vec<ClaimSummary>, ClaimError> {
    let Some(accident) = &claim.accident else { return Ok(Vec::new()) };
    let mut others = Vec::new();
    for other in claims::of_accident(tx, accident).await? {
        if other.id != claim.id && access::claim(tx, actor, &other.id).await.is_ok() {
            others.push(masked(actor, other));
        }
    }
    Ok(others)
}

/// A refusal that nobody has confirmed is the company's own affair.
pub(super) fn masked(actor: &Actor, mut summary: ClaimSummary) -> ClaimSummary {
    if actor.role.sends() && summary.state == ClaimState::RefusalProposed {
        summary.state = ClaimState::InReview;
    }
    summary
}

/// The words that the asker may read: a sender hears of a refusal once it is one, and never a code that stays inside.
fn heard(actor: &Actor, state: ClaimState, said: Vec<Said>) -> Vec<Said> {
    if !actor.role.sends() {
        return said;
    }
    let proposed = |said: &Said| said.kind == SaidKind::RefusalProposed;
    let told = |at: usize| {
        let after = &said[at + 1..];
        let next = after
            .iter()
            .find(|one| proposed(one) || matches!(one.kind, SaidKind::RefusalConfirmed | SaidKind::RefusalDeclined));
        next.is_some_and(|next| next.kind == SaidKind::RefusalConfirmed)
    };
    let shown = said.iter().enumerate().filter(|(at, one)| match one.kind {
        SaidKind::RefusalProposed => state != ClaimState::RefusalProposed && told(*at),
        SaidKind::RefusalDeclined => false,
        _ => true,
    });
    let open = |code: &String| reasons::find(code).is_some_and(|reason| !reason.internal);
    shown
        .map(|(_, one)| Said { codes: one.codes.iter().filter(|code| open(code)).cloned().collect(), ..one.clone() })
        .collect()
}

/// One paper.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn document(store: &Store, actor: &Actor, id: &DocumentId) -> Result<DocumentDetail, ClaimError> {
    let mut tx = store.read().await?;
    let (row, claim) = access::document(&mut tx, actor, id).await?;
    let all = documents::of_claim(&mut tx, &claim.id).await?;
    let sheets = all.iter().filter(|other| other.slot == row.slot).count();
    document_detail(&mut tx, actor, row, sheets).await
}

/// One version.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn version(store: &Store, actor: &Actor, id: &VersionId) -> Result<VersionDetail, ClaimError> {
    let mut tx = store.read().await?;
    let (row, _) = access::version(&mut tx, actor, id).await?;
    version_detail(&mut tx, actor, row).await
}

/// Claims, newest first.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn list(store: &Store, actor: &Actor, filter: &ClaimFilter) -> Result<Listing<ClaimSummary>, ClaimError> {
    let page = filter.page.within_bounds();
    let words = tokens::of_search(&filter.words);
    if words.is_empty() && !filter.words.trim().is_empty() {
        // Signs alone name nothing.
        return Ok(Listing { rows: Vec::new(), total: 0, offset: page.offset });
    }
    // A refusal that nobody has confirmed stands among the claims in review for whoever sent it.
    let twin =
        |state| if actor.role.sends() && state == ClaimState::InReview { ClaimState::RefusalProposed } else { state };
    let states = filter.state.map(|state| (state, twin(state)));
    let reach = access::allowed(actor, Action::SeeClaims)?;
    let narrow = match reach {
        Reach::OwnPolicy(insured) => Narrow { insured: Some(insured), states, words, office: None },
        reach => Narrow { office: access::office_of(reach)?.or(filter.office.as_ref()), states, words, insured: None },
    };
    let mut tx = store.read().await?;
    let (rows, total) = claims::list(&mut tx, &narrow, page.limit, page.offset).await?;
    Ok(listing(actor, rows, total, page.offset))
}

fn listing(actor: &Actor, rows: Vec<ClaimSummary>, total: i64, offset: i64) -> Listing<ClaimSummary> {
    Listing { rows: rows.into_iter().map(|row| masked(actor, row)).collect(), total, offset }
}

/// Whether the actor may see this claim; a failing database answers no.
pub async fn is_visible(store: &Store, actor: &Actor, id: &ClaimId) -> bool {
    match store.read().await {
        Ok(mut tx) => access::claim(&mut tx, actor, id).await.is_ok(),
        Err(_) => false,
    }
}

/// How many claims stand in each state.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn counts(store: &Store, actor: &Actor) -> Result<Vec<(ClaimState, i64)>, ClaimError> {
    let mut tx = store.read().await?;
    let mut counts = claims::by_state(&mut tx, access::scope(actor, Action::SeeClaims)?).await?;
    if actor.role.sends() {
        let proposed = counts.iter().find(|(state, _)| *state == ClaimState::RefusalProposed).map_or(0, |(_, n)| *n);
        counts.retain(|(state, _)| *state != ClaimState::RefusalProposed);
        match counts.iter_mut().find(|(state, _)| *state == ClaimState::InReview) {
            Some((_, count)) => *count += proposed,
            None => counts.push((ClaimState::InReview, proposed)),
        }
    }
    Ok(counts)
}

/// How many payments the actor's own office got, and their sum in rial.
///
/// # Errors
/// [`ClaimError::Forbidden`] for people without an office; when the database fails.
pub async fn paid(store: &Store, actor: &Actor) -> Result<(i64, i64), ClaimError> {
    let office = actor.office.as_ref().ok_or(ClaimError::Forbidden)?;
    let mut tx = store.read().await?;
    Ok(payments::of_office(&mut tx, office).await?)
}

async fn document_detail(
    tx: &mut Tx,
    actor: &Actor,
    row: DocumentRow,
    sheets: usize,
) -> Result<DocumentDetail, ClaimError> {
    let (mut current, mut older) = (None, Vec::new());
    for version in versions::of_document(tx, &row.id).await? {
        if Some(&version.id) == row.current.as_ref() {
            current = Some(version_detail(tx, actor, version).await?);
        } else {
            older.push(summary(tx, &version).await?);
        }
    }
    let decision = match decisions::latest(tx, &row.id).await? {
        None => None,
        Some(found) => Some(DecisionView {
            id: found.id,
            approved: found.approved,
            codes: serde_json::from_str(&found.codes)?,
            note: found.note,
            by: found.by_name,
            at: found.at,
            version: found.version,
            sha256: found.sha256,
            ticks: found.ticks.as_deref().map(serde_json::from_str).transpose()?,
        }),
    };
    let (notes, unread_notes) = notes::count(tx, &row.id, &actor.user, super::notes::inside(actor)).await?;
    Ok(DocumentDetail {
        notes,
        unread_notes,
        locked: row.state == DocumentState::Approved,
        id: row.id,
        claim: row.claim,
        slot: row.slot,
        position: row.position,
        sheets: i64::try_from(sheets).unwrap_or(i64::MAX),
        state: row.state,
        revision: row.revision,
        current,
        older,
        decision,
    })
}

async fn summary(tx: &mut Tx, row: &VersionRow) -> Result<VersionSummary, ClaimError> {
    let pages = pages::of_version(tx, &row.id).await?;
    Ok(VersionSummary {
        id: row.id.clone(),
        number: row.number,
        state: row.state,
        verdict: row.verdict.as_deref().and_then(verdict),
        readability: row.readability,
        media_type: row.media_type.clone(),
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        file_name: row.file_name.clone(),
        receipt: row.receipt.clone(),
        uploaded_at: row.uploaded_at,
        uploaded_by: row.uploaded_by_name.clone(),
        judged_at: row.judged_at,
        why_not_judged: row.why_not_judged.clone(),
        sent_anyway: row.sent_anyway.clone(),
        superseded: row.superseded,
        pages: pages
            .into_iter()
            .map(|page| PageView {
                index: page.position,
                width_px: page.width_px,
                height_px: page.height_px,
                preview: page.preview.is_some(),
                thumb: page.thumb.is_some(),
            })
            .collect(),
    })
}

fn verdict(word: &str) -> Option<Verdict> {
    [Verdict::Accept, Verdict::Warn, Verdict::Reject].into_iter().find(|verdict| verdict.as_str() == word)
}

async fn version_detail(tx: &mut Tx, actor: &Actor, row: VersionRow) -> Result<VersionDetail, ClaimError> {
    let summary = summary(tx, &row).await?;
    let mut report: Option<FileReport> = row.report.as_deref().map(serde_json::from_str).transpose()?;
    if let Some(report) = report.as_mut() {
        report.file.clone_from(&row.file_name);
    }
    let for_office = actor.role.sends();
    if let (true, Some(report)) = (for_office, report.as_mut()) {
        let shown = |finding: &Finding| !finding.code.reason().internal;
        report.findings.retain(shown);
        report.pages.iter_mut().for_each(|page| page.findings.retain(shown));
    }
    let reading = match readings::find(tx, &row.id).await? {
        None => None,
        Some(found) => Some(ReadingView {
            state: found.state,
            pages: found.pages,
            pages_read: found.pages_read,
            facts: found.facts().map_err(ClaimError::from)?,
            why_not: found.why_not,
        }),
    };
    let same = versions::same_bytes(tx, &row.sha256, &row.document, MOST_REPEATS).await?;
    // One police report serves every victim of the accident it is about.
    let accident = claims::find(tx, &row.claim).await?.and_then(|claim| claim.accident);
    let shared = |other: &SameBytes| other.claim != row.claim && accident.is_some() && other.accident == accident;
    let same: Vec<SameBytes> = same.into_iter().filter(|other| !shared(other)).collect();
    let (here, elsewhere): (Vec<SameBytes>, Vec<SameBytes>) =
        same.into_iter().partition(|other| other.claim == row.claim);
    let mut register_findings = Vec::new();
    if let Some(other) = here.iter().find(|other| other.current) {
        register_findings.push(repeat("DUP-SLOT", "slot", &other.slot));
    }
    // An office never learns in whose claim the paper was seen, nor that it was.
    let elsewhere = if for_office { Vec::new() } else { elsewhere };
    if !elsewhere.is_empty() {
        register_findings.push(repeat("DUP-CASE", "count", &elsewhere.len().to_string()));
    }
    let named: Vec<VersionId> = here.iter().chain(&elsewhere).map(|other| other.version.clone()).collect();
    let seen = seen::of_version(tx, &row, for_office, &named).await?;
    register_findings.extend(seen.findings);
    let repeats = elsewhere
        .into_iter()
        .map(|other| RepeatView {
            claim: other.claim,
            number: other.claim_number,
            slot: other.slot,
            version: other.version,
        })
        .collect();
    Ok(VersionDetail { summary, report, reading, register_findings, repeats, seen: seen.views })
}

fn repeat(code: &str, fact: &str, value: &str) -> Finding {
    let finding = FindingBuilder::new(code, Severity::Warn).fact(fact, value).build();
    finding.expect("a fact is evidence")
}
