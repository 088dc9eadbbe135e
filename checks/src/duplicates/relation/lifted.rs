//! Marks lifted off two pages, so that the print below them is seen as both pages have it.
//!
//! Where a stamp or a stroke of a hand runs through print, the print is still there. What only the marked page has there, and
//! belongs to the mark, is taken away; what is left is held against the other page.

use super::super::fingerprint::BODY_PX;
use super::super::ink::Ink;
use super::super::overlay::Overlay;
use super::super::parts::{Part, Parts, drawn};
use super::changes::{Group, Side, touch};

/// Ink so near to ink of the other page is that page's too, pixels.
const EDGE: usize = 2;
/// A piece at a mark that is at least so long is of the mark; a shorter one may be what makes another sign of one.
const LONG: i32 = (0.45 * BODY_PX) as i32;
/// A stroke that crosses a word comes out between its letters in short pieces, so far apart at most, pixels ...
const ACROSS: usize = 8;
/// ... and so many one after another are followed.
const ROUNDS: usize = 3;
/// Sides of a stamp at most, body heights: what stands within a larger frame is not of it.
const STAMP: (f32, f32) = (18.0, 12.0);
/// Share of the other page's own ink, for this page's, up to which only this page was written on.
const OTHERS: f32 = 0.1;

/// Two pages as they would be without these marks and without other strokes that only one of them has.
pub(super) fn lifted(laid: &Overlay, marks: &[Group]) -> Overlay {
    let of = |side: Side| marks.iter().filter(|mark| mark.side == side).map(|mark| mark.place).collect();
    let mine = Page { ink: &laid.mine, alone: laid.mine.without(&laid.theirs.grown(EDGE)) };
    let theirs = Page { ink: &laid.theirs, alone: laid.theirs.without(&laid.mine.grown(EDGE)) };
    Overlay {
        mine: mine.without_marks(&theirs, of(Side::First)),
        theirs: theirs.without_marks(&mine, of(Side::Second)),
        seen: laid.seen.clone(),
    }
}

/// One of two pages.
struct Page<'i> {
    ink: &'i Ink,
    /// What the other page has not.
    alone: Ink,
}

impl Page<'_> {
    /// Its ink without what it alone has and is drawn, or of a mark at these places.
    fn without_marks(&self, other: &Self, mut places: Vec<[i32; 4]>) -> Ink {
        let Some(pieces) = Parts::of(&self.alone) else { return self.ink.clone() };
        places.extend(self.strokes(&pieces, other).filter(stamp_sized));
        let beside = other.ink.grown(EDGE + 1);
        let of_a_mark = |part: &Part| {
            let place @ [x0, y0, x1, y1] = part.place();
            let certain = part.width().max(part.height()) >= LONG || !beside.any(x0, y0, x1, y1);
            part.is_drawn() || (certain && places.iter().any(|mark| touch(*mark, place, 0)))
        };
        let mut unwanted: Vec<bool> = pieces.parts.iter().map(of_a_mark).collect();
        if !unwanted.contains(&true) {
            return self.ink.clone();
        }
        let mut sheet = pieces.sheet(self.ink, &unwanted);
        for _ in 0..ROUNDS {
            let near = pieces.under(&sheet.grown(ACROSS));
            let more: Vec<bool> = unwanted.iter().zip(near).map(|(unwanted, near)| *unwanted || near > 0).collect();
            if more == unwanted {
                break;
            }
            unwanted = more;
            sheet = pieces.sheet(self.ink, &unwanted);
        }
        self.ink.without(&sheet)
    }

    /// Boxes of what it alone has and is drawn: in one piece, or in pieces that go on across print where the other page has
    /// nothing of its own.
    fn strokes(&self, pieces: &Parts, other: &Self) -> impl Iterator<Item = [i32; 4]> {
        const REACH: i32 = ACROSS as i32 / 2;
        let joined = Parts::of(&self.alone.grown(ACROSS / 2)).map_or(vec![], |found| found.parts);
        let inner = |part: Part| {
            let [x0, y0, x1, y1] = part.place();
            [x0 + REACH, y0 + REACH, x1 - REACH, y1 - REACH]
        };
        let one_sided = |[x0, y0, x1, y1]: &[i32; 4]| {
            let ink = |page: &Self| page.alone.within(*x0, *y0, *x1, *y1) as f32;
            ink(other) <= OTHERS * ink(self)
        };
        let joined = joined.into_iter().map(inner).filter(|place| drawn(*place)).filter(one_sided);
        let whole = pieces.parts.iter().filter(|part| part.is_drawn()).map(Part::place);
        whole.chain(joined.collect::<Vec<_>>())
    }
}

const fn stamp_sized([x0, y0, x1, y1]: &[i32; 4]) -> bool {
    (*x1 - *x0) as f32 <= STAMP.0 * BODY_PX && (*y1 - *y0) as f32 <= STAMP.1 * BODY_PX
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar so long and high.
    fn bar(ink: &mut Ink, (x0, y0): (usize, usize), (long, high): (usize, usize)) {
        (0..long * high).for_each(|k| ink.set(x0 + k % long, y0 + k / long));
    }

    #[test]
    fn a_stroke_through_print_is_taken_off_and_what_may_make_another_sign_stays() {
        let mut mine = Ink::blank(512, 128);
        [60, 70, 300].into_iter().for_each(|x| bar(&mut mine, (x, 50), (3, 20)));
        let mut theirs = mine.clone();
        // a long stroke, of which a short piece comes out between two letters, and another within the box of a mark
        bar(&mut theirs, (63, 58), (160, 3));
        bar(&mut theirs, (240, 90), (30, 4));
        bar(&mut theirs, (303, 50), (8, 3));
        let laid = Overlay { mine: mine.clone(), theirs, seen: Ink::blank(32, 8) };
        let left = lifted(&laid, &[Group { place: [230, 40, 280, 100], mass: 1, side: Side::Second }]);
        assert_eq!(left.mine, mine);
        assert!(left.theirs.any(307, 50, 311, 53), "a short stroke at a sign");
        for [x0, y0, x1, y1] in [[66, 58, 67, 61], [80, 58, 223, 61], [240, 90, 270, 94]] {
            assert!(!left.theirs.any(x0, y0, x1, y1), "{x0} {y0}");
        }
        assert!(mine.without(&left.theirs).is_blank(), "the print is all there");
    }
}
