//! A claim as a whole: what was declared, which papers stand in it, and what follows from both.
//!
//! [`assemble`] is pure. The store and the command line only fill its input, so both say the same.
//! Dates that a person declared may refuse a claim; dates that a machine read never do.

use serde::{Deserialize, Serialize};

use crate::completeness::{Channel, Circumstance, ClaimType, Need, crt_copy, required, sig_none, stm_none, wrong_kind};
use crate::dates::{Correction, Story};
use crate::duplicates::relation::Relation;
use crate::facts::{Calendar, Facts};
use crate::finding::{Bilingual, Code, Finding, NotRun, Severity, Verdict};
use crate::jalali::Jalali;
use crate::page::Region;
use crate::{dates, duplicates, identity, money};

/// The injured person as declared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Insured {
    /// Full name.
    pub name: Option<String>,
    /// Nationality, three letters.
    pub nationality: Option<String>,
    /// Number of the identity paper.
    pub document_number: Option<String>,
    /// Day of birth, `YYYY-MM-DD`.
    pub birth: Option<String>,
}

/// The policy as declared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Number, with its slashes.
    pub number: Option<String>,
    /// First day of cover, `YYYY-MM-DD`.
    pub cover_from: Option<String>,
    /// Last day of cover, `YYYY-MM-DD`.
    pub cover_to: Option<String>,
    /// Day of issue, `YYYY-MM-DD`.
    pub issued: Option<String>,
}

/// What a paper's copy is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The paper itself.
    Original,
    /// A copy certified against the original.
    CertifiedCopy,
    /// A copy and nothing more.
    PlainCopy,
}

/// What a claim declares; anything but type, accident and papers may be missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declared {
    /// Kind of harm.
    pub claim_type: ClaimType,
    /// Circumstances of the closed list.
    #[serde(default)]
    pub circumstances: Vec<Circumstance>,
    /// Who sends it.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Day of the accident, `YYYY-MM-DD`.
    pub accident_date: String,
    /// Day of sending; today where missing.
    #[serde(default)]
    pub submitted_on: Option<String>,
    /// The injured.
    #[serde(default)]
    pub insured: Option<Insured>,
    /// The policy.
    #[serde(default)]
    pub policy: Option<Policy>,
    /// Account to pay to.
    #[serde(default)]
    pub iban: Option<String>,
}

/// One paper of the claim with what its pages showed.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// Its slot.
    pub slot: String,
    /// Its file, as named in the claim.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What the copy is said to be.
    pub form: Option<Form>,
    /// Findings of its pages and of the file, with the page they stand on.
    pub findings: Vec<(Option<u32>, Finding)>,
    /// What it says; none where its words were not read.
    pub facts: Option<Facts>,
    /// Other claims that hold the same bytes: claim and file.
    pub elsewhere: Vec<(String, String)>,
    /// Other papers, of this claim or another, that look like another capture of this one.
    pub again: Vec<Again>,
}

/// Another paper that shows this one again, or nearly, in other bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The other claim; none for this one.
    pub dir: Option<String>,
    /// The other paper's slot.
    pub slot: String,
    /// Its file.
    pub file: String,
    /// This paper's page and the other's.
    pub pages: [u32; 2],
    /// What they are to each other.
    pub relation: Relation,
    /// Share of the ink that agrees, 0–1.
    pub score: f64,
    /// Where on this paper's page they differ, or a later mark stands.
    pub regions: Vec<Region>,
}

impl Again {
    /// The place on this paper and the one on the other.
    #[must_use]
    pub fn evidence(&self, own: &Paper) -> Vec<Evidence> {
        let mine = Evidence {
            slot: Some(own.slot.clone()),
            file: Some(own.file.clone()),
            page: Some(self.pages[0]),
            region: self.regions.first().copied(),
            ..Evidence::default()
        };
        let theirs = Evidence {
            dir: self.dir.clone(),
            slot: Some(self.slot.clone()),
            file: Some(self.file.clone()),
            page: Some(self.pages[1]),
            ..Evidence::default()
        };
        vec![mine, theirs]
    }
}

