//! From a crop to what the network sees: 32 rows, paper 0 and ink 1.
//!
//! The training program does the same in `training/number-reader/lines.py`; a case compares both to the last bit that
//! matters.

use sanad_checks::page::Luma;

/// Rows the network sees.
pub(super) const HEIGHT: usize = 32;
/// Columns of bare paper put on either side, so that a number at the crop's edge has an end.
pub(super) const PAD: usize = 8;

/// A normalised line.
pub(super) struct Line {
    /// Ink, row after row; 0 paper, 1 the darkest strokes.
    pub(super) ink: Vec<f32>,
    /// Columns, bare paper included.
    pub(super) columns: usize,
    /// Columns of the crop for each column of the line.
    pub(super) scale: f32,
}

/// Weights that bring `length` cells to `to`: a triangle, as wide as a cell of the coarser side.
fn taps(length: usize, to: usize) -> Vec<(usize, Vec<f32>)> {
    let scale = length as f64 / to as f64;
    let reach = scale.max(1.0) as f32;
    (0..to)
        .map(|at| {
            let centre = (at as f32 + 0.5) * scale as f32;
            let first = (centre - reach - 0.5).floor().max(0.0) as usize;
            let last = ((centre + reach + 0.5).ceil() as usize).min(length);
            let raw: Vec<f32> =
                (first..last).map(|cell| (1.0 - (cell as f32 + 0.5 - centre).abs() / reach).max(0.0)).collect();
            let sum: f32 = raw.iter().sum();
            (first, raw.into_iter().map(|weight| weight / sum).collect())
        })
        .collect()
}

/// The crop at 32 rows, made wider by this; rounded to 8 bits again.
pub(super) fn resized(crop: &Luma, wide: f64) -> (Vec<u8>, usize) {
    let (width, height) = (crop.width(), crop.height());
    let columns = ((width as f64 * HEIGHT as f64 / height as f64 * wide + 0.5) as usize).max(8);
    let mut rows = vec![0f32; HEIGHT * width];
    for (out, (first, weights)) in rows.chunks_exact_mut(width).zip(taps(height, HEIGHT)) {
        for (at, weight) in weights.iter().enumerate() {
            for (sum, value) in out.iter_mut().zip(crop.row(first + at)) {
                *sum += weight * f32::from(*value);
            }
        }
    }
    let across = taps(width, columns);
    let mut grey = Vec::with_capacity(HEIGHT * columns);
    for row in rows.chunks_exact(width) {
        for (first, weights) in &across {
            let sum: f32 = weights.iter().zip(&row[*first..]).map(|(weight, value)| weight * value).sum();
            grey.push((sum + 0.5).floor().clamp(0.0, 255.0) as u8);
        }
    }
    (grey, columns)
}

/// Running counts of values.
fn counted(grey: &[u8]) -> [usize; 256] {
    let mut counts = [0usize; 256];
    for value in grey {
        counts[usize::from(*value)] += 1;
    }
    let mut sum = 0;
    counts.map(|count| {
        sum += count;
        sum
    })
}

/// Least value that `share` percent of the pixels do not exceed.
fn percentile(counts: &[usize; 256], share: usize) -> i32 {
    let wanted = (counts[255] * share).div_ceil(100);
    counts.iter().position(|count| *count >= wanted).unwrap_or(255) as i32
}

/// Ink of an evenly scaled crop: paper is the value most of the crop has, ink its darkest; where the darker side is
/// the larger one, the crop is turned round first.
pub(super) fn inked(mut grey: Vec<u8>) -> Vec<f32> {
    /// Least difference taken for ink on paper, so that the grain of an empty crop is not blown up.
    const LEAST_SPAN: i32 = 24;
    let counts = counted(&grey);
    let (mut low, middle, high) = (percentile(&counts, 2), percentile(&counts, 50), percentile(&counts, 98));
    let mut paper = percentile(&counts, 80);
    if 2 * middle < low + high {
        for value in &mut grey {
            *value = 255 - *value;
        }
        low = 255 - high;
        paper = percentile(&counted(&grey), 80);
    }
    let span = (paper - low).max(LEAST_SPAN) as f32;
    grey.into_iter().map(|value| ((paper as f32 - f32::from(value)) / span).clamp(-0.25, 1.25)).collect()
}

/// Another look at a crop: how much wider its shape, and how much bare paper above and below, in heights of the crop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) wide: f64,
    pub(super) paper: f32,
}

impl Look {
    /// The crop as it is.
    pub(super) const PLAIN: Self = Self { wide: 1.0, paper: 0.0 };
}

/// The crop with rows of its own paper above and below.
fn papered(crop: &Luma, share: f32) -> Luma {
    let rows = (crop.height() as f32 * share).round() as usize;
    let paper = percentile(&counted(crop.pixels()), 80) as u8;
    let mut out = Luma::filled(crop.width(), crop.height() + 2 * rows, paper);
    let from = rows * crop.width();
    out.pixels_mut()[from..from + crop.pixels().len()].copy_from_slice(crop.pixels());
    out
}

/// Normalises a crop.
pub(super) fn line(crop: &Luma, look: Look) -> Line {
    let papered = (look.paper > 0.0).then(|| papered(crop, look.paper));
    let crop = papered.as_ref().unwrap_or(crop);
    let (grey, inner) = resized(crop, look.wide);
    let ink = inked(grey);
    let columns = inner + 2 * PAD;
    let mut padded = vec![0f32; HEIGHT * columns];
    for (out, row) in padded.chunks_exact_mut(columns).zip(ink.chunks_exact(inner)) {
        out[PAD..PAD + inner].copy_from_slice(row);
    }
    Line { ink: padded, columns, scale: crop.width() as f32 / inner as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_crop_stays_even_and_dark_ground_is_turned_round() {
        let (grey, columns) = resized(&Luma::filled(90, 45, 137), 1.0);
        assert_eq!(columns, 64);
        assert!(grey.iter().all(|value| *value == 137));
        let mut crop = Luma::filled(64, 32, 30);
        for y in 8..24 {
            crop.pixels_mut()[y * 64 + 20..y * 64 + 24].fill(230);
        }
        let line = line(&crop, Look::PLAIN);
        assert_eq!(line.columns, 80);
        assert!((line.ink[16 * 80 + PAD + 22] - 1.0).abs() < 0.05 && line.ink[16 * 80 + PAD + 40].abs() < 0.05);
    }
}
