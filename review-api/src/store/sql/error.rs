//! What goes wrong, in one spelling for both engines.

/// What the database answered instead of rows.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// A row like this exists; named `table_column_column` on both engines.
    #[error("a row like this exists already ({0})")]
    Taken(String),
    /// No room is left on the database's disk.
    #[error("the database's disk is full")]
    Full,
    /// The disk, the connection or a statement failed.
    #[error("the database failed")]
    Failed(#[source] sqlx::Error),
    /// A statement that gives one row gave none.
    #[error("the statement {0} gave no row")]
    NoRow(&'static str),
    /// A stored word is none that this version knows.
    #[error("the column {0} holds a word this version does not know")]
    UnknownWord(&'static str),
}

impl SqlError {
    /// Whether the cause is a disk or a connection that may come back by itself.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Full | Self::Failed(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut))
    }
}

impl From<sqlx::Error> for SqlError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(inner) if inner.is_unique_violation() => {
                Self::Taken(broken_uniqueness(inner.constraint(), inner.message()))
            }
            Some(inner) if inner.code().is_some_and(|code| DISK_FULL.contains(&code.as_ref())) => Self::Full,
            _ => Self::Failed(error),
        }
    }
}

/// How the engines say that no room is left: SQLite's `SQLITE_FULL`, PostgreSQL's `disk_full`.
const DISK_FULL: [&str; 2] = ["13", "53100"];

/// PostgreSQL names the constraint, SQLite lists the columns; both become `table_column_column`.
fn broken_uniqueness(constraint: Option<&str>, message: &str) -> String {
    if let Some(name) = constraint {
        return name.strip_suffix("_key").unwrap_or(name).to_owned();
    }
    let listed = message.rsplit(": ").next().unwrap_or(message);
    let mut name = String::new();
    for (place, column) in listed.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if place == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_uniqueness_has_one_name_on_both_engines() {
        let sqlite = broken_uniqueness(None, "UNIQUE constraint failed: documents.claim_id, documents.slot");
        let postgres = broken_uniqueness(Some("documents_claim_id_slot_key"), "duplicate key value");
        assert_eq!(sqlite, "documents_claim_id_slot");
        assert_eq!(sqlite, postgres);
    }
}
