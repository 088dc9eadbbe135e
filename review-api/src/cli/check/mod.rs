//! `sanad check`: the judgement without the server.

mod annotate;
pub(super) mod crew;
mod human;
pub(super) mod line;
pub(super) mod walk;
mod words;

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sanad_checks::finding::Verdict;
use sanad_intake::{ReadRequest, ReaderConfig, Readers};

use super::{FAILED, READER, REJECTED};
use line::Line;

/// Files from which on a progress bar is worth its line.
const MANY_FILES: usize = 4;

/// Arguments of `sanad check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Print one JSON object a line, in the order of the input.
    #[arg(long)]
    json: bool,
    /// Judge this alone, and read no words.
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// What the papers are, e.g. `hospital-bill`; else it is read from them.
    #[arg(long, value_parser = walk::kind)]
    kind: Option<String>,
    /// The day to judge on, as 2023-02-05; else today.
    #[arg(long)]
    today: Option<jiff::civil::Date>,
    /// Files read at once; the number of cores if not given.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Write a PNG of every page with its findings drawn on it into this folder.
    #[arg(long, value_name = "DIR")]
    annotate: Option<PathBuf>,
    /// Language of the answer for people.
    #[arg(long, value_enum, default_value_t = Language::Fa)]
    lang: Language,
    /// Files and folders; folders are walked.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Can the page be read?
    Legibility,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Persian.
    Fa,
    /// English.
    En,
}

/// Judges every file named, prints the answers in the order of the input, and tells by its exit
/// status whether something was rejected.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode> {
    let entries = walk::entries(&args.files);
    if let Some(folder) = &args.annotate {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let readers = Readers::new(ReaderConfig {
        children: jobs.min(entries.len()),
        ..ReaderConfig::new(program, vec![READER.into()])
    });
    let request =
        ReadRequest { annotate: args.annotate.is_some(), words: args.only.is_none(), ..ReadRequest::default() };
    let mut printer = Printer::new(args, entries.len());
    crew::in_order(
        &entries,
        jobs,
        |index, entry| {
            let line = line::read(&readers, &request, entry);
            annotate::keep(args.annotate.as_deref(), index, line)
        },
        |line| printer.print(line),
    )?;
    Ok(printer.finish())
}

/// Prints answers and remembers what the exit status depends on.
struct Printer<'a> {
    args: &'a CheckArgs,
    bar: ProgressBar,
    first_with: HashMap<String, String>,
    rejected: bool,
    failed: bool,
}

impl<'a> Printer<'a> {
    fn new(args: &'a CheckArgs, files: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), target(files));
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { args, bar, first_with: HashMap::new(), rejected: false, failed: false }
    }

    fn print(&mut self, mut line: Line) -> io::Result<()> {
        line.note_repeat(&mut self.first_with);
        if self.args.only.is_none() {
            line.note_kind(self.args.kind.as_deref());
        }
        match &line {
            Line::Judged(report) => self.rejected |= report.verdict == Verdict::Reject,
            Line::Failed { .. } => self.failed = true,
        }
        let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let text = if self.args.json { line.json()? } else { human::render(&line, self.args.lang, colours) };
        self.bar.suspend(|| {
            let mut out = io::stdout().lock();
            writeln!(out, "{text}")?;
            out.flush()
        })?;
        self.bar.inc(1);
        Ok(())
    }

    fn finish(self) -> ExitCode {
        self.bar.finish_and_clear();
        match (self.failed, self.rejected) {
            (true, _) => ExitCode::from(FAILED),
            (false, true) => ExitCode::from(REJECTED),
            (false, false) => ExitCode::SUCCESS,
        }
    }
}

/// Progress goes to people at a terminal alone, and only where it takes a while.
fn target(files: usize) -> ProgressDrawTarget {
    if files >= MANY_FILES && io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    }
}
