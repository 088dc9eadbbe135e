//! The job that lets the checks answer for one upload.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanad_checks::JUDGEMENT_VERSION;
use sanad_checks::finding::{Severity, Verdict};
use sanad_checks::report::FileReport;

use super::errand::{Errand, InHand, Undone, aside, row_of};
use super::reader::{PageImages, PaperReader, ReadPaper};
use super::{read_paper, seen_before};
use crate::audit::{Entry, EventKind};
use crate::blobs::Stored;
use crate::claim::states::{self, DocumentStep};
use crate::claim::story;
use crate::claim::{RaisedBy, VersionState};
use crate::reports::tally;
use crate::store::act::Act;
use crate::store::ids::VersionId;
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::jobs::{self, Lane, Owed, Taken};
use crate::store::tables::pages::{self, PageRow};
use crate::store::tables::versions::{self, Judgement, VersionRow};
use crate::store::tables::{blobs, claims, documents};
use crate::store::{Store, StoreError};

/// Name of the job.
pub(super) const KIND: &str = "judge_upload";

/// The job for a version; one, however often it is handed in.
pub(crate) fn owed(version: &VersionId) -> Owed {
    Owed {
        kind: KIND,
        dedup_key: format!("{KIND}:{version}"),
        payload: serde_json::json!({ "version": version }).to_string(),
        lane: Lane::Quick,
    }
}

/// Lets the checks answer for one upload.
#[derive(Debug)]
pub(super) struct JudgeUpload;

impl Errand for JudgeUpload {
    type Subject = VersionRow;
    type Made = ReadPaper;

    async fn subject(store: &Store, job: &Taken) -> Result<Option<VersionRow>, Undone> {
        let version = row_of(store, job).await?;
        Ok(version.filter(|version| version.state == VersionState::Checking))
    }

    async fn make(store: &Store, reader: Arc<dyn PaperReader>, version: &VersionRow) -> Result<ReadPaper, Undone> {
        let bytes = store.blobs().give(&version.sha256).await?;
        Ok(aside(move || reader.read(&bytes)).await??)
    }

    async fn answer(at: InHand<'_>, version: &VersionRow, read: ReadPaper) -> Result<(), Undone> {
        let ReadPaper { report, images, thresholds } = read;
        let identities = seen_before::keep(at.store, &images).await?;
        let kept = keep_pictures(at.store, &report, images).await?;
        let mut act = at.store.act(None).await?;
        let now = act.now;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            // Given to another worker meanwhile: its answer counts.
            return Ok(());
        }
        let text = serde_json::to_string(&report).map_err(StoreError::from)?;
        let worst = report.pages.iter().map(|page| page.readability).min_by(f64::total_cmp);
        let judgement = Judgement {
            media_type: &report.media_type,
            verdict: report.verdict.as_str(),
            readability: worst,
            report: &text,
            judgement_version: JUDGEMENT_VERSION,
            thresholds: &thresholds,
        };
        if versions::judge(&mut act.tx, &version.id, now, &judgement).await? {
            name_pictures(&mut act, version, &kept).await?;
            read_paper::owe(&mut act, version, report.pages.len()).await?;
            if let Some(document) = documents::find(&mut act.tx, &version.document).await? {
                seen_before::owe(&mut act, version, &document.slot, &identities).await?;
            }
            let step = if report.verdict == Verdict::Reject { DocumentStep::Refuse } else { DocumentStep::Pass };
            move_document(&mut act, version, step).await?;
            story::keep(&mut act.tx, &claim.id, now).await?;
            let codes = rejecting_codes(&report);
            let entry = about(EventKind::UploadJudged, &claim, version)
                .with("sha256", version.sha256.as_str())
                .with("verdict", report.verdict.as_str())
                .with("judgement_version", JUDGEMENT_VERSION)
                .with(tally::CODES, codes.clone());
            let event = act.record(entry).await?;
            let told = tally::Told {
                event: &event,
                office: &claim.office,
                claim: &claim.id,
                document: &version.document,
                version: &version.id,
            };
            tally::count(&mut act.tx, &told, RaisedBy::Machine, &codes).await?;
        }
        Ok(act.commit().await?)
    }

    async fn give_up(at: InHand<'_>, version: &VersionRow, why: &str) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        let now = act.now;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::bury(&mut act.tx, &at.job.id, at.worker, why).await? {
            return Ok(());
        }
        if versions::give_up(&mut act.tx, &version.id, now, why).await? {
            move_document(&mut act, version, DocumentStep::GiveUp).await?;
            act.record(about(EventKind::UploadNotJudged, &claim, version)).await?;
        }
        Ok(act.commit().await?)
    }
}

