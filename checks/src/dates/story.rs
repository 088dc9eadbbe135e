//! The dates of a claim in one place: declared, corrected by people, read from the papers; each with who said it.
//!
//! An expert's date goes before one that the office typed, and that before what a machine read. What was read
//! counts only where it is trusted; what was not read is never held against anybody.

use serde::{Deserialize, Serialize};

use crate::dossier::{ClaimFinding, Declared, Evidence, Paper, shown};
use crate::facts::{Precision, Role};
use crate::finding::Severity;
use crate::page::Region;

/// Who said a date, the weightier last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A machine read it.
    Read,
    /// The office typed it beside its paper.
    Typed,
    /// It was declared with the claim.
    Declared,
    /// An expert typed or confirmed it.
    Expert,
}

/// A date that a person gave for a paper: what the reader could not read, or read wrongly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The paper's slot.
    pub slot: String,
    /// Its file; any of the slot where missing.
    #[serde(default)]
    pub file: Option<String>,
    /// What the date means.
    pub role: Role,
    /// The day, `YYYY-MM-DD`.
    pub iso: String,
    /// Who gave it: typed by the office, or by an expert.
    pub by: Source,
}

/// A date as somebody told it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What it means.
    pub role: Role,
    /// The day, `YYYY-MM-DD`.
    pub iso: String,
    /// How much of it is known.
    pub precision: Precision,
    /// Who said so.
    pub source: Source,
    /// Whether it may stand against another.
    pub trusted: bool,
    /// How sure, 0–1.
    pub confidence: f64,
    /// The paper's slot; none for what was declared.
    pub slot: Option<String>,
    /// Its file.
    pub file: Option<String>,
    /// Page, from 0.
    pub page: Option<u32>,
    /// Where on the page.
    pub region: Option<Region>,
    /// As it stands.
    pub text: String,
}

impl Told {
    /// The place that shows it.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence {
            slot: self.slot.clone(),
            file: self.file.clone(),
            page: self.page,
            region: self.region,
            role: Some(self.role.word().to_owned()),
            value_iso: Some(self.iso.clone()),
            text: Some(self.text.clone()),
            dir: None,
        }
    }

    /// Whether it stands in a paper of one of these slots.
    #[must_use]
    pub fn in_slot(&self, slots: &[&str]) -> bool {
        self.slot.as_deref().is_some_and(|slot| slots.contains(&slot))
    }
}

/// All dates of a claim.
#[derive(Debug)]
pub struct Story<'a> {
    /// What was declared.
    pub declared: &'a Declared,
    /// The papers.
    pub papers: &'a [Paper],
    /// The day to judge on, `YYYY-MM-DD`.
    pub today: &'a str,
    told: Vec<Told>,
}

/// Slots of medical papers.
pub const MEDICAL: [&str; 7] = [
    "admission-record",
    "discharge-summary",
    "operation-note",
    "hospital-bill",
    "imaging-report",
    "pharmacy-invoice",
    "treatment-end-certificate",
];

/// Slots of identity papers.
pub const IDENTITY: [&str; 3] = ["identity", "head-identity", "heirs-identity"];

impl<'a> Story<'a> {
    /// Puts together what everybody told.
    #[must_use]
    pub fn of(declared: &'a Declared, papers: &'a [Paper], corrections: &[Correction], today: &'a str) -> Self {
        let mut told = stated(declared);
        for paper in papers {
            told.extend(of_paper(paper, corrections));
        }
        Self { declared, papers, today, told }
    }

    /// Every date, trusted or not, in the order of the papers.
    #[must_use]
    pub fn all(&self) -> &[Told] {
        &self.told
    }

    /// Dates of papers with this role that may stand against others: trusted, and known to the day.
    pub fn on_papers(&self, role: Role) -> impl Iterator<Item = &Told> {
        let good = move |t: &&Told| t.role == role && t.slot.is_some() && t.trusted && t.precision == Precision::Day;
        self.told.iter().filter(good)
    }

    /// The declared accident.
    ///
    /// # Panics
    /// Never: every claim declares one.
    #[must_use]
    pub fn accident(&self) -> &Told {
        let declared = |t: &&Told| t.slot.is_none() && t.role == Role::Accident;
        self.told.iter().find(declared).expect("every claim declares its accident")
    }