impl Paper {
    /// A place on the paper that shows a value.
    #[must_use]
    pub fn place(&self, page: u32, region: Region, role: &str, iso: &str) -> Evidence {
        Evidence {
            slot: Some(self.slot.clone()),
            file: Some(self.file.clone()),
            page: Some(page),
            region: Some(region),
            role: Some(role.to_owned()),
            value_iso: (!iso.is_empty()).then(|| iso.to_owned()),
            ..Evidence::default()
        }
    }
}

/// A place that shows why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The paper's slot; none for what was declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// Its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Page, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Where on the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Role of the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Value as a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_iso: Option<String>,
    /// Value as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The other claim, for repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<String>,
}

/// A finding about the claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimFinding {
    /// The reason.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// For people.
    pub message: Bilingual,
    /// What the office can do.
    pub advice: Bilingual,
}

impl ClaimFinding {
    /// A finding whose message is filled with facts.
    #[must_use]
    pub fn new(code: &str, severity: Severity, facts: &[(&str, &str)], evidence: Vec<Evidence>) -> Self {
        let code = Code::of(code);
        let facts: Vec<(String, String)> = facts.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Self {
            code,
            severity,
            confidence: 1.0,
            evidence,
            message: code.reason().message(None, &facts),
            advice: code.reason().advice.clone(),
        }
    }
}

/// A paper that is not there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Missing {
    /// Its slot.
    pub slot: String,
    /// `required` or `conditional`.
    pub need: Need,
    /// Why it is needed.
    pub why: Bilingual,
}

/// A date of the claim on its timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// The day, `YYYY-MM-DD`.
    pub iso: String,
    /// The same day in the Jalali calendar, `1401/11/16`.
    pub jalali: String,
    /// What it means.
    pub role: String,
    /// Where it stands; none for what was declared.
    pub slot: Option<String>,
    /// Its file.
    pub file: Option<String>,
    /// Page, from 0.
    pub page: Option<u32>,
    /// Where on the page.
    pub region: Option<Region>,
    /// As it stands.
    pub text: String,
    /// Who said so.
    pub source: crate::dates::Source,
    /// How sure, 0–1.
    pub confidence: f64,
    /// Whether it may stand against another.
    pub trusted: bool,
    /// Whether a finding names it.
    pub conflict: bool,
    /// The calendar it is written in, where that is known.
    pub calendar: Option<Calendar>,
    /// A weightier source says another date for the very same place.
    pub replaced: bool,
}

/// What follows from a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Judgement {
    /// The worst of the findings; missing papers do not count.
    pub verdict: Verdict,
    /// Findings of the claim and of its papers' pages.
    pub findings: Vec<ClaimFinding>,
    /// Papers that are needed and not there.
    pub missing: Vec<Missing>,
    /// Every date, in the order of the days.
    pub timeline: Vec<TimelineEntry>,
    /// What could not be judged, and why.
    pub not_run: Vec<NotRun>,
}

/// Judges a claim on a day (`YYYY-MM-DD`, Tehran). What people gave for a paper's dates goes before what was read.
#[must_use]
pub fn assemble(declared: &Declared, papers: &[Paper], corrections: &[Correction], today: &str) -> Judgement {
    let mut judgement = Judgement::default();
    let story = Story::of(declared, papers, corrections, today);
    (judgement.findings, judgement.not_run) = dates::judge(&story);
    let iban = identity::ibn_bad::check(declared, today).map(|found| found.into_iter().collect());
    let read = [
        identity::mism::check(&story),
        identity::mrz::check(&story),
        identity::ibn_letr::check(papers),
        money::diff::check(papers),
        stm_none::check(papers),
        sig_none::check(papers),
        crt_copy::check(papers),
    ];
    for answer in [iban].into_iter().chain(read) {
        match answer {
            Ok(found) => judgement.findings.extend(found),
            Err(not_run) => judgement.not_run.push(not_run),
        }
    }
    judgement.findings.extend(dates::unrd::check(&story));
    judgement.findings.extend(duplicates::slot::check(papers));
    judgement.findings.extend(duplicates::case::check(papers));
    judgement.findings.extend(papers.iter().filter_map(misplaced));
    judgement.findings.extend(duplicates::near::check(papers));
    judgement.findings.extend(papers.iter().flat_map(of_pages));
    judgement.missing = missing(declared, papers);
    judgement.not_run.extend(unjudged(papers));
    judgement.timeline = timeline(&story, &judgement.findings);
    let worst = judgement.findings.iter().map(|f| Verdict::from(f.severity)).max();
    judgement.verdict = worst.unwrap_or_default();
    judgement
}

