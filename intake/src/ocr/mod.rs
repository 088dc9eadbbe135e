//! Words from pixels, and numbers from pixels: two readers, each behind one small surface.

pub mod number;
mod tesseract;

pub use self::tesseract::{Engine, OcrError, PageMode};
