//! The two schemas are one: the same tables, columns, types, nullability and uniqueness.

use std::collections::{BTreeMap, BTreeSet};

use sanad::store::{Database, Store};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, Row as _};

use super::house::{House, on_both};
use super::postgres;

/// Type and whether it may be missing, by table and column.
type Columns = BTreeMap<(String, String), (&'static str, bool)>;

const COLUMNS_SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS type, \
    c.\"notnull\" AS must FROM sqlite_master m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
const COLUMNS_POSTGRES: &str = "SELECT table_name::text AS table_name, column_name::text AS column_name, \
    data_type::text AS type, is_nullable::text AS nullable, collation_name::text AS collation \
    FROM information_schema.columns WHERE table_schema = 'public'";
const UNIQUE_SQLITE: &str = "SELECT m.name AS table_name, (SELECT group_concat(name) FROM \
    (SELECT ii.name AS name FROM pragma_index_info(i.name) ii ORDER BY ii.name)) AS columns \
    FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.\"unique\" = 1";
const UNIQUE_POSTGRES: &str = "SELECT t.relname::text AS table_name, \
    string_agg(a.attname::text, ',' ORDER BY a.attname::text COLLATE \"C\") AS columns FROM pg_index i \
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey) \
    WHERE n.nspname = 'public' AND i.indisunique GROUP BY i.indexrelid, t.relname";

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema.db");
        let address = postgres::fresh_database().await;
        let steps = Store::migrate(&Database::Sqlite(path.clone())).await.unwrap();
        assert_eq!(steps, Store::migrate(&Database::Postgres(address.clone())).await.unwrap());
        assert!(Store::migrate(&Database::Postgres(address.clone())).await.unwrap().is_empty());

        let mut sqlite = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
        let mut columns = Columns::new();
        for row in sqlx::query(COLUMNS_SQLITE).fetch_all(&mut sqlite).await.unwrap() {
            let type_name = match row.get::<String, _>("type").as_str() {
                "TEXT" => "text",
                "INTEGER" => "whole",
                "REAL" => "real",
                "BLOB" => "bytes",
                other => panic!("a type outside the portable subset: {other}"),
            };
            let key = (row.get("table_name"), row.get("column_name"));
            columns.insert(key, (type_name, row.get::<i64, _>("must") == 0));
        }
        assert!(columns.len() > 100, "{}", columns.len());

        let mut server = PgConnection::connect(&address).await.unwrap();
        let mut there = Columns::new();
        for row in sqlx::query(COLUMNS_POSTGRES).fetch_all(&mut server).await.unwrap() {
            let key: (String, String) = (row.get("table_name"), row.get("column_name"));
            let type_name = match row.get::<String, _>("type").as_str() {
                "text" => "text",
                "bigint" => "whole",
                "double precision" => "real",
                "bytea" => "bytes",
                other => panic!("a type outside the portable subset: {other}"),
            };
            if type_name == "text" {
                let collation: Option<String> = row.get("collation");
                assert_eq!(collation.as_deref(), Some("C"), "{key:?} does not compare bytewise");
            }
            there.insert(key, (type_name, row.get::<String, _>("nullable") == "YES"));
        }
        assert_eq!(columns, there);

        let mut unique = BTreeSet::new();
        for row in sqlx::query(UNIQUE_SQLITE).fetch_all(&mut sqlite).await.unwrap() {
            unique.insert((row.get::<String, _>("table_name"), row.get::<String, _>("columns")));
        }
        let mut unique_there = BTreeSet::new();
        for row in sqlx::query(UNIQUE_POSTGRES).fetch_all(&mut server).await.unwrap() {
            unique_there.insert((row.get::<String, _>("table_name"), row.get::<String, _>("columns")));
        }
        // SQLite needs no index for a whole number that is the key.
        unique.insert(("events".to_owned(), "seq".to_owned()));
        unique.insert(("seen_pages".to_owned(), "number".to_owned()));
        unique.insert(("seen_keys".to_owned(), "key".to_owned()));
        unique.insert(("seen_sketches".to_owned(), "page".to_owned()));
        assert_eq!(unique, unique_there);
    });
}

#[test]
fn an_unmigrated_or_foreign_schema_is_refused() {
    on_both(async |house: House| {
        let folder = tempfile::tempdir().unwrap();
        let bare = match house.database {
            Database::Sqlite(_) => Database::Sqlite(folder.path().join("bare.db")),
            Database::Postgres(_) => Database::Postgres(postgres::fresh_database().await),
        };
        let config = sanad::store::StoreConfig { database: bare, blobs: folder.path().join("blobs"), readers: 1 };
        let clock = std::sync::Arc::new(sanad::store::clock::SystemClock);
        let chance = std::sync::Arc::new(sanad::store::clock::SystemChance);
        let refused = Store::open(&config, clock, chance).await;
        assert!(matches!(refused, Err(sanad::store::StoreError::NotMigrated)), "{refused:?}");
    });
}
