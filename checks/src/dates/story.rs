//! The dates of a claim in one place: declared, corrected by people, read from the papers; each with who said it.
//!
//! An expert's date goes before one that the office typed, and that before what a machine read. What was read
//! counts only where it is trusted; what was not read is never held against anybody.

use serde::{Deserialize, Serialize};

use crate::dossier::{ClaimFinding, Declared, Evidence, Paper, shown};
use crate::facts::{Calendar, Precision, Role};
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
    /// Page and place it was given for, as the facts name it; the paper as a whole where missing.
    #[serde(default)]
    pub place: Option<(u32, Region)>,
    /// As it was typed.
    #[serde(default)]
    pub text: Option<String>,
}

impl Correction {
    fn is_for(&self, paper: &Paper) -> bool {
        self.slot == paper.slot && self.file.as_ref().is_none_or(|file| *file == paper.file)
    }
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
    /// The calendar it is written in, where that is known.
    pub calendar: Option<Calendar>,
    /// A weightier source says another date for the very same place; shown beside it and held against nobody.
    pub replaced: bool,
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

    /// The story in which what one reader made out for itself stands against others as well.
    #[must_use]
    pub fn likely(&self) -> Self {
        /// How sure such a reading is at least, 0–1; below, it was hardly read. Of 392 between this and 0.5 on clean pages
        /// 386 are days that their paper bears.
        const LEAST: f64 = 0.2;
        let believed = |told: &Told| Told { trusted: told.trusted || told.confidence >= LEAST, ..told.clone() };
        Self { told: self.told.iter().map(believed).collect(), ..*self }
    }

    /// Every date, trusted or not, replaced or not, in the order of the papers.
    #[must_use]
    pub fn all(&self) -> &[Told] {
        &self.told
    }

    /// Every date that still counts: those that nobody weightier replaced.
    pub fn standing(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(|told| !told.replaced)
    }

    /// Dates of papers with this role that may stand against others: trusted, and known to the day.
    pub fn on_papers(&self, role: Role) -> impl Iterator<Item = &Told> {
        let good = move |t: &&Told| {
            t.role == role && t.slot.is_some() && t.trusted && !t.replaced && t.precision == Precision::Day
        };
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
        calendar: None,
        replaced: false,
    }
}

/// Dates of a paper: what was read, and what people gave beside it. The weightiest source of each place counts.
fn of_paper(paper: &Paper, corrections: &[Correction]) -> Vec<Told> {
    let mut told: Vec<Told> = read_on(paper).collect();
    let mut given: Vec<&Correction> = corrections.iter().filter(|correction| correction.is_for(paper)).collect();
    given.sort_by_key(|correction| std::cmp::Reverse(correction.by));
    let mut people: Vec<Told> = Vec::new();
    for correction in given {
        let place = correction.place.or_else(|| only_place(paper, correction.role));
        let mut own = by_people(correction.role, &correction.iso, correction.by, Some(paper));
        (own.page, own.region) = (place.map(|(page, _)| page), place.map(|(_, region)| region));
        own.text = correction.text.clone().unwrap_or(own.text);
        own.replaced = people.iter().any(|weightier| same_place(weightier, &own));
        told.iter_mut().filter(|read| replaces(&own, read)).for_each(|read| read.replaced = true);
        people.push(own);
    }
    told.extend(people);
    told
}

fn read_on(paper: &Paper) -> impl Iterator<Item = Told> {
    paper.facts.iter().flat_map(|facts| &facts.dates).map(|date| Told {
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
        calendar: Some(date.calendar),
        replaced: false,
    })
}

/// Where the paper's only date of this role stands, read or not.
fn only_place(paper: &Paper, role: Role) -> Option<(u32, Region)> {
    let facts = paper.facts.as_ref()?;
    let read = facts.dates.iter().filter(|date| date.role == role).map(|date| (date.page, date.region));
    let unread = facts.unread.iter().filter(|date| date.role == role).map(|date| (date.page, date.region));
    let mut places: Vec<(u32, Region)> = read.chain(unread).collect();
    places.dedup();
    if places.len() == 1 { places.pop() } else { None }
}

/// Whether two sources speak of one place. A date for the paper as a whole speaks of all places of its role.
fn same_place(one: &Told, other: &Told) -> bool {
    match (one.page.zip(one.region), other.page.zip(other.region)) {
        (Some(one), Some(other)) => one == other,
        _ => one.role == other.role,
    }
}

/// Whether what a person gave takes the place of what was read. Given for a paper on which the role stands several
/// times, it stands for the doubtful ones alone: a second trusted service is no error.
fn replaces(given: &Told, read: &Told) -> bool {
    same_place(given, read) && (given.page.is_some() || !read.trusted)
}

#[cfg(test)]
mod tests;
