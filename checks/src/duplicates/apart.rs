//! What two pages laid on each other have apart from each other.

use super::ink::Ink;
use super::parts::{Part, Parts};

/// Ink of one page that has none of the other near it.
#[derive(Clone, Copy, Debug)]
pub struct Apart {
    /// Share of the page's ink that lies far from it, apart from what was drawn: two captures may bear a mark of their own
    /// each.
    pub share: f32,
    /// Pieces as large as a stroke of what lies not quite so far.
    pub pieces: usize,
}

impl Apart {
    /// What each of two pages in one frame has that has nothing of the other within a letter's stroke or two.
    #[must_use]
    pub fn both([one, other]: [&Ink; 2]) -> [Self; 2] {
        [Self::of(one, other), Self::of(other, one)]
    }

    /// The same of the first alone.
    #[must_use]
    pub fn of(page: &Ink, other: &Ink) -> Self {
        /// About as far as maps and bends leave captures of one paper, and further, pixels.
        const NEAR: usize = 3;
        const FAR: usize = 4;
        /// Pixels of a stroke; dots that a fax makes and loses have fewer.
        const STROKE: u32 = 20;
        let near = other.grown(NEAR);
        let mut far = page.without(&near.grown(FAR - NEAR));
        let found = Parts::of(&page.without(&near));
        let strokes = |found: &Parts| found.parts.iter().filter(|part| part.area >= STROKE).count();
        let pieces = found.as_ref().map_or(usize::MAX, strokes);
        if let Some(found) = found {
            found.wipe(&mut far, Part::is_drawn);
        }
        Self { share: far.count() as f32 / page.count().max(1) as f32, pieces }
    }
}
