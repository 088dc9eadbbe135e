//! The configuration of a running office: one file per section, unknown keys refused.

mod data;
mod database;
mod demo;
mod limits;
mod policies;
mod readers;
mod server;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use data::DataConfig;
pub use database::DatabaseConfig;
pub use demo::DemoConfig;
pub use limits::LimitsConfig;
pub use policies::{PoliciesConfig, PolicySource};
pub use readers::ReadersConfig;
pub use server::ServerConfig;

/// Everything an operator may set. Every key has a default, so an empty file is a valid one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where and how pages are served.
    pub server: ServerConfig,
    /// Where the claims are kept.
    pub database: DatabaseConfig,
    /// Where the papers are kept.
    pub data: DataConfig,
    /// The child processes that read papers.
    pub readers: ReadersConfig,
    /// What an upload may be at most.
    pub limits: LimitsConfig,
    /// Who is asked whether somebody is insured.
    pub policies: PoliciesConfig,
    /// Invented accounts and claims, to try the system.
    pub demo: DemoConfig,
}

/// Why a configuration was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The file is not TOML, or has a key or value this version does not know.
    #[error("{path} is not a valid configuration")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The cause, with line and column.
        source: Box<toml::de::Error>,
    },
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// [`ConfigError`] when the file is missing or not valid.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| ConfigError::Invalid { path: path.to_owned(), source: Box::new(source) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../config.example.toml")
    }

    #[test]
    fn the_example_loads_and_shows_the_defaults() {
        assert_eq!(Config::load(&example()).unwrap(), Config::default());
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let error = toml::from_str::<Config>("[server]\nadress = \"127.0.0.1:1\"\n").unwrap_err();
        assert!(error.to_string().contains("adress"), "{error}");
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(toml::from_str::<Config>("").unwrap(), Config::default());
    }
}
