//! What is drawn on a page rather than set: strokes of a hand, stamps, pictures.

use super::super::fingerprint::BODY_PX;
use super::super::ink::Ink;
use super::super::parts::{Part, Parts};
use super::{Difference, LACKING, RAGGED, faint_rule, touch};

/// Wider and higher than this they are no single mark. Body heights.
const MOST_DRAWN: f32 = 26.0;
/// A drawn piece that both pages have and is wider than twice this somewhere is a picture; its box belongs to it, pixels.
const THICK: usize = 4;

/// What is drawn on a page rather than set.
pub(super) struct Drawn {
    /// Its ink.
    pub(super) ink: Ink,
    /// Boxes of pictures.
    pub(super) pictures: Vec<[i32; 4]>,
}

/// The drawn pieces of a page; those that the other page lacks are told. `alone` is what this page has and the other
/// lacks, and what the other has and this one lacks.
///
/// A figure that touches the frame around it makes a small piece with it. Where the other page has ink of its own in its
/// place, it is another figure, and nothing that was drawn.
pub(super) fn drawn(page: &Ink, alone: [&Ink; 2], first: bool, found: &mut Vec<Difference>) -> Drawn {
    /// Sides of a piece up to which a figure may be most of it, body heights.
    const SMALL: f32 = 4.0;
    /// Share of the other page's ink for this page's from which it is instead of it.
    const INSTEAD: f32 = 0.25;
    let Some(parts) = Parts::of(page) else {
        return Drawn { ink: Ink::blank(page.width(), page.height()), pictures: vec![] };
    };
    let lacked = parts.under(alone[0]);
    let other_figure = |part: &Part, lacked: u32| {
        let [x0, y0, x1, y1] = part.place();
        (x1 - x0).max(y1 - y0) as f32 <= SMALL * BODY_PX
            && lacked as f32 >= LACKING * part.area as f32
            && alone[1].within(x0, y0, x1, y1) as f32 >= INSTEAD * lacked as f32
    };
    let of_a_hand = |(part, lacked): (&Part, &u32)| part.is_drawn() && !other_figure(part, *lacked);
    let wanted: Vec<bool> = parts.parts.iter().zip(&lacked).map(of_a_hand).collect();
    let mut out = Drawn { ink: parts.sheet(page, &wanted), pictures: vec![] };
    let mut on_both = vec![false; wanted.len()];
    for (at, (part, lacked)) in parts.parts.iter().zip(lacked).enumerate() {
        if !wanted[at] || part.width().max(part.height()) as f32 > MOST_DRAWN * BODY_PX {
            continue;
        }
        if (lacked as f32) < LACKING * part.area as f32 {
            on_both[at] = true;
        } else if !faint_rule(part.place()) {
            found.push(drawn_on_one(part.place(), lacked, first));
        }
    }
    if on_both.contains(&true) {
        let shared = parts.sheet(page, &on_both);
        out.pictures = thick_boxes(&shared.without(alone[0]));
        found.extend(put_on(&shared.and(alone[0])).iter().map(|part| drawn_on_one(part.place(), part.area, first)));
    }
    out
}

fn drawn_on_one(place: [i32; 4], ink: u32, first: bool) -> Difference {
    let (lost, gained) = if first { (ink, 0) } else { (0, ink) };
    Difference { place, lost, gained, off: ink as f32, ratio: 0.0, drawn: true, framed: false }
}

/// What was drawn across a piece that both pages have, of what only one of them has of it: a signature that runs into a stamp.
fn put_on(alone: &Ink) -> Vec<Part> {
    /// A hair's breadth is how the piece lies, pixels to either side.
    const HAIR: usize = 1;
    let stroke = alone.shrunk(HAIR).grown(HAIR);
    let long = |part: &Part| part.width().max(part.height()) as f32 >= BODY_PX;
    Parts::of(&stroke).into_iter().flat_map(|found| found.parts).filter(long).collect()
}

/// Boxes of pieces that are thick somewhere: pictures.
fn thick_boxes(ink: &Ink) -> Vec<[i32; 4]> {
    let thick = ink.shrunk(THICK);
    let parts = if thick.is_blank() { None } else { Parts::of(ink) };
    let boxes = parts.into_iter().flat_map(|found| found.parts).map(|part| part.place());
    boxes.filter(|&[x0, y0, x1, y1]| thick.any(x0, y0, x1, y1)).collect()
}

/// Boxes of pieces of both pages that are surfaces for a good part, neither bars nor the whole page: a face, a coat of arms, and
/// what lies within them.
pub(super) fn surface_boxes([mine, theirs]: [&Ink; 2], surfaces: &Ink) -> Vec<[i32; 4]> {
    /// Sides, body heights.
    const SIDES: std::ops::RangeInclusive<f32> = 2.0..=MOST_DRAWN;
    /// Share of a piece that is surface.
    const SHARE: f32 = 0.1;
    if surfaces.is_blank() {
        return vec![];
    }
    let Some(parts) = Parts::of(&mine.and(&theirs.grown(RAGGED))) else { return vec![] };
    let broad = parts.under(surfaces);
    let sized = |side: i32| SIDES.contains(&(side as f32 / BODY_PX));
    let found = parts.parts.iter().zip(broad).filter(|(part, broad)| {
        sized(part.width()) && sized(part.height()) && *broad as f32 >= SHARE * part.area as f32
    });
    found.map(|(part, _)| part.place()).collect()
}

