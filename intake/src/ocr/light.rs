//! The light on a page: how bright the paper is beside every stroke, so that it can be taken out.
//!
//! A closing (the largest value of a window, then the smallest of those) fills in everything darker that is narrower
//! than the window, which is letters, and leaves the edge of a shadow where it is: a mean or a percentile of blocks
//! smears that edge over the writing beside it.

use sanad_checks::legibility::ink::reduce;
use sanad_checks::page::Luma;

/// Brightness of paper for the reader: a little grain is left below white.
const WHITE: u32 = 250;
/// The light is looked for at half the size: grain, whose maxima are no light, is averaged away.
const STEP: usize = 2;
/// Narrowest window, half-size pixels.
const NARROWEST: usize = 5;

/// Paper brought to white: each pixel as a share of the paper around it. A shadow dims ink and paper by the same
/// factor, so the share is what it was. `body` is the height of the letters, pixels: no stroke is as wide.
pub(super) fn even(page: &Luma, body: f32) -> Luma {
    let (width, height) = (page.width(), page.height());
    if width < STEP || height < STEP {
        return page.clone();
    }
    let half = reduce(page, STEP);
    let window = (body as usize / STEP).max(NARROWEST) | 1;
    let paper = filtered(&filtered(&half, window, u8::MIN, u8::max), window, u8::MAX, u8::min);
    let mut out = page.clone();
    for (y, row) in out.pixels_mut().chunks_exact_mut(width).enumerate() {
        let light = paper.row((y / STEP).min(paper.height() - 1));
        // a picture of odd width has one column more than its light
        let light = light.iter().chain(light.last());
        for (pixels, light) in row.chunks_mut(STEP).zip(light) {
            let shares = &SHARES[usize::from(*light)];
            pixels.iter_mut().for_each(|pixel| *pixel = shares[usize::from(*pixel)]);
        }
    }
    out
}

/// Each brightness as a share of each brightness of paper.
static SHARES: [[u8; 256]; 256] = {
    let mut shares = [[0; 256]; 256];
    let mut at = 0;
    while at < 1 << 16 {
        let (light, pixel) = (at / 256, at % 256);
        let share = pixel as u32 * WHITE / if light == 0 { 1 } else { light as u32 };
        shares[light][pixel] = if share < 255 { share as u8 } else { 255 };
        at += 1;
    }
    shares
};

/// The largest, or smallest, value of the square window around every pixel; `last` is the value that no other yields to.
fn filtered(luma: &Luma, window: usize, last: u8, best: impl Fn(u8, u8) -> u8 + Copy) -> Luma {
    let width = luma.width();
    let rows: Vec<u8> = luma.pixels().chunks_exact(width).flat_map(|row| along(row, 1, window, last, best)).collect();
    Luma::new(width, luma.height(), along(&rows, width, window, last, best)).unwrap_or_else(|| luma.clone())
}

/// The same along a line of `lanes` that run beside one another: a row's pixels are lanes of one, a column's are one of
/// as many as the picture is wide, which are then taken together. The best of a window is the best of two shorter ones
/// that overlap, and those are found by doubling; beyond the ends lies what yields to everything.
fn along(line: &[u8], lanes: usize, window: usize, last: u8, best: impl Fn(u8, u8) -> u8) -> Vec<u8> {
    let beyond = vec![last; window / 2 * lanes];
    let mut seen = [&beyond, line, &beyond].concat();
    let mut length = 1;
    while length < window {
        let step = length.min(window - length);
        let near = seen[step * lanes..].iter();
        seen = seen.iter().zip(near).map(|(value, near)| best(*value, *near)).collect();
        length += step;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_takes_its_best_wherever_it_lies() {
        let line: Vec<u8> = (0..50_u32).map(|i| (i * 37 % 101) as u8).collect();
        for window in [3, 5, 9] {
            let plain = |i: usize| {
                let near = &line[i.saturating_sub(window / 2)..=(i + window / 2).min(49)];
                *near.iter().max().unwrap()
            };
            let out = along(&line, 1, window, 0, u8::max);
            assert_eq!(out, (0..50).map(plain).collect::<Vec<_>>());
            // the same line in each of three lanes
            let beside: Vec<u8> = line.iter().flat_map(|value| [*value; 3]).collect();
            let wide = along(&beside, 3, window, 0, u8::max);
            assert_eq!(wide, out.iter().flat_map(|value| [*value; 3]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn writing_is_as_dark_on_either_side_of_a_hard_shadow() {
        let mut page = Luma::filled(400, 100, 240);
        for y in 0..100 {
            for x in 0..400 {
                let ink = y / 4 % 4 == 1 && x / 4 % 3 == 1;
                let paper = if x < 200 { 240 } else { 60 };
                page.pixels_mut()[y * 400 + x] = if ink { paper / 4 } else { paper };
            }
        }
        let even = even(&page, 20.0);
        for (x, y) in [(7, 6), (196, 6), (222, 6), (380, 6)] {
            let (ink, paper) = (even.at(x / 12 * 12 + 5, y), even.at(x / 12 * 12 + 1, y));
            assert!(ink < 90 && paper > 220, "at {x}: ink {ink}, paper {paper}");
        }
    }
}
