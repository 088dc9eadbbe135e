//! Levels of softened ink, counted for the pixels of a word all at once: a level is a number of five bits, and each bit of all
//! pixels is a word.

use super::super::ink::Ink;
use super::LEVELS;

/// Side of a square whose pixels are counted: with one pixel around it is no wider than a word.
pub(super) const SIDE: usize = 48;

/// A number of a few bits for each pixel, the lowest bit first.
type Numbers<const BITS: usize> = [u64; BITS];

/// Adds the pixels of each level to the counts, of the square from a place on; those of none are not counted. Where the square has no
/// ink, what its neighbours soften into it is not counted either.
pub(super) fn count(ink: &Ink, (x, y): (i32, i32), counts: &mut [u32; LEVELS]) {
    const ROWS: usize = SIDE + 2;
    let mut rows = [0; ROWS];
    ink.bits_of_rows(x - 1, y - 1, &mut rows);
    let inside = ((1 << SIDE) - 1) << 1;
    if rows[1..=SIDE].iter().all(|row| row & inside == 0) {
        return;
    }
    let across = rows.map(across);
    for near in across.windows(3) {
        let levels = down([near[0], near[1], near[2]]).map(|bits| bits & inside >> 1);
        if levels != [0; 5] {
            add(levels, counts);
        }
    }
}

/// A row softened across, weights 1 2 1: the middle of three pixels stands where the first did.
const fn across(row: u64) -> Numbers<3> {
    let (left, here, right) = (row, row >> 1, row >> 2);
    let both = left & right;
    [left ^ right, both ^ here, both & here]
}

/// Three such rows softened down, with the same weights.
const fn down([above, here, below]: [Numbers<3>; 3]) -> Numbers<5> {
    // above and below: four bits
    let (ones, carry) = (above[0] ^ below[0], above[0] & below[0]);
    let (twos, carry) = sum(above[1], below[1], carry);
    let (fours, eights) = sum(above[2], below[2], carry);
    // and twice what is here
    let (twos, carry) = (twos ^ here[0], twos & here[0]);
    let (fours, carry) = sum(fours, here[1], carry);
    let (eights, sixteens) = sum(eights, here[2], carry);
    [ones, twos, fours, eights, sixteens]
}

/// Sum and carry of three bits of each pixel.
const fn sum(one: u64, other: u64, third: u64) -> (u64, u64) {
    let apart = one ^ other;
    (apart ^ third, one & other | apart & third)
}

/// Adds how many pixels have each level but none.
fn add([ones, twos, fours, eights, sixteens]: Numbers<5>, counts: &mut [u32; LEVELS]) {
    let each = |low: u64, high: u64| [!low & !high, low & !high, !low & high, low & high];
    let (low, high) = (each(ones, twos), each(fours, eights));
    // sixteen is the most, and has no bit but its own
    let levels = high.iter().flat_map(|high| low.iter().map(move |low| low & high)).enumerate().skip(1);
    levels.for_each(|(level, pixels)| counts[level] += pixels.count_ones());
    counts[LEVELS - 1] += sixteens.count_ones();
}

#[cfg(test)]
mod tests {
    use super::super::softened;
    use super::*;

    #[test]
    fn levels_are_counted_as_they_are_softened() {
        let mut ink = Ink::blank(150, 100);
        (0..150 * 100).filter(|i| i * i % 31 < 14 || i / 150 % 40 < 4).for_each(|i| ink.set(i % 150, i / 150));
        for (x, y) in [(0, 0), (48, 48), (96, 0), (144, 96)] {
            let (mut counts, mut each) = ([0; LEVELS], vec![]);
            count(&ink, (x, y), &mut counts);
            softened(&ink, [x, y, x + SIDE as i32, y + SIDE as i32], &mut each);
            let mut by_each = [0; LEVELS];
            each.iter().filter(|level| **level > 0).for_each(|level| by_each[usize::from(*level)] += 1);
            assert_eq!(counts, by_each, "{x} {y}");
            assert!(counts[1..].iter().filter(|count| **count > 0).count() > 5);
        }
    }

    #[test]
    fn a_square_without_ink_has_no_levels_of_its_neighbours() {
        let mut ink = Ink::blank(150, 100);
        (0..100).for_each(|y| ink.set(48, y));
        let mut counts = [0; LEVELS];
        count(&ink, (0, 0), &mut counts);
        assert_eq!(counts, [0; LEVELS]);
        count(&ink, (48, 0), &mut counts);
        assert_eq!(counts.iter().sum::<u32>(), 2 * SIDE as u32);
    }
}
