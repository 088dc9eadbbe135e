//! `sanad case`: claims in folders, judged together as one register.

mod folder;
mod repeats;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use sanad_checks::dossier::{Paper, assemble};
use sanad_checks::finding::{Bilingual, Verdict};
use sanad_intake::{ReadRequest, ReaderConfig, Readers};
use serde_json::{Value, json};

use super::check::crew;
use super::{FAILED, READER, REJECTED};
use folder::{Claim, ReadPaper};

/// Arguments of `sanad case`.
#[derive(Debug, Args)]
pub(super) struct CaseArgs {
    /// Print one JSON object a line, in the order of the folders.
    #[arg(long)]
    json: bool,
    /// The day to judge on, as 2023-02-05; else today in Tehran.
    #[arg(long)]
    today: Option<jiff::civil::Date>,
    /// Files read at once; the number of cores if not given.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Folders with a `case.json` each; together they form one register.
    #[arg(required = true, value_name = "DIR")]
    dirs: Vec<PathBuf>,
}

/// Judges every folder named and prints a line for each.
pub(super) fn run(args: &CaseArgs) -> Result<ExitCode> {
    let today = args.today.map_or_else(today_in_tehran, |day| day.to_string());
    let claims: Vec<Result<Claim, Bilingual>> = args.dirs.iter().map(|dir| Claim::open(dir)).collect();
    let papers = read_all(&claims, args)?;
    let seen = register(&claims, &papers);
    let again = repeats::find(&claims, &papers, &args.dirs)?;
    let (mut rejected, mut failed) = (false, false);
    for (index, (dir, claim)) in args.dirs.iter().zip(&claims).enumerate() {
        let line = match claim {
            Err(why) => {
                failed = true;
                json!({ "dir": dir.to_string_lossy(), "error": { "kind": "case", "message": why } })
            }
            Ok(claim) => {
                let (line, verdict, whole) = judge(claim, index, &papers, (&seen, &again), &args.dirs, &today);
                rejected |= verdict == Verdict::Reject;
                failed |= !whole;
                line
            }
        };
        print(&line, args.json)?;
    }
    Ok(match (failed, rejected) {
        (true, _) => ExitCode::from(FAILED),
        (false, true) => ExitCode::from(REJECTED),
        (false, false) => ExitCode::SUCCESS,
    })
}

fn today_in_tehran() -> String {
    let now = jiff::Timestamp::now();
    sanad_checks::jalali::Jalali::from_unix_ms(now.as_millisecond()).to_iso()
}

/// All papers of all claims, by claim and place in it.
fn read_all(claims: &[Result<Claim, Bilingual>], args: &CaseArgs) -> Result<BTreeMap<(usize, usize), ReadPaper>> {
    let wanted: Vec<(usize, usize)> = claims
        .iter()
        .enumerate()
        .flat_map(|(c, claim)| (0..claim.as_ref().map_or(0, |claim| claim.documents.len())).map(move |d| (c, d)))
        .collect();
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let children = jobs.min(wanted.len()).max(1);
    let readers = Readers::new(ReaderConfig { children, ..ReaderConfig::new(program, vec![READER.into()]) });
    let request = ReadRequest { words: true, identify: true, ..ReadRequest::default() };
    let mut papers = BTreeMap::new();
    crew::in_order(
        &wanted,
        jobs,
        |_, &(c, d)| ((c, d), claims[c].as_ref().ok().map(|claim| claim.read(d, &readers, &request))),
        |(place, paper)| {
            papers.extend(paper.map(|paper| (place, paper)));
            Ok(())
        },
    )?;
    Ok(papers)
}

/// By the hash of the bytes: the claims that hold them, and the file's name there.
type Seen = BTreeMap<String, Vec<(usize, String)>>;

/// Which claims and files hold each content, by its digest.
fn register(claims: &[Result<Claim, Bilingual>], papers: &BTreeMap<(usize, usize), ReadPaper>) -> Seen {
    let mut seen = Seen::new();
    for (&(c, d), paper) in papers {
        if let (ReadPaper::Judged(report, _), Ok(claim)) = (paper, &claims[c]) {
            seen.entry(report.sha256.clone()).or_default().push((c, claim.documents[d].file.clone()));
        }
    }
    seen
}

fn judge(
    claim: &Claim,
    index: usize,
    papers: &BTreeMap<(usize, usize), ReadPaper>,
    (seen, again): (&Seen, &repeats::Repeats),
    dirs: &[PathBuf],
    today: &str,
) -> (Value, Verdict, bool) {
    let mut whole = true;
    let mut stand = Vec::new();
    let mut failures = Vec::new();
    for (place, document) in claim.documents.iter().enumerate() {
        match papers.get(&(index, place)) {
            Some(ReadPaper::Judged(report, _)) => {
                let elsewhere = seen.get(&report.sha256).into_iter().flatten().filter(|(c, _)| *c != index);
                stand.push(Paper {
                    slot: document.slot.clone(),
                    file: document.file.clone(),
                    sha256: report.sha256.clone(),
                    form: document.form,
                    findings: folder::findings(report),
                    facts: report.facts.clone(),
                    elsewhere: elsewhere
                        .map(|(c, file)| (dirs[*c].to_string_lossy().into_owned(), file.clone()))
                        .collect(),
                    again: again.get(&(index, place)).cloned().unwrap_or_default(),
                });
            }
            Some(ReadPaper::Failed(why)) => {
                whole = false;
                failures.push(json!({ "slot": document.slot, "file": document.file, "error": why }));
            }
            None => whole = false,
        }
    }
    let judgement = assemble(&claim.declared, &stand, &[], today);
    let mut line = json!({
        "dir": claim.dir,
        "verdict": judgement.verdict,
        "findings": judgement.findings,
        "missing": judgement.missing,
        "timeline": judgement.timeline,
        "not_run": judgement.not_run,
        "facts": facts_by_slot(&stand),
    });
    if !failures.is_empty() {
        line["errors"] = Value::Array(failures);
    }
    (line, judgement.verdict, whole)
}

/// What the papers of each slot say, in the order of the papers.
fn facts_by_slot(papers: &[Paper]) -> Value {
    let mut slots = serde_json::Map::new();
    for paper in papers {
        let entry = slots.entry(paper.slot.clone()).or_insert_with(|| Value::Array(vec![]));
        if let (Value::Array(facts), Ok(said)) = (entry, serde_json::to_value(&paper.facts)) {
            facts.push(said);
        }
    }
    Value::Object(slots)
}

fn print(line: &Value, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "{}", folder::for_people(line))?;
    }
    out.flush()
}
