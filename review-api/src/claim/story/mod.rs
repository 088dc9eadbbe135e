//! The date story of a claim: what was declared, read and given by people, put together and judged.
//!
//! The judgement itself is [`assemble`] of the checks, the very one that `sanad case` uses; here its inputs are only
//! filled from rows. A paper goes under the id of its version, because slots and file names repeat on the server.
//! Repeats of papers are not told here: the register of the house does that, claim by claim.

mod give;
mod view;

use std::collections::BTreeMap;

use sanad_checks::dates::Correction;
use sanad_checks::dossier::{ClaimFinding, Declared, Insured, Judgement, Paper, Policy, assemble};
use sanad_checks::facts::Role;
use sanad_checks::finding::{Finding, Severity};
use sanad_checks::page::Region;
use sanad_checks::report::FileReport;

use super::checklist::{rules_channel, rules_type};
use super::error::ClaimError;
use super::words::VersionState;
use crate::store::StoreError;
use crate::store::calendar::day_of;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::claims::{self, ClaimRow};
use crate::store::tables::documents::{self, DocumentRow};
use crate::store::tables::given_dates::{self, GivenRow};
use crate::store::tables::readings::{self, ReadingRow};
use crate::store::tables::stories::{self, NewStory};
use crate::store::tables::versions::{self, VersionRow};
use crate::store::tables::{insured, policies};

pub use crate::store::tables::stories::StoryCounts;
pub use give::{NewDate, give, is_open};
pub use view::{
    AskedDate, FoundPlace, PaperPlace, ReadingProgress, StoryEntry, StoryFinding, StoryView, UnreadPaper, show,
};

/// Families of findings that the story tells: those that hold papers against each other and against the claim. What
/// is wrong with a page or file itself stands at its paper.
const FAMILIES: [&str; 8] = ["DAT", "POL", "IDN", "IBN", "AMT", "TYP", "CRT", "STM"];

/// Asks for a date to be typed; told as a question, not as a remark.
const UNREAD: &str = "DAT-UNRD";

/// A paper of the claim with everything known of its current version.
#[derive(Debug)]
struct Standing {
    document: DocumentRow,
    version: VersionRow,
    reading: Option<ReadingRow>,
    paper: Paper,
}

/// The story with what it was made from.
#[derive(Debug)]
struct Told {
    judgement: Judgement,
    standing: Vec<Standing>,
    given: Vec<GivenRow>,
    on: String,
}

impl Told {
    fn findings(&self) -> impl Iterator<Item = &ClaimFinding> {
        self.judgement.findings.iter().filter(|finding| FAMILIES.contains(&finding.code.family()))
    }

    fn remarks(&self) -> impl Iterator<Item = &ClaimFinding> {
        self.findings().filter(|finding| finding.code.as_str() != UNREAD)
    }

    fn counts(&self) -> StoryCounts {
        let severe = self.remarks().filter(|finding| finding.severity > Severity::Info).count();
        let asked: usize = self
            .findings()
            .filter(|finding| finding.code.as_str() == UNREAD)
            .map(|finding| finding.evidence.len())
            .sum();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        StoryCounts { remarks: count(severe), asked: count(asked) }
    }
}

/// Puts the story together as the rows stand now.
async fn tell(tx: &mut Tx, claim: &ClaimRow, now: UnixMs) -> Result<Told, StoreError> {
    let declared = declared(tx, claim).await?;
    let standing = standing(tx, &claim.id).await?;
    let given = given_dates::of_claim(tx, &claim.id).await?;
    let corrections = corrections(&given, &standing)?;
    let papers: Vec<Paper> = standing.iter().map(|one| one.paper.clone()).collect();
    let on = day_of(now);
    Ok(Told { judgement: assemble(&declared, &papers, &corrections, &on), standing, given, on })
}

/// Judges the claim anew and keeps what follows. To be called by every act that changes what a claim declares, which
/// papers stand in it, or what is known of them; the claim must be held.
pub(crate) async fn keep(tx: &mut Tx, claim: &ClaimId, now: UnixMs) -> Result<(), StoreError> {
    let Some(claim) = claims::find(tx, claim).await? else { return Ok(()) };
    let told = tell(tx, &claim, now).await?;
    let judgement = serde_json::to_string(&told.judgement)?;
    let new = NewStory {
        on: &told.on,
        verdict: told.judgement.verdict.as_str(),
        counts: told.counts(),
        judgement: &judgement,
    };
    Ok(stories::keep(tx, &claim.id, &new, now).await?)
}