/// A page with its pictures, durable but not yet named by a row.
struct KeptPage {
    row: PageRow,
    pictures: Vec<Stored>,
}

pub(super) fn about(kind: EventKind, claim: &ClaimRow, version: &VersionRow) -> Entry {
    Entry::new(kind).claim(&claim.office, &claim.id).document(&version.document).version(&version.id)
}

/// The claim, held before anything else of it is touched: every act takes its locks in this order.
pub(super) async fn held(act: &mut Act<'_>, version: &VersionRow) -> Result<Option<ClaimRow>, Undone> {
    Ok(claims::lock(&mut act.tx, &version.claim).await?)
}

/// Moves the paper if the version is still the one that counts.
async fn move_document(act: &mut Act<'_>, version: &VersionRow, step: DocumentStep) -> Result<(), Undone> {
    let now = act.now;
    let Some(mut row) = documents::find(&mut act.tx, &version.document).await? else { return Ok(()) };
    if row.current.as_ref() != Some(&version.id) {
        return Ok(());
    }
    if let Ok(state) = states::document(row.state, step) {
        row.state = state;
        documents::set(&mut act.tx, &mut row, now).await?;
    }
    Ok(())
}

/// The codes of the findings that refuse, each once.
fn rejecting_codes(report: &FileReport) -> Vec<String> {
    let findings = report.findings.iter().chain(report.pages.iter().flat_map(|page| &page.findings));
    let rejecting = findings.filter(|finding| finding.severity == Severity::Reject);
    let mut codes: Vec<String> = rejecting.map(|finding| finding.code.as_str().to_owned()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

async fn keep_pictures(store: &Store, report: &FileReport, images: Vec<PageImages>) -> Result<Vec<KeptPage>, Undone> {
    let mut kept = Vec::with_capacity(report.pages.len());
    let mut images = images.into_iter();
    for page in &report.pages {
        let mut pictures = Vec::new();
        let mut addresses = [None, None, None];
        if let Some(made) = images.next() {
            let each = [made.preview_jpeg, made.thumb_jpeg, made.grey_png];
            for (place, bytes) in each.into_iter().enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
                let stored = store.blobs().keep(Arc::from(bytes)).await?;
                addresses[place] = Some(stored.sha256.clone());
                pictures.push(stored);
            }
        }
        let [preview, thumb, grey] = addresses;
        let row = PageRow {
            position: i64::from(page.index),
            width_px: i64::from(page.width_px),
            height_px: i64::from(page.height_px),
            preview,
            thumb,
            grey,
        };
        kept.push(KeptPage { row, pictures });
    }
    Ok(kept)
}

async fn name_pictures(act: &mut Act<'_>, version: &VersionRow, kept: &[KeptPage]) -> Result<(), Undone> {
    let now = act.now;
    // In the order of addresses, so that two workers never wait for each other crosswise.
    let mut by_address: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
    for picture in kept.iter().flat_map(|page| &page.pictures) {
        by_address.entry(&picture.sha256).or_default().push(picture);
    }
    for picture in by_address.into_values().flatten() {
        blobs::refer(&mut act.tx, picture, now).await?;
    }
    for page in kept {
        pages::insert(&mut act.tx, &version.id, &page.row).await?;
    }
    Ok(())
}
