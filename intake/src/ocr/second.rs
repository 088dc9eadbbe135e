//! A second look at number and date fields.
//!
//! One engine can be wrong with great confidence, so a field counts as read only when two readings agree or a
//! rule decides. Whatever reads a line crop can stand here.

use sanad_checks::page::Luma;

use super::prepare::resized;
use super::tesseract::{Engine, PageMode};

/// What a second reader made of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberReading {
    /// Figures and separators, month names as words, in the order they are read.
    pub text: String,
    /// How sure it is, 0–1.
    pub confidence: f32,
}

/// Reads one line again, by itself.
pub trait SecondReader {
    /// Name of the reader, for the record.
    fn name(&self) -> &'static str;

    /// Reads a crop of one field: dark letters on light paper, of any height. `None` where it makes nothing of it.
    fn read(&mut self, crop: &Luma) -> Option<NumberReading>;
}

/// Tesseract over the single line, larger than on the page: another segmentation and another scale.
#[derive(Debug)]
pub(crate) struct LinePass<'e> {
    pub(crate) engine: &'e mut Engine,
}

/// How much larger the line is than on the page.
const ENLARGED: f32 = 1.5;
/// What the engine is told; it only sets its idea of small specks.
const LINE_DPI: i32 = 300;

impl SecondReader for LinePass<'_> {
    fn name(&self) -> &'static str {
        "line"
    }

    fn read(&mut self, crop: &Luma) -> Option<NumberReading> {
        let words = self.engine.words(&resized(crop, ENLARGED), LINE_DPI, PageMode::Line, "").ok()?;
        let confidence = words.iter().map(|w| w.confidence).fold(1.0, f32::min);
        let text = words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(NumberReading { text, confidence })
    }
}
