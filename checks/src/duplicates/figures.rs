//! Where figures stand on a page: pieces of one height side by side, with nothing above or below them.
//!
//! Nothing is read. Letters of one height in a row are taken for figures too; that does no harm, since they are only
//! held against themselves in the other capture.

use super::cells::{Cells, first, join};
use super::fingerprint::BODY_PX;
use super::parts::Part;

/// Heights of a figure, body heights.
const HEIGHTS: std::ops::RangeInclusive<f32> = 0.45..=1.7;
/// Widths of a figure, or of two that touch, body heights.
const WIDTHS: std::ops::RangeInclusive<f32> = 0.12..=1.3;
/// Least ink of a figure, pixels.
const LEAST: u32 = 14;
/// Ink above or below that tells of a letter, pixels.
const DOT: u32 = 4;
/// Figures of a number, at least.
const ROW: usize = 3;
/// Neighbours are no further apart than this share of their height, and may overlap by so many pixels.
const GAP: (f32, i32) = (0.6, 3);
/// Their feet and heads are level within this share of their height and so many pixels.
const LEVEL: (f32, f32) = (0.22, 1.0);

/// Left, top, right and bottom of each figure, half open.
#[must_use]
pub fn figures(parts: &[Part]) -> Vec<[i32; 4]> {
    let cells = Cells::of(parts, |part| part.area >= DOT);
    let fits = |part: &&Part| {
        let (w, h) = (part.width() as f32 / BODY_PX, part.height() as f32 / BODY_PX);
        part.area >= LEAST && HEIGHTS.contains(&h) && WIDTHS.contains(&w) && alone(&cells, part)
    };
    let mut chosen: Vec<[i32; 4]> = parts.iter().filter(fits).map(Part::place).collect();
    chosen.sort_unstable();
    let mut row: Vec<usize> = (0..chosen.len()).collect();
    for i in 0..chosen.len() {
        for j in i + 1..chosen.len() {
            if chosen[j][0] - chosen[i][0] > 3 * BODY_PX as i32 {
                break;
            }
            if neighbours(chosen[i], chosen[j]) {
                join(&mut row, i, j);
            }
        }
    }
    let mut members = vec![0; chosen.len()];
    (0..chosen.len()).for_each(|i| members[first(&mut row, i)] += 1);
    (0..chosen.len()).filter(|i| members[first(&mut row, *i)] >= ROW).map(|i| chosen[i]).collect()
}

/// Whether two pieces, the second further right, stand in one row of figures.
fn neighbours(a: [i32; 4], b: [i32; 4]) -> bool {
    let high = (a[3] - a[1]).max(b[3] - b[1]) as f32;
    let gap = b[0] - a[2];
    let apart = (a[1] - b[1]).abs().max((a[3] - b[3]).abs()) as f32;
    gap >= -GAP.1 && gap as f32 <= GAP.0 * high && apart <= LEVEL.0 * high + LEVEL.1
}

/// Whether nothing stands above or below a part within half its height.
fn alone(cells: &Cells<'_>, part: &Part) -> bool {
    const ROOM: i32 = 6;
    let own = part.place();
    let room = (part.height() / 2).max(ROOM);
    !cells.any_other(part, room, |other| {
        let theirs = other.place();
        let shared = own[2].min(theirs[2]) - own[0].max(theirs[0]);
        let narrow = part.width().min(other.width());
        theirs[1] < own[3] + room && theirs[3] > own[1] - room && shared > 0 && 2 * shared > narrow
    })
}

#[cfg(test)]
mod tests {
    use super::super::ink::Ink;
    use super::super::parts::Parts;
    use super::*;

    fn boxes(of: &[(usize, usize, usize, usize)]) -> Vec<[i32; 4]> {
        let mut ink = Ink::blank(400, 200);
        for &(x, y, w, h) in of {
            (0..w * h).for_each(|i| ink.set(x + i % w, y + i / w));
        }
        figures(&Parts::of(&ink).unwrap().parts)
    }

    #[test]
    fn a_row_of_one_height_is_found_and_pairs_dotted_and_uneven_ones_are_none() {
        let row = [(20, 40, 10, 18), (34, 40, 10, 18), (48, 41, 10, 18)];
        assert_eq!(boxes(&row).len(), 3);
        assert_eq!(boxes(&row[..2]).len(), 0);
        assert_eq!(boxes(&[row[0], row[1], (48, 30, 10, 28)]).len(), 0);
        // a dot above the middle one
        assert_eq!(boxes(&[row[0], row[1], row[2], (37, 33, 4, 4)]).len(), 0);
        // another line far below
        assert_eq!(boxes(&[row[0], row[1], (48, 140, 10, 18)]).len(), 0);
    }
}
