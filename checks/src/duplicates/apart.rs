//! What two pages laid on each other have apart from each other.

use std::collections::BTreeMap;

use super::fingerprint::BODY_PX;
use super::ink::Ink;
use super::parts::{Part, Parts};

/// Ink of one page that has none of the other near it.
#[derive(Clone, Debug)]
pub struct Apart {
    /// Share of the page's ink that lies far from it, apart from what was drawn: two captures may bear a mark of their own
    /// each.
    pub share: f32,
    /// Pieces as large as a stroke of what lies not quite so far.
    pub pieces: usize,
    /// Where these stand, by cells about as high as a line and as long as a word.
    cells: BTreeMap<(u16, u16), usize>,
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
        let (mut pieces, mut cells) = (usize::MAX, BTreeMap::new());
        if let Some(found) = found {
            let strokes = || found.parts.iter().filter(|part| part.area >= STROKE);
            pieces = strokes().count();
            strokes().for_each(|stroke| *cells.entry(cell(stroke)).or_insert(0) += 1);
            found.wipe(&mut far, Part::is_drawn);
        }
        Self { share: far.count() as f32 / page.count().max(1) as f32, pieces, cells }
    }

    /// Strokes of this page that stand where the other has some of its own instead: what is written otherwise, while a stamp on
    /// the one and a note on the other are not.
    #[must_use]
    pub fn instead(&self, other: &Self) -> usize {
        let both = |(cell, strokes): (_, &usize)| other.cells.get(cell).map_or(0, |others| *strokes.min(others));
        self.cells.iter().map(both).sum()
    }
}

fn cell(stroke: &Part) -> (u16, u16) {
    /// Length and height, pixels.
    const SIDES: (f32, f32) = (8.0 * BODY_PX, 2.5 * BODY_PX);
    ((stroke.cx / SIDES.0) as u16, (stroke.cy / SIDES.1) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_of_both_at_one_place_stand_instead_of_each_other_and_marks_of_one_do_not() {
        let page = |bars: &[(usize, usize)]| {
            let mut ink = Ink::blank(640, 320);
            for (x, y) in bars {
                (0..100).for_each(|k| ink.set(x + k % 5, y + k / 5));
            }
            ink
        };
        let shared = (600, 20);
        // each has two strokes of a word and three of a mark elsewhere
        let one = page(&[shared, (20, 20), (50, 20), (200, 200), (230, 200), (260, 200)]);
        let other = page(&[shared, (35, 20), (65, 20), (400, 270), (430, 270), (460, 270)]);
        let [one, other] = Apart::both([&one, &other]);
        assert_eq!((one.pieces, other.pieces, one.instead(&other), other.instead(&one)), (5, 5, 2, 2));
    }
}
