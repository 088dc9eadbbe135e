//! What can go wrong while papers are drawn.

use std::path::PathBuf;

/// Failures of the generator.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A font file is not installed.
    #[error("the face {face} is not installed: its file {file} belongs to the package {package}")]
    MissingFace {
        /// Name of the face.
        face: &'static str,
        /// File looked for.
        file: &'static str,
        /// Package that brings it.
        package: &'static str,
    },
    /// A font file was found but holds no usable face.
    #[error("{path} holds no usable face")]
    BrokenFace {
        /// The file.
        path: PathBuf,
    },
    /// No face, kind, defect or mechanism of that name.
    #[error("unknown {what}: {name}")]
    Unknown {
        /// What was named.
        what: &'static str,
        /// The name given.
        name: String,
    },
    /// A request leaves nothing to draw from.
    #[error("nothing is left to draw from: {what}")]
    NothingLeft {
        /// The empty choice.
        what: &'static str,
    },
    /// The composed page is not a valid drawing (our own fault).
    #[error("the composed page cannot be drawn")]
    Drawing(#[from] resvg::usvg::Error),
    /// The page has no pixels, or too many.
    #[error("no picture of {width} × {height} pixels can be made")]
    Picture {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// An image could not be encoded.
    #[error("the image cannot be encoded")]
    Encoding(#[from] image::ImageError),
    /// `holdout.toml` is not readable.
    #[error("holdout.toml is not valid")]
    Holdout(#[from] toml::de::Error),
    /// Truth could not be written as JSON.
    #[error("the truth cannot be written")]
    Truth(#[from] serde_json::Error),
    /// A file could not be read or written.
    #[error("{path}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
}

impl SampleError {
    /// Wraps a file error with its path.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
