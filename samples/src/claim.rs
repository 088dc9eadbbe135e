//! Small whole claims: every paper about one person and one accident, some of them badly scanned.

use serde::Serialize;

use crate::chance::{Draw, derive, stream};
use crate::degrade::{Cause, Defect, Degradation, Degraded, Encoding, degrade, mechanisms_of};
use crate::draw::{Drawn, render_paper};
use crate::error::SampleError;
use crate::faces::Fonts;
use crate::fault::Fault;
use crate::holdout::Split;
use crate::paper::Kind;
use crate::plan::PaperPlan;
use crate::story::{Outcome, Story};

/// A wish for a claim.
#[derive(Clone, Copy, Debug)]
pub struct ClaimPlan {
    /// How many of its papers are badly scanned.
    pub bad: usize,
    /// Dots per inch of every page.
    pub dpi: u32,
    /// What is wrong with it; its papers are then scanned well, and so are its sound twin's.
    pub fault: Option<Fault>,
    /// Every paper is scanned well.
    pub tidy: bool,
}

/// A paper of a claim.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Slot it fills; the kind's own.
    pub slot: &'static str,
    /// File name without its extension.
    pub name: String,
    /// The paper.
    pub plan: PaperPlan,
    /// Dots per inch.
    pub dpi: u32,
    /// What is done to it.
    pub degradation: Degradation,
}

/// A claim before it is drawn.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its papers.
    pub papers: Vec<Paper>,
    story: Story,
    fault: Option<Fault>,
}

/// `case.json` as the command line reads it.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Case {
    claim_type: &'static str,
    circumstances: Vec<&'static str>,
    channel: &'static str,
    accident_date: String,
    submitted_on: String,
    insured: Insured,
    policy: Policy,
    iban: String,
    documents: Vec<Document>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
