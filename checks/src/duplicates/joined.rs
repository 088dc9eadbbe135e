//! Figures that [`super::figures`] leaves out: numbers are not always pieces of one height with room around them.
//!
//! A Persian nought is half as high as other figures, and dashes and strokes stand between the parts of a date, so that
//! a row of one height is torn to pieces of one or two. Frames reach around the figures of a cell, a worn figure falls into
//! an upper and a lower piece, and figures that touch are one wide piece; it is cut evenly. All of these are less alike in
//! two captures than plain figures are, so they are told apart from those.

use super::cells::{Cells, first, join};
use super::fingerprint::BODY_PX;
use super::parts::Part;

/// Heights of a figure, body heights.
const HEIGHTS: std::ops::RangeInclusive<f32> = 0.45..=1.7;
/// Widths of a figure, or of two that touch, body heights.
const WIDTHS: std::ops::RangeInclusive<f32> = 0.12..=1.3;
/// Widest run of figures that touch, body heights, and the width of one of them for its height.
const TOUCHING: (f32, f32) = (4.5, 0.7);
/// Sides of a Persian nought, body heights, and how much wider than high or higher than wide it may be.
const NOUGHT: (std::ops::RangeInclusive<f32>, f32) = (0.25..=0.65, 1.7);
/// Sides of a sign between parts of a number, body heights at most: width and height.
const SIGN: (f32, f32) = (0.85, 0.45);
/// Least ink of a figure, of a nought and of a sign, pixels.
const LEAST: (u32, u32, u32) = (14, 10, 5);
/// Ink above or below that tells of a letter, pixels.
const DOT: u32 = 4;
/// Figures of a number, at least.
const ROW: usize = 3;
/// Neighbours are no further apart than this share of their height, and may overlap by so many pixels.
const GAP: (f32, i32) = (0.6, 3);
/// ... for which no piece counts as lower than this, body heights: a nought stands as far from the next piece as others.
const LOW: f32 = 0.8;
/// Their feet and heads are level within this share of their height and so many pixels.
const LEVEL: (f32, f32) = (0.22, 1.0);

/// What a piece may be in a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Figure,
    /// Figures that touch: they stand in a number only beside others.
    Touching,
    Nought,
    /// Joins the rows on its two sides.
    Sign,
}

#[derive(Clone, Copy)]
struct Piece {
    /// Left, top, right, bottom, half open.
    place: [i32; 4],
    sort: Sort,
}

/// Numbers of such pieces: left, top, right and bottom of each figure, half open; plain ones among them too.
pub(super) struct Joined {
    /// In rows of three at least.
    pub(super) rows: Vec<[i32; 4]>,
    /// By twos, as the day of a date is whose month is a word; two letters may be told here too.
    pub(super) pairs: Vec<[i32; 4]>,
}

/// The numbers of a page.
#[must_use]
pub(super) fn joined(parts: &[Part]) -> Joined {
    let parts = &mended(parts);
    let cells = Cells::of(parts, |part| part.area >= DOT && !drawn(part));
    let piece = |part: &Part| Some(Piece { place: part.place(), sort: sort(part)? });
    let pieces = parts.iter().filter_map(|part| piece(part).filter(|_| alone(&cells, part)));
    let mut chosen: Vec<Piece> = pieces.collect();
    chosen.sort_unstable_by_key(|piece| piece.place);
    let mut row: Vec<usize> = (0..chosen.len()).collect();
    for i in 0..chosen.len() {
        for j in i + 1..chosen.len() {
            if chosen[j].place[0] - chosen[i].place[2] > BODY_PX as i32 {
                // pieces begin further and further right; only wide ones may still reach here
                if chosen[j].place[0] - chosen[i].place[0] > 6 * BODY_PX as i32 {
                    break;
                }
                continue;
            }
            if neighbours(chosen[i], chosen[j]) {
                join(&mut row, i, j);
            }
        }
    }
    // of each row: its figures, and those together with its noughts
    let mut members = vec![(0, 0); chosen.len()];
    for (i, piece) in chosen.iter().enumerate() {
        let own = &mut members[first(&mut row, i)];
        own.0 += usize::from(piece.sort == Sort::Figure);
        own.1 += usize::from(matches!(piece.sort, Sort::Figure | Sort::Nought));
    }
    let mut found = Joined { rows: vec![], pairs: vec![] };
    for (i, piece) in chosen.iter().enumerate() {
        let (figures, all) = members[first(&mut row, i)];
        match piece.sort {
            Sort::Figure | Sort::Nought if figures >= 1 && all >= ROW => found.rows.push(piece.place),
            Sort::Figure if figures == 2 => found.pairs.push(piece.place),
            Sort::Touching if figures >= 2 => found.rows.extend(cut(piece.place)),
            _ => {}
        }
    }
    found
}

