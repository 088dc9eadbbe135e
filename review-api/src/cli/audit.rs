//! `sanad audit`: proves that the record of acts was not touched, and gives its heads to keep elsewhere.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use serde_json::json;

use super::open;
use crate::audit::verify::{Chain, DailyHead, daily_heads, verify};

/// Proves that the record of acts was not touched, and gives its heads to keep elsewhere.
#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Reads the whole record and checks every link. Exit status 1 when it is broken.
    Verify {
        /// Configuration file; without one every key has its default.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Heads that were kept (the lines of `sanad audit head`): each must still stand in the record.
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// One JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Prints the last entry of each day as one JSON object a line, to be kept where nobody can change it.
    Head {
        /// Configuration file; without one every key has its default.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Only days from this one on, YYYY-MM-DD.
        #[arg(long, value_name = "DAY")]
        since: Option<String>,
    },
}

/// Exit status 0 when the record is whole, 1 when it is broken or a kept head is not in it.
///
/// # Errors
/// When the configuration, the database or the file of heads cannot be used.
pub(super) fn run(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Head { config, since } => head(config.as_deref(), since.as_deref()),
        What::Verify { config, heads, json } => {
            let kept = match heads {
                Some(path) => kept(path)?,
                None => Vec::new(),
            };
            proved(config.as_deref(), &kept, *json)
        }
    }
}

fn kept(path: &std::path::Path) -> anyhow::Result<Vec<DailyHead>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).with_context(|| format!("no head of a day: {line}"))).collect()
}

fn head(config: Option<&std::path::Path>, since: Option<&str>) -> anyhow::Result<ExitCode> {
    let config = open::config(config)?;
    let heads = open::runtime()?.block_on(async { anyhow::Ok(daily_heads(&open::store(&config).await?).await?) })?;
    for head in heads.iter().filter(|head| since.is_none_or(|since| head.day.as_str() >= since)) {
        println!("{}", serde_json::to_string(head)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn proved(config: Option<&std::path::Path>, kept: &[DailyHead], as_json: bool) -> anyhow::Result<ExitCode> {
    let config = open::config(config)?;
    let (chain, heads) = open::runtime()?.block_on(async {
        let store = open::store(&config).await?;
        anyhow::Ok((verify(&store).await?, daily_heads(&store).await?))
    })?;
    // A day that went on after its head was kept has a newer one; then the kept one must be older.
    let lost = kept.iter().find(|kept| !heads.iter().any(|head| head.holds(kept)));
    let whole = matches!(chain, Chain::Whole { .. }) && lost.is_none();
    let told = match (&chain, lost) {
        (Chain::Broken { seq, why }, _) => json!({ "whole": false, "seq": seq, "why": format!("{why:?}") }),
        (_, Some(lost)) => json!({ "whole": false, "seq": lost.seq, "why": "Rewritten", "day": lost.day }),
        (Chain::Whole { entries, head }, None) => json!({ "whole": true, "entries": entries, "head": head }),
    };
    if as_json {
        println!("{told}");
    } else if let (Chain::Whole { entries, head }, true) = (&chain, whole) {
        println!("the record is whole: {entries} entries, head {head}");
    } else {
        println!("the record is broken at entry {}: {}", told["seq"], told["why"].as_str().unwrap_or_default());
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
