//! What the office asks of whoever reads papers.

use sanad_checks::report::FileReport;
use sanad_intake::{ReadError, ReadRequest, Readers};

pub use sanad_intake::PageImages;

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

/// Reads papers. Called from several threads at once; each call blocks until its paper is read.
pub trait PaperReader: Send + Sync + 'static {
    /// Reads the bytes of one upload.
    ///
    /// # Errors
    /// [`ReadFailure`]; what is wrong with the paper is a finding in the report instead.
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure>;
}

/// Reads in locked child processes.
#[derive(Debug)]
pub struct IntakeReader {
    readers: Readers,
    request: ReadRequest,
}

impl IntakeReader {
    /// A reader over this pool, with these limits and thresholds; pictures are always made.
    #[must_use]
    pub fn new(readers: Readers, request: ReadRequest) -> Self {
        Self { readers, request: ReadRequest { preview: true, annotate: false, ..request } }
    }

    /// The pool, for its health.
    #[must_use]
    pub const fn readers(&self) -> &Readers {
        &self.readers
    }
}

impl PaperReader for IntakeReader {
    fn read(&self, bytes: &[u8]) -> Result<ReadPaper, ReadFailure> {
        let broken = |error| ReadFailure::Broken(Box::new(error));
        let reading = self.readers.read(bytes, &self.request).map_err(|error| match error {
            ReadError::TimedOut => ReadFailure::Busy,
            other => broken(other),
        })?;
        let thresholds = serde_json::to_string(&self.request.thresholds);
        let thresholds = thresholds.map_err(|error| ReadFailure::Broken(Box::new(error)))?;
        Ok(ReadPaper { report: reading.report, images: reading.images, thresholds })
    }
}