/// Boxes of pictures, those beside each other as one.
pub(super) fn merged(mut boxes: Vec<[i32; 4]>) -> Vec<[i32; 4]> {
    const ROOM: i32 = BODY_PX as i32;
    boxes.iter_mut().for_each(|b| *b = [b[0] - ROOM, b[1] - ROOM, b[2] + ROOM, b[3] + ROOM]);
    let mut at = 0;
    while at < boxes.len() {
        let Some(other) = (at + 1..boxes.len()).find(|&other| touch(boxes[at], boxes[other])) else {
            at += 1;
            continue;
        };
        let (p, q) = (boxes[at], boxes.swap_remove(other));
        boxes[at] = [p[0].min(q[0]), p[1].min(q[1]), p[2].max(q[2]), p[3].max(q[3])];
        at = 0;
    }
    boxes
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use super::*;

    /// Left, top, width and height.
    type Bar = (usize, usize, usize, usize);

    fn page(bars: &[Bar]) -> Ink {
        let mut ink = Ink::blank(640, 320);
        for (x0, y0, wide, high) in bars {
            (0..wide * high).for_each(|k| ink.set(x0 + k % wide, y0 + k / wide));
        }
        ink
    }

    /// The same with a thick stamp at the upper left.
    fn stamped(bars: &[Bar]) -> Ink {
        let mut ink = page(bars);
        let square = (0..150 * 150).map(|k| (k % 150, k / 150));
        let stamp = square.filter(|(x, y): &(usize, usize)| (58..75).contains(&(x.abs_diff(75) + y.abs_diff(75))));
        stamp.for_each(|(x, y)| ink.set(95 + x, 35 + y));
        ink
    }

    /// A line of strokes, and a letter at a place, of which the strokes stand so far from where they cross.
    fn line_and_letter((x, y): (usize, usize), letter: usize) -> Vec<Bar> {
        let line = (0..6).map(|k| (40 + 30 * k, 250, 4, 20));
        line.chain([(x, y + letter, 16, 4), (x + letter, y, 4, 20)]).collect()
    }

    #[test]
    fn a_tall_figure_in_place_of_another_is_not_drawn_and_a_stroke_that_one_page_lacks_is() {
        let letters = [(40, 200, 4, 20), (60, 200, 4, 20), (80, 200, 4, 20)];
        let page = |more: &[Bar]| page(&[&letters[..], more].concat());
        let drawn = |mine: Ink, theirs: Ink| found(mine, theirs).iter().any(|difference| difference.drawn);
        // a figure with a stroke of its frame, and another figure in its place
        let figure = [(300, 60, 5, 20), (304, 80, 5, 20), (308, 98, 5, 18)];
        assert!(!drawn(page(&figure), page(&[(311, 60, 5, 36)])));
        assert!(drawn(page(&figure), page(&[])));
    }

    #[test]
    fn a_stroke_across_a_stamp_that_both_pages_have_is_a_mark_and_its_box_hides_nothing() {
        let page = |stroke: bool, letter: usize| {
            // slanting out of the stamp
            let stroke = (0..if stroke { 40 } else { 0 }).map(|k| (170 + 5 * k, 70 + 3 * k, 6, 6));
            stamped(&line_and_letter((300, 60), letter).into_iter().chain(stroke).collect::<Vec<_>>())
        };
        let parts = |mine: Ink, theirs: Ink| {
            let found = found(mine, theirs);
            [true, false].map(|drawn| found.iter().any(|d| d.drawn == drawn && d.place[2] > 290))
        };
        assert_eq!(parts(page(false, 0), page(true, 0)), [true, false]);
        assert_eq!(parts(page(false, 0), page(true, 12)), [true, true]);
        assert_eq!(parts(page(true, 0), page(true, 0)), [false, false]);
    }

    #[test]
    fn a_thick_stamp_on_one_page_hides_nothing_within_it_and_a_picture_on_both_does() {
        let page = |picture: bool, letter: usize| {
            let bars = line_and_letter((162, 100), letter);
            if picture { stamped(&bars) } else { page(&bars) }
        };
        let parts =
            |mine: Ink, theirs: Ink| found(mine, theirs).iter().any(|d| !d.drawn && (150..190).contains(&d.place[0]));
        assert!(parts(page(true, 12), page(false, 0)));
        assert!(!parts(page(true, 12), page(true, 0)));
        assert!(!parts(page(true, 0), page(false, 0)));
    }
}
