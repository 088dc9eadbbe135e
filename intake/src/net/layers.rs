//! Layers that our networks share: products, scaling, strided convolutions. Plain loops, which the compiler turns into
//! wide arithmetic: each product runs over rows of output channels.

use super::Weights;

/// A matrix product with an added row: rows of `out` values for rows of `fan_in`.
#[derive(Debug)]
pub(crate) struct Product {
    weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Product {
    pub(crate) fn of(weights: &Weights, name: &str) -> Self {
        Self { weight: weights.get(&format!("{name}.w")), bias: weights.get(&format!("{name}.b")) }
    }

    /// One row: `out` becomes `bias + row · weight`.
    pub(crate) fn row(&self, row: &[f32], out: &mut [f32]) {
        let width = out.len();
        out.copy_from_slice(&self.bias);
        let mut weights = self.weight.chunks_exact(width);
        let mut fours = row.chunks_exact(4);
        for four in &mut fours {
            let rows = (weights.next(), weights.next(), weights.next(), weights.next());
            let (Some(a), Some(b), Some(c), Some(d)) = rows else { return };
            for ((((sum, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                *sum += four[0] * a + four[1] * b + four[2] * c + four[3] * d;
            }
        }
        for (value, weight) in fours.remainder().iter().zip(weights) {
            for (sum, weight) in out.iter_mut().zip(weight) {
                *sum += value * weight;
            }
        }
    }
}

/// Scales each row so that its mean square is one.
pub(crate) fn even(rows: &mut [f32], width: usize) {
    for row in rows.chunks_exact_mut(width) {
        let mean: f32 = row.iter().map(|value| value * value).sum::<f32>() / width as f32;
        let scale = 1.0 / (mean + 1e-3).sqrt();
        for value in row {
            *value *= scale;
        }
    }
}

/// What is below nothing becomes nothing.
pub(crate) fn rectify(rows: &mut [f32]) {
    for value in rows {
        *value = value.max(0.0);
    }
}

/// A picture between convolutions: rows of columns of channels.
pub(crate) struct Plane {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) channels: usize,
    pub(crate) values: Vec<f32>,
}

/// Half the rows and `1 / across` of the columns; beyond the edges lies paper.
pub(crate) fn convolve(plane: &Plane, product: &Product, (kernel, across): (usize, usize)) -> Plane {
    let (channels, out) = (plane.channels, product.bias.len());
    let half = (kernel / 2) as isize;
    let (rows, columns) = (plane.rows.div_ceil(2), plane.columns.div_ceil(across));
    let mut values = vec![0f32; rows * columns * out];
    let mut window = vec![0f32; kernel * kernel * channels];
    for (at, cell) in values.chunks_exact_mut(out).enumerate() {
        let (y, x) = ((at / columns * 2) as isize, (at % columns * across) as isize);
        for dy in 0..kernel as isize {
            for dx in 0..kernel as isize {
                let to = ((dy * kernel as isize + dx) as usize) * channels;
                let (sy, sx) = (y + dy - half, x + dx - half);
                let part = &mut window[to..to + channels];
                if sy < 0 || sx < 0 || sy >= plane.rows as isize || sx >= plane.columns as isize {
                    part.fill(0.0);
                } else {
                    let from = (sy as usize * plane.columns + sx as usize) * channels;
                    part.copy_from_slice(&plane.values[from..from + channels]);
                }
            }
        }
        product.row(&window, cell);
    }
    Plane { rows, columns, channels: out, values }
}
