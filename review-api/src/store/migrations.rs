//! The schema's history, carried in the program: the same names on both engines, append-only.

use sha2::{Digest as _, Sha256};

use super::sql::{Database, Sql, SqlError, Tx, statements, values};
use super::{StoreError, hex};

/// One step of the schema with its text for each engine.
struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

const MIGRATIONS: &[Migration] = migrations![
    "0001_people",
    "0002_claims",
    "0003_documents",
    "0004_work",
    "0005_record",
    "0010_accounts",
    "0011_sign_in",
    "0012_register",
    "0013_insured",
    "0020_claim_life",
    "0021_home",
    "0022_search",
    "0023_rules",
    "0030_seen_before",
    "0040_reading",
    "0041_story",
    "0042_numbers",
    "0043_worn_keys",
    "0044_sketches",
];

const HISTORY_SQLITE: &str = "CREATE TABLE IF NOT EXISTS schema_history \
     (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;";
const HISTORY_POSTGRES: &str = "CREATE TABLE IF NOT EXISTS schema_history \
     (name TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, sha256 TEXT COLLATE \"C\" NOT NULL);";

statements! { "schema_history";
    // Two programs that migrate at once meet here: the second waits for the first, then finds
    // the row and leaves the step alone.
    BEGIN_STEP = "INSERT INTO schema_history (name, sha256) VALUES ($1, $2) \
                  ON CONFLICT (name) DO NOTHING RETURNING name";
    APPLIED = "SELECT name, sha256 FROM schema_history ORDER BY name";
}

/// Brings the schema up to this program's; the names of the steps that were taken.
pub(super) async fn migrate(database: &Database) -> Result<Vec<String>, StoreError> {
    let sql = Sql::open(database, 1).await?;
    let postgres = sql.is_postgres();
    let mut tx = sql.write().await?;
    tx.script(if postgres { HISTORY_POSTGRES } else { HISTORY_SQLITE }).await?;
    tx.commit().await?;
    let mut taken = Vec::new();
    for step in MIGRATIONS {
        let text = if postgres { step.postgres } else { step.sqlite };
        let mut tx = sql.write().await?;
        if tx.maybe(&BEGIN_STEP, values![step.name, fingerprint(text)]).await?.is_some() {
            tx.script(text).await?;
            taken.push(step.name.to_owned());
        }
        tx.commit().await?;
    }
    let mut tx = sql.read().await?;
    verify(&mut tx, postgres).await?;
    drop(tx);
    sql.close().await;
    Ok(taken)
}

/// Refuses a schema that lags behind, runs ahead, or was made by another text.
pub(super) async fn verify(tx: &mut Tx, postgres: bool) -> Result<(), StoreError> {
    let rows = tx.rows(&APPLIED, values![]).await.map_err(|error| match error {
        // No history table: nothing was ever migrated here.
        SqlError::Failed(sqlx::Error::Database(_)) => StoreError::NotMigrated,
        other => other.into(),
    })?;
    for row in &rows {
        let name = row.text("name")?;
        let Some(step) = MIGRATIONS.iter().find(|step| step.name == name) else {
            return Err(StoreError::SchemaUnknown(name));
        };
        let text = if postgres { step.postgres } else { step.sqlite };
        if row.text("sha256")? != fingerprint(text) {
            return Err(StoreError::SchemaUnknown(name));
        }
    }
    if rows.len() < MIGRATIONS.len() { Err(StoreError::NotMigrated) } else { Ok(()) }
}

fn fingerprint(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
