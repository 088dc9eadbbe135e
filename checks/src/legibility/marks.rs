//! The marks on a page: ink, blobs, the sheet they lie on and the lines they stand in. Found once, then asked
//! by the search for the page's turn and by every check.

use super::blobs::{Blob, blobs};
use super::ink::InkMap;
use super::paper::{Paper, paper};
use super::text::{Text, candidates, text};
use super::tilt::{Tilt, tilt};
use crate::page::Luma;

/// What is marked on a page; lengths in analysis pixels.
#[derive(Debug)]
pub struct Marks {
    /// Ink and paper.
    pub map: InkMap,
    /// Where the sheet lies in the picture.
    pub sheet: Paper,
    /// All blobs on the sheet.
    pub blobs: Vec<Blob>,
    /// Those of them that have the shape of letters.
    pub shaped: Vec<Blob>,
    /// The writing among them, with the lines as they lie.
    pub text: Text,
    /// Tilt of the lines; `None` where there are too few letters.
    pub tilt: Option<Tilt>,
}

impl Marks {
    /// Finds the marks of a page of any size.
    #[must_use]
    pub fn of(luma: &Luma) -> Self {
        let map = InkMap::of(luma);
        let found = blobs(&map);
        let shaped = candidates(&found, map.width, map.height);
        let sheet = paper(&map, &shaped);
        let on_sheet = |blobs: Vec<Blob>| -> Vec<Blob> {
            blobs.into_iter().filter(|b| sheet.holds(b.centre().0, b.centre().1)).collect()
        };
        let (shaped, blobs) = (on_sheet(shaped), on_sheet(found));
        let text = text(&shaped, &blobs);
        let tilt = tilt(&text);
        Self { map, sheet, blobs, shaped, text, tilt }
    }
}
