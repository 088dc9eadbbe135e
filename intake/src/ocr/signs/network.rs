//! The network behind the eye for signs, forwards only: two strided convolutions over both looks at once down to cells of
//! four pixels, residual blocks that look around, and a score for each cell. `training/signs/network.py` is its other half.
//!
//! About five million multiplications for a place.

use sanad_checks::duplicates::twins::SIDE;

use crate::net::{Head, Plane, Trunk, TrunkShape, Weights};

/// Channels of a cell.
const WIDTH: usize = 64;
const SHAPE: TrunkShape = TrunkShape { stem: &[5, 3], blocks: &[1, 2, 1, 2, 1, 2], taps: 3 };
/// Cells at each side that are seen but not asked.
const EDGE: usize = 2;
/// Brings what is usual between captures near one.
const USUAL: f32 = 4.0;

/// The network with its weights. Built once; looking needs no lock.
#[derive(Debug)]
pub(super) struct Network {
    trunk: Trunk,
    head: Head,
}

impl Network {
    /// The network with the weights built into the program.
    pub(super) fn new() -> Self {
        let weights = Weights::of(include_bytes!("weights.bin"));
        Self { trunk: Trunk::of(&weights, SHAPE), head: Head::of(&weights) }
    }

    /// The logarithm of the odds that two looks, [`SIDE`] pixels either way, show other signs in their middle.
    pub(super) fn score(&self, looks: [&[u8]; 2], usual: f32) -> f32 {
        let ink = |grey: &u8| 1.0 - f32::from(*grey) / f32::from(u8::MAX);
        let both = looks[0].iter().zip(looks[1]);
        let values = both.flat_map(|(first, second)| [ink(first), ink(second), USUAL * usual]).collect();
        let plane = Plane { rows: SIDE, columns: SIDE, channels: 3, values };
        let Plane { rows, columns, values, .. } = self.trunk.cells::<WIDTH>(plane);
        let scores = self.head.apply(values, WIDTH);
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
