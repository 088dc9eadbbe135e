//! `sanad watchdog`: lists whatever stays in a state that is not its last for too long, and
//! proves that the record was not touched.

use std::path::PathBuf;
use std::process::ExitCode;

use super::open;
use crate::audit::verify::{Chain, verify};
use crate::config::Config;
use crate::work::watchdog::{Overdue, Patience, overdue};

/// Lists whatever stays in a state for too long, and checks the chained record.
#[derive(Debug, clap::Args)]
pub(super) struct WatchdogArgs {
    /// Configuration file; without one every key has its default.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// One JSON object a line instead of text.
    #[arg(long)]
    json: bool,
}

/// Exit status 0 when nothing is overdue and the record is whole, else 1.
///
/// # Errors
/// When the configuration or the database cannot be used.
pub(super) fn run(args: &WatchdogArgs) -> anyhow::Result<ExitCode> {
    let config = open::config(args.config.as_deref())?;
    let (found, chain) = open::runtime()?.block_on(look(&config))?;
    for one in &found {
        if args.json {
            println!("{}", serde_json::to_string(one)?);
        } else {
            print_line(one);
        }
    }
    let whole = matches!(chain, Chain::Whole { .. });
    match chain {
        Chain::Whole { entries, head } => eprintln!("the record is whole: {entries} entries, head {head}"),
        Chain::Broken { seq, why } => eprintln!("the record is broken at entry {seq}: {why:?}"),
    }
    Ok(if whole && found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn look(config: &Config) -> anyhow::Result<(Vec<Overdue>, Chain)> {
    let store = open::store(config).await?;
    Ok((overdue(&store, &Patience::default()).await?, verify(&store).await?))
}

fn print_line(one: &Overdue) {
    let why = one.why.as_deref().unwrap_or("-");
    println!("{}\t{}\t{}\tsince {}\t{why}", one.what, one.id, one.state, one.since.0);
}
