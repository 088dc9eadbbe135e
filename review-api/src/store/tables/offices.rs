//! Table `offices`.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::OfficeId;
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "offices";
    INSERT = "INSERT INTO offices (id, code, name_fa, name_en, demo, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    BY_CODE = "SELECT id, code, name_fa, name_en FROM offices WHERE code = $1";
    ALL = "SELECT id, code, name_fa, name_en FROM offices ORDER BY code";
}

/// An office that brings claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Identifier.
    pub id: OfficeId,
    /// The code it has in the system that issues policies.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

fn read(row: &Row) -> Result<Office, SqlError> {
    Ok(Office {
        id: OfficeId::stored(row.text("id")?),
        code: row.text("code")?,
        name_fa: row.text("name_fa")?,
        name_en: row.text("name_en")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, office: &Office, demo: bool, now: UnixMs) -> Result<(), SqlError> {
    let Office { id, code, name_fa, name_en } = office;
    tx.run(&INSERT, values![id, code, name_fa, name_en, i64::from(demo), now.0]).await.map(|_| ())
}

pub(crate) async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Office>, SqlError> {
    tx.maybe(&BY_CODE, values![code]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn all(tx: &mut Tx) -> Result<Vec<Office>, SqlError> {
    tx.rows(&ALL, values![]).await?.iter().map(read).collect()
}
