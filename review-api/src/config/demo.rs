//! `[demo]`: invented accounts and claims, to try the system.

use std::path::PathBuf;

use serde::Deserialize;

/// Invented accounts and claims. Their password is public: never for real claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DemoConfig {
    /// Whether the invented accounts are made and may log in.
    pub enabled: bool,
    /// Folder of claims to load, one folder with a `case.json` each.
    pub claims: Option<PathBuf>,
}
