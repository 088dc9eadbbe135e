//! The story as people see it: findings with the places that show why, questions, and every date by its day.

use sanad_checks::dates::Source;
use sanad_checks::dossier::{Evidence, TimelineEntry};
use sanad_checks::facts::Calendar;
use sanad_checks::finding::{Bilingual, Code, NotRun, Severity, Verdict};
use sanad_checks::page::Region;
use serde::Serialize;

use super::{Standing, Told, UNREAD, place_of, tell};
use crate::accounts::{Action, Actor};
use crate::claim::access;
use crate::claim::error::ClaimError;
use crate::claim::show::masked;
use crate::claim::words::{ClaimState, ReadingState};
use crate::store::Store;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::tables::claims;

/// How far the reading of the claim's papers has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReadingProgress {
    /// Papers in all.
    pub papers: i64,
    /// Papers whose words were read.
    pub read: i64,
    /// Papers whose turn comes.
    pub waiting: i64,
    /// Papers whose words could not be read.
    pub not_read: i64,
}

/// A paper whose words could not be read, by a fault of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnreadPaper {
    /// The slot.
    pub slot: String,
    /// The paper.
    pub document: DocumentId,
    /// Its version.
    pub version: VersionId,
    /// The file's name.
    pub file_name: String,
    /// Why, for the operator.
    pub why: Option<String>,
}

/// A place on a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaperPlace {
    /// The slot.
    pub slot: String,
    /// The paper.
    pub document: DocumentId,
    /// Its version.
    pub version: VersionId,
    /// The file's name.
    pub file_name: String,
    /// Page, from 0.
    pub page: Option<u32>,
    /// Where on the page.
    pub region: Option<Region>,
    /// Address of the place cut out of the page.
    pub crop: Option<String>,
}

/// What a finding points at: a place on a paper, or what was declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundPlace {
    /// The place; none for what was declared.
    pub place: Option<PaperPlace>,
    /// Role of the date, where it is one.
    pub role: Option<String>,
    /// The day, `YYYY-MM-DD`, where it is one.
    pub value_iso: Option<String>,
    /// As it stands.
    pub text: Option<String>,
}

/// A finding of the story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryFinding {
    /// The reason.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// How sure, 0–1.
    pub confidence: f64,
    /// For people.
    pub message: Bilingual,
    /// What the office can do.
    pub advice: Bilingual,
    /// Why, place by place.
    pub evidence: Vec<FoundPlace>,
}

/// A date that somebody is asked to type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedDate {
    /// Where it stands.
    pub place: PaperPlace,
    /// What it is.
    pub role: String,
    /// What was made of it; may be empty.
    pub text: Option<String>,
}

/// A date on the time line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryEntry {
    /// The day, `YYYY-MM-DD`.
    pub iso: String,
    /// The same day in the Jalali calendar, `1401/11/16`.
    pub jalali: String,
    /// What it means.
    pub role: String,
    /// As it stands, or as it was typed.
    pub text: String,
    /// The calendar it is printed in.
    pub calendar: Option<Calendar>,
    /// Who said so.
    pub source: Source,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Whether it may stand against another.
    pub trusted: bool,
    /// Whether a finding names it.
    pub conflict: bool,
    /// A person's date for the same place goes before it.
    pub replaced: bool,
    /// Where it stands; none for what was declared.
    pub place: Option<PaperPlace>,
    /// Who typed it.
    pub given_by: Option<String>,
    /// When.
    pub given_at: Option<UnixMs>,
}

/// The date story of a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryView {
    /// The claim.
    pub claim: ClaimId,
    /// Its number.
    pub number: String,
    /// Whose accident it was.
    pub insured_name: String,
    /// Where the claim stands.
    pub state: ClaimState,
    /// The declared day of the accident.
    pub accident_date: String,
    /// The worst of the findings below.
    pub verdict: Verdict,
    /// How far reading has come.
    pub reading: ReadingProgress,
    /// Papers whose words could not be read.
    pub unread: Vec<UnreadPaper>,
    /// What does not fit.
    pub findings: Vec<StoryFinding>,
    /// Dates that somebody is asked to type.
    pub asked: Vec<AskedDate>,
    /// Every date, in the order of the days.
    pub timeline: Vec<StoryEntry>,
    /// What could not be judged, and why.
    pub not_run: Vec<NotRun>,
}

impl StoryView {
    /// Whether there is a field for this date: it is asked for, or stands on the line to be corrected.
    #[must_use]
    pub fn has_field(&self, version: &str, role: &str, place: Option<(u32, Region)>) -> bool {
        let at = |there: &PaperPlace| there.version.as_str() == version && there.page.zip(there.region) == place;
        self.asked.iter().any(|asked| asked.role == role && at(&asked.place))
            || self.timeline.iter().any(|told| told.role == role && told.place.as_ref().is_some_and(at))
    }
}

