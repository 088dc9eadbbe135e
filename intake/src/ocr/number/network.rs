//! The network, forwards only: three strided convolutions take the height away, six residual blocks look along the
//! line, one product scores the signs. `training/number-reader/network.py` is its other half.
//!
//! Cost is in proportion to the columns: about 270 and 210 thousand multiplications each for the two networks in use.

use super::normalise::{HEIGHT, Line};
use crate::net::{Plane, Product, Weights, convolve, even, rectify};

/// Kernel and stride across of each convolution; the stride down is 2. How many channels come out, the weights say.
const STEM: [(usize, usize); 3] = [(5, 2), (3, 1), (3, 1)];
/// Channels along the line.
const WIDTH: usize = 128;
/// Spread of the taps of each block.
const BLOCKS: [usize; 6] = [1, 2, 4, 1, 2, 4];
const TAPS: usize = 7;
/// Columns of the line for each column of scores.
pub(super) const STRIDE: usize = 2;

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
