//! Tesseract as the reader of words.
//!
//! The engine is `Send` and not `Sync`: one engine a thread. Its setters take it by value and an error
//! drops it, so it is kept in an `Option` and made anew after an error (about 10 ms). The caller's
//! process must have been started with `OMP_THREAD_LIMIT=1`: its threads fight on small machines.

use std::path::Path;

use sanad_checks::page::Luma;
use tesseract::Tesseract;

/// How the engine looks for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageMode {
    /// One column of text of varying sizes.
    Column,
    /// One even block of text.
    Block,
}

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

/// A reader of words in one or more languages.
pub struct Engine {
    folder: String,
    language: String,
    inner: Option<Tesseract>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Engine {
    /// Loads the models of `language` (`fas`, or `fas+eng`) from a folder.
    ///
    /// # Errors
    /// When a model is missing.
    pub fn new(folder: &Path, language: &str) -> Result<Self, OcrError> {
        let folder = folder.to_str().ok_or(OcrError::Path)?.to_owned();
        let inner = Some(Tesseract::new(Some(&folder), Some(language))?);
        Ok(Self { folder, language: language.to_owned(), inner })
    }

    /// The text of a page, in the engine's line order.
    ///
    /// # Errors
    /// When the engine fails on the page; the next call starts a new one.
    pub fn text(&mut self, page: &Luma, dpi: i32, mode: PageMode) -> Result<String, OcrError> {
        let engine = match self.inner.take() {
            Some(engine) => engine,
            None => Tesseract::new(Some(&self.folder), Some(&self.language))?,
        };
        let (width, height) = (page.width() as i32, page.height() as i32);
        let mode = match mode {
            PageMode::Column => tesseract::PageSegMode::PsmSingleColumn,
            PageMode::Block => tesseract::PageSegMode::PsmSingleBlock,
        };
        let mut engine = engine.set_frame(page.pixels(), width, height, 1, width).map_err(|_| OcrError::Page)?;
        engine.set_page_seg_mode(mode);
        let mut engine = engine.set_source_resolution(dpi).recognize().map_err(|_| OcrError::Page)?;
        let text = engine.get_text().map_err(|_| OcrError::Page)?;
        self.inner = Some(engine);
        Ok(text)
    }
}
