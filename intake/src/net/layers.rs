//! Layers that our networks share: products, scaling, strided convolutions, residual blocks, heads. Plain loops, which the compiler turns into
//! wide arithmetic: each product runs over rows of output channels.

use super::Weights;

/// A matrix product with an added row: rows of `out` values for rows of `fan_in`.
#[derive(Debug)]
pub(crate) struct Product {
    weight: Vec<f32>,
    bias: Vec<f32>,
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

/// A residual block: what stands around each place is weighted channel by channel, lifted, rectified and mixed, and added
/// to the place.
#[derive(Debug)]
pub(crate) struct Block {
    gain: Vec<f32>,
    kernel: Vec<f32>,
    lift: Vec<f32>,
    mix: Product,
}

impl Block {
    /// The block of that number.
    pub(crate) fn of(weights: &Weights, at: usize) -> Self {
        Self {
            gain: weights.get(&format!("block{at}.g")),
            kernel: weights.get(&format!("block{at}.k")),
            lift: weights.get(&format!("block{at}.c")),
            mix: Product::of(weights, &format!("block{at}")),
        }
    }

    /// Adds to each place what is around it. `near` names the place that a tap reaches from a place, none beyond the edges.
    pub(crate) fn apply<const WIDTH: usize>(&self, places: &mut [f32], near: impl Fn(usize, usize) -> Option<usize>) {
        let mut normed = places.to_vec();
        even(&mut normed, WIDTH);
        for place in normed.chunks_exact_mut(WIDTH) {
            scale(place, &self.gain);
        }
        let (mut seen, mut mixed) = ([0f32; WIDTH], [0f32; WIDTH]);
        for (at, place) in places.chunks_exact_mut(WIDTH).enumerate() {
            seen.copy_from_slice(&self.lift);
            for (tap, kernel) in self.kernel.chunks_exact(WIDTH).enumerate() {
                let Some(from) = near(at, tap) else { continue };
                let source = &normed[from * WIDTH..(from + 1) * WIDTH];
                for ((sum, value), weight) in seen.iter_mut().zip(source).zip(kernel) {
                    *sum += value * weight;
                }
            }
            rectify(&mut seen);
            self.mix.row(&seen, &mut mixed);
            place.iter_mut().zip(&mixed).for_each(|(value, change)| *value += change);
        }
    }
}

/// The last product: every place scaled evenly, weighted channel by channel, and scored.
#[derive(Debug)]
pub(crate) struct Head {
    gain: Vec<f32>,
    scores: Product,
}

impl Head {
    /// The head of a network.
    pub(crate) fn of(weights: &Weights) -> Self {
        Self { gain: weights.get("head.g"), scores: Product::of(weights, "head") }
    }

    /// The scores of each place.
    pub(crate) fn apply(&self, mut places: Vec<f32>, width: usize) -> Vec<f32> {
        even(&mut places, width);
        let classes = self.scores.bias.len().max(1);
        let mut scores = vec![0f32; places.len() / width * classes];
        for (place, out) in places.chunks_exact_mut(width).zip(scores.chunks_exact_mut(classes)) {
            scale(place, &self.gain);
            self.scores.row(place, out);
        }
        scores
    }
}

fn scale(values: &mut [f32], gains: &[f32]) {
    values.iter_mut().zip(gains).for_each(|(value, gain)| *value *= gain);
}
