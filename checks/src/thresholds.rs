//! Limits of the checks, one struct per family, units in the names.

use serde::{Deserialize, Serialize};

/// Limits of the legibility checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LegibilityThresholds {
    /// Readability below which a page is refused, 0–1.
    pub reject_readability: f64,
}

impl Default for LegibilityThresholds {
    fn default() -> Self {
        Self { reject_readability: 0.5 }
    }
}
