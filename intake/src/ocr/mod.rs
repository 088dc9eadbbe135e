//! Words from pixels: one engine behind one small surface.

mod page;
mod prepare;
mod second;
mod tesseract;
mod words;
mod zone;

pub use self::page::WordReader;
pub use self::second::{NumberReading, SecondReader};
pub use self::tesseract::{Engine, Model, OcrError, PageMode};
pub use self::words::{PageWords, SecondReading, Word, Zone};
