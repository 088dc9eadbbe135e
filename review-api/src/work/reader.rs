//! What the office asks of whoever reads papers.

use sanad_checks::facts::Facts;
use sanad_checks::report::FileReport;
use sanad_intake::{ReadError, ReadRequest, Readers};

pub use sanad_intake::{Cut, PageImages};

/// The finding of a file that its reader could not get through.
const GIVEN_UP: &str = "FIL-FAIL";

/// A paper that was read.
#[derive(Clone, Debug)]
pub struct ReadPaper {
    /// The checks' report.
    pub report: FileReport,
    /// Pictures of each page, in the order of the report's pages.
    pub images: Vec<PageImages>,
    /// JSON of the thresholds the checks went by.
    pub thresholds: String,
}

/// The paper was not read, through no fault of the paper.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// Too busy to answer in time; later may be better.
    #[error("no answer in time")]
    Busy,
    /// The reader is broken.
    #[error("the reader failed")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The words of a paper that were read.
#[derive(Clone, Debug, Default)]
pub struct ReadWords {
    /// What they say; none where no page could be read.
    pub facts: Option<Facts>,
    /// Pages whose words were read.
    pub pages_read: usize,
    /// Whether the reader got through all of the file. A page nobody could read does not count against it.
    pub whole: bool,
}

/// Reads papers. Called from several threads at once; each call blocks until its paper is read.
pub trait PaperReader: Send + Sync + 'static {
    /// Reads the bytes of one upload.
    ///
    /// # Errors
    /// [`ReadFailure`]; what is wrong with the paper is a finding in the report instead.
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure>;

    /// Reads the words of one upload. Takes seconds for each page, and never keeps [`PaperReader::read`] waiting.
    ///
    /// # Errors
    /// [`ReadFailure`].
    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure>;

    /// Cuts a place out of a grey page that [`PaperReader::read`] made, as JPEG; `None` where there is no such place.
    ///
    /// # Errors
    /// [`ReadFailure`].
    fn cut(&self, grey_png: &[u8], wish: Cut) -> Result<Option<Vec<u8>>, ReadFailure>;

    /// Pages of an upload, from one to another, counted from 0, as a file of their own; `None` where it has no such
    /// pages, or is of a sort that is not taken apart.
    ///
    /// # Errors
    /// [`ReadFailure`].
    fn pages(&self, _file: &[u8], _pages: (u32, u32)) -> Result<Option<Vec<u8>>, ReadFailure> {
        Ok(None)
    }
}

/// Reads in locked child processes; words in children of their own.
#[derive(Debug)]
pub struct IntakeReader {
    readers: Readers,
    words: Readers,
    request: ReadRequest,
}

impl IntakeReader {
    /// A reader over these two pools, with these limits and thresholds; pictures are always made.
    #[must_use]
    pub fn new(readers: Readers, words: Readers, request: ReadRequest) -> Self {
        let request = ReadRequest { preview: true, annotate: false, words: false, identify: true, ..request };
        Self { readers, words, request }
    }

    /// The pool, for its health.
    #[must_use]
    pub const fn readers(&self) -> &Readers {
        &self.readers
    }
}

fn failure(error: ReadError) -> ReadFailure {
    match error {
        ReadError::TimedOut => ReadFailure::Busy,
        other => ReadFailure::Broken(Box::new(other)),
    }
}

impl PaperReader for IntakeReader {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        let reading = self.readers.read(bytes, &self.request).map_err(failure)?;
        let thresholds = serde_json::to_string(&self.request.thresholds);
        let thresholds = thresholds.map_err(|error| ReadFailure::Broken(Box::new(error)))?;
        Ok(ReadPaper { report: reading.report, images: reading.images, thresholds })
    }

    fn words(&self, bytes: &[u8]) -> Result<ReadWords, ReadFailure> {
        let request = ReadRequest { words: true, preview: false, identify: false, ..self.request.clone() };
        let report = self.words.read(bytes, &request).map_err(failure)?.report;
        let pages_read = report.pages.iter().filter(|page| page.elapsed_ms.ocr.is_some()).count();
        let whole = !report.findings.iter().any(|finding| finding.code.as_str() == GIVEN_UP);
        Ok(ReadWords { facts: report.facts, pages_read, whole })
    }

    fn cut(&self, grey_png: &[u8], wish: Cut) -> Result<Option<Vec<u8>>, ReadFailure> {
        self.readers.cut(grey_png, wish).map_err(failure)
    }

    fn pages(&self, file: &[u8], pages: (u32, u32)) -> Result<Option<Vec<u8>>, ReadFailure> {
        self.readers.pages(file, pages).map_err(failure)
    }
}
