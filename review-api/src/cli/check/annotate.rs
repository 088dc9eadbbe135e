//! `--annotate`: each page with its findings drawn on it.

use std::fs;
use std::path::{Path, PathBuf};

use sanad_intake::PageImages;

use super::line::{Failure, Line};
use sanad_checks::finding::Bilingual;

/// Longest part of a file's name that is taken over.
const MAX_STEM_CHARS: usize = 60;

/// Writes the pictures into the folder, if there is one. A picture that cannot be written is our
/// failure on that file.
pub(super) fn keep(folder: Option<&Path>, index: usize, (line, images): (Line, Vec<PageImages>)) -> Line {
    let (Some(folder), Line::Judged(report)) = (folder, &line) else { return line };
    for (page, image) in images.iter().enumerate() {
        let Some(png) = &image.annotated_png else { continue };
        if fs::write(place(folder, index, &report.file, page), png).is_err() {
            let message = Bilingual {
                fa: "تصویر نشان‌گذاری‌شده نوشته نشد.".to_owned(),
                en: "The marked picture could not be written.".to_owned(),
            };
            return Line::Failed { file: report.file.clone(), error: Failure { kind: "not-written", message } };
        }
    }
    line
}

/// A name that tells the file and page, is new for every argument, and holds nothing that a folder
/// or a terminal would take for a command.
fn place(folder: &Path, index: usize, file: &str, page: usize) -> PathBuf {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let plain: String = stem
        .chars()
        .take(MAX_STEM_CHARS)
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' })
        .collect();
    folder.join(format!("{:03}-{plain}-{:03}.png", index + 1, page + 1))
}