    /// The day of sending, or the day to judge on.
    #[must_use]
    pub fn sent(&self) -> &str {
        self.declared.submitted_on.as_deref().unwrap_or(self.today)
    }

    /// Whether any paper's words were read.
    #[must_use]
    pub fn was_read(&self) -> bool {
        self.papers.iter().any(|paper| paper.facts.is_some())
    }
}

/// A finding over dates that do not fit: `one` against `other`, with every place that shows it. It refuses only
/// where people gave all the dates; otherwise it warns.
#[must_use]
pub fn conflict(code: &str, most: Severity, one: &[&Told], other: &[&Told]) -> ClaimFinding {
    let all = || one.iter().chain(other);
    let by_people = all().all(|told| told.source > Source::Read);
    let severity = if by_people { most } else { most.min(Severity::Warn) };
    let first = |side: &[&Told]| side.first().map(|told| shown(&told.iso)).unwrap_or_default();
    let evidence = all().map(|told| told.evidence()).collect();
    let mut finding = ClaimFinding::new(code, severity, &[("one", &first(one)), ("other", &first(other))], evidence);
    let sure = |side: &[&Told]| side.iter().map(|told| told.confidence).fold(0.0, f64::max);
    finding.confidence = (sure(one).min(sure(other)) * 100.0).round() / 100.0;
    finding
}

/// Days from one date to another; `None` where either is no day.
#[must_use]
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    crate::jalali::day_number(to).zip(crate::jalali::day_number(from)).map(|(to, from)| to - from)
}

fn stated(declared: &Declared) -> Vec<Told> {
    let policy = declared.policy.as_ref();
    let given = [
        (Role::Accident, Some(&declared.accident_date)),
        (Role::Birth, declared.insured.as_ref().and_then(|insured| insured.birth.as_ref())),
        (Role::CoverFrom, policy.and_then(|policy| policy.cover_from.as_ref())),
        (Role::CoverTo, policy.and_then(|policy| policy.cover_to.as_ref())),
        (Role::Issue, policy.and_then(|policy| policy.issued.as_ref())),
    ];
    let told = given.into_iter().filter_map(|(role, iso)| iso.map(|iso| (role, iso)));
    told.map(|(role, iso)| by_people(role, iso, Source::Declared, None)).collect()
}

fn by_people(role: Role, iso: &str, source: Source, paper: Option<&Paper>) -> Told {
    Told {
        role,
        iso: iso.to_owned(),
        precision: Precision::Day,
        source,
        trusted: true,
        confidence: 1.0,
        slot: paper.map(|paper| paper.slot.clone()),
        file: paper.map(|paper| paper.file.clone()),
        page: None,
        region: None,
        text: iso.to_owned(),
    }
}

/// Dates of a paper: for each role what the weightiest source says.
fn of_paper(paper: &Paper, corrections: &[Correction]) -> Vec<Told> {
    let mut given: Vec<&Correction> = corrections
        .iter()
        .filter(|c| c.slot == paper.slot && c.file.as_ref().is_none_or(|file| *file == paper.file))
        .collect();
    given.sort_by_key(|correction| std::cmp::Reverse(correction.by));
    let mut told: Vec<Told> = Vec::new();
    for correction in given {
        if !told.iter().any(|known| known.role == correction.role) {
            told.push(by_people(correction.role, &correction.iso, correction.by, Some(paper)));
        }
    }
    let corrected: Vec<Role> = told.iter().map(|known| known.role).collect();
    let read = paper.facts.iter().flat_map(|facts| &facts.dates).filter(|date| !corrected.contains(&date.role));
    told.extend(read.map(|date| Told {
        role: date.role,
        iso: date.iso.clone(),
        precision: date.precision,
        source: Source::Read,
        trusted: date.trusted,
        confidence: date.confidence,
        slot: Some(paper.slot.clone()),
        file: Some(paper.file.clone()),
        page: Some(date.page),
        region: Some(date.region),
        text: date.text.clone(),
    }));
    told
}
