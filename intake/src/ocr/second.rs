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

/// Tesseract over the single line, smaller than on the page: another segmentation and another scale. Larger would
/// be worse: the model loses figures above 200 dpi.
#[derive(Debug)]
pub(crate) struct LinePass<'e> {
    pub(crate) engine: &'e mut Engine,
}

/// Size of the line against that on the page.
const SCALE: f32 = 0.85;
/// What the engine is told; it only sets its idea of small specks.
const LINE_DPI: i32 = 170;

impl SecondReader for LinePass<'_> {
    fn name(&self) -> &'static str {
        "line"
    }

    fn read(&mut self, crop: &Luma) -> Option<NumberReading> {
        let words = self.engine.words(&resized(crop, SCALE), LINE_DPI, PageMode::Line, "").ok()?;
        let confidence = words.iter().map(|w| w.confidence).fold(1.0, f32::min);
        let text = words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(NumberReading { text, confidence })
    }
}
