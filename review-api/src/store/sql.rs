//! The seam between the office's statements and the two databases it runs on.
//!
//! A statement is written once, in a portable subset: text identifiers, whole numbers for time,
//! JSON as text, `$n`, `ON CONFLICT`, `RETURNING`. The only things that differ are the fragment
//! `{skip_locked}`, how a writing transaction begins, and how a broken uniqueness is named.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Row as _, Type};

/// How long a connection waits for another writer before it gives up.
const BUSY: Duration = Duration::from_secs(20);

/// Connections to PostgreSQL at most.
const POSTGRES_CONNECTIONS: u32 = 12;

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
            Some(path) if !path.is_empty() => {
                Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
            }
            _ => Err(UnknownDatabase),
        }
    }
}

/// What the database answered instead of rows.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// A row like this exists; named `table_column_column` on both engines.
    #[error("a row like this exists already ({0})")]
    Taken(String),
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

impl From<sqlx::Error> for SqlError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(inner) if inner.is_unique_violation() => {
                Self::Taken(broken_uniqueness(inner.constraint(), inner.message()))
            }
            _ => Self::Failed(error),
        }
    }
}

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

/// One statement under its name, so that a test can tell whether it ever ran.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// `table::NAME`.
    pub name: &'static str,
    /// The text in the portable subset.
    pub text: &'static str,
}

impl Statement {
    /// The highest `$n`.
    fn arity(&self) -> usize {
        let numbers = self.text.split('$').skip(1);
        numbers.filter_map(leading_number).max().unwrap_or(0)
    }

    fn text_for(&self, skip_locked: &str) -> Cow<'static, str> {
        if self.text.contains("{skip_locked}") {
            Cow::Owned(self.text.replace("{skip_locked}", skip_locked))
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

fn leading_number(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}

/// Declares the statements of one table as constants, and the list of them all for the tests.
macro_rules! statements {
    ($table:literal; $($name:ident = $text:expr;)+) => {
        $(const $name: $crate::store::sql::Statement =
            $crate::store::sql::Statement { name: concat!($table, "::", stringify!($name)), text: $text };)+
        /// Every statement of this table.
        pub(crate) const STATEMENTS: &[$crate::store::sql::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

/// A bound value; a missing one keeps its type, which PostgreSQL insists on.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Whole(Option<i64>),
    Real(Option<f64>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Whole(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Whole(number)
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        Self::Real(number)
    }
}

/// Shorthand for a list of bound values.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// One row of either engine; columns are asked for by name.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn get<T>(&self, column: &str) -> Result<T, SqlError>
    where
        T: for<'r> Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite>,
        T: for<'r> Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
        for<'c> &'c str: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    pub(crate) fn text(&self, column: &str) -> Result<String, SqlError> {
        self.get(column)
    }

    pub(crate) fn maybe_text(&self, column: &str) -> Result<Option<String>, SqlError> {
        self.get(column)
    }

    pub(crate) fn whole(&self, column: &str) -> Result<i64, SqlError> {
        self.get(column)
    }

    pub(crate) fn maybe_whole(&self, column: &str) -> Result<Option<i64>, SqlError> {
        self.get(column)
    }

    pub(crate) fn maybe_real(&self, column: &str) -> Result<Option<f64>, SqlError> {
        self.get(column)
    }
}

#[derive(Clone, Debug)]
enum Engine {
    /// One writer, because SQLite has one; readers beside it see the last committed state.
    Sqlite { write: SqlitePool, read: SqlitePool },
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
                let pool = |size| SqlitePoolOptions::new().max_connections(size).acquire_timeout(BUSY);
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
            Inner::Sqlite(tx) => {
                bound!(statement.text_for(""), values).execute(&mut **tx).await?.rows_affected()
            }
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

    #[test]
    fn the_highest_placeholder_counts() {
        let statement = Statement { name: "t::X", text: "UPDATE t SET a = $2 WHERE b = $10 AND c = $2" };
        assert_eq!(statement.arity(), 10);
    }

    #[test]
    fn databases_are_named_by_their_scheme() {
        assert_eq!("sqlite:/a/b.db".parse(), Ok(Database::Sqlite(PathBuf::from("/a/b.db"))));
        assert!(matches!("postgres://u@h/d".parse(), Ok(Database::Postgres(_))));
        assert_eq!("mysql://x".parse::<Database>(), Err(UnknownDatabase));
    }
}
