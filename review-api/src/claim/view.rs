//! Claims and papers as people see them.

use sanad_checks::finding::{Finding, FindingBuilder, Severity, Verdict};
use sanad_checks::report::FileReport;
use serde::Serialize;

use super::access;
use super::checklist::{self, ChecklistLine, Submittable};
use super::error::ClaimError;
use super::insured::Insured;
use super::words::{Channel, ClaimState, DocumentState, VersionState};
use super::{ClaimSummary, Listing, PageOf};
use crate::accounts::{Actor, Role};
use crate::queue::LeaseView;
use crate::store::Store;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::documents::DocumentRow;
use crate::store::tables::versions::{SameBytes, VersionRow};
use crate::store::tables::{claims, decisions, documents, insured, leases, notes, pages, versions};

/// Other claims that are named for the same bytes, at most.
const MOST_REPEATS: i64 = 20;

/// Which claims a list asks for.
#[derive(Clone, Debug, Default)]
pub struct ClaimFilter {
    /// Only these.
    pub state: Option<ClaimState>,
    /// Only this office's; an office always gets its own.
    pub office: Option<OfficeId>,
    /// Which stretch.
    pub page: PageOf,
}

/// A claim with everything in it.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimDetail {
    /// The line of the list.
    #[serde(flatten)]
    pub summary: ClaimSummary,
    /// Counts up with every move of the claim; sent back with a submission.
    pub revision: i64,
    /// Who brings it.
    pub channel: Channel,
    /// What was declared about the accident.
    pub circumstances: Vec<String>,
    /// Where it happened.
    pub place: String,
    /// What happened, in the office's words.
    pub description: String,
    /// Whose accident it was.
    pub insured: Insured,
    /// The papers that are asked for.
    pub checklist: Vec<ChecklistLine>,
    /// The papers that are there.
    pub documents: Vec<DocumentDetail>,
    /// Which expert has it on the desk.
    pub lease: Option<LeaseView>,
    /// What stands between it and the experts.
    pub submittable: Submittable,
}

/// A paper with its versions.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentDetail {
    /// Identifier.
    pub id: DocumentId,
    /// The claim.
    pub claim: ClaimId,
    /// The slot.
    pub slot: String,
    /// Place among the papers of the slot, from 1.
    pub position: i64,
    /// Where it stands.
    pub state: DocumentState,
    /// Counts up with every change; sent back with a ruling.
    pub revision: i64,
    /// The version that counts.
    pub current: Option<VersionDetail>,
    /// The versions before it, newest first.
    pub older: Vec<VersionSummary>,
    /// The newest ruling on it, whichever version it was about.
    pub decision: Option<DecisionView>,
    /// Approved: nothing replaces it.
    pub locked: bool,
    /// How many notes were written about it.
    pub notes: i64,
}

/// One upload in short.
#[derive(Clone, Debug, Serialize)]
pub struct VersionSummary {
    /// Identifier.
    pub id: VersionId,
    /// Counts the uploads of the paper, from 1.
    pub number: i64,
    /// Where it stands with the checks.
    pub state: VersionState,
    /// The checks' answer.
    pub verdict: Option<Verdict>,
    /// Readability of the worst page, 0–1.
    pub readability: Option<f64>,
    /// Type by content.
    pub media_type: Option<String>,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The file's name, made safe.
    pub file_name: String,
    /// The number that proves the acknowledgement.
    pub receipt: String,
    /// When it was acknowledged.
    pub uploaded_at: UnixMs,
    /// Who sent it.
    pub uploaded_by: String,
    /// When the checks answered.
    pub judged_at: Option<UnixMs>,
    /// Why the checks will not answer.
    pub why_not_judged: Option<String>,
    /// Why it is sent although the checks refuse it, in the office's words.
    pub sent_anyway: Option<String>,
    /// A later version took its place.
    pub superseded: bool,
    /// Its pages.
    pub pages: Vec<PageView>,
}

/// A page of a version; findings count in pixels of this size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// Place in the file, from 0.
    pub index: i64,
    /// Width of the upright page, pixels.
    pub width_px: i64,
    /// Height of the upright page, pixels.
    pub height_px: i64,
    /// Whether there is a preview.
    pub preview: bool,
    /// Whether there is a thumbnail.
    pub thumb: bool,
}

/// One upload with what was found.
#[derive(Clone, Debug, Serialize)]
pub struct VersionDetail {
    /// The upload in short.
    #[serde(flatten)]
    pub summary: VersionSummary,
    /// The checks' report; an office does not see what is for experts alone.
    pub report: Option<FileReport>,
    /// What the office's own register found: the same bytes elsewhere.
    pub register_findings: Vec<Finding>,
    /// Other claims with the same bytes; experts and managers only.
    pub repeats: Vec<RepeatView>,
}

/// Another claim in which the very same bytes stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RepeatView {
    /// The claim.
    pub claim: ClaimId,
    /// Its number.
    pub number: String,
    /// The slot there.
    pub slot: String,
    /// The version there.
    pub version: VersionId,
}

/// An expert's ruling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// Identifier.
    pub id: String,
    /// Approved, else rejected.
    pub approved: bool,
    /// Reason codes of a rejection.
    pub codes: Vec<String>,
    /// The expert's words.
    pub note: Option<String>,
    /// Who ruled.
    pub by: String,
    /// When.
    pub at: UnixMs,
    /// The version it is about.
    pub version: VersionId,
    /// SHA-256 of the bytes it is about.
    pub sha256: String,
}

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
    let order = |slot: &str| super::words::SLOTS.iter().position(|known| *known == slot);
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
    let office = access::scope(actor)?.or(filter.office.as_ref());
    let page = filter.page.within_bounds();
    let (rows, total) = claims::list(&mut tx, office, filter.state, page.limit, page.offset).await?;
    Ok(Listing { rows, total, offset: page.offset })
}

/// How many claims stand in each state.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn counts(store: &Store, actor: &Actor) -> Result<Vec<(ClaimState, i64)>, ClaimError> {
    let mut tx = store.read().await?;
    Ok(claims::by_state(&mut tx, access::scope(actor)?).await?)
}

pub(super) async fn document_detail(
    tx: &mut Tx,
    actor: &Actor,
    row: DocumentRow,
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

pub(super) async fn version_detail(
    tx: &mut Tx,
    actor: &Actor,
    row: VersionRow,
) -> Result<VersionDetail, ClaimError> {
    let summary = summary(tx, &row).await?;
    let mut report: Option<FileReport> = row.report.as_deref().map(serde_json::from_str).transpose()?;
    let for_office = actor.role == Role::Office;
    if let (true, Some(report)) = (for_office, report.as_mut()) {
        let shown = |finding: &Finding| !finding.code.reason().internal;
        report.findings.retain(shown);
        report.pages.iter_mut().for_each(|page| page.findings.retain(shown));
    }
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
    Ok(VersionDetail { summary, report, register_findings, repeats })
}

fn repeat(code: &str, fact: &str, value: &str) -> Finding {
    let finding = FindingBuilder::new(code, Severity::Warn).fact(fact, value).build();
    finding.expect("a fact is evidence")
}
