//! `sanad duplicates`: which of these files show the same paper again.

pub(super) mod register;
mod told;

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};
use sanad_intake::{ReadRequest, ReaderConfig, Readers};

use super::check::{crew, line, walk};
use super::{FAILED, READER};
use register::{File, Register};

/// Arguments of `sanad duplicates`.
#[derive(Debug, Args)]
pub(super) struct DuplicatesArgs {
    /// Print one JSON object with the pairs.
    #[arg(long)]
    json: bool,
    /// Tell papers of the same form too; that is information, no reproach.
    #[arg(long)]
    templates: bool,
    /// Files read and pairs compared at once; the number of cores if not given.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Files and folders; folders are walked.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Reads every file, compares what is worth comparing, and prints the pairs.
pub(super) fn run(args: &DuplicatesArgs) -> Result<ExitCode> {
    let entries = once_each(walk::entries(&args.paths));
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let children = jobs.min(entries.len()).max(1);
    let readers = Readers::new(ReaderConfig { children, ..ReaderConfig::new(program, vec![READER.into()]) });
    let request = ReadRequest { identify: true, unjudged: true, ..ReadRequest::default() };
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    let bar = progress(entries.len());
    crew::in_order(
        &entries,
        jobs,
        |_, entry| line::read(&readers, &request, entry),
        |(line, images)| {
            bar.inc(1);
            match line {
                line::Line::Judged(report) => files.push(File::of(*report, images)),
                line::Line::Failed { file, error } => failures.push((file, error)),
            }
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    drop(readers);
    let register = Register::of(files, jobs)?;
    let bar = progress(register.comparisons());
    let pairs = register.pairs(args.templates, jobs, || bar.inc(1))?;
    bar.finish_and_clear();
    let text =
        if args.json { told::json(&register, &pairs, &failures)? } else { told::people(&register, &pairs, &failures) };
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// A file that is named twice is no repetition of itself.
fn once_each(entries: Vec<walk::Entry>) -> Vec<walk::Entry> {
    let mut seen = std::collections::HashSet::new();
    let mut fresh = |entry: &walk::Entry| seen.insert(entry.path.canonicalize().unwrap_or_else(|_| entry.path.clone()));
    entries.into_iter().filter(|entry| fresh(entry)).collect()
}

/// A bar for people at a terminal, where it takes a while.
fn progress(length: usize) -> ProgressBar {
    const MANY: usize = 8;
    let shown = length >= MANY && io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    ProgressBar::with_draw_target(Some(length as u64), target)
}
