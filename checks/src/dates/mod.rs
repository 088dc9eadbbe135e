//! Checks over the dates of a claim, one file a reason; what they look at is put together in [`story`].

pub mod befo;
pub mod birt;
pub mod covr;
pub mod deth;
pub mod expi;
pub mod futr;
pub mod late;
pub mod mism;
pub mod ordr;
pub mod pol_late;
pub mod story;
pub mod unrd;

use crate::dossier::ClaimFinding;
use crate::finding::{NotRun, Severity};

pub use story::{Correction, Source, Story, Told};

/// A check over the date story: what it found, or why it could not look.
pub type DateCheck = fn(&Story<'_>) -> Result<Vec<ClaimFinding>, NotRun>;

/// All checks over the date story, in the order in which their findings are told.
pub const CHECKS: [DateCheck; 10] = [
    futr::check,
    covr::check,
    birt::check,
    pol_late::check,
    mism::check,
    befo::check,
    ordr::check,
    deth::check,
    late::check,
    expi::check,
];

/// What the checks find, and which of them could not look.
///
/// Where the trusted dates of a claim tell nothing, those that one reader alone made out may: what does not fit by them is
/// worth a look (`info`) while the dates themselves are asked for, and never a remark.
#[must_use]
pub fn judge(story: &Story<'_>) -> (Vec<ClaimFinding>, Vec<NotRun>) {
    let likely = story.likely();
    let (mut findings, mut open) = (Vec::new(), Vec::new());
    for check in CHECKS {
        let answer = check(story);
        if answer.as_ref().is_ok_and(|found| !found.is_empty()) {
            findings.extend(answer.unwrap_or_default());
            continue;
        }
        open.extend(answer.err());
        let worth_a_look = |finding| ClaimFinding { severity: Severity::Info, ..finding };
        findings.extend(check(&likely).unwrap_or_default().into_iter().map(worth_a_look));
    }
    (findings, open)
}

/// Says that a check lacks what it needs.
pub(crate) fn not_run(check: &str, why: &str) -> NotRun {
    NotRun { check: check.to_owned(), why: why.to_owned() }
}

/// Why a check over read dates has nothing to look at.
pub(crate) fn lacks(check: &str, story: &Story<'_>, what: &str) -> NotRun {
    let why =
        if story.was_read() { format!("{what} could be read and trusted") } else { "no words were read".to_owned() };
    not_run(check, &why)
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::completeness::ClaimType;
    use crate::dossier::{ClaimFinding, Declared, Paper};
    use crate::facts::{Calendar, DateFact, Facts, Precision, Role};
    use crate::finding::Severity;
    use crate::page::Region;

    use super::{DateCheck, Story, judge};

    /// An injury on a day, sent a month later.
    pub(crate) fn declared(accident: &str) -> Declared {
        Declared {
            claim_type: ClaimType::Injury,
            circumstances: vec![],
            channel: None,
            accident_date: accident.to_owned(),
            submitted_on: Some("2024-02-01".to_owned()),
            insured: None,
            policy: None,
            iban: None,
        }
    }

    /// A paper with dates read and trusted.
    pub(crate) fn paper(slot: &str, dates: &[(Role, &str)]) -> Paper {
        let date = |(role, iso): &(Role, &str)| DateFact {
            role: *role,
            iso: (*iso).to_owned(),
            calendar: Calendar::Jalali,
            precision: Precision::Day,
            text: (*iso).to_owned(),
            trusted: true,
            confidence: 0.9,
            page: 0,
            region: Region::new(1, 2, 3, 4),
        };
        let facts = Facts { dates: dates.iter().map(date).collect(), ..Facts::default() };
        Paper { slot: slot.to_owned(), file: format!("{slot}.jpg"), facts: Some(facts), ..Paper::default() }
    }

    #[test]
    fn what_one_reader_made_out_is_worth_a_look_and_no_remark() {
        let judged = |trusted: bool, confidence: f64| {
            let mut bill = paper("hospital-bill", &[(Role::Admission, "2023-12-10")]);
            let date = &mut bill.facts.as_mut().unwrap().dates[0];
            (date.trusted, date.confidence) = (trusted, confidence);
            let declared = declared("2023-12-20");
            let (found, open) = judge(&Story::of(&declared, &[bill], &[], "2024-03-01"));
            let told: Vec<_> = found.iter().map(|f| (f.code.as_str(), f.severity, f.confidence)).collect();
            (told, open.iter().any(|open| open.check == "DAT-BEFO"))
        };
        assert_eq!(judged(true, 0.9), (vec![("DAT-BEFO", Severity::Warn, 0.9)], false));
        assert_eq!(judged(false, 0.5), (vec![("DAT-BEFO", Severity::Info, 0.5)], true));
        assert_eq!(judged(false, 0.2), (vec![("DAT-BEFO", Severity::Info, 0.2)], true));
        assert_eq!(judged(false, 0.19), (vec![], true), "hardly read");
    }

    /// What a check finds in a claim over an accident of 2023-12-20.
    pub(crate) fn found(check: DateCheck, papers: &[Paper]) -> Vec<ClaimFinding> {
        let declared = declared("2023-12-20");
        check(&Story::of(&declared, papers, &[], "2024-03-01")).unwrap_or_default()
    }
}
