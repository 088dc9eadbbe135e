//! Words from pixels, and numbers from pixels: two readers, each behind one small surface.

mod alike;
mod ends;
pub mod figures;
mod glance;
mod ink;
mod level;
mod light;
pub mod number;
mod page;
mod pitched;
mod prepare;
mod rules;
mod second;
pub mod signs;
mod stops;
mod tesseract;
mod words;
mod zone;

pub(crate) use self::glance::glance;
pub use self::page::WordReader;
pub use self::prepare::for_words;
pub(crate) use self::prepare::{Layout, cut};
pub use self::tesseract::{Engine, Model, OcrError, PageMode};
pub use self::words::{PageWords, SecondReading, Word, Zone};