struct Insured {
    name: String,
    nationality: &'static str,
    document_number: String,
    birth: String,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
struct Policy {
    number: String,
    cover_from: Option<String>,
    cover_to: Option<String>,
    issued: Option<String>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
struct Document {
    slot: &'static str,
    file: String,
    form: Option<&'static str>,
}

/// Defects an office's scanner and phone really make; each at a severity nobody reads.
const BAD: [Defect; 9] = [
    Defect::Defocus,
    Defect::Motion,
    Defect::Glare,
    Defect::Dark,
    Defect::LowRes,
    Defect::CutOff,
    Defect::Shadow,
    Defect::Overexposed,
    Defect::Blank,
];

/// Quality of an office scanner's JPEG.
const QUALITY: u8 = 80;

/// The claim of `seed`.
#[must_use]
pub fn claim(seed: u64, wish: &ClaimPlan) -> Claim {
    let story = Story::of(seed);
    let rng = &mut stream(seed, "claim");
    let mut kinds = vec![Kind::OfficeLetter, Kind::Policy, Kind::Identity, Kind::AccidentReport];
    if story.traffic {
        kinds.push(Kind::TrafficReport);
    }
    kinds.extend([Kind::AdmissionRecord, Kind::DischargeSummary, Kind::HospitalBill, Kind::CashReceipt]);
    match story.outcome {
        Outcome::Death => kinds.push(Kind::DeathCertificate),
        Outcome::Disability => kinds.push(Kind::ImagingReport),
        Outcome::Injury => kinds.push(Kind::PharmacyInvoice),
    }
    kinds.push(Kind::BankSlip);
    let mut bad: Vec<usize> = (0..kinds.len()).collect();
    while bad.len() > wish.bad {
        let at = rng.whole(0, bad.len() as u32 - 1) as usize;
        bad.remove(at);
    }
    let faces = Split::Open.faces();
    let papers = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| {
            let own = derive(seed, kind.word(), 0);
            let first = if bad.contains(&at) {
                let defect = *rng.pick(&BAD);
                cause(rng.pick(&mechanisms_of(defect)), defect, 5)
            } else if rng.odds(0.25) && !wish.tidy {
                cause(rng.pick(&mechanisms_of(Defect::PhotoGood)), Defect::PhotoGood, 0)
            } else {
                cause(rng.pick(&mechanisms_of(Defect::None)), Defect::None, 0)
            };
            Paper {
                slot: kind.word(),
                name: kind.word().to_owned(),
                plan: PaperPlan {
                    kind: wish.fault.map_or(*kind, |fault| fault.paper(*kind)),
                    variant: rng.whole(0, u32::from(crate::paper::LAYOUTS) - 1) as u8,
                    face: (*rng.pick(&faces)).to_owned(),
                    story: seed,
                    seed: own,
                    fault: wish.fault,
                    marks: None,
                },
                dpi: wish.dpi,
                degradation: Degradation { first, second: None, seed: own, encoding: Encoding::Jpeg(QUALITY) },
            }
        })
        .collect();
    Claim { papers, story, fault: wish.fault }
}

fn cause(mechanism: &&'static str, defect: Defect, severity: u8) -> Cause {
    Cause { defect, severity, mechanism }
}

/// An account number whose last figure is another.
fn spoilt(iban: &str) -> String {
    let (rest, last) = iban.split_at(iban.len() - 1);
    let other = if last == "5" { "6" } else { "5" };
    format!("{rest}{other}")
}

/// A seed from `seed` on whose story can carry the fault.
#[must_use]
pub fn suited(fault: Fault, seed: u64) -> u64 {
    const TRIES: u64 = 200;
    (seed..seed + TRIES).find(|seed| fault.suits(&Story::of(*seed))).unwrap_or(seed)
}

impl Paper {
    /// Draws the paper and spoils it.
    ///
    /// # Errors
    /// As [`render_paper`] and [`degrade`].
    pub fn draw(&self, fonts: &Fonts) -> Result<(Drawn, Degraded), SampleError> {
        let drawn = render_paper(fonts, &self.plan, self.dpi)?;
        let degraded = degrade(&drawn, &self.degradation)?;
        Ok((drawn, degraded))
    }
}

impl Claim {
    /// `case.json` for papers written as `files`, in order: file name, and whether the copy bears the certifying
    /// stamp.
    #[must_use]
    pub fn case(&self, files: &[(String, bool)]) -> Case {
        let story = &self.story;
        let cover = |day: crate::calendar::Day| (self.fault != Some(Fault::CoverEnded)).then(|| day.iso());
        let mut circumstances = Vec::new();
        circumstances.push(if story.traffic { "traffic" } else { "work" });
        circumstances.push("hospitalised");
        Case {
            claim_type: story.outcome.word(),
            circumstances,
            channel: "office",
            accident_date: story.accident.iso(),
            submitted_on: story.submitted.iso(),
            insured: Insured {
                name: story.person.name(),
                nationality: story.person.land_code,
                document_number: story.person.passport.clone(),
                birth: if self.fault == Some(Fault::Unborn) {
                    story.accident.plus(40).iso()
                } else {
                    story.person.birth.iso()
                },
            },
            policy: Policy {
                number: story.policy.clone(),
                cover_from: cover(story.cover_from),
                cover_to: cover(story.cover_to),
                issued: (self.fault != Some(Fault::PolicyLate)).then(|| story.policy_issued.iso()),
            },
            iban: if self.fault == Some(Fault::BadAccount) { spoilt(&story.iban) } else { story.iban.clone() },
            documents: self
                .papers
                .iter()
                .zip(files)
                .map(|(paper, (file, certified))| Document {
                    slot: paper.slot,
                    file: file.clone(),
                    form: match paper.plan.kind {
                        Kind::HospitalBill | Kind::CashReceipt | Kind::OfficeLetter | Kind::BankSlip => {
                            Some("original")
                        }
                        kind => {
                            let said = self.fault.is_some_and(|fault| fault.says_certified(kind));
                            (*certified || said).then_some("certified-copy")
                        }
                    },
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_has_as_many_bad_scans_as_asked() {
        for seed in 0..40 {
            let claim = claim(seed, &ClaimPlan { bad: 2, dpi: 150, fault: None, tidy: false });
            let bad = claim.papers.iter().filter(|paper| paper.degradation.first.severity == 5).count();
            assert_eq!(bad, 2);
            assert!(claim.papers.iter().all(|paper| paper.plan.story == seed));
            let files: Vec<(String, bool)> = claim.papers.iter().map(|p| (format!("{}.jpg", p.name), false)).collect();
            let case = serde_json::to_value(claim.case(&files)).expect("written");
            assert_eq!(case["documents"].as_array().map(Vec::len), Some(claim.papers.len()));
            assert!(case["accident_date"].as_str() < case["submitted_on"].as_str());
        }
    }
}
