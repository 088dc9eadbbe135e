//! Tesseract as the reader of words.
//!
//! The engine is `Send` and not `Sync`: one engine a thread. Its setters take it by value and an error
//! drops it, so it is kept in an `Option` and made anew after an error (about 10 ms). The caller's
//! process must have been started with `OMP_THREAD_LIMIT=1`: its threads fight on small machines.

use std::path::Path;

use sanad_checks::page::Luma;
use tesseract::{OcrEngineMode, PageSegMode, Tesseract};

use super::words::{Word, from_table};

/// Resolution told to the engine of a page made ready for it; it only sets its idea of small specks.
pub(super) const READ_DPI: i32 = 200;

/// How the engine looks for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMode {
    /// Columns, tables and pictures, found by the engine.
    Auto,
    /// One column of text of varying sizes.
    Column,
    /// One even block of text.
    Block,
    /// One line.
    Line,
}

/// A model inside the program, so that it runs from any folder and in a child that may open no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Persian letters and figures (`fas`, best, integer).
    Persian,
    /// Latin letters and figures (`eng`).
    Latin,
}

const PERSIAN: &[u8] = include_bytes!("../../../models/fas.traineddata");
const LATIN: &[u8] = include_bytes!("../../../models/eng.traineddata");

/// The engine could not answer.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// The model folder or language is not there.
    #[error("the reader's model could not be loaded")]
    Model(#[from] tesseract::InitializeError),
    /// The engine refused the page.
    #[error("the reader refused the page")]
    Page,
    /// The folder's path is no text.
    #[error("the model folder has no printable path")]
    Path,
}

/// Where the model comes from.
#[derive(Clone, Debug)]
enum Source {
    Folder { folder: String, language: String },
    Inside(Model),
}

impl Source {
    fn load(&self) -> Result<Tesseract, OcrError> {
        let loaded = match self {
            Self::Folder { folder, language } => Tesseract::new(Some(folder), Some(language)),
            Self::Inside(Model::Persian) => Tesseract::new_with_data(PERSIAN, Some("fas"), OcrEngineMode::LstmOnly),
            Self::Inside(Model::Latin) => Tesseract::new_with_data(LATIN, Some("eng"), OcrEngineMode::LstmOnly),
        };
        Ok(loaded?)
    }
}

/// A reader of words in one or more languages.
pub struct Engine {
    source: Source,
    inner: Option<Tesseract>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("source", &self.source).finish_non_exhaustive()
    }
}

impl Engine {
    /// Loads the models of `language` (`fas`, or `fas+eng`) from a folder.
    ///
    /// # Errors
    /// When a model is missing.
    pub fn new(folder: &Path, language: &str) -> Result<Self, OcrError> {
        let folder = folder.to_str().ok_or(OcrError::Path)?.to_owned();
        let source = Source::Folder { folder, language: language.to_owned() };
        let inner = Some(source.load()?);
        Ok(Self { source, inner })
    }

    /// The engine over a model inside the program.
    ///
    /// # Errors
    /// When the engine cannot be set up.
    pub fn inside(model: Model) -> Result<Self, OcrError> {
        let source = Source::Inside(model);
        let inner = Some(source.load()?);
        Ok(Self { source, inner })
    }

    /// The text of a page, in the engine's line order.
    ///
    /// # Errors
    /// When the engine fails on the page; the next call starts a new one.
    pub fn text(&mut self, page: &Luma, dpi: i32, mode: PageMode) -> Result<String, OcrError> {
        let mut engine = self.recognise(page, dpi, mode, "")?;
        let text = engine.get_text().map_err(|_| OcrError::Page)?;
        self.inner = Some(engine);
        Ok(text)
    }

    /// The words of a page with their places in its pixels. `only` limits the letters that may be read; empty:
    /// no limit.
    ///
    /// # Errors
    /// When the engine fails on the page; the next call starts a new one.
    pub fn words(&mut self, page: &Luma, dpi: i32, mode: PageMode, only: &str) -> Result<Vec<Word>, OcrError> {
        let mut engine = self.recognise(page, dpi, mode, only)?;
        let table = engine.get_tsv_text(0).map_err(|_| OcrError::Page)?;
        self.inner = Some(engine);
        Ok(from_table(&table))
    }

    fn recognise(&mut self, page: &Luma, dpi: i32, mode: PageMode, only: &str) -> Result<Tesseract, OcrError> {
        let engine = match self.inner.take() {
            Some(engine) => engine,
            None => self.source.load()?,
        };
        let (width, height) = (page.width() as i32, page.height() as i32);
        let mode = match mode {
            PageMode::Auto => PageSegMode::PsmAuto,
            PageMode::Column => PageSegMode::PsmSingleColumn,
            PageMode::Block => PageSegMode::PsmSingleBlock,
            PageMode::Line => PageSegMode::PsmSingleLine,
        };
        // A line that was hardly read would be read once more as light on dark: a seventh of the time, and nothing gained,
        // since what is lighter than the ground around it is white once the light is evened.
        let mut engine = engine
            .set_variable("invert_threshold", "0")
            .map_err(|_| OcrError::Page)?
            .set_variable("tessedit_char_whitelist", only)
            .map_err(|_| OcrError::Page)?
            .set_frame(page.pixels(), width, height, 1, width)
            .map_err(|_| OcrError::Page)?;
        engine.set_page_seg_mode(mode);
        engine.set_source_resolution(dpi).recognize().map_err(|_| OcrError::Page)
    }
}
