//! `POL-LATE` — the policy was issued after the accident.
//!
//! Sees a policy whose day of issue lies after the accident it should cover. A remark for the expert: a
//! renewal or a replacement paper is issued late for good reasons.

use super::not_run;
use crate::dossier::{ClaimFinding, Declared, declared_date, shown};
use crate::finding::{NotRun, Severity};

/// Holds the policy's day of issue against the declared accident.
///
/// # Errors
/// When the day of issue is not known.
pub fn check(declared: &Declared, _today: &str) -> Result<Option<ClaimFinding>, NotRun> {
    let issued = declared.policy.as_ref().and_then(|p| p.issued.as_deref());
    let issued = issued.ok_or_else(|| not_run("POL-LATE", "the policy's day of issue is not known"))?;
    let accident = declared.accident_date.as_str();
    Ok((issued > accident).then(|| {
        let evidence = vec![declared_date("issue", issued), declared_date("accident", accident)];
        ClaimFinding::new("POL-LATE", Severity::Warn, &[("one", &shown(issued)), ("other", &shown(accident))], evidence)
    }))
}
