//! `[database]`: where the claims are kept.

use serde::Deserialize;

/// Where the claims are kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseConfig {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections that only read (SQLite); writing always has one.
    pub readers: u32,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: "sqlite:data/sanad.db".to_owned(), readers: 4 }
    }
}
