//! Table `register_imports`: which registers of policies were brought, and when.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::UserId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "register_imports";
    INSERT = "INSERT INTO register_imports (id, file_name, sha256, policies, repeated, imported_by, imported_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LATEST = "SELECT id, file_name, policies, repeated, imported_at FROM register_imports \
              ORDER BY imported_at DESC, id DESC LIMIT $1";
}

/// One import that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Identifier.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    /// Policies it brought.
    pub policies: i64,
    /// Rows that said the same again.
    pub repeated: i64,
    /// When.
    pub imported_at: UnixMs,
}

pub(crate) async fn insert(tx: &mut Tx, new: &Import, sha256: &str, by: Option<&UserId>) -> Result<(), SqlError> {
    let values = values![&new.id, &new.file_name, sha256, new.policies, new.repeated, by, new.imported_at.0];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// The latest imports, newest first.
pub(crate) async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<Import>, SqlError> {
    let read = |row: &crate::store::sql::Row| {
        Ok(Import {
            id: row.text("id")?,
            file_name: row.text("file_name")?,
            policies: row.whole("policies")?,
            repeated: row.whole("repeated")?,
            imported_at: UnixMs(row.whole("imported_at")?),
        })
    };
    tx.rows(&LATEST, values![limit]).await?.iter().map(read).collect()
}
