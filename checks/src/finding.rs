//! What a check answers: clear, found with evidence, or not run and why.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::page::Region;
use crate::reasons::{self, Reason};

/// A reason code of the catalogue, e.g. `LEG-BLUR`. Only codes of the catalogue can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// The text is no code of the catalogue.
#[derive(Debug, thiserror::Error)]
#[error("no reason with this code")]
pub struct UnknownCode;

impl Code {
    /// The code with this name, if the catalogue has it.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        reasons::find(name).map(|reason| Self(reason.code.as_str()))
    }

    /// The code with this name.
    ///
    /// # Panics
    /// When the catalogue lacks it; for names written in the code, which a test covers.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::find(name).expect("codes written in the source stand in the catalogue")
    }

    /// The name, e.g. `LEG-BLUR`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The family before the dash, e.g. `LEG`.
    #[must_use]
    pub fn family(self) -> &'static str {
        self.0.split('-').next().unwrap_or(self.0)
    }

    /// The catalogue's entry.
    #[must_use]
    pub fn reason(self) -> &'static Reason {
        reasons::find(self.0).expect("a code is only made from the catalogue")
    }
}

impl TryFrom<String> for Code {
    type Error = UnknownCode;

    fn try_from(name: String) -> Result<Self, UnknownCode> {
        Self::find(&name).ok_or(UnknownCode)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// How bad a finding is. `Reject` asks for another copy, `Warn` lets pass with a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, no action.
    Info,
    /// Passes with a remark.
    Warn,
    /// Does not pass.
    Reject,
}

/// The answer over a page, a file or a claim: the worst of its findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing against it among the checks that ran.
    #[default]
    Accept,
    /// Passes with a remark.
    Warn,
    /// Does not pass.
    Reject,
}

impl Verdict {
    /// The worst of the findings.
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        findings.into_iter().map(|f| Self::from(f.severity)).max().unwrap_or_default()
    }

    /// `accept`, `warn` or `reject`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Warn => "warn",
            Self::Reject => "reject",
        }
    }
}

impl From<Severity> for Verdict {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Self::Accept,
            Severity::Warn => Self::Warn,
            Severity::Reject => Self::Reject,
        }
    }
}

/// The number a finding rests on, with its limit and unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What was measured, e.g. `edge_width`.
    pub name: String,
    /// The measured value.
    pub value: f64,
    /// The limit it was held against.
    pub limit: f64,
    /// The unit of both, e.g. `stroke`, `px`, `share`, `deg`.
    pub unit: String,
}

impl Measure {
    /// A measure, rounded to three decimals so that results are stable to read and compare.
    #[must_use]
    pub fn new(name: &str, value: f64, limit: f64, unit: &str) -> Self {
        let round = |v: f64| (v * 1000.0).round() / 1000.0;
        Self { name: name.to_owned(), value: round(value), limit: round(limit), unit: unit.to_owned() }
    }
}

/// One text in the two languages of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Persian.
    pub fa: String,
    /// English.
    pub en: String,
}

/// A defect with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The reason.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// How sure, 0–1; an axis of its own beside the severity.
    pub confidence: f64,
    /// The number behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measure>,
    /// Where, in page pixels; empty for findings about a whole file.
    pub regions: Vec<Region>,
    /// What was found, for people.
    pub message: Bilingual,
    /// What the office can do.
    pub advice: Bilingual,
}

/// Why a check gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotRun {
    /// The check, by its code.
    pub check: String,
    /// Why, as a short English phrase for the record.
    pub why: String,
}

/// A check's answer. Silence is not a pass: what could not be judged says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Judged, nothing found.
    Clear,
    /// Judged and found.
    Found(Vec<Finding>),
    /// Not judged, and why.
    NotRun(&'static str),
}

/// A finding lacks what it must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoEvidence {
    /// Neither a measure nor a region nor a fact was given.
    #[error("a finding needs a measure or a region")]
    Nothing,
}

/// Builds a finding and refuses one without evidence.
#[derive(Debug)]
pub struct FindingBuilder {
    code: Code,
    severity: Severity,
    confidence: f64,
    measured: Option<Measure>,
    regions: Vec<Region>,
    facts: Vec<(String, String)>,
    way: Option<&'static str>,
}

impl FindingBuilder {
    /// Starts a finding with this code and severity, fully sure until told otherwise.
    #[must_use]
    pub fn new(code: &str, severity: Severity) -> Self {
        Self {
            code: Code::of(code),
            severity,
            confidence: 1.0,
            measured: None,
            regions: Vec::new(),
            facts: Vec::new(),
            way: None,
        }
    }

    /// How sure, 0–1.
    #[must_use]
    pub fn confidence(mut self, confidence: f64) -> Self {
        self.confidence = (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        self
    }

    /// The number behind it.
    #[must_use]
    pub fn measured(mut self, name: &str, value: f64, limit: f64, unit: &str) -> Self {
        self.measured = Some(Measure::new(name, value, limit, unit));
        self
    }

    /// Where on the page.
    #[must_use]
    pub fn regions(mut self, regions: Vec<Region>) -> Self {
        self.regions = regions;
        self
    }

    /// A fact the message names, e.g. `count` → `3`; it counts as evidence.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.push((name.to_owned(), value.to_string()));
        self
    }

    /// Says it in another way of the catalogue.
    #[must_use]
    pub const fn said_as(mut self, way: &'static str) -> Self {
        self.way = Some(way);
        self
    }

    /// The finding.
    ///
    /// # Errors
    /// [`NoEvidence::Nothing`] when no measure, region or fact was given.
    pub fn build(self) -> Result<Finding, NoEvidence> {
        if self.measured.is_none() && self.regions.is_empty() && self.facts.is_empty() {
            return Err(NoEvidence::Nothing);
        }
        let reason = self.code.reason();
        let message = match self.way {
            Some(way) => reason.message_otherwise(way, &self.facts),
            None => reason.message(self.measured.as_ref(), &self.facts),
        };
        Ok(Finding {
            code: self.code,
            severity: self.severity,
            confidence: self.confidence,
            measured: self.measured,
            regions: self.regions,
            message,
            advice: reason.advice.clone(),
        })
    }

    /// The finding as an outcome of a check whose evidence is given by construction.
    ///
    /// # Panics
    /// When built without evidence, which the check's own cases would show.
    #[must_use]
    pub fn found(self) -> Outcome {
        Outcome::Found(vec![self.build().expect("a check gives evidence")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_without_evidence_is_refused() {
        let refused = FindingBuilder::new("LEG-BLUR", Severity::Warn).build();
        assert_eq!(refused.unwrap_err(), NoEvidence::Nothing);
    }

    #[test]
    fn the_verdict_is_the_worst_severity() {
        let of = |s| FindingBuilder::new("LEG-BLUR", s).fact("a", 1).build().unwrap();
        assert_eq!(Verdict::of(&[]), Verdict::Accept);
        assert_eq!(Verdict::of(&[of(Severity::Info)]), Verdict::Accept);
        assert_eq!(Verdict::of(&[of(Severity::Warn), of(Severity::Reject)]), Verdict::Reject);
    }

    #[test]
    fn codes_outside_the_catalogue_do_not_parse() {
        assert!(serde_json::from_str::<Code>("\"LEG-BLUR\"").is_ok());
        assert!(serde_json::from_str::<Code>("\"LEG-NOPE\"").is_err());
    }
}
