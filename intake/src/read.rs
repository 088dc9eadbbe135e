//! One file from bytes to judged pages.

mod amounts;
mod belief;
mod cues;
mod dates;
mod facts;
mod figures;
mod iban;
mod kind;
mod kinds;
mod labels;
mod layer;
pub(crate) mod marks;
mod mrz;
mod prove;
mod roles;
mod rows;
mod said;
mod second;
mod serials;
mod tally;
mod text;
mod unnamed;

use std::cell::RefCell;
use std::io;
use std::time::{Duration, Instant};

use sanad_checks::facts::{Facts, MarkFact, MarksSeen, parts};
use sanad_checks::finding::{Finding, NotRun, Verdict};
use sanad_checks::legibility::{self, Marks};
use sanad_checks::page::{Luma, Page, Provenance};
use sanad_checks::report::{Elapsed, FileReport, PageReport};
use serde::{Deserialize, Serialize};

use crate::decode::{self, DecodedPage};
use crate::faults::Fault;
use crate::identity::PageIdentity;
use crate::limits::{Limits, Original, ReadRequest};
use crate::ocr::{Layout, glance};
use crate::orient::Turn;
use crate::picture::{self, PageImages};
use crate::raster::Rgb;
use crate::receive::{MediaType, sha256_hex, sha256_of_stream};

pub(crate) use self::dates::jalali as jalali_month;
pub(crate) use self::dates::names_month;
pub use self::facts::facts_of;
pub(crate) use self::facts::{latin_rows, number_fields};
pub(crate) use self::kind::wants_latin;
pub(crate) use self::labels::places_without_words;
pub(crate) use self::prove::{days_to_prove, is_day, places_of_labels, proves, said_of, sums_to_prove};
pub(crate) use self::rows::rows as page_rows;

/// Whether a line may belong to a machine-readable zone.
pub(crate) fn is_zone_line(line: &str) -> bool {
    mrz::is_like(line)
}

/// Whether the lines are a zone whose every check digit holds.
pub(crate) fn zone_is_valid(lines: &[String]) -> bool {
    mrz::parse(lines).is_some_and(|fact| fact.valid)
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The judged file; its name is left empty for the caller to fill in.
    pub report: FileReport,
    /// Pictures of each page, in the order of the pages; empty where none were asked for.
    pub images: Vec<PageImages>,
}

