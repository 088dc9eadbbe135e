//! Places of two pages laid on each other, cut out so that who can tell signs apart may look at both.
//!
//! What is measured of a place (how much ink differs, for how much edge) does not say whether a sign was worn or is
//! another one: a broken three is as far from a whole three as a five is. That takes an eye for signs, which the caller
//! has (`sanad_intake::ocr::signs`); here it is only said where to look.

use super::differences::Difference;
use super::glyphs::Unlike;
use super::ink::Ink;
use crate::page::Luma;

/// Side of what is cut out, pixels; letters are about twenty high.
pub const SIDE: usize = 40;
/// Side of the middle, which is what the question is about; around it stands what may help to answer.
pub const MIDDLE: usize = 24;
/// The second page is moved by so many pixels at most to where it is most like the first.
const REACH: i32 = 2;
/// Two places nearer to each other than this are one, pixels.
const NEAR: i32 = 9;
/// Grey of a pixel for its own ink and that of its neighbours, weighed 1 2 1 both ways.
const LEVEL: u8 = 15;

/// Why a place is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The pages part there.
    Parted,
    /// A figure stands there.
    Figure,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Its middle in the frame of the first page, pixels.
    pub(super) at: (i32, i32),
    /// Why it is looked at.
    pub(super) cause: Cause,
    /// How unlike the pages are there, for the edges.
    pub(super) unlike: f32,
}

impl Spot {
    const fn around(&self, side: i32) -> [i32; 4] {
        let (x, y) = self.at;
        [x - side / 2, y - side / 2, x + side / 2, y + side / 2]
    }

    /// What the question is about.
    pub(super) const fn square(&self) -> [i32; 4] {
        self.around(MIDDLE as i32)
    }

    /// The midst of it: what stands there, if only one sign does.
    pub(super) const fn core(&self) -> [i32; 4] {
        self.around(MIDDLE as i32 / 2)
    }
}

/// A place of two pages as both show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Twin {
    /// Its middle in the frame of the first page, pixels.
    pub at: (i32, i32),
    /// Why it is looked at.
    pub cause: Cause,
    /// How unlike the pages are there, for the edges: the larger the more so.
    pub unlike: f32,
    /// Ink as grey on white, [`SIDE`] pixels wide and high, of the first page and of the second.
    pub looks: [Luma; 2],
}

/// Middles of the squares that together show a place.
fn middles([x0, y0, x1, y1]: [i32; 4]) -> impl Iterator<Item = (i32, i32)> {
    const ACROSS: i32 = MIDDLE as i32;
    let along = |from: i32, to: i32| {
        let count = ((to - from + ACROSS - 1) / ACROSS).max(1);
        (0..count).map(move |i| from + (to - from) * (2 * i + 1) / (2 * count))
    };
    along(y0, y1).flat_map(move |y| along(x0, x1).map(move |x| (x, y)))
}

/// The squares that together show a figure.
pub(super) fn spots_of(figure: [i32; 4]) -> impl Iterator<Item = Spot> {
    middles(figure).map(|at| Spot { at, cause: Cause::Figure, unlike: 0.0 })
}

/// Places to look at, the most unlike first, each once.
pub(super) fn places(parted: &[Difference], figures: &[Unlike]) -> Vec<Spot> {
    let spots = |place, cause, unlike| middles(place).map(move |at| Spot { at, cause, unlike });
    let parted = parted.iter().flat_map(|d| spots(d.place, Cause::Parted, d.ratio));
    let figures = figures.iter().flat_map(|f| spots(f.place, Cause::Figure, f.unlike));
    let mut all: Vec<Spot> = parted.chain(figures).collect();
    all.sort_by(|a, b| b.unlike.total_cmp(&a.unlike).then(a.at.cmp(&b.at)));
    let mut kept: Vec<Spot> = Vec::new();
    for one in all {
        let near = |other: &Spot| (other.at.0 - one.at.0).abs() < NEAR && (other.at.1 - one.at.1).abs() < NEAR;
        if !kept.iter().any(near) {
            kept.push(one);
        }
    }
    kept
}

impl Twin {
    /// What the question is about: left, top, right, bottom in the frame of the first page, half open.
    #[must_use]
    pub const fn square(&self) -> [i32; 4] {
        Spot { at: self.at, cause: self.cause, unlike: self.unlike }.square()
    }

