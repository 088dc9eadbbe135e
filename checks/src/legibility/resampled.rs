//! Whether a picture was made small and large again: its pixels promise more than it holds.
//!
//! Enlarging puts new pixels between the old ones by a rule that repeats with the old pixels' spacing, so
//! the second differences of the brightness swing with that period over the whole picture (Gallagher,
//! "Detection of linear and cubic interpolation in JPEG compressed images", 2005). Averaged over many rows
//! the writing evens out and the swing stays: a sharp line in the spectrum, the same along and across.
//! Looked for only where letters are soft, since nothing else depends on it.

use std::f32::consts::TAU;

use super::grid::percentile;
use crate::page::Luma;

/// Longest stretch of columns that is looked at, pixels: the spectrum costs its square.
const MAX_LENGTH: usize = 1536;
/// Rows that are averaged at most.
const MAX_ROWS: usize = 700;
/// Second differences above this are edges of the writing, levels.
const MAX_STEP: i32 = 40;
/// Columns over which the signal is levelled.
const LEVEL_REACH: usize = 15;
/// Bins over which the spectrum's background is taken.
const BACKGROUND_REACH: usize = 40;
/// Frequencies looked at, cycles a pixel: below lie the letters themselves.
const BAND: (f32, f32) = (0.08, 0.495);
/// JPEG blocks have lines at multiples of an eighth; this near to them nothing is said.
const BLOCK_GUARD: f32 = 0.005;
/// A line stands this many times above its background along one side ...
const MIN_LINE: f32 = 11.0;
/// ... and this many times along the other, at the same place.
const MIN_OTHER: f32 = 3.5;
/// How near "the same place" is, cycles a pixel.
const SAME_PLACE: f32 = 0.004;
/// Shorter sides give no spectrum.
const MIN_LENGTH: usize = 200;

/// Whether the picture carries the trace of an enlargement.
#[must_use]
pub fn enlarged(luma: &Luma) -> bool {
    if luma.width().min(luma.height()) < MIN_LENGTH {
        return false;
    }
    let across = Spectrum::of(&along_rows(luma));
    let down = Spectrum::of(&along_columns(luma));
    shared_line(&across, &down) || shared_line(&down, &across)
}

fn shared_line(one: &Spectrum, other: &Spectrum) -> bool {
    let (place, height) = one.highest(|_| true);
    height >= MIN_LINE && other.highest(|f| (f - place).abs() <= SAME_PLACE).1 >= MIN_OTHER
}

/// Mean second difference of each column of the middle of the page, over rows spread over it.
fn along_rows(luma: &Luma) -> Vec<f32> {
    let length = (luma.width() - 2).min(MAX_LENGTH);
    let start = (luma.width() - 2 - length) / 2;
    let step = luma.height().div_ceil(MAX_ROWS);
    let mut sums = vec![0_u32; length];
    for y in (0..luma.height()).step_by(step) {
        let row = &luma.row(y)[start..start + length + 2];
        for (sum, three) in sums.iter_mut().zip(row.windows(3)) {
            *sum += second_difference(three[0], three[1], three[2]);
        }
    }
    level(&sums)
}

/// The same down the columns.
fn along_columns(luma: &Luma) -> Vec<f32> {
    let length = (luma.height() - 2).min(MAX_LENGTH);
    let start = (luma.height() - 2 - length) / 2;
    let step = luma.width().div_ceil(MAX_ROWS);
    let sums: Vec<u32> = (start..start + length)
        .map(|y| {
            let (above, here, below) = (luma.row(y), luma.row(y + 1), luma.row(y + 2));
            let places = (0..luma.width()).step_by(step);
            places.map(|x| second_difference(above[x], here[x], below[x])).sum()
        })
        .collect();
    level(&sums)
}

fn second_difference(a: u8, b: u8, c: u8) -> u32 {
    (i32::from(a) - 2 * i32::from(b) + i32::from(c)).abs().min(MAX_STEP) as u32
}

