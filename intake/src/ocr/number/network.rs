//! The network, forwards only: three strided convolutions take the height away, six residual blocks look along the
//! line, one product scores the signs. `training/number-reader/network.py` is its other half.
//!
//! Cost is in proportion to the columns: about 270 and 210 thousand multiplications each for the two networks in use.

use super::normalise::{HEIGHT, Line};
use crate::net::{Block, Field, Head, Plane, Product, Weights, convolve, even, rectify};

/// Kernel and stride across of each convolution; the stride down is 2. How many channels come out, the weights say.
const STEM: [(usize, usize); 3] = [(5, 2), (3, 1), (3, 1)];
/// Channels along the line.
const WIDTH: usize = 128;
/// Spread of the taps of each block.
const BLOCKS: [usize; 6] = [1, 2, 4, 1, 2, 4];
const TAPS: usize = 7;
/// Columns of the line for each column of scores.
pub(super) const STRIDE: usize = 2;

/// The network with its weights.
#[derive(Debug)]
pub(super) struct Network {
    stem: Vec<Product>,
    collapse: Product,
    blocks: Vec<Block>,
    head: Head,
}

/// Scores of each column: logits of the network's classes, row after row.
pub(super) struct Scores(pub(super) Vec<f32>);

impl Network {
    pub(super) fn new(weights: &Weights) -> Self {
        Self {
            stem: (0..STEM.len()).map(|at| Product::of(weights, &format!("stem{at}"))).collect(),
            collapse: Product::of(weights, "collapse"),
            blocks: (0..BLOCKS.len()).map(|at| Block::of(weights, at)).collect(),
            head: Head::of(weights),
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
            block.apply::<WIDTH>(&mut x, Field { rows: 1, columns: plane.columns, taps: (1, TAPS), spread: dilation });
        }
        Scores(self.head.apply(x, WIDTH))
    }

    /// Each column's rows laid end to end and brought to [`WIDTH`] channels.
    fn collapsed(&self, plane: &Plane) -> Vec<f32> {
        let channels = plane.channels;
        let mut columns = vec![0f32; plane.values.len()];
        for (x, column) in columns.chunks_exact_mut(plane.rows * channels).enumerate() {
            for (y, part) in column.chunks_exact_mut(channels).enumerate() {
                let from = (y * plane.columns + x) * channels;
                part.copy_from_slice(&plane.values[from..from + channels]);
            }
        }
        let mut out = vec![0f32; plane.columns * WIDTH];
        self.collapse.rows(&columns, &mut out);
        out
    }
}
