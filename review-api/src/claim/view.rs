//! Claims and papers as people see them.

use sanad_checks::facts::Facts;
use sanad_checks::finding::{Finding, Verdict};
use sanad_checks::report::FileReport;
use serde::Serialize;

use super::checklist::{ChecklistLine, Submittable};
use super::insured::Insured;
use super::seen::SeenView;
use super::states::ClaimStep;
use super::story::StoryCounts;
use super::ticks::Ticks;
use super::words::{Channel, ClaimState, DocumentState, ReadingState, Turn, VersionState};
use super::{ClaimSummary, PageOf};
use super::{Parcel, Payment, Said};
use crate::queue::LeaseView;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};

/// Which claims a list asks for.
#[derive(Clone, Debug, Default)]
pub struct ClaimFilter {
    /// Only these.
    pub state: Option<ClaimState>,
    /// Only this office's; an office always gets its own.
    pub office: Option<OfficeId>,
    /// Only those that are found by these words: name, numbers of claim, paper and policy.
    pub words: String,
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
    /// Whose turn it is.
    pub turn: Turn,
    /// What the asker may do with it as it stands.
    pub steps: Vec<ClaimStep>,
    /// Whether the asker may delete it.
    pub deletable: bool,
    /// Why it was refused, appealed, reopened: the words of the acts on it, oldest first.
    pub said: Vec<Said>,
    /// The parcels of originals, latest first.
    pub parcels: Vec<Parcel>,
    /// What was paid, latest first.
    pub payments: Vec<Payment>,
    /// The account as typed from the bank's slip.
    pub iban: Option<String>,
    /// The version of the rules that it was first sent under.
    pub rule_version: Option<String>,
    /// Other claims of the same accident that the asker may see.
    pub same_accident: Vec<ClaimSummary>,
    /// The date story in two numbers.
    pub story: StoryCounts,
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
    /// Papers in the slot.
    pub sheets: i64,
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
    /// How many notes about it the asker may read.
    pub notes: i64,
    /// How many of them are new to the asker.
    pub unread_notes: i64,
}

impl DocumentDetail {
    /// Number of the version that counts; 0 without one.
    #[must_use]
    pub fn newest(&self) -> i64 {
        self.current.as_ref().map_or(0, |version| version.summary.number)
    }
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
    /// What came of reading its words; none before the verdict and where there was no page.
    pub reading: Option<ReadingView>,
    /// What the office's own register found: the same bytes elsewhere.
    pub register_findings: Vec<Finding>,
    /// Other claims with the same bytes; experts and managers only.
    pub repeats: Vec<RepeatView>,
    /// Pages that its pages were held against; experts and managers only.
    pub seen: Vec<SeenView>,
}

/// What came of reading the words of an upload.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingView {
    /// Whether they were read.
    pub state: ReadingState,
    /// Pages in all.
    pub pages: i64,
    /// Pages whose words were read.
    pub pages_read: i64,
    /// What they say.
    pub facts: Option<Facts>,
    /// Why they were not read, for the operator.
    pub why_not: Option<String>,
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
    /// What was seen on an approved paper.
    pub ticks: Option<Ticks>,
}
