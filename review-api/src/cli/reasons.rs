//! `sanad reasons`: the catalogue, for people and for the documentation.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use sanad_checks::reasons;

/// Arguments of `sanad reasons`.
#[derive(Debug, Args)]
pub(super) struct ReasonsArgs {
    /// Print a Markdown table.
    #[arg(long)]
    markdown: bool,
}

/// Prints every reason with its label and advice.
pub(super) fn run(args: &ReasonsArgs) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    if args.markdown {
        writeln!(out, "# Reasons\n\nGenerated from the catalogue by `make docs`; do not edit.\n")?;
        writeln!(out, "| code | برچسب | label | راه حل | advice |\n|---|---|---|---|---|")?;
    }
    for reason in reasons::all() {
        let (code, label, advice) = (&reason.code, &reason.label, &reason.advice);
        if args.markdown {
            writeln!(out, "| `{code}` | {} | {} | {} | {} |", label.fa, label.en, advice.fa, advice.en)?;
        } else {
            writeln!(out, "{code}  {}  —  {}", label.fa, advice.fa)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