/// Parts of which those that lie right above each other, and are no larger than a figure together, are one.
fn mended(parts: &[Part]) -> Vec<Part> {
    /// Least ink of a piece, pixels: no dot.
    const PIECE: u32 = 18;
    /// Blank rows between two pieces at most.
    const TORN: i32 = 2;
    let cells = Cells::of(parts, |part| part.area >= PIECE && !drawn(part));
    let fits = |one: &Part, other: &Part| {
        let mut whole = *one;
        whole.join(other);
        let (w, h) = (whole.width() as f32 / BODY_PX, whole.height() as f32 / BODY_PX);
        HEIGHTS.contains(&h) && WIDTHS.contains(&w)
    };
    let below = |upper: &Part, lower: &Part| {
        let gap = i32::from(lower.y0) - i32::from(upper.y1);
        let shared = i32::from(upper.x1.min(lower.x1)) - i32::from(upper.x0.max(lower.x0));
        (0..=TORN).contains(&gap) && 2 * shared > upper.width().min(lower.width()) && fits(upper, lower)
    };
    let mut taken = vec![false; parts.len()];
    let mut out = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        if taken[at] {
            continue;
        }
        let mut whole = *part;
        let torn = |lower: &usize| !taken[*lower] && below(part, &parts[*lower]);
        let lower = cells.others(part, TORN).filter(|_| part.area >= PIECE).filter(torn).min();
        if let Some(lower) = lower {
            taken[lower] = true;
            whole.join(&parts[lower]);
        }
        out.push(whole);
    }
    out
}

/// What a part may be by its size.
fn sort(part: &Part) -> Option<Sort> {
    let (w, h) = (part.width() as f32 / BODY_PX, part.height() as f32 / BODY_PX);
    let round = w.max(h) <= NOUGHT.1 * w.min(h);
    if round && NOUGHT.0.contains(&w) && NOUGHT.0.contains(&h) && part.area >= LEAST.1 {
        Some(Sort::Nought)
    } else if HEIGHTS.contains(&h) && part.area >= LEAST.0 {
        let touching = w > *WIDTHS.end() && w <= TOUCHING.0;
        if WIDTHS.contains(&w) { Some(Sort::Figure) } else { touching.then_some(Sort::Touching) }
    } else {
        (w <= SIGN.0 && h <= SIGN.1 && part.area >= LEAST.2).then_some(Sort::Sign)
    }
}

/// A run of touching figures, cut evenly.
fn cut([x0, y0, x1, y1]: [i32; 4]) -> impl Iterator<Item = [i32; 4]> {
    let each = TOUCHING.1 * (y1 - y0) as f32;
    let count = (((x1 - x0) as f32 / each).round() as i32).max(2);
    (0..count).map(move |at| [x0 + (x1 - x0) * at / count, y0, x0 + (x1 - x0) * (at + 1) / count, y1])
}

/// Whether two pieces, the second beginning further right, stand in one row of figures.
fn neighbours(one: Piece, other: Piece) -> bool {
    let (a, b) = (one.place, other.place);
    let high = (a[3] - a[1]).max(b[3] - b[1]) as f32;
    let gap = b[0] - a[2];
    let high = high.max(LOW * BODY_PX);
    if gap < -GAP.1 || gap as f32 > GAP.0 * high {
        return false;
    }
    let apart = (a[1] - b[1]).abs().max((a[3] - b[3]).abs()) as f32;
    let level = apart <= LEVEL.0 * high + LEVEL.1;
    let whole = |piece: Piece| matches!(piece.sort, Sort::Figure | Sort::Touching);
    match (whole(one), whole(other)) {
        (true, true) => level || stroke(a, b) || stroke(b, a),
        (true, false) => between(b, a),
        (false, true) => between(a, b),
        (false, false) => match (one.sort, other.sort) {
            (Sort::Nought, Sort::Nought) => level,
            (Sort::Nought, Sort::Sign) => between(b, a),
            (Sort::Sign, Sort::Nought) => between(a, b),
            _ => false,
        },
    }
}

/// Whether a piece is a stroke that reaches above and below a figure beside it.
fn stroke(stroke: [i32; 4], figure: [i32; 4]) -> bool {
    /// Its height is at most so much of the figure's, its width of its own.
    const SIDES: (f32, f32) = (1.9, 0.6);
    let [w, h] = [stroke[2] - stroke[0], stroke[3] - stroke[1]].map(|side| side as f32);
    h <= SIDES.0 * (figure[3] - figure[1]) as f32 && w <= SIDES.1 * h && between(figure, stroke)
}

/// Whether a piece lies between the head and the foot of another.
fn between(small: [i32; 4], large: [i32; 4]) -> bool {
    let room = (LEVEL.0 * (large[3] - large[1]) as f32 + LEVEL.1) as i32;
    small[1] >= large[1] - room && small[3] <= large[3] + room
}

