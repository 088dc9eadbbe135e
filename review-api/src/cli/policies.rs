//! `sanad policies`: bringing the insurer's register.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use super::{REJECTED, open};
use crate::i18n::{self, Lang};
use crate::policies::import::{ImportError, import};

/// Brings the insurer's register of policies.
#[derive(Debug, clap::Args)]
pub(super) struct PoliciesArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Imports a register from a CSV or XLSX file: all of it, or nothing when a row cannot be taken.
    Import {
        /// CSV in UTF-8, UTF-16 or Windows-1256, or XLSX.
        file: PathBuf,
        /// Configuration file; without one every key has its default.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Bad rows as one JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// Exit status 0 when everything was imported, 1 when rows were bad and nothing was.
///
/// # Errors
/// When the file, the configuration or the database cannot be used.
pub(super) fn run(args: &PoliciesArgs) -> anyhow::Result<ExitCode> {
    let What::Import { file, config, json } = &args.what;
    let config = open::config(config.as_deref())?;
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let done = open::runtime()?.block_on(async {
        let store = open::store(&config).await?;
        anyhow::Ok(import(&store, None, &name, bytes).await)
    })?;
    match done {
        Ok(done) => {
            println!("{} policies imported, {} rows said the same again", done.policies, done.repeated);
            Ok(ExitCode::SUCCESS)
        }
        Err(ImportError::Bad(rows)) => {
            for bad in &rows {
                if *json {
                    println!("{}", serde_json::to_string(bad)?);
                } else {
                    println!("row {}\t{}\t{}", bad.row, bad.column, i18n::text(Lang::En, bad.key, &[]));
                }
            }
            eprintln!("nothing was imported: {} faults", rows.len());
            Ok(ExitCode::from(REJECTED))
        }
        Err(ImportError::Account(error)) => Err(error.into()),
    }
}
