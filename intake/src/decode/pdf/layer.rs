//! The words that a PDF itself has for a page: its text layer. What it says is nobody's reading of the picture and may be
//! anything, so it is only held against what was read there (`read/layer.rs`), and never fetched before words are wanted.

use std::cell::OnceCell;

use pdf_extract::{Document, PlainTextOutput, output_doc_page};

use crate::decode::guarded;

/// Longer layers are of no paper of a claim, letters.
const MOST: usize = 100_000;

/// The text of a file, parsed once and only if a page's text is asked for.
pub(crate) struct Text<'b> {
    bytes: &'b [u8],
    document: OnceCell<Option<Document>>,
}

impl<'b> Text<'b> {
    pub(super) const fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, document: OnceCell::new() }
    }
}

/// Where the text of one page is found.
pub(crate) struct Layer<'t> {
    text: &'t Text<'t>,
    index: usize,
}

impl<'t> Layer<'t> {
    pub(super) const fn new(text: &'t Text<'t>, index: usize) -> Self {
        Self { text, index }
    }

    /// The page's text, a line of the page a line, as it stands from the left to the right; `None` where there is none or
    /// it cannot be made out. The parser panics on damaged files.
    pub(crate) fn read(&self) -> Option<String> {
        let parsed = || Document::load_mem(self.text.bytes).ok();
        let document = self.text.document.get_or_init(|| guarded(parsed).flatten()).as_ref()?;
        let page = u32::try_from(self.index + 1).ok()?;
        let mut out = String::new();
        let written = guarded(|| output_doc_page(document, &mut PlainTextOutput::new(&mut out), page).is_ok());
        (written == Some(true) && !out.trim().is_empty() && out.len() <= MOST).then_some(out)
    }
}