/// The story's numbers as they were last kept.
pub(super) async fn counts(tx: &mut Tx, claim: &ClaimId) -> Result<StoryCounts, ClaimError> {
    Ok(stories::find(tx, claim).await?.map(|(counts, _)| counts).unwrap_or_default())
}

async fn declared(tx: &mut Tx, claim: &ClaimRow) -> Result<Declared, StoreError> {
    let person = insured::find(tx, &claim.insured).await?;
    let policy = policies::newest(tx, &claim.insured).await?;
    Ok(Declared {
        claim_type: rules_type(claim.claim_type),
        circumstances: serde_json::from_str(&claim.circumstances)?,
        channel: Some(rules_channel(claim.channel)),
        accident_date: claim.accident_date.clone(),
        submitted_on: claim.submitted_at.map(day_of),
        insured: person.map(|person| Insured {
            name: Some(person.name),
            nationality: Some(person.nationality),
            document_number: Some(person.document_number),
            birth: person.birth,
        }),
        policy: policy.map(|policy| Policy {
            number: Some(policy.number),
            cover_from: policy.cover_from,
            cover_to: policy.cover_to,
            issued: None,
        }),
        iban: claim.iban.clone(),
    })
}

async fn standing(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<Standing>, StoreError> {
    let mut read: BTreeMap<VersionId, ReadingRow> = readings::of_claim(tx, claim).await?.into_iter().collect();
    let mut standing = Vec::new();
    for document in documents::of_claim(tx, claim).await? {
        let Some(current) = &document.current else { continue };
        let Some(version) = versions::find(tx, current).await? else { continue };
        if version.state != VersionState::Judged {
            continue;
        }
        let reading = read.remove(&version.id);
        let facts = match &reading {
            Some(reading) => reading.facts()?,
            None => None,
        };
        let report: Option<FileReport> = version.report.as_deref().map(serde_json::from_str).transpose()?;
        let paper = Paper {
            slot: document.slot.clone(),
            file: version.id.to_string(),
            sha256: version.sha256.clone(),
            form: None,
            findings: report.map(findings).unwrap_or_default(),
            facts,
            elsewhere: Vec::new(),
            again: Vec::new(),
        };
        standing.push(Standing { document, version, reading, paper });
    }
    Ok(standing)
}

/// Findings of a file and its pages, each with its page.
fn findings(report: FileReport) -> Vec<(Option<u32>, Finding)> {
    let of_file = report.findings.into_iter().map(|finding| (None, finding));
    let of_pages = report.pages.into_iter().flat_map(|page| {
        let index = page.index;
        page.findings.into_iter().map(move |finding| (Some(index), finding))
    });
    of_file.chain(of_pages).collect()
}

/// Page and place as they are kept; nothing for the paper as a whole.
fn place_text(place: Option<(u32, Region)>) -> Result<String, serde_json::Error> {
    place.map_or_else(|| Ok(String::new()), |place| serde_json::to_string(&place))
}

fn place_of(text: &str) -> Result<Option<(u32, Region)>, serde_json::Error> {
    if text.is_empty() { Ok(None) } else { serde_json::from_str(text).map(Some) }
}

fn role_of(word: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.word() == word)
}

fn corrections(given: &[GivenRow], standing: &[Standing]) -> Result<Vec<Correction>, StoreError> {
    let mut corrections = Vec::new();
    for row in given {
        let Some(paper) = standing.iter().find(|one| one.version.id == row.version) else { continue };
        let Some(role) = role_of(&row.role) else { continue };
        corrections.push(Correction {
            slot: paper.document.slot.clone(),
            file: Some(row.version.to_string()),
            role,
            iso: row.iso.clone(),
            by: row.source,
            place: place_of(&row.place)?,
            text: Some(row.typed.clone()),
        });
    }
    Ok(corrections)
}
