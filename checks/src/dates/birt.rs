//! `DAT-BIRT` — born after the accident.
//!
//! Sees a declared day of birth that lies after the accident, which no person can have.

use super::not_run;
use crate::dossier::{ClaimFinding, Declared, declared_date, shown};
use crate::finding::{NotRun, Severity};

/// Holds the declared birth against the declared accident.
///
/// # Errors
/// When the birth is not known.
pub fn check(declared: &Declared, _today: &str) -> Result<Option<ClaimFinding>, NotRun> {
    let birth = declared.insured.as_ref().and_then(|i| i.birth.as_deref());
    let birth = birth.ok_or_else(|| not_run("DAT-BIRT", "the day of birth is not known"))?;
    let accident = declared.accident_date.as_str();
    Ok((birth > accident).then(|| {
        let evidence = vec![declared_date("birth", birth), declared_date("accident", accident)];
        ClaimFinding::new(
            "DAT-BIRT",
            Severity::Reject,
            &[("one", &shown(birth)), ("other", &shown(accident))],
            evidence,
        )
    }))
}
