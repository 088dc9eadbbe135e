//! The network, forwards only: three strided convolutions take the height away, six residual blocks look along the
//! line, one product scores the signs. `training/number-reader/network.py` is its other half.
//!
//! Sizes are small enough for plain loops: each product runs over rows of output channels, which the compiler turns
//! into wide arithmetic. Cost is in proportion to the columns: about 100 and 200 thousand
//! multiplications each for the two networks in use.

use super::normalise::{HEIGHT, Line};
use super::weights::Weights;

/// Kernel and stride across of each convolution; the stride down is 2. How many channels come out, the weights say.
const STEM: [(usize, usize); 3] = [(5, 2), (3, 1), (3, 1)];
/// Channels along the line.
const WIDTH: usize = 128;
/// Spread of the taps of each block.
const BLOCKS: [usize; 6] = [1, 2, 4, 1, 2, 4];
const TAPS: usize = 7;
/// Columns of the line for each column of scores.
pub(super) const STRIDE: usize = 2;

/// A matrix product with an added row: rows of `out` values for rows of `fan_in`.
#[derive(Debug)]
struct Product {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Product {
    fn of(weights: &Weights, name: &str) -> Self {
        Self { weight: weights.get(&format!("{name}.w")), bias: weights.get(&format!("{name}.b")) }
    }

    /// One row: `out` becomes `bias + row · weight`.
    fn row(&self, row: &[f32], out: &mut [f32]) {
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

#[derive(Debug)]
struct Block {
    gain: Vec<f32>,
    kernel: Vec<f32>,
    lift: Vec<f32>,
    mix: Product,
}

/// The network with its weights.
#[derive(Debug)]
pub(super) struct Network {
    stem: Vec<Product>,
    collapse: Product,
    blocks: Vec<Block>,
    head_gain: Vec<f32>,
    head: Product,
}

/// Scores of each column: logits of the network's classes, row after row.
pub(super) struct Scores(pub(super) Vec<f32>);

/// Scales each row so that its mean square is one.
fn even(rows: &mut [f32], width: usize) {
    for row in rows.chunks_exact_mut(width) {
        let mean: f32 = row.iter().map(|value| value * value).sum::<f32>() / width as f32;
        let scale = 1.0 / (mean + 1e-3).sqrt();
        for value in row {
            *value *= scale;
        }
    }
}

fn rectify(rows: &mut [f32]) {
    for value in rows {
        *value = value.max(0.0);
    }
}

/// A picture between convolutions: rows of columns of channels.
struct Plane {
    rows: usize,
    columns: usize,
    channels: usize,
    values: Vec<f32>,
}

impl Network {
    pub(super) fn new(weights: &Weights) -> Self {
        let block = |at: usize| Block {
            gain: weights.get(&format!("block{at}.g")),
            kernel: weights.get(&format!("block{at}.k")),
            lift: weights.get(&format!("block{at}.c")),
            mix: Product::of(weights, &format!("block{at}")),
        };
        Self {
            stem: (0..STEM.len()).map(|at| Product::of(weights, &format!("stem{at}"))).collect(),
            collapse: Product::of(weights, "collapse"),
            blocks: (0..BLOCKS.len()).map(block).collect(),
            head_gain: weights.get("head.g"),
            head: Product::of(weights, "head"),
        }
    }

    /// Scores a line; one row for every second column.
    pub(super) fn scores(&self, line: &Line) -> Scores {
        let mut plane = Plane { rows: HEIGHT, columns: line.columns, channels: 1, values: line.ink.clone() };
        for (at, product) in self.stem.iter().enumerate() {
            plane = convolve(&plane, product, STEM[at]);
            rectify(&mut plane.values);
            if at > 0 {
                even(&mut plane.values, plane.channels);
            }
        }
        let mut x = self.collapsed(&plane);
        for (block, dilation) in self.blocks.iter().zip(BLOCKS) {
            block.apply(&mut x, dilation);
        }
        even(&mut x, WIDTH);
        let classes = self.head.bias.len().max(1);
        let mut scores = vec![0f32; plane.columns * classes];
        let mut scaled = [0f32; WIDTH];
        for (row, out) in x.chunks_exact(WIDTH).zip(scores.chunks_exact_mut(classes)) {
            for ((to, value), gain) in scaled.iter_mut().zip(row).zip(&self.head_gain) {
                *to = value * gain;
            }
            self.head.row(&scaled, out);
        }
        Scores(scores)
    }

    /// Each column's rows laid end to end and brought to [`WIDTH`] channels.
    fn collapsed(&self, plane: &Plane) -> Vec<f32> {
        let channels = plane.channels;
        let mut out = vec![0f32; plane.columns * WIDTH];
        let mut column = vec![0f32; plane.rows * channels];
        for (x, out) in out.chunks_exact_mut(WIDTH).enumerate() {
            for (y, part) in column.chunks_exact_mut(channels).enumerate() {
                let from = (y * plane.columns + x) * channels;
                part.copy_from_slice(&plane.values[from..from + channels]);
            }
            self.collapse.row(&column, out);
        }
        out
    }
}

/// Half the rows and `1 / across` of the columns; beyond the edges lies paper.
fn convolve(plane: &Plane, product: &Product, (kernel, across): (usize, usize)) -> Plane {
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

impl Block {
    /// Adds what seven rows around each row say.
    fn apply(&self, x: &mut [f32], dilation: usize) {
        let mut normed = x.to_vec();
        even(&mut normed, WIDTH);
        for row in normed.chunks_exact_mut(WIDTH) {
            for (value, gain) in row.iter_mut().zip(&self.gain) {
                *value *= gain;
            }
        }
        let columns = x.len() / WIDTH;
        let half = TAPS / 2 * dilation;
        let (mut seen, mut mixed) = ([0f32; WIDTH], [0f32; WIDTH]);
        for (at, row) in x.chunks_exact_mut(WIDTH).enumerate() {
            seen.copy_from_slice(&self.lift);
            for (tap, kernel) in self.kernel.chunks_exact(WIDTH).enumerate() {
                let from = at + tap * dilation;
                if from < half || from - half >= columns {
                    continue;
                }
                let source = &normed[(from - half) * WIDTH..(from - half + 1) * WIDTH];
                for ((sum, value), weight) in seen.iter_mut().zip(source).zip(kernel) {
                    *sum += value * weight;
                }
            }
            rectify(&mut seen);
            self.mix.row(&seen, &mut mixed);
            for (value, change) in row.iter_mut().zip(&mixed) {
                *value += change;
            }
        }
    }
}
