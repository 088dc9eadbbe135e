//! `DAT-LATE` — the first medical visit was late.
//!
//! Sees a first admission more than a day after the accident. Never a fault by itself: the office is asked why.

use super::lacks;
use super::story::{Story, Told, conflict, days_between};
use crate::dossier::ClaimFinding;
use crate::facts::Role;
use crate::finding::{NotRun, Severity};
use crate::thresholds::DATES;

/// Counts the days from the accident to the first admission.
///
/// # Errors
/// When no admission was read.
pub fn check(story: &Story<'_>) -> Result<Vec<ClaimFinding>, NotRun> {
    let admissions: Vec<&Told> = story.on_papers(Role::Admission).collect();
    let first = admissions.iter().copied().min_by(|a, b| a.iso.cmp(&b.iso));
    let first = first.ok_or_else(|| lacks("DAT-LATE", story, "no admission"))?;
    let accident = story.accident();
    let days = days_between(&accident.iso, &first.iso).unwrap_or_default();
    if days <= DATES.max_admission_days {
        return Ok(vec![]);
    }
    let finding = conflict("DAT-LATE", Severity::Warn, &[first], &[accident]);
    let facts = [("value", days.to_string()), ("limit", DATES.max_admission_days.to_string())];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let worded = ClaimFinding::new("DAT-LATE", finding.severity, &facts, finding.evidence);
    Ok(vec![ClaimFinding { confidence: finding.confidence, ..worded }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, paper};
    use super::*;

    #[test]
    fn the_first_of_all_admissions_counts() {
        let late = paper("admission-record", &[(Role::Admission, "2023-12-29")]);
        let told = found(check, std::slice::from_ref(&late));
        assert!(told[0].message.en.contains("9 days"), "{}", told[0].message.en);
        let first = paper("hospital-bill", &[(Role::Admission, "2023-12-21")]);
        assert!(found(check, &[late, first]).is_empty());
    }
}
