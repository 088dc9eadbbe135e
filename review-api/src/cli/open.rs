//! Opening the configured office from the command line.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use crate::config::Config;
use crate::store::clock::{SystemChance, SystemClock};
use crate::store::{Store, StoreConfig};

/// The configuration of this file; the defaults without one.
pub(super) fn config(path: Option<&Path>) -> anyhow::Result<Config> {
    Ok(match path {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    })
}

/// The runtime of a command that serves nothing.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")
}

/// The configured office, which must be migrated.
pub(super) async fn store(config: &Config) -> anyhow::Result<Store> {
    let database = config.database.url.parse().context("[database] url")?;
    let store = StoreConfig { database, blobs: config.data.dir.clone(), readers: 1 };
    Ok(Store::open(&store, Arc::new(SystemClock), Arc::new(SystemChance)).await?)
}
