//! HEIC is not decoded here: Debian's converter does it in a sandbox of its own
//! (`sandbox::convert`), and its JPEG comes back to the reader like any other upload.

/// Stem of the pictures that the converter writes.
pub(crate) const CONVERTED_STEM: &str = "page";

/// Name of the type for people where the converter is not installed.
pub(super) const NO_CONVERTER: &str = "HEIC";
