//! The answer over one file: judged, or our own failure to judge it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sanad_checks::completeness::wrong_kind;
use sanad_checks::finding::{Bilingual, FindingBuilder, NotRun, Severity};
use sanad_checks::report::FileReport;
use sanad_intake::{PageImages, ReadError, ReadRequest, Readers, refuse_too_large};
use serde::Serialize;

use super::walk::Entry;

/// One line of the answer.
#[derive(Debug)]
pub(in crate::cli) enum Line {
    /// The file was judged.
    Judged(Box<FileReport>),
    /// We failed; the file is neither good nor bad.
    Failed {
        /// The file as named.
        file: String,
        /// What went wrong.
        error: Failure,
    },
}

/// Our own failure on one file.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Failure {
    /// A permanent name: `not-found`, `not-readable`, `not-a-file`, `busy`, `internal`.
    pub(in crate::cli) kind: &'static str,
    /// What went wrong, for people.
    pub(in crate::cli) message: Bilingual,
}

/// Reads and judges one file.
pub(in crate::cli) fn read(readers: &Readers, request: &ReadRequest, entry: &Entry) -> (Line, Vec<PageImages>) {
    let file = entry.path.to_string_lossy().into_owned();
    let answer = match &entry.failed {
        Some(error) => Err(unreadable(error)),
        None => judge(readers, request, &entry.path),
    };
    match answer {
        Ok(mut reading) => {
            reading.report.file = file;
            (Line::Judged(Box::new(reading.report)), reading.images)
        }
        Err(error) => (Line::Failed { file, error }, vec![]),
    }
}

fn judge(readers: &Readers, request: &ReadRequest, path: &Path) -> Result<sanad_intake::Reading, Failure> {
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let about = file.metadata().map_err(|error| unreadable(&error))?;
    if !about.is_file() {
        return Err(failure("not-a-file", "این یک فایل نیست.", "This is not a file."));
    }
    if about.len() > request.limits.max_bytes {
        // Its hash is named without holding it in memory.
        return refuse_too_large(&mut file, request).map_err(|error| unreadable(&error));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    readers.read(&bytes, request).map_err(|error| match error {
        ReadError::TimedOut => {
            failure("busy", "دستگاه پرکار است؛ دوباره بیازمایید.", "The machine is too busy; try again.")
        }
        ReadError::Spawn(_) | ReadError::Nonsense => {
            failure("internal", "فرایند خواندن راه نیفتاد.", "The reading process could not be used.")
        }
    })
}

fn unreadable(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        failure("not-found", "چنین فایلی نیست.", "There is no such file.")
    } else {
        failure("not-readable", "فایل خوانده نشد.", "The file could not be read.")
    }
}

fn failure(kind: &'static str, fa: &str, en: &str) -> Failure {
    Failure { kind, message: Bilingual { fa: fa.to_owned(), en: en.to_owned() } }
}

impl Line {
    /// Marks a file whose very bytes stood in the input before, with the name of the first.
    pub(super) fn note_repeat(&mut self, first_with: &mut HashMap<String, String>) {
        let Self::Judged(report) = self else { return };
        // No bytes are no paper, however often they come.
        if report.bytes == 0 {
            return;
        }
        match first_with.get(&report.sha256) {
            Some(first) => {
                let finding = FindingBuilder::new("DUP-SAME", Severity::Info).fact("file", first).build();
                report.findings.extend(finding);
            }
            None => {
                first_with.insert(report.sha256.clone(), report.file.clone());
            }
        }
    }

    /// Holds what the paper looks like against what it is said to be. Where no words were read it says so, so that
    /// silence is not taken for a pass.
    pub(super) fn note_kind(&mut self, kind: Option<&str>) {
        let Self::Judged(report) = self else { return };
        let told = report.facts.as_ref().map(|facts| wrong_kind(kind, &facts.kind));
        let missed: Vec<&str> = match &told {
            None => [Some("facts"), kind.map(|_| "TYP-WRONG")].into_iter().flatten().collect(),
            Some(Err(_)) => vec!["TYP-WRONG"],
            Some(Ok(_)) => vec![],
        };
        let why = if told.is_none() { "no words were read" } else { "the words do not tell what it is" };
        for page in &mut report.pages {
            let known: Vec<String> = page.not_run.iter().map(|n| n.check.clone()).collect();
            let fresh = missed.iter().filter(|check| !known.iter().any(|k| k == *check));
            page.not_run.extend(fresh.map(|check| NotRun { check: (*check).to_owned(), why: why.to_owned() }));
        }
        if let Some(Ok(Some(finding))) = told {
            report.findings.push(finding);
            report.verdict = FileReport::worst(&report.pages, &report.findings);
        }
    }

    /// The line as JSON after the contract.
    pub(super) fn json(&self) -> io::Result<String> {
        #[derive(Serialize)]
        struct FailedLine<'a> {
            file: &'a str,
            error: &'a Failure,
        }
        let text = match self {
            Self::Judged(report) => serde_json::to_string(report),
            Self::Failed { file, error } => serde_json::to_string(&FailedLine { file, error }),
        };
        Ok(text?)
    }
}