/// The story of a claim as its rows stand now.
///
/// # Errors
/// [`ClaimError::NotFound`], [`ClaimError::Forbidden`] for those who may not see papers, or when the database fails.
pub async fn show(store: &Store, actor: &Actor, id: &ClaimId) -> Result<StoryView, ClaimError> {
    access::allowed(actor, Action::SeePictures)?;
    let mut tx = store.read().await?;
    let claim = access::claim(&mut tx, actor, id).await?;
    let summary = claims::find_summary(&mut tx, id).await?.map(|summary| masked(actor, summary));
    let summary = summary.ok_or(ClaimError::NotFound)?;
    let told = tell(&mut tx, &claim, store.now()).await?;
    // what is only worth a look is for those who look
    let for_office = actor.role.sends();
    let findings: Vec<StoryFinding> = told
        .remarks()
        .filter(|finding| !(for_office && (finding.code.reason().internal || finding.severity == Severity::Info)))
        .map(|finding| StoryFinding {
            code: finding.code,
            severity: finding.severity,
            confidence: finding.confidence,
            message: finding.message.clone(),
            advice: finding.advice.clone(),
            evidence: finding.evidence.iter().map(|evidence| found_place(&told, evidence)).collect(),
        })
        .collect();
    let verdict = findings.iter().map(|finding| Verdict::from(finding.severity)).max().unwrap_or_default();
    Ok(StoryView {
        claim: claim.id.clone(),
        number: summary.number,
        insured_name: summary.insured_name,
        state: summary.state,
        accident_date: claim.accident_date.clone(),
        verdict,
        reading: progress(&told.standing),
        unread: unread(&told.standing),
        findings,
        asked: asked(&told),
        timeline: told.judgement.timeline.iter().map(|entry| timeline_entry(&told, entry)).collect::<Result<_, _>>()?,
        not_run: told.judgement.not_run.clone(),
    })
}

fn progress(standing: &[Standing]) -> ReadingProgress {
    let in_state = |state| standing.iter().filter(|one| one.reading.as_ref().is_some_and(|r| r.state == state)).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    ReadingProgress {
        papers: count(standing.len()),
        read: count(in_state(ReadingState::Read)),
        waiting: count(in_state(ReadingState::Waiting)),
        not_read: count(in_state(ReadingState::NotRead)),
    }
}

fn unread(standing: &[Standing]) -> Vec<UnreadPaper> {
    let gave_up = standing.iter().filter_map(|one| Some((one, one.reading.as_ref()?)));
    gave_up
        .filter(|(_, reading)| reading.state == ReadingState::NotRead)
        .map(|(one, reading)| UnreadPaper {
            slot: one.document.slot.clone(),
            document: one.document.id.clone(),
            version: one.version.id.clone(),
            file_name: one.version.file_name.clone(),
            why: reading.why_not.clone(),
        })
        .collect()
}

/// The place of a paper that goes under the id of its version.
fn place(told: &Told, file: Option<&str>, page: Option<u32>, region: Option<Region>) -> Option<PaperPlace> {
    let one = told.standing.iter().find(|one| Some(one.version.id.as_str()) == file)?;
    let version = &one.version.id;
    let crop = page.zip(region).map(|(page, region)| {
        let [x, y, width, height] = <[u32; 4]>::from(region);
        format!("/versions/{version}/pages/{page}/crop?region={x},{y},{width},{height}")
    });
    Some(PaperPlace {
        slot: one.document.slot.clone(),
        document: one.document.id.clone(),
        version: version.clone(),
        file_name: one.version.file_name.clone(),
        page,
        region,
        crop,
    })
}

fn found_place(told: &Told, evidence: &Evidence) -> FoundPlace {
    FoundPlace {
        place: place(told, evidence.file.as_deref(), evidence.page, evidence.region),
        role: evidence.role.clone(),
        value_iso: evidence.value_iso.clone(),
        text: evidence.text.clone(),
    }
}

fn asked(told: &Told) -> Vec<AskedDate> {
    let questions = told.findings().filter(|finding| finding.code.as_str() == UNREAD);
    questions
        .flat_map(|finding| &finding.evidence)
        .filter_map(|evidence| {
            Some(AskedDate {
                place: place(told, evidence.file.as_deref(), evidence.page, evidence.region)?,
                role: evidence.role.clone()?,
                text: evidence.text.clone().filter(|text| !text.trim().is_empty()),
            })
        })
        .collect()
}

fn timeline_entry(told: &Told, entry: &TimelineEntry) -> Result<StoryEntry, ClaimError> {
    let mut by = None;
    for row in &told.given {
        let same =
            Some(row.version.as_str()) == entry.file.as_deref() && row.iso == entry.iso && row.role == entry.role;
        let there = place_of(&row.place)?.is_none_or(|place| Some(place) == entry.page.zip(entry.region));
        if same && there && row.source == entry.source {
            by = Some((row.by_name.clone(), row.at));
        }
    }
    let (given_by, given_at) = by.unzip();
    Ok(StoryEntry {
        iso: entry.iso.clone(),
        jalali: entry.jalali.clone(),
        role: entry.role.clone(),
        text: entry.text.clone(),
        calendar: entry.calendar,
        source: entry.source,
        confidence: entry.confidence,
        trusted: entry.trusted,
        conflict: entry.conflict,
        replaced: entry.replaced,
        place: place(told, entry.file.as_deref(), entry.page, entry.region),
        given_by,
        given_at,
    })
}