/// The signal against its neighbourhood, so that crowded and empty columns weigh the same; mean zero, fading
/// to both ends (Hann).
fn level(sums: &[u32]) -> Vec<f32> {
    let length = sums.len();
    let mean = sums.iter().sum::<u32>() as f32 / length as f32;
    let mut levelled: Vec<f32> = (0..length)
        .map(|i| {
            let near = &sums[i.saturating_sub(LEVEL_REACH)..(i + LEVEL_REACH + 1).min(length)];
            let mut near: Vec<f32> = near.iter().map(|&v| v as f32).collect();
            sums[i] as f32 / (percentile(&mut near, 0.5) + 0.05 * mean + 1.0)
        })
        .collect();
    let centre = levelled.iter().sum::<f32>() / length as f32;
    for (i, value) in levelled.iter_mut().enumerate() {
        *value = (*value - centre) * (0.5 - 0.5 * (TAU * i as f32 / length as f32).cos());
    }
    levelled
}

/// Heights of the spectrum over its background.
struct Spectrum {
    /// Frequency in cycles a pixel, and how many times its background it stands high.
    lines: Vec<(f32, f32)>,
}

impl Spectrum {
    fn of(signal: &[f32]) -> Self {
        let length = signal.len();
        let magnitudes: Vec<f32> = (0..length / 2).map(|k| magnitude(signal, k as f32 / length as f32)).collect();
        let lines = (0..magnitudes.len())
            .map(|k| {
                let from = k.saturating_sub(BACKGROUND_REACH);
                let mut near = magnitudes[from..(k + BACKGROUND_REACH + 1).min(magnitudes.len())].to_vec();
                (k as f32 / length as f32, magnitudes[k] / percentile(&mut near, 0.5).max(f32::EPSILON))
            })
            .filter(|(f, _)| (BAND.0..=BAND.1).contains(f) && !near_block_line(*f))
            .collect();
        Self { lines }
    }

    /// The highest line among the frequencies asked for.
    fn highest(&self, asked: impl Fn(f32) -> bool) -> (f32, f32) {
        let lines = self.lines.iter().copied().filter(|(f, _)| asked(*f));
        lines.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0.0, 0.0))
    }
}

fn near_block_line(frequency: f32) -> bool {
    let eighths = frequency * 8.0;
    (eighths - eighths.round()).abs() / 8.0 < BLOCK_GUARD
}

/// Strength of one frequency in the signal (Goertzel's recurrence).
fn magnitude(signal: &[f32], frequency: f32) -> f32 {
    let turn = 2.0 * f64::from(TAU * frequency).cos();
    let (mut last, mut before) = (0.0_f64, 0.0_f64);
    for &value in signal {
        (last, before) = (turn.mul_add(last, f64::from(value)) - before, last);
    }
    (last * last + before * before - turn * last * before).max(0.0).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blots of many sizes at places that do not repeat.
    fn page(width: usize, height: usize) -> Luma {
        let mut luma = Luma::filled(width, height, 235);
        let mut state = 12_345_u32;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        for _ in 0..width * height / 90 {
            let (x, y, w, h) = (next(width - 12), next(height - 12), 1 + next(8), 1 + next(8));
            for row in y..y + h {
                for column in x..x + w {
                    luma.pixels_mut()[row * width + column] = 40;
                }
            }
        }
        luma
    }

    /// Enlarged by linear interpolation.
    fn enlarge(luma: &Luma, factor: f32) -> Luma {
        let (width, height) = ((luma.width() as f32 * factor) as usize, (luma.height() as f32 * factor) as usize);
        let mut out = Luma::filled(width, height, 0);
        for y in 0..height {
            for x in 0..width {
                let (sx, sy) = (x as f32 / factor, y as f32 / factor);
                let (ix, iy) = ((sx as usize).min(luma.width() - 2), (sy as usize).min(luma.height() - 2));
                let (fx, fy) = (sx - ix as f32, sy - iy as f32);
                let at = |dx, dy| f32::from(luma.at(ix + dx, iy + dy));
                let top = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
                let bottom = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
                out.pixels_mut()[y * width + x] = (top * (1.0 - fy) + bottom * fy) as u8;
            }
        }
        out
    }

    #[test]
    fn an_enlarged_picture_gives_itself_away() {
        let small = page(260, 300);
        for factor in [2.3, 3.4] {
            assert!(enlarged(&enlarge(&small, factor)), "{factor}");
        }
    }

    #[test]
    fn a_picture_as_it_was_taken_does_not() {
        assert!(!enlarged(&page(700, 800)));
        assert!(!enlarged(&Luma::filled(400, 400, 200)));
        assert!(!enlarged(&Luma::filled(20, 20, 200)));
    }
}
