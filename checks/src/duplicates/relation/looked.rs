//! Which places of two pages are shown to an eye for signs.

use super::super::align::{Prepared, SEED, align};
use super::super::differences::{Difference, differences, evened};
use super::super::glyphs::Places;
use super::super::overlay::{Overlay, overlay};
use super::super::twins::{Twin, places};
use super::changes::{Group, decide, touch};
use super::{AREA, RelationThresholds, letters_around, speck, written};

/// Places of two pages worth a look.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The most unlike first.
    pub twins: Vec<Twin>,
    /// How unlike three in ten figures of the pages are at most: what is usual between these captures.
    pub usual: f32,
}

impl Looked {
    /// Of two pages whatever they are to each other, at most so many places; `None` where they cannot be laid on each
    /// other. It is what an eye for signs is taught with.
    #[must_use]
    pub fn at(a: &Prepared, b: &Prepared, most: usize) -> Option<Self> {
        let limits = RelationThresholds::default();
        let alignment = align(a, b, SEED)?;
        let laid = overlay(a, b, &alignment.there).refined();
        let found = differences(&laid, 1.0, letters_around(a)).found;
        let text = written(a, b, &alignment);
        let found: Vec<Difference> = found.into_iter().filter(|d| touch(text, d.place, 0) && !speck(&laid, d)).collect();
        let ink = (laid.mine.count() + laid.theirs.count()) as f32 / AREA;
        let marks = decide(&found, [ink, 1.0, 1.0], &limits).marks;
        Some(Self::of(&laid, &found, &marks, &Places::of(&laid), most))
    }

    /// Of two pages laid on each other that part at these places. What lies under a mark is not looked at.
    pub(super) fn of(laid: &Overlay, found: &[Difference], marks: &[Group], figures: &Places, most: usize) -> Self {
        const ROOM: i32 = 2;
        let drawn = found.iter().filter(|d| d.drawn).map(|d| d.place);
        let covered: Vec<[i32; 4]> = marks.iter().map(|mark| mark.place).chain(drawn).collect();
        let clear = |place: [i32; 4]| !covered.iter().any(|mark| touch(*mark, place, ROOM));
        let figures = figures.unlike(laid, &evened(laid));
        let usual = usual(figures.iter().map(|f| f.unlike).collect());
        let figures: Vec<_> = figures.into_iter().filter(|f| clear(f.place)).collect();
        let parted: Vec<Difference> = found.iter().filter(|d| !d.drawn && clear(d.place)).copied().collect();
        let twins = places(&parted, &figures).into_iter().take(most).map(|place| Twin::of(laid, place)).collect();
        Self { twins, usual }
    }
}

/// The value that three in ten do not reach.
fn usual(mut values: Vec<f32>) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    values.get(values.len() * 3 / 10).copied().unwrap_or(0.0)
}
