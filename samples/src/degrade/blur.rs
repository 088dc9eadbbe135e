//! Convolution in linear light.

use image::RgbImage;

use crate::degrade::light::{Linear, byte};

/// Normalised Gaussian weights out to three standard deviations.
fn gaussian_weights(sigma: f32) -> Vec<f32> {
    let radius = (3.0 * sigma).ceil().max(1.0) as i32;
    let raw: Vec<f32> = (-radius..=radius).map(|x| libm::expf(-(x * x) as f32 / (2.0 * sigma * sigma))).collect();
    let sum: f32 = raw.iter().sum();
    raw.into_iter().map(|w| w / sum).collect()
}

/// Gaussian blur of `sigma` pixels; nothing below a tenth of a pixel.
pub(crate) fn gaussian(image: &RgbImage, sigma: f32) -> RgbImage {
    if sigma < 0.1 {
        return image.clone();
    }
    let weights = gaussian_weights(sigma);
    let source = Linear::of(image);
    let across = across(&source, &weights);
    down(&across, &weights).encode()
}

/// Along the rows; the border is repeated.
fn across(source: &Linear, weights: &[f32]) -> Linear {
    let radius = weights.len() / 2;
    let row_len = source.width * 3;
    let mut values = Vec::with_capacity(source.values.len());
    let mut padded = vec![0f32; row_len + 6 * radius];
    let mut sums = vec![0f32; row_len];
    for y in 0..source.height {
        let row = source.row(y);
        for (at, cell) in padded.iter_mut().enumerate() {
            let pixel = (at / 3).saturating_sub(radius).min(source.width - 1);
            *cell = f32::from(row[pixel * 3 + at % 3]);
        }
        sums.fill(0.0);
        for (tap, weight) in weights.iter().enumerate() {
            for (sum, value) in sums.iter_mut().zip(&padded[tap * 3..]) {
                *sum += weight * value;
            }
        }
        values.extend(sums.iter().map(|sum| (sum + 0.5) as u16));
    }
    Linear { values, ..*source }
}

/// Along the columns; the border is repeated.
fn down(source: &Linear, weights: &[f32]) -> Linear {
    let radius = weights.len() as isize / 2;
    let mut values = Vec::with_capacity(source.values.len());
    let mut sums = vec![0f32; source.width * 3];
    for y in 0..source.height as isize {
        sums.fill(0.0);
        for (tap, weight) in weights.iter().enumerate() {
            let from = (y + tap as isize - radius).clamp(0, source.height as isize - 1) as usize;
            for (sum, value) in sums.iter_mut().zip(source.row(from)) {
                *sum += weight * f32::from(*value);
            }
        }
        values.extend(sums.iter().map(|sum| (sum + 0.5) as u16));
    }
    Linear { values, ..*source }
}

/// A kernel of whole-pixel taps: offset and weight.
pub(crate) type Kernel = Vec<(i32, i32, f32)>;

/// Spreads points of equal weight over the pixels around them and joins those that meet.
pub(crate) fn kernel(points: &[(f32, f32)]) -> Kernel {
    let mut taps = std::collections::BTreeMap::new();
    let share = 1.0 / points.len().max(1) as f32;
    for (x, y) in points {
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        for (dx, dy, weight) in
            [(0, 0, (1.0 - fx) * (1.0 - fy)), (1, 0, fx * (1.0 - fy)), (0, 1, (1.0 - fx) * fy), (1, 1, fx * fy)]
        {
            if weight > 0.0 {
                *taps.entry((left as i32 + dx, top as i32 + dy)).or_insert(0.0) += weight * share;
            }
        }
    }
    taps.into_iter().map(|((x, y), weight)| (x, y, weight)).collect()
}

/// Convolves with any small kernel; the border is repeated.
pub(crate) fn convolve(image: &RgbImage, taps: &Kernel) -> RgbImage {
    let source = Linear::of(image);
    let (w, h) = (source.width as i32, source.height as i32);
    let reach = taps.iter().map(|(x, _, _)| x.abs()).max().unwrap_or(0);
    let padded_len = (w + 2 * reach) as usize * 3;
    // Rows are padded once, so that every tap is a plain run of multiply and add.
    let padded: Vec<u16> = (0..h as usize)
        .flat_map(|y| {
            let row = source.row(y);
            (0..padded_len).map(move |at| {
                let x = (at as i32 / 3 - reach).clamp(0, w - 1) as usize;
                row[x * 3 + at % 3]
            })
        })
        .collect();
    let mut values = Vec::with_capacity(source.values.len());
    let mut sums = vec![0f32; source.width * 3];
    for y in 0..h {
        sums.fill(0.0);
        for (dx, dy, weight) in taps {
            let from = (y + dy).clamp(0, h - 1) as usize * padded_len + (dx + reach) as usize * 3;
            for (sum, value) in sums.iter_mut().zip(&padded[from..from + source.width * 3]) {
                *sum += weight * f32::from(*value);
            }
        }
        values.extend(sums.iter().map(|sum| (sum + 0.5).min(65535.0) as u16));
    }
    Linear { values, ..source }.encode()
}

/// `sharp` where `share` is 0, `soft` where it is 1; `share` sees shares of width and height.
pub(crate) fn blend(sharp: &RgbImage, soft: &RgbImage, share: impl Fn(f32, f32) -> f32) -> RgbImage {
    let mut out = sharp.clone();
    let (w, h) = (out.width() as usize, out.height() as f32);
    for (y, (row, other)) in out.chunks_exact_mut(w * 3).zip(soft.chunks_exact(w * 3)).enumerate() {
        for x in 0..w {
            let t = share(x as f32 / w as f32, y as f32 / h).clamp(0.0, 1.0);
            for at in x * 3..x * 3 + 3 {
                row[at] = byte(f32::from(row[at]) * (1.0 - t) + f32::from(other[at]) * t);
            }
        }
    }
    out
}
