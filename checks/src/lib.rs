//! Judgement: the language of the papers and every check as a pure function.
//!
//! Nothing here reads a file, a clock or a random source. Values come in, findings go out:
//! the same page, thresholds and version always give the same findings.

pub mod completeness;
pub mod dates;
pub mod dossier;
pub mod duplicates;
pub mod facts;
pub mod finding;
pub mod identity;
pub mod jalali;
pub mod legibility;
pub mod lunar;
pub mod money;
pub mod page;
pub mod reasons;
pub mod registry;
pub mod report;
pub mod thresholds;

/// Version of the judgement; stored with every result so that a finding can be explained later.
pub const JUDGEMENT_VERSION: &str = env!("CARGO_PKG_VERSION");
