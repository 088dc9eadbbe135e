//! `sanad migrate`: brings the database's schema up to this program's.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::config::Config;
use crate::store::Store;

/// Brings the database's schema up to this program's.
#[derive(Debug, clap::Args)]
pub(super) struct MigrateArgs {
    /// Configuration file; without one every key has its default.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Takes the steps that are missing and names them.
///
/// # Errors
/// When the configuration or the database cannot be used.
pub(super) fn run(args: &MigrateArgs) -> anyhow::Result<ExitCode> {
    let config = match &args.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    let database = config.database.url.parse().context("[database] url")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let taken = runtime.block_on(Store::migrate(&database)).context("the schema could not be brought up to date")?;
    for step in &taken {
        println!("{step}");
    }
    if taken.is_empty() {
        println!("nothing to do");
    }
    Ok(ExitCode::SUCCESS)
}
