//! Words from pixels: one engine behind one small surface.

mod tesseract;

pub use self::tesseract::{Engine, OcrError, PageMode};