/// Our own failure while reading; what is wrong with the file is a finding instead.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The answer could not be handed on.
    #[error("an answer could not be handed on")]
    Pipe(#[from] io::Error),
    /// The answer could not be put into words.
    #[error("an answer could not be put into words")]
    Words(#[from] serde_json::Error),
    /// The parent asked for something that is not offered.
    #[error("a request is not understood")]
    Protocol,
    /// A picture of a page could not be made.
    #[error("a picture of a page could not be made")]
    Picture(#[from] picture::PictureError),
    /// The reader of words failed.
    #[error("the reader of words failed")]
    Reader(#[from] crate::ocr::OcrError),
}

/// Hears how a reading goes on.
pub(crate) trait Listener {
    /// A page of this many pixels is about to be decoded.
    ///
    /// # Errors
    /// When the word cannot be handed on.
    fn begins(&mut self, pixels: u64) -> Result<(), IntakeError>;

    /// A page is judged.
    ///
    /// # Errors
    /// When the page cannot be handed on.
    fn judged(&mut self, page: PageReport, images: Option<PageImages>) -> Result<(), IntakeError>;
}

/// Keeps the pages of a reading in this process.
impl Listener for Vec<Judged> {
    fn begins(&mut self, _pixels: u64) -> Result<(), IntakeError> {
        Ok(())
    }

    fn judged(&mut self, page: PageReport, images: Option<PageImages>) -> Result<(), IntakeError> {
        self.push((page, images));
        Ok(())
    }
}

/// A judged page and its pictures.
pub(crate) type Judged = (PageReport, Option<PageImages>);

/// What is known of the file when its last page is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileSummary {
    sha256: String,
    media_type: String,
    bytes: u64,
    findings: Vec<Finding>,
    elapsed_ms: u64,
}

impl FileSummary {
    /// The summary of these bytes; a conversion answers under the name of its original.
    pub(crate) fn new(bytes: &[u8], request: &ReadRequest, faults: &[Fault], elapsed: Duration) -> Self {
        let findings = faults.iter().map(|fault| fault.finding(&request.limits)).collect();
        let elapsed_ms = millis(elapsed);
        match &request.original {
            Some(original) => Self {
                sha256: original.sha256.clone(),
                media_type: original.media_type.clone(),
                bytes: original.bytes,
                findings,
                elapsed_ms,
            },
            None => Self {
                sha256: sha256_hex(bytes),
                media_type: MediaType::sniff(bytes).as_str().to_owned(),
                bytes: bytes.len() as u64,
                findings,
                elapsed_ms,
            },
        }
    }
}

/// Reads and judges a file in this process.
///
/// Only for the locked child and for cases on bytes that are trusted: everything else goes through
/// [`crate::Readers`].
///
/// # Errors
/// [`IntakeError`] when a picture cannot be made; never for what the file holds.
pub fn read(bytes: &[u8], request: &ReadRequest) -> Result<Reading, IntakeError> {
    let mut pages = Vec::new();
    let summary = read_pages(bytes, request, &mut pages)?;
    Ok(assemble(summary, pages))
}

/// Reads a file and hands on each page as soon as it is judged.
pub(crate) fn read_pages(
    bytes: &[u8],
    request: &ReadRequest,
    listener: &mut dyn Listener,
) -> Result<FileSummary, IntakeError> {
    let begun = Instant::now();
    let faults = if bytes.is_empty() {
        vec![Fault::Empty { bytes: 0 }]
    } else if bytes.len() as u64 > request.limits.max_bytes {
        vec![Fault::Bytes { bytes: bytes.len() as u64 }]
    } else {
        let mut index = 0;
        let mut decoding_since = Instant::now();
        let kind = MediaType::sniff(bytes);
        let listener = RefCell::new(listener);
        // A closed pipe is heard again, and acted upon, when the page itself is handed on.
        let announce = |pixels| drop(listener.borrow_mut().begins(pixels));
        let mut faults = decode::decode(kind, bytes, &request.limits, &announce, &mut |decoded| {
            let (page, images) = judge(decoded, index, decoding_since, request)?;
            listener.borrow_mut().judged(page, images)?;
            index += 1;
            decoding_since = Instant::now();
            Ok(())
        })?;
        if index == 0 && faults.is_empty() {
            faults.push(Fault::Empty { bytes: 0 });
        }
        faults
    };
    Ok(FileSummary::new(bytes, request, &faults, begun.elapsed()))
}

/// Turns a page upright, judges it and makes its pictures.
fn judge(
    decoded: DecodedPage<'_>,
    index: u32,
    decoding_since: Instant,
    request: &ReadRequest,
) -> Result<Judged, IntakeError> {
    let stored = decoded.turn.luma(decoded.luma);
    let decode = decoding_since.elapsed();

    let judging_since = Instant::now();
    let (page, marks) = upright(stored, index, decoded.provenance, !request.unjudged)?;
    let undo = (360 - page.turned_deg) % 360;
    let upright_since = judging_since.elapsed();
    let colour = if request.words || request.preview || request.annotate {
        decoded.colour.take().map(|rgb| decoded.turn.then_clockwise(undo).rgb(rgb))
    } else {
        None
    };
    let looking_since = Instant::now();
    let seen =
        if request.words { Some(marks::find(&page.luma, said::whole(colour.as_ref(), &page), index)?) } else { None };
    let looking = looking_since.elapsed();
    let layout = request.words.then(|| Layout::of(&marks));
    let identity = request.identify.then(|| PageIdentity::of(&page.luma, &marks));
    let judging_since = Instant::now();
    let mut report =
        if request.unjudged { unjudged(&page) } else { legibility::judge(&page, marks, &request.thresholds) };
    // all that was undone, the file's own mark of a turn included
    report.turned_deg = decoded.turn.then_clockwise(undo).undone_deg();
    let legibility = upright_since + judging_since.elapsed();
    report.elapsed_ms = Elapsed { decode: millis(decode), legibility: millis(legibility), ocr: None };
    if let (Some(seen), Some(layout)) = (seen, layout) {
        said::read_words(&page, colour.as_ref(), &layout, (seen, looking), &mut report)?;
        let layer = decoded.layer.and_then(|layer| layer.read());
        if let (Some(layer), Some(facts)) = (layer, &mut report.facts) {
            layer::bear_out(facts, &layer);
        }
    }

    let mut images = if request.preview || request.annotate {
        Some(picture::make(&page.luma, colour, &report.findings, request)?)
    } else {
        None
    };
    if identity.is_some() {
        images.get_or_insert_default().identity = identity;
    }
    Ok((report, images))
}

/// Turns a stored page upright by its own marks, and finds them there. Where a reader is asked (`ask`), it may turn a
/// page about whose lines it reads upside down only.
fn upright(stored: Luma, index: u32, provenance: Provenance, ask: bool) -> Result<(Page, Marks), IntakeError> {
    let marks = Marks::of(&stored);
    let turned_deg = legibility::find_turn(&marks);
    let undo = (360 - turned_deg) % 360;
    let luma = Turn::clockwise(undo).luma(stored);
    let marks = if undo == 0 { marks } else { Marks::of(&luma) };
    let page = Page { index, luma, turned_deg, provenance, reader: None };
    if !ask {
        return Ok((page, marks));
    }
    let seen = glance(&marks, turned_deg % 180 == 90)?;
    if !seen.upside_down {
        return Ok((Page { reader: seen.sure, ..page }, marks));
    }
    let luma = Turn::clockwise(180).luma(page.luma);
    let marks = Marks::of(&luma);
    Ok((Page { luma, turned_deg: (turned_deg + 180) % 360, reader: seen.sure, ..page }, marks))
}

/// The first page of a file as the judgement gets it, with its marks: for measuring and fitting on files that are
/// trusted. `None` where the file gives no page.
///
/// # Errors
/// As [`read`].
pub fn first_page(bytes: &[u8], limits: &Limits) -> Result<Option<(Page, Marks)>, IntakeError> {
    let mut first = None;
    decode::decode(MediaType::sniff(bytes), bytes, limits, &|_| (), &mut |decoded| {
        if first.is_none() {
            first = Some(upright(decoded.turn.luma(decoded.luma), 0, decoded.provenance, true)?);
        }
        Ok(())
    })?;
    Ok(first)
}

/// Stamps and signatures of a file's first page, for measuring.
#[derive(Clone, Debug)]
pub struct FirstMarks {
    /// Width and height of the page, pixels.
    pub size: (usize, usize),
    /// Whether it has colour.
    pub coloured: bool,
    /// Stamps.
    pub stamps: Vec<MarkFact>,
    /// Signatures.
    pub signatures: Vec<MarkFact>,
    /// How near it came to bearing either.
    pub nearness: MarksSeen,
    /// Time it took to look for them on the decoded page.
    pub elapsed: Duration,
}

/// Stamps and signatures of the first page of a file that is trusted, without reading its words. `None` where the file
/// gives no page.
///
/// # Errors
/// As [`read`].
pub fn first_page_marks(bytes: &[u8], limits: &Limits) -> Result<Option<FirstMarks>, IntakeError> {
    with_first_page(bytes, limits, |page, colour| {
        let since = Instant::now();
        let seen = marks::find(&page.luma, colour, 0)?;
        Ok(FirstMarks {
            size: (page.luma.width(), page.luma.height()),
            coloured: colour.is_some_and(|rgb| !rgb.is_grey()),
            stamps: seen.stamps,
            signatures: seen.signatures,
            nearness: seen.nearness,
            elapsed: since.elapsed(),
        })
    })
}

/// Does something with the first page of a file, upright and in colour where it has any.
fn with_first_page<T>(
    bytes: &[u8],
    limits: &Limits,
    mut what: impl FnMut(&Page, Option<&Rgb>) -> Result<T, IntakeError>,
) -> Result<Option<T>, IntakeError> {
    let mut first = None;
    decode::decode(MediaType::sniff(bytes), bytes, limits, &|_| (), &mut |decoded| {
        if first.is_none() {
            let (page, _) = upright(decoded.turn.luma(decoded.luma), 0, decoded.provenance, true)?;
            let undo = (360 - page.turned_deg) % 360;
            let colour = decoded.colour.take().map(|rgb| decoded.turn.then_clockwise(undo).rgb(rgb));
            first = Some(what(&page, said::whole(colour.as_ref(), &page))?);
        }
        Ok(())
    })?;
    Ok(first)
}

/// The report of a page that is only to be identified.
fn unjudged(page: &Page) -> PageReport {
    PageReport {
        index: page.index,
        width_px: u32::try_from(page.luma.width()).unwrap_or(u32::MAX),
        height_px: u32::try_from(page.luma.height()).unwrap_or(u32::MAX),
        dpi: None,
        dpi_estimated: true,
        turned_deg: page.turned_deg,
        skew_deg: 0.0,
        verdict: Verdict::Accept,
        readability: 0.0,
        uncertain: true,
        findings: vec![],
        not_run: vec![NotRun { check: "legibility".to_owned(), why: "not asked for".to_owned() }],
        elapsed_ms: Elapsed::default(),
        facts: None,
    }
}

/// Puts pages and summary together into the contract's shape.
pub(crate) fn assemble(summary: FileSummary, pages: Vec<Judged>) -> Reading {
    let (mut pages, images): (Vec<PageReport>, Vec<Option<PageImages>>) = pages.into_iter().unzip();
    let parts = parts(pages.iter().filter_map(|page| Some((page.index, &page.facts.as_ref()?.kind))));
    let facts = Facts::of_pages(pages.iter_mut().filter_map(|page| page.facts.take()));
    let facts = facts.map(|facts| Facts { parts, ..facts });
    let verdict = FileReport::worst(&pages, &summary.findings);
    Reading {
        report: FileReport {
            file: String::new(),
            sha256: summary.sha256,
            media_type: summary.media_type,
            bytes: summary.bytes,
            verdict,
            elapsed_ms: summary.elapsed_ms,
            pages,
            findings: summary.findings,
            facts,
        },
        images: images.into_iter().flatten().collect(),
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The answer over a file that is known to be over the limit of bytes: only its hash is taken,
/// in small pieces.
///
/// # Errors
/// When the file cannot be read.
pub fn refuse_too_large(file: &mut impl io::Read, request: &ReadRequest) -> io::Result<Reading> {
    let (sha256, head, bytes) = sha256_of_stream(file)?;
    let original = Original { sha256, bytes, media_type: MediaType::sniff(&head).as_str().to_owned() };
    let request = ReadRequest { original: Some(original), ..request.clone() };
    let summary = FileSummary::new(&[], &request, &[Fault::Bytes { bytes }], Duration::ZERO);
    Ok(assemble(summary, vec![]))
}
