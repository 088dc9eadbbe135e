//! The seam between the office's statements and the two databases it runs on.
//!
//! A statement is written once, in a portable subset: text identifiers, whole numbers for time,
//! JSON as text, `$n`, `ON CONFLICT`, `RETURNING`. The only things that differ are the fragment
//! `{skip_locked}`, how a writing transaction begins, and how a broken uniqueness is named.

mod database;
mod error;
mod statement;
mod value;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

pub use database::{Database, UnknownDatabase};
pub use error::SqlError;
pub use statement::Statement;
pub(crate) use statement::statements;
pub(crate) use value::{Row, Value, values};

/// How long a connection waits for another writer before it gives up.
const BUSY: Duration = Duration::from_secs(20);

/// Connections to PostgreSQL at most.
const POSTGRES_CONNECTIONS: u32 = 12;

#[derive(Clone, Debug)]
enum Engine {
    /// One writer, because SQLite has one; readers beside it see the last committed state.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

type Ran = Arc<Mutex<BTreeSet<&'static str>>>;

/// The open database.
#[derive(Clone, Debug)]
pub struct Sql {
    engine: Engine,
    ran: Ran,
}

impl Sql {
    /// Opens the database; an SQLite file is made when it is not there.
    ///
    /// # Errors
    /// When the file or the server cannot be reached.
    pub async fn open(database: &Database, readers: u32) -> Result<Self, SqlError> {
        let engine = match database {
            Database::Sqlite(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(BUSY);
                // SQLite itself rolls a transaction back that meets a full disk; the connection then still counts
                // one as open and can begin no other, so it is replaced
                let pool = |size| {
                    SqlitePoolOptions::new().max_connections(size).acquire_timeout(BUSY).before_acquire(
                        |connection, _| Box::pin(std::future::ready(Ok(!connection.is_in_transaction()))),
                    )
                };
                let write = pool(1).connect_with(options.clone()).await?;
                Engine::Sqlite { write, read: pool(readers.max(1)).connect_with(options).await? }
            }
            Database::Postgres(address) => {
                let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(BUSY);
                Engine::Postgres(pool.connect(address).await?)
            }
        };
        Ok(Self { engine, ran: Ran::default() })
    }

    /// Begins a transaction that only reads and sees one state throughout.
    pub(crate) async fn read(&self) -> Result<Tx, SqlError> {
        let inner = match &self.engine {
            Engine::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Engine::Postgres(pool) => {
                Inner::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        Ok(Tx { inner, ran: Arc::clone(&self.ran) })
    }

    /// Begins a transaction that writes. On SQLite it takes the writer's lock at once: a lock
    /// asked for later could be refused half way.
    pub(crate) async fn write(&self) -> Result<Tx, SqlError> {
        let inner = match &self.engine {
            Engine::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, ran: Arc::clone(&self.ran) })
    }

    /// Names of the statements that have run on this database since it was opened.
    #[must_use]
    pub fn ran(&self) -> Vec<&'static str> {
        self.ran.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Whether the rows are kept in PostgreSQL.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Closes every connection; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

#[derive(Debug)]
enum Inner {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// An open transaction; dropped without [`Tx::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    ran: Ran,
}

/// Binds the values in order on a query of either engine.
macro_rules! bound {
    ($text:expr, $values:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($text));
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Whole(number) => query.bind(*number),
                Value::Real(number) => query.bind(*number),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

impl Tx {
    fn note(&self, statement: &Statement, values: &[Value]) {
        assert_eq!(statement.arity(), values.len(), "{} binds another number of values", statement.name);
        self.ran.lock().unwrap_or_else(PoisonError::into_inner).insert(statement.name);
    }

    /// All rows.
    pub(crate) async fn rows(&mut self, statement: &Statement, values: &[Value]) -> Result<Vec<Row>, SqlError> {
        self.note(statement, values);
        Ok(match &mut self.inner {
            Inner::Sqlite(tx) => {
                let rows = bound!(statement.text_for(""), values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Inner::Postgres(tx) => {
                let text = statement.text_for("FOR UPDATE SKIP LOCKED");
                let rows = bound!(text, values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row, if there is one.
    pub(crate) async fn maybe(&mut self, statement: &Statement, values: &[Value]) -> Result<Option<Row>, SqlError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// The first row of a statement that always gives one.
    pub(crate) async fn one(&mut self, statement: &Statement, values: &[Value]) -> Result<Row, SqlError> {
        self.maybe(statement, values).await?.ok_or(SqlError::NoRow(statement.name))
    }

    /// Runs the statement; the number of rows it touched.
    pub(crate) async fn run(&mut self, statement: &Statement, values: &[Value]) -> Result<u64, SqlError> {
        self.note(statement, values);
        Ok(match &mut self.inner {
            Inner::Sqlite(tx) => bound!(statement.text_for(""), values).execute(&mut **tx).await?.rows_affected(),
            Inner::Postgres(tx) => {
                let text = statement.text_for("FOR UPDATE SKIP LOCKED");
                bound!(text, values).execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// Runs a migration's text, several statements at once.
    pub(crate) async fn script(&mut self, text: &'static str) -> Result<(), SqlError> {
        match &mut self.inner {
            Inner::Sqlite(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ())?,
            Inner::Postgres(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Makes everything that was written durable at once.
    pub(crate) async fn commit(self) -> Result<(), SqlError> {
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
