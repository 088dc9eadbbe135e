//! How a database is named.

use std::path::PathBuf;
use std::str::FromStr;

/// Where the rows are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file beside the program; made when it is not there.
    Sqlite(PathBuf),
    /// A server, by its `postgres://` address.
    Postgres(String),
}

/// The text names no database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a database is named as sqlite:PATH or postgres://…")]
pub struct UnknownDatabase;

impl FromStr for Database {
    type Err = UnknownDatabase;

    fn from_str(text: &str) -> Result<Self, UnknownDatabase> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
            _ => Err(UnknownDatabase),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_named_by_their_scheme() {
        assert_eq!("sqlite:/a/b.db".parse(), Ok(Database::Sqlite(PathBuf::from("/a/b.db"))));
        assert!(matches!("postgres://u@h/d".parse(), Ok(Database::Postgres(_))));
        assert_eq!("mysql://x".parse::<Database>(), Err(UnknownDatabase));
    }
}