    /// What two pages in one frame show around a place.
    pub(super) fn of([first, second]: [&Ink; 2], spot: Spot) -> Self {
        let Spot { at, cause, unlike } = spot;
        let room = REACH as usize;
        let mine = soft(first, at, SIDE);
        let wide = soft(second, at, SIDE + 2 * room);
        let shifted = |(dx, dy): (usize, usize)| {
            let lines = wide.chunks_exact(SIDE + 2 * room).skip(dy).take(SIDE);
            lines.map(move |line| &line[dx..dx + SIDE])
        };
        let apart = |shift: &(usize, usize)| -> u32 {
            shifted(*shift).zip(mine.chunks_exact(SIDE)).map(|(there, here)| squares(there, here)).sum()
        };
        let all = (0..=2 * room).flat_map(|dy| (0..=2 * room).map(move |dx| (dx, dy)));
        // of shifts that are as good the least
        let far = |(dx, dy): &(usize, usize)| dx.abs_diff(room) + dy.abs_diff(room);
        let shift = all.min_by_key(|shift| (apart(shift), far(shift))).unwrap_or((room, room));
        let theirs: Vec<u8> = shifted(shift).flatten().copied().collect();
        let grey = |ink: Vec<u8>| {
            let pixels = ink.into_iter().map(|ink| u8::MAX - LEVEL * ink).collect();
            Luma::new(SIDE, SIDE, pixels).unwrap_or_else(|| Luma::filled(SIDE, SIDE, u8::MAX))
        };
        Self { at, cause, unlike, looks: [grey(mine), grey(theirs)] }
    }
}

/// Sum of the squared differences.
fn squares(here: &[u8], there: &[u8]) -> u32 {
    here.iter().zip(there).map(|(h, t)| u32::from(h.abs_diff(*t)).pow(2)).sum()
}

/// Ink around a place, each pixel with its neighbours: 0 to 16.
fn soft(ink: &Ink, (x, y): (i32, i32), side: usize) -> Vec<u8> {
    let wide = side + 2;
    let (left, top) = (x - (side / 2) as i32 - 1, y - (side / 2) as i32 - 1);
    let raw: Vec<u8> =
        (0..wide * wide).map(|k| u8::from(ink.at(left + (k % wide) as i32, top + (k / wide) as i32))).collect();
    let row = |k: usize| raw[k] + 2 * raw[k + 1] + raw[k + 2];
    let at = |k: usize| row(k) + 2 * row(k + wide) + row(k + 2 * wide);
    (0..side).flat_map(|y| (0..side).map(move |x| y * wide + x)).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(x0: i32, y0: i32) -> Ink {
        let mut ink = Ink::blank(128, 128);
        for (x, y) in (0..18).flat_map(|y| (0..12).map(move |x| (x, y))) {
            if !((3..9).contains(&x) && (3..15).contains(&y)) {
                ink.set((x0 + x) as usize, (y0 + y) as usize);
            }
        }
        ink
    }

    #[test]
    fn a_sign_that_lies_a_little_off_is_laid_on_itself() {
        let pages = [ring(50, 50), ring(52, 49)];
        let twin = Twin::of(pages.each_ref(), Spot { at: (56, 59), cause: Cause::Figure, unlike: 0.2 });
        assert_eq!(twin.looks[0], twin.looks[1]);
        assert_eq!([twin.looks[0].width(), twin.looks[0].height()], [SIDE, SIDE]);
        assert!(twin.looks[0].pixels().contains(&(u8::MAX - 16 * LEVEL)));
    }

    #[test]
    fn a_wide_place_is_shown_by_several_squares_and_what_is_near_is_shown_once() {
        let d = |place, ratio| Difference { place, lost: 9, gained: 9, off: 9.0, ratio, drawn: false, framed: false };
        assert_eq!(middles([10, 10, 20, 20]).collect::<Vec<_>>(), [(15, 15)]);
        assert_eq!(middles([0, 10, 60, 20]).count(), 3);
        let figures = [Unlike { place: [12, 10, 22, 22], unlike: 0.3 }];
        let found = places(&[d([10, 10, 20, 20], 0.9), d([80, 10, 90, 20], 1.2)], &figures);
        let spot = |at, unlike| Spot { at, cause: Cause::Parted, unlike };
        assert_eq!(found, [spot((85, 15), 1.2), spot((15, 15), 0.9)]);
    }
}