/// Whether a part is a rule or a frame, which reaches around figures without belonging to any.
fn drawn(part: &Part) -> bool {
    /// Wider and lower than this it is a rule, body heights.
    const RULE: (f32, f32) = (2.6, 0.3);
    let (w, h) = (part.width() as f32 / BODY_PX, part.height() as f32 / BODY_PX);
    part.is_drawn() || (w > RULE.0 && h < RULE.1)
}

/// Whether nothing stands above or below a part within half its height, and nothing as large as itself close by.
fn alone(cells: &Cells<'_>, part: &Part) -> bool {
    const ROOM: i32 = 6;
    /// As large, and how close, pixels.
    const OTHER: (f32, i32) = (0.6, 3);
    let own = part.place();
    let wide = (part.height() / 2).max(ROOM);
    !cells.any_other(part, wide, |other| {
        let theirs = other.place();
        let around = theirs[0] < own[0] && theirs[1] < own[1] && theirs[2] > own[2] && theirs[3] > own[3];
        let shared = own[2].min(theirs[2]) - own[0].max(theirs[0]);
        let narrow = part.width().min(other.width());
        let room = if other.height() as f32 >= OTHER.0 * part.height() as f32 { OTHER.1 } else { wide };
        theirs[1] < own[3] + room && theirs[3] > own[1] - room && !around && shared > 0 && 2 * shared > narrow
    })
}

#[cfg(test)]
mod tests {
    use super::super::ink::Ink;
    use super::super::parts::Parts;
    use super::*;

    fn found(of: &[(usize, usize, usize, usize)]) -> Joined {
        let mut ink = Ink::blank(400, 200);
        for &(x, y, w, h) in of {
            (0..w * h).for_each(|i| ink.set(x + i % w, y + i / w));
        }
        joined(&Parts::of(&ink).unwrap().parts)
    }

    fn boxes(of: &[(usize, usize, usize, usize)]) -> Vec<[i32; 4]> {
        found(of).rows
    }

    #[test]
    fn a_row_of_one_height_is_found_and_pairs_and_dotted_ones_are_none() {
        let row = [(20, 40, 10, 18), (34, 40, 10, 18), (48, 41, 10, 18)];
        assert_eq!(boxes(&row).len(), 3);
        assert_eq!(boxes(&row[..2]).len(), 0);
        assert_eq!((found(&row[..2]).pairs.len(), found(&row).pairs.len(), found(&row[..1]).pairs.len()), (2, 0, 0));
        // a dot above the middle one
        assert_eq!(boxes(&[row[0], row[1], row[2], (37, 33, 4, 4)]).len(), 0);
        // another line far below
        assert_eq!(boxes(&[row[0], row[1], (48, 140, 10, 18)]).len(), 0);
    }

    #[test]
    fn a_figure_that_fell_into_two_pieces_stands_in_its_row_and_a_dot_is_no_piece() {
        let (left, right) = ((20, 40, 10, 18), (48, 40, 10, 18));
        let torn = [(34, 40, 10, 9), (34, 50, 10, 8)];
        let whole = [20, 34, 48].map(|x| [x, 40, x + 10, 58]);
        assert_eq!(boxes(&[&[left, right][..], &torn].concat()), whole);
        for lower in [(37, 50, 4, 4), (34, 53, 10, 5)] {
            assert_ne!(boxes(&[left, right, torn[0], lower]), whole, "{lower:?}");
        }
    }

    #[test]
    fn noughts_and_signs_join_the_parts_of_a_number() {
        let (two, seven) = ((20, 40, 12, 20), (76, 40, 12, 20));
        let (nought, dash, stroke) = ((36, 48, 9, 9), (50, 49, 8, 3), (62, 35, 9, 30));
        // a nought counts, a sign and a stroke do not
        assert_eq!(boxes(&[two, nought, dash, (62, 40, 12, 20)]).len(), 3);
        assert_eq!(boxes(&[two, nought, (50, 40, 9, 20), stroke, seven]).len(), 5);
        assert_eq!(boxes(&[two, dash, seven]).len(), 0);
    }

    #[test]
    fn figures_in_a_frame_and_figures_that_touch_are_found() {
        let row = [(40, 60, 10, 18), (54, 60, 10, 18), (68, 60, 10, 18)];
        let frame = [(20, 50, 120, 2), (20, 90, 120, 2), (20, 50, 2, 42), (138, 50, 2, 42)];
        assert_eq!(boxes(&[&row[..], &frame].concat()).len(), 3);
        let touching = (82, 60, 38, 18);
        assert_eq!(boxes(&[row[0], row[1], row[2], touching]).len(), 6);
        assert_eq!(boxes(&[touching]).len(), 0);
    }
}
