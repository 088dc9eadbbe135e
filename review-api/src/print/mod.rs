//! Papers that the office prints: made in this process, with the letters inside, without a browser.

pub mod cover;
pub mod letter;
mod lines;
mod sheet;

pub use sheet::{Align, Cell, Sheet};

/// A paper could not be made: our own failure.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A face in the program does not open.
    #[error("a typeface in the program does not open")]
    Face,
    /// The document could not be put together.
    #[error("the document could not be written")]
    Write,
}