/// What nothing was said about, and why.
fn unjudged(papers: &[Paper]) -> Vec<NotRun> {
    let untold = |paper: &Paper| paper.facts.as_ref().is_none_or(|facts| facts.kind.code == "other");
    let why = "the words of some papers do not tell what they are";
    let open = papers.iter().any(untold);
    open.then(|| NotRun { check: "TYP-WRONG".to_owned(), why: why.to_owned() }).into_iter().collect()
}

/// A paper that does not belong into its slot.
fn misplaced(paper: &Paper) -> Option<ClaimFinding> {
    let finding = wrong_kind(Some(paper.slot.as_str()), &paper.facts.as_ref()?.kind).ok()??;
    let evidence =
        vec![Evidence { slot: Some(paper.slot.clone()), file: Some(paper.file.clone()), ..Evidence::default() }];
    Some(ClaimFinding {
        code: finding.code,
        severity: finding.severity,
        confidence: finding.confidence,
        evidence,
        message: finding.message,
        advice: finding.advice,
    })
}

/// Every date of the story by day; those that a finding about dates names are in conflict, unless it is only worth a look.
fn timeline(story: &Story<'_>, findings: &[ClaimFinding]) -> Vec<TimelineEntry> {
    let named: Vec<&Evidence> = findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info && finding.code.as_str() != "DAT-UNRD")
        .filter(|finding| matches!(finding.code.family(), "DAT" | "POL" | "IDN"))
        .flat_map(|finding| &finding.evidence)
        .collect();
    let mut entries: Vec<TimelineEntry> = story
        .all()
        .iter()
        .map(|told| {
            let evidence = told.evidence();
            TimelineEntry {
                iso: told.iso.clone(),
                jalali: shown(&told.iso),
                role: told.role.word().to_owned(),
                slot: told.slot.clone(),
                file: told.file.clone(),
                page: told.page,
                region: told.region,
                text: told.text.clone(),
                source: told.source,
                confidence: told.confidence,
                trusted: told.trusted,
                conflict: !told.replaced && named.iter().any(|named| **named == evidence),
                calendar: told.calendar,
                replaced: told.replaced,
            }
        })
        .collect();
    entries.sort_by(|a, b| (&a.iso, &a.slot).cmp(&(&b.iso, &b.slot)));
    entries
}

fn of_pages(paper: &Paper) -> impl Iterator<Item = ClaimFinding> + '_ {
    paper.findings.iter().map(|(page, finding)| {
        let place = |region| Evidence {
            slot: Some(paper.slot.clone()),
            file: Some(paper.file.clone()),
            page: *page,
            region,
            ..Evidence::default()
        };
        let evidence = if finding.regions.is_empty() {
            vec![place(None)]
        } else {
            finding.regions.iter().map(|r| place(Some(*r))).collect()
        };
        ClaimFinding {
            code: finding.code,
            severity: finding.severity,
            confidence: finding.confidence,
            evidence,
            message: finding.message.clone(),
            advice: finding.advice.clone(),
        }
    })
}

fn missing(declared: &Declared, papers: &[Paper]) -> Vec<Missing> {
    required(declared.claim_type, &declared.circumstances, declared.channel.unwrap_or_default())
        .into_iter()
        .filter(|r| r.need != Need::Optional && !papers.iter().any(|p| p.slot == r.slot))
        .map(|r| Missing { slot: r.slot, need: r.need, why: r.why })
        .collect()
}

/// A date both ways, for a message: `1402/05/17`.
#[must_use]
pub fn shown(iso: &str) -> String {
    Jalali::from_iso(iso).map_or_else(|| iso.to_owned(), Jalali::slashed)
}

/// A finding's evidence from a declared date.
#[must_use]
pub fn declared_date(role: &str, iso: &str) -> Evidence {
    Evidence {
        role: Some(role.to_owned()),
        value_iso: Some(iso.to_owned()),
        text: Some(iso.to_owned()),
        ..Evidence::default()
    }
}

#[cfg(test)]
mod tests;
