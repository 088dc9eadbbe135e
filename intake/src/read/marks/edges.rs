//! Which way the edges of a place run. What is printed in squares and bars has edges of two ways only, a hand's strokes turn
//! through all of them.

use sanad_checks::page::{Luma, Region};

/// Steps of brightness that make an edge, levels between a pixel's neighbours.
const EDGE: f32 = 24.0;
/// How much of a place's edges may run two ways only for a hand to have drawn it: 99 of 100 signatures of the fitting split
/// lie below.
pub(super) const MOST_LEVEL: f32 = 0.6;

/// How far the edges of a place agree on two ways across each other: 0 where they run every way, 1 where all do. The length
/// of the mean of their directions, taken four times so that both ways fall together.
pub(super) fn two_ways(luma: &Luma, region: Region) -> f32 {
    let (left, top) = (region.x.max(1) as usize, region.y.max(1) as usize);
    let right = ((region.x + region.width) as usize).min(luma.width().saturating_sub(1));
    let low = ((region.y + region.height) as usize).min(luma.height().saturating_sub(1));
    let (mut cos, mut sin, mut all) = (0f32, 0f32, 0f32);
    for y in top..low {
        let (above, row, below) = (luma.row(y - 1), luma.row(y), luma.row(y + 1));
        for x in left..right {
            let across = f32::from(row[x + 1]) - f32::from(row[x - 1]);
            let down = f32::from(below[x]) - f32::from(above[x]);
            let length = across.hypot(down);
            if length > EDGE {
                let turn = 4.0 * down.atan2(across);
                cos += length * turn.cos();
                sin += length * turn.sin();
                all += length;
            }
        }
    }
    cos.hypot(sin) / all.max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Region = Region::new(0, 0, 120, 120);

    /// A drawing as a lens sees it: each pixel the mean of sixteen places in it.
    fn drawn(ink: impl Fn(f32, f32) -> bool) -> Luma {
        let pixel = |at: usize| {
            let place = |part: usize| {
                ((at % 120) as f32 + (part % 4) as f32 / 4.0, (at / 120) as f32 + (part / 4) as f32 / 4.0)
            };
            let inked = (0..16).map(place).filter(|(x, y)| ink(*x, *y)).count();
            240 - (inked * 220 / 16) as u8
        };
        Luma::new(120, 120, (0..120 * 120).map(pixel).collect()).expect("whole")
    }

    #[test]
    fn bars_and_squares_run_two_ways_however_they_are_turned() {
        for turn in [0.0f32, 0.2] {
            let squares = drawn(|x, y| {
                let (u, v) = (x * turn.cos() + y * turn.sin() + 200.0, y * turn.cos() - x * turn.sin() + 200.0);
                ((u / 12.0) as i32 * 7 + (v / 12.0) as i32 * 5) % 3 == 0
            });
            assert!(two_ways(&squares, ALL) > MOST_LEVEL, "{}", two_ways(&squares, ALL));
        }
        let rings = drawn(|x, y| ((x - 60.0).hypot(y - 60.0) as i32) % 14 < 4);
        assert!(two_ways(&rings, ALL) < MOST_LEVEL / 2.0);
        assert_eq!(two_ways(&Luma::filled(50, 50, 255), Region::new(0, 0, 50, 50)), 0.0);
    }
}
