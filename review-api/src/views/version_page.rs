//! One upload with its verdict, and the versions of a paper.

use askama::Template;
use sanad_checks::facts::PartFact;

use super::Shell;
use super::claim_page::PaperCard;
use super::shots::{Shot, shots};
use super::terms;
use crate::claim::notes::NoteView;
use crate::claim::{DocumentDetail, VersionDetail, VersionSummary};

struct VersionContext {
    slot: String,
    slot_key: String,
    claim: String,
    paper: PaperCard,
    shots: Vec<Shot>,
    parts: Vec<PartLine>,
}

/// A paper that the file is proposed to hold: its pages, and its slot where its kind is told.
struct PartLine {
    pages: String,
    slot_key: Option<String>,
}

/// The papers that the file may be taken apart into; none where it may not.
fn parts(shell: &Shell, version: &VersionDetail, replaceable: bool) -> Vec<PartLine> {
    let facts = version.reading.as_ref().and_then(|reading| reading.facts.as_ref()).filter(|_| replaceable);
    let line = |part: &PartFact| {
        let (first, last) = (i64::from(part.first) + 1, i64::from(part.last) + 1);
        let pages = if first == last {
            shell.lang.number(first)
        } else {
            format!("{} – {}", shell.lang.number(first), shell.lang.number(last))
        };
        PartLine { pages, slot_key: part.slot.as_deref().map(terms::slot_key) }
    };
    facts.map(|facts| facts.parts.iter().map(line).collect()).unwrap_or_default()
}

#[derive(Template)]
#[template(path = "claims/version.html")]
struct VersionPage<'a> {
    shell: &'a Shell,
    page: VersionContext,
}

/// The page of one upload, each of its pages large with the spots marked.
///
/// # Errors
/// When the template fails.
pub fn draw(
    shell: &Shell,
    document: &DocumentDetail,
    version: &VersionDetail,
    editable: bool,
) -> Result<String, askama::Error> {
    let current = document.current.as_ref().is_some_and(|current| current.summary.id == version.summary.id);
    let mut shown = document.clone();
    shown.current = Some(version.clone());
    let mut paper = PaperCard::new(&shown, &[], editable && current);
    if !current {
        paper.badge = terms::version_badge(&version.summary);
        paper.decision = None;
    }
    let page = VersionContext {
        slot: document.slot.clone(),
        slot_key: terms::slot_key(&document.slot),
        claim: document.claim.to_string(),
        shots: shots(version),
        parts: parts(shell, version, paper.replaceable),
        paper,
    };
    VersionPage { shell, page }.render()
}

struct HistoryContext {
    slot_key: String,
    slot_word: String,
    versions: Vec<VersionSummary>,
    notes: Vec<NoteView>,
    notes_open: bool,
}

#[derive(Template)]
#[template(path = "claims/history.html")]
struct HistoryPage<'a> {
    shell: &'a Shell,
    view: &'a DocumentDetail,
    page: HistoryContext,
}

/// The page of all versions of a paper, newest first, and the talk about it.
///
/// # Errors
/// When the template fails.
pub fn history(shell: &Shell, document: &DocumentDetail, notes: Vec<NoteView>) -> Result<String, askama::Error> {
    let current = document.current.as_ref().map(|version| version.summary.clone());
    let mut versions: Vec<VersionSummary> = current.into_iter().chain(document.older.iter().cloned()).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    let slot_key = terms::slot_key(&document.slot);
    let page =
        HistoryContext { slot_word: shell.t(&slot_key), slot_key, notes_open: !versions.is_empty(), versions, notes };
    HistoryPage { shell, view: document, page }.render()
}
