//! A claim in a folder: `case.json` and the papers it names.

use std::path::{Component, Path, PathBuf};

use sanad_checks::completeness;
use sanad_checks::dossier::{Declared, Form};
use sanad_checks::finding::{Bilingual, Finding};
use sanad_checks::jalali::Jalali;
use sanad_checks::reasons::persian_digits;
use sanad_checks::report::FileReport;
use sanad_intake::{PageImages, ReadRequest, Readers};
use serde::Deserialize;
use serde_json::Value;

/// One paper as the claim names it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    /// Its slot of the closed list.
    pub(super) slot: String,
    /// Its file, relative to the folder.
    pub(super) file: String,
    /// What the copy is said to be.
    #[serde(default)]
    pub(super) form: Option<Form>,
}

#[derive(Debug, Deserialize)]
struct CaseFile {
    #[serde(flatten)]
    declared: Declared,
    documents: Vec<Document>,
}

/// A claim that was opened.
#[derive(Debug)]
pub(super) struct Claim {
    /// The folder as named in the call.
    pub(super) dir: String,
    /// What is declared.
    pub(super) declared: Declared,
    /// Its papers.
    pub(super) documents: Vec<Document>,
    path: PathBuf,
}

/// What came of reading a paper.
#[derive(Debug)]
pub(super) enum ReadPaper {
    /// It was judged.
    Judged(Box<FileReport>, Vec<PageImages>),
    /// We could not, for a reason of ours or because the file is not there.
    Failed(Bilingual),
}

fn both(fa: &str, en: &str) -> Bilingual {
    Bilingual { fa: fa.to_owned(), en: en.to_owned() }
}

impl Claim {
    /// Opens a folder; says why it cannot.
    pub(super) fn open(path: &Path) -> Result<Self, Bilingual> {
        let dir = path.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path.join("case.json"))
            .map_err(|_| both("پروندهٔ case.json خوانده نشد.", "case.json could not be read."))?;
        let CaseFile { declared, documents } = serde_json::from_str(&text).map_err(|error| {
            both(&format!("پروندهٔ case.json درست نیست: {error}"), &format!("case.json is not valid: {error}"))
        })?;
        for document in &documents {
            if completeness::required::slot(&document.slot).is_none() {
                return Err(both(
                    &format!("خانهٔ «{}» شناخته نیست.", document.slot),
                    &format!("no slot is called {}.", document.slot),
                ));
            }
        }
        dates_exist(&declared)?;
        Ok(Self { dir, declared, documents, path: path.to_owned() })
    }

    /// Reads and judges one of its papers.
    pub(super) fn read(&self, place: usize, readers: &Readers, request: &ReadRequest) -> ReadPaper {
        let name = &self.documents[place].file;
        let inside = Path::new(name).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if !inside {
            return ReadPaper::Failed(both("نشانی فایل بیرون از پرونده است.", "The file lies outside the folder."));
        }
        let Ok(bytes) = std::fs::read(self.path.join(name)) else {
            return ReadPaper::Failed(both("فایل خوانده نشد.", "The file could not be read."));
        };
        match readers.read(&bytes, request) {
            Ok(mut reading) => {
                reading.report.file.clone_from(name);
                ReadPaper::Judged(Box::new(reading.report), reading.images)
            }
            Err(_) => {
                ReadPaper::Failed(both("فایل بررسی نشد؛ دوباره بیازمایید.", "The file was not examined; try again."))
            }
        }
    }
}

/// Every declared date must be a day.
fn dates_exist(declared: &Declared) -> Result<(), Bilingual> {
    let policy = declared.policy.as_ref();
    let given = [
        Some(&declared.accident_date),
        declared.submitted_on.as_ref(),
        declared.insured.as_ref().and_then(|i| i.birth.as_ref()),
        policy.and_then(|p| p.cover_from.as_ref()),
        policy.and_then(|p| p.cover_to.as_ref()),
        policy.and_then(|p| p.issued.as_ref()),
    ];
    match given.into_iter().flatten().find(|date| date.len() != 10 || Jalali::from_iso(date).is_none()) {
        Some(date) => {
            Err(both(&format!("«{date}» روزی از تقویم نیست."), &format!("{date} is not a day (YYYY-MM-DD).")))
        }
        None => Ok(()),
    }
}

/// Findings of a file and its pages, each with its page.
pub(super) fn findings(report: &FileReport) -> Vec<(Option<u32>, Finding)> {
    let of_file = report.findings.iter().map(|f| (None, f.clone()));
    let of_pages = report.pages.iter().flat_map(|p| p.findings.iter().map(|f| (Some(p.index), f.clone())));
    of_file.chain(of_pages).collect()
}

/// The line in Persian, for a terminal.
pub(super) fn for_people(line: &Value) -> String {
    let mut out = format!("{}\n", line["dir"].as_str().unwrap_or_default());
    if let Some(error) = line["error"]["message"]["fa"].as_str() {
        return format!("{out}  {error}");
    }
    let verdict = match line["verdict"].as_str() {
        Some("reject") => "پذیرفته نشد",
        Some("warn") => "با تذکر",
        _ => "ایرادی یافت نشد",
    };
    out.push_str(&format!("  {verdict}\n"));
    for finding in line["findings"].as_array().into_iter().flatten() {
        let slot = finding["evidence"][0]["slot"].as_str().unwrap_or("-");
        out.push_str(&format!(
            "  • {} [{slot}] {}\n",
            finding["code"].as_str().unwrap_or_default(),
            finding["message"]["fa"].as_str().unwrap_or_default()
        ));
    }
    for missing in line["missing"].as_array().into_iter().flatten() {
        let slot = missing["slot"].as_str().unwrap_or_default();
        let label = completeness::required::slot(slot).map_or(slot, |s| s.label.fa.as_str());
        out.push_str(&format!("  ○ نیامده: {label} — {}\n", missing["why"]["fa"].as_str().unwrap_or_default()));
    }
    let unjudged = line["not_run"].as_array().map_or(0, Vec::len);
    out.push_str(&persian_digits(&format!("  … هنوز بررسی نشده: {unjudged} مورد")));
    out
}
