//! Putting claims and papers together for whoever may see them.

use sanad_checks::finding::{Finding, FindingBuilder, Severity, Verdict};
use sanad_checks::report::FileReport;

use super::access;
use super::checklist;
use super::error::ClaimError;
use super::view::{
    ClaimDetail, ClaimFilter, DecisionView, DocumentDetail, PageView, ReadingView, RepeatView, VersionDetail,
    VersionSummary,
};
use super::words::{ClaimState, DocumentState, SLOTS};
use super::{ClaimSummary, Listing};
use crate::accounts::{Action, Actor, Reach};
use crate::queue::LeaseView;
use crate::store::Store;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::versions::{SameBytes, VersionRow};
use crate::store::tables::{claims, decisions, documents, insured, leases, notes, pages, readings, versions};

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
    let summary = claims::find_summary(tx, id).await?.ok_or(ClaimError::NotFound)?;
    let insured = insured::find(tx, &claim.insured).await?.ok_or(ClaimError::NotFound)?;
    let rows = documents::of_claim(tx, id).await?;
    let checklist = checklist::lines(tx, &claim, &rows).await?;
    let submittable = checklist::submittable(&checklist, &rows);
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        documents.push(document_detail(tx, actor, row).await?);
    }
    let order = |slot: &str| SLOTS.iter().position(|known| *known == slot);
    documents.sort_by_key(|document| (order(&document.slot), document.position));
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
    })
}

/// One paper.
///
/// # Errors
/// [`ClaimError::NotFound`], or when the database fails.
pub async fn document(store: &Store, actor: &Actor, id: &DocumentId) -> Result<DocumentDetail, ClaimError> {
    let mut tx = store.read().await?;
    let (row, _) = access::document(&mut tx, actor, id).await?;
    document_detail(&mut tx, actor, row).await
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
    let mut tx = store.read().await?;
    let page = filter.page.within_bounds();
    let reach = access::allowed(actor, Action::SeeClaims)?;
    if let Reach::OwnPolicy(insured) = reach {
        let (rows, total) = claims::of_insured(&mut tx, insured, filter.state, page.limit, page.offset).await?;
        return Ok(Listing { rows, total, offset: page.offset });
    }
    let office = access::office_of(reach)?.or(filter.office.as_ref());
    let (rows, total) = claims::list(&mut tx, office, filter.state, page.limit, page.offset).await?;
    Ok(Listing { rows, total, offset: page.offset })
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
    Ok(claims::by_state(&mut tx, access::scope(actor, Action::SeeClaims)?).await?)
}

async fn document_detail(tx: &mut Tx, actor: &Actor, row: DocumentRow) -> Result<DocumentDetail, ClaimError> {
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
        }),
    };
    Ok(DocumentDetail {
        notes: notes::count(tx, &row.id).await?,
        locked: row.state == DocumentState::Approved,
        id: row.id,
        claim: row.claim,
        slot: row.slot,
        position: row.position,
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
    let repeats = elsewhere
        .into_iter()
        .map(|other| RepeatView {
            claim: other.claim,
            number: other.claim_number,
            slot: other.slot,
            version: other.version,
        })
        .collect();
    Ok(VersionDetail { summary, report, reading, register_findings, repeats })
}

fn repeat(code: &str, fact: &str, value: &str) -> Finding {
    let finding = FindingBuilder::new(code, Severity::Warn).fact(fact, value).build();
    finding.expect("a fact is evidence")
}
