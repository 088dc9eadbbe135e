//! The light on a page: how bright the paper is beside every stroke, so that it can be taken out.
//!
//! A closing (the largest value of a window, then the smallest of those) fills in everything darker that is narrower
//! than the window, which is letters, and leaves the edge of a shadow where it is: a mean or a percentile of blocks
//! smears that edge over the writing beside it. Filters by running maxima after van Herk, "A fast algorithm for local
//! minimum and maximum filters" (1992).

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
    let paper = filtered(&filtered(&half, window, u8::max), window, u8::min);
    let mut out = page.clone();
    for y in 0..height {
        let light = paper.row((y / STEP).min(paper.height() - 1));
        for (x, pixel) in out.pixels_mut()[y * width..(y + 1) * width].iter_mut().enumerate() {
            let light = u32::from(light[(x / STEP).min(light.len() - 1)]).max(1);
            *pixel = (u32::from(*pixel) * WHITE / light).min(255) as u8;
        }
    }
    out
}

/// The largest, or smallest, value of the square window around every pixel.
fn filtered(luma: &Luma, window: usize, best: impl Fn(u8, u8) -> u8 + Copy) -> Luma {
    let (width, height) = (luma.width(), luma.height());
    let mut out = luma.clone();
    for y in 0..height {
        along(luma.row(y), 1, window, best, &mut out.pixels_mut()[y * width..(y + 1) * width]);
    }
    let across = out.clone();
    along(across.pixels(), width, window, best, out.pixels_mut());
    out
}

/// The same along a line of `lanes` that run beside one another: a row's pixels are lanes of one, a column's are one of
/// as many as the picture is wide, which are then taken together. Within blocks of the window's length, the best so far
/// from the left and from the right; every window is the end of one block and the start of the next.
fn along(line: &[u8], lanes: usize, window: usize, best: impl Fn(u8, u8) -> u8 + Copy, out: &mut [u8]) {
    let (count, reach) = (line.len() / lanes, window / 2);
    let mut from_left = line.to_vec();
    let mut from_right = line.to_vec();
    let of = |i: usize| i * lanes..(i + 1) * lanes;
    let joined = |values: &mut [u8], near: &[u8]| {
        values.iter_mut().zip(near).for_each(|(value, near)| *value = best(*value, *near));
    };
    for i in 1..count {
        if i % window != 0 {
            let (before, here) = from_left.split_at_mut(i * lanes);
            joined(&mut here[..lanes], &before[of(i - 1)]);
        }
        let back = count - 1 - i;
        if (back + 1) % window != 0 {
            let (here, after) = from_right.split_at_mut((back + 1) * lanes);
            joined(&mut here[of(back)], &after[..lanes]);
        }
    }
    for (i, out) in out.chunks_exact_mut(lanes).enumerate() {
        let (first, last) = (i.saturating_sub(reach), (i + reach).min(count - 1));
        // at the ends of the line the window is shorter and may lie within one block
        if first / window == last / window {
            out.copy_from_slice(&line[of(first)]);
            (first + 1..=last).for_each(|at| joined(out, &line[of(at)]));
        } else {
            out.copy_from_slice(&from_right[of(first)]);
            joined(out, &from_left[of(last)]);
        }
    }
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
            let mut out = vec![0; 50];
            along(&line, 1, window, u8::max, &mut out);
            assert_eq!(out, (0..50).map(plain).collect::<Vec<_>>());
            // the same line in each of three lanes
            let beside: Vec<u8> = line.iter().flat_map(|value| [*value; 3]).collect();
            let mut wide = vec![0; 150];
            along(&beside, 3, window, u8::max, &mut wide);
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
