//! Rows of a page cut out for who reads numbers.

use super::super::ink::Ink;
use crate::page::Luma;

/// A row with what stands beside it: a number is not always found as a whole.
pub(super) const fn beside([x0, y0, x1, y1]: [i32; 4]) -> [i32; 4] {
    let room = 3 * (y1 - y0);
    [x0 - room, y0, x1 + room, y1]
}

/// A row in crops that overlap, each no longer than a number may be.
pub(super) fn pieces(ink: &Ink, [x0, y0, x1, y1]: [i32; 4]) -> Vec<Luma> {
    /// Length of a piece and the step to the next, heights of the row.
    const LONG: i32 = 12;
    const STEP: i32 = 8;
    let high = (y1 - y0).max(1);
    let begins = (x0..x1).step_by((STEP * high) as usize);
    begins.map(|begin| crop(ink, [begin, y0, (begin + LONG * high).min(x1), y1])).collect()
}

/// Where the crop of a row begins.
pub(super) const fn begin([x0, y0, _, y1]: [i32; 4]) -> i32 {
    x0 - (y1 - y0) / 2
}

/// A row with some paper around it, softened to grey.
pub(super) fn crop(ink: &Ink, [x0, y0, x1, y1]: [i32; 4]) -> Luma {
    /// Ink of a pixel and its neighbours, weighed 1 2 1 both ways, in levels of grey.
    const LEVEL: u8 = 15;
    let high = y1 - y0;
    let (left, top) = (begin([x0, y0, x1, y1]), y0 - high / 3);
    let (width, height) = ((x1 - x0 + high) as usize, (high + 2 * (high / 3)) as usize);
    let weight = |step: i32| if step == 0 { 2 } else { 1 };
    let value = |at: usize| {
        let (x, y) = (left + (at % width) as i32, top + (at / width) as i32);
        let around = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)));
        let inked: u8 = around.filter(|(dx, dy)| ink.at(x + dx, y + dy)).map(|(dx, dy)| weight(dx) * weight(dy)).sum();
        u8::MAX - LEVEL * inked
    };
    Luma::new(width, height, (0..width * height).map(value).collect()).expect("a value was made for every pixel")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_row_is_read_in_pieces_that_overlap() {
        let widths = |right: i32| -> Vec<usize> {
            let ink = Ink::blank(640, 64);
            pieces(&ink, [0, 20, right, 40]).iter().map(Luma::width).collect()
        };
        assert_eq!(widths(100), [120]);
        assert_eq!(widths(300), [260, 160]);
    }
}
