//! The network behind the eye for signs, forwards only: two strided convolutions over both looks at once down to cells of
//! four pixels, residual blocks that look around, and a score for each cell. `training/signs/network.py` is its other half.
//!
//! About five million multiplications for a place.

use sanad_checks::duplicates::twins::SIDE;

use crate::net::{Block, Field, Head, Plane, Product, Weights, convolve, even, rectify};

/// Kernels of the convolutions; each halves rows and columns.
const STEM: [usize; 2] = [5, 3];
/// Channels of a cell.
const WIDTH: usize = 64;
/// Spread of each block's three by three taps.
const BLOCKS: [usize; 6] = [1, 2, 1, 2, 1, 2];
const TAPS: usize = 3;
/// Cells at each side that are seen but not asked.
const EDGE: usize = 2;
/// Brings what is usual between captures near one.
const USUAL: f32 = 4.0;

/// The network with its weights. Built once; looking needs no lock.
#[derive(Debug)]
pub(super) struct Network {
    stem: Vec<Product>,
    widen: Product,
    blocks: Vec<Block>,
    head: Head,
}

impl Network {
    /// The network with the weights built into the program.
    pub(super) fn new() -> Self {
        let weights = Weights::of(include_bytes!("weights.bin"));
        Self {
            stem: (0..STEM.len()).map(|at| Product::of(&weights, &format!("stem{at}"))).collect(),
            widen: Product::of(&weights, "widen"),
            blocks: (0..BLOCKS.len()).map(|at| Block::of(&weights, at)).collect(),
            head: Head::of(&weights),
        }
    }

    /// The logarithm of the odds that two looks, [`SIDE`] pixels either way, show other signs in their middle.
    pub(super) fn score(&self, looks: [&[u8]; 2], usual: f32) -> f32 {
        let ink = |grey: &u8| 1.0 - f32::from(*grey) / f32::from(u8::MAX);
        let both = looks[0].iter().zip(looks[1]);
        let values = both.flat_map(|(first, second)| [ink(first), ink(second), USUAL * usual]).collect();
        let mut plane = Plane { rows: SIDE, columns: SIDE, channels: 3, values };
        for (at, product) in self.stem.iter().enumerate() {
            plane = convolve(&plane, product, (STEM[at], 2));
            rectify(&mut plane.values);
            if at > 0 {
                even(&mut plane.values, plane.channels);
            }
        }
        let (rows, columns) = (plane.rows, plane.columns);
        let mut cells = vec![0f32; rows * columns * WIDTH];
        self.widen.rows(&plane.values, &mut cells);
        for (block, spread) in self.blocks.iter().zip(BLOCKS) {
            block.apply::<WIDTH>(&mut cells, Field { rows, columns, taps: (TAPS, TAPS), spread });
        }
        let scores = self.head.apply(cells, WIDTH);
        let middle =
            (EDGE..rows - EDGE).flat_map(|row| (EDGE..columns - EDGE).map(move |column| row * columns + column));
        of_any(middle.map(|at| scores[at]))
    }
}

/// The logarithm of the sum of odds: any cell that says so is enough.
fn of_any(scores: impl Iterator<Item = f32>) -> f32 {
    let scores: Vec<f32> = scores.collect();
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    most + scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln()
}
