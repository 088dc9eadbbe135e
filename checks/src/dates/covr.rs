//! `DAT-COVR` — outside the cover.
//!
//! Sees an accident before the first or after the last day of the policy. Both ends count as covered.

use super::not_run;
use crate::dossier::{ClaimFinding, Declared, declared_date, shown};
use crate::finding::{NotRun, Severity};

/// Holds the declared accident against the declared cover.
///
/// # Errors
/// When neither end of the cover is known.
pub fn check(declared: &Declared, _today: &str) -> Result<Option<ClaimFinding>, NotRun> {
    let accident = declared.accident_date.as_str();
    let policy = declared.policy.as_ref();
    let from = policy.and_then(|p| p.cover_from.as_deref());
    let to = policy.and_then(|p| p.cover_to.as_deref());
    if from.is_none() && to.is_none() {
        return Err(not_run("DAT-COVR", "the days of the cover are not known"));
    }
    let outside = from.is_some_and(|from| accident < from) || to.is_some_and(|to| accident > to);
    Ok(outside.then(|| {
        let cover = format!("{} – {}", from.map(shown).unwrap_or_default(), to.map(shown).unwrap_or_default());
        let mut evidence = vec![declared_date("accident", accident)];
        evidence.extend(from.map(|d| declared_date("cover-from", d)));
        evidence.extend(to.map(|d| declared_date("cover-to", d)));
        ClaimFinding::new("DAT-COVR", Severity::Reject, &[("one", &shown(accident)), ("other", &cover)], evidence)
    }))
}
