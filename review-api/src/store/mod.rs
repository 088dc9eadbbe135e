//! The office's memory: rows, blobs, the clock, and who is told when something happened.
//!
//! [`sql`] is the only place that speaks to a database; [`tables`] holds one file of statements
//! for each table. Everything that changes goes through an [`act::Act`]: one transaction that
//! writes its rows and its event together and tells the living pages after it is committed.

pub mod act;
pub mod calendar;
pub mod clock;
pub mod ids;
mod migrations;
pub mod sql;
pub(crate) mod tables;

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::{broadcast, watch};

use crate::blobs::{BlobError, Blobs};
use clock::{Chance, Clock, UnixMs};
use ids::{ClaimId, DocumentId, OfficeId, VersionId};
pub use sql::Database;
use sql::{Sql, SqlError, Tx};

/// Events a slow reader may fall behind before it is told to look anew.
const LIVE_BACKLOG: usize = 1024;

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// The database.
    pub database: Database,
    /// The folder of blobs.
    pub blobs: PathBuf,
    /// Connections that read beside the writer (SQLite only).
    pub readers: u32,
}

/// Our own failure: the disk, the database, the schema.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The blobs' folder failed.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The schema lags behind this program: run `sanad migrate`.
    #[error("the database is not migrated: run `sanad migrate`")]
    NotMigrated,
    /// The schema has a step that this program does not know in this form.
    #[error("the schema's step {0} is not this program's")]
    SchemaUnknown(String),
    /// A stored JSON text does not read.
    #[error("a stored value does not read")]
    Json(#[from] serde_json::Error),
    /// A password could not be hashed or its hash does not parse.
    #[error("a password hash failed")]
    PasswordHash,
    /// A task of our own was stopped.
    #[error("a task was stopped")]
    Stopped,
}

/// Something happened; told to living pages after it is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Number of the event in the record.
    pub seq: i64,
    /// Kind of the event, e.g. `upload-judged`.
    pub kind: &'static str,
    /// The office whose claim it is.
    pub office: OfficeId,
    /// The claim.
    pub claim: ClaimId,
    /// The paper, where it is about one.
    pub document: Option<DocumentId>,
    /// The version, where it is about one.
    pub version: Option<VersionId>,
}

/// The open store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    sql: Sql,
    blobs: Blobs,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    live: broadcast::Sender<Live>,
    // Counts pieces of work handed in: a worker that looked away still sees that it moved.
    bell: watch::Sender<u64>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("sql", &self.sql).field("blobs", &self.blobs).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a migrated database and the folder of blobs.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`] when the schema lags behind; others when something fails.
    pub async fn open(
        config: &StoreConfig,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, StoreError> {
        let sql = Sql::open(&config.database, config.readers).await?;
        let mut tx = sql.read().await?;
        migrations::verify(&mut tx, sql.is_postgres()).await?;
        drop(tx);
        let blobs = Blobs::open(&config.blobs, Arc::clone(&chance))?;
        let (live, _) = broadcast::channel(LIVE_BACKLOG);
        let (bell, _) = watch::channel(0);
        Ok(Self { sql, blobs, clock, chance, live, bell })
    }

    /// Brings the schema up to this program's; the names of the steps that were taken.
    ///
    /// # Errors
    /// When the database fails or was made by another program.
    pub async fn migrate(database: &Database) -> Result<Vec<String>, StoreError> {
        migrations::migrate(database).await
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> UnixMs {
        self.clock.now()
    }

    /// Where the bytes are.
    #[must_use]
    pub const fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Every event from now on, as it is committed in this process.
    #[must_use]
    pub fn live(&self) -> broadcast::Receiver<Live> {
        self.live.subscribe()
    }

    /// Names of the statements that have run since the store was opened.
    #[must_use]
    pub fn statements_run(&self) -> Vec<&'static str> {
        self.sql.ran()
    }

    /// Names of all statements of the office.
    #[must_use]
    pub fn statements() -> Vec<&'static str> {
        tables::all().map(|statement| statement.name).collect()
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.sql.close().await;
    }

    pub(crate) fn chance(&self) -> &dyn Chance {
        &*self.chance
    }

    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    pub(crate) async fn read(&self) -> Result<Tx, StoreError> {
        Ok(self.sql.read().await?)
    }

    pub(crate) async fn write(&self) -> Result<Tx, StoreError> {
        Ok(self.sql.write().await?)
    }
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
