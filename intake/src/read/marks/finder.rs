//! The network that finds marks, forwards only: three strided convolutions down to cells of eight pixels, then residual
//! blocks that look around. `training/marks/network.py` is its other half.
//!
//! About 1.3 thousand million multiplications for a page of A4.

use crate::net::{Head, Plane, Trunk, TrunkShape, Weights};
use crate::raster::Rgb;

/// Pixels of the small page along a cell.
pub(super) const CELL: usize = 8;
/// Channels of a cell.
const WIDTH: usize = 80;
const SHAPE: TrunkShape = TrunkShape { stem: &[5, 3, 3], blocks: &[1, 2, 4, 8, 1, 2, 4, 8], taps: 5 };
/// What a cell says: of each kind how sure, and the reach left, up, right, down.
pub(super) const KINDS: usize = 2;
pub(super) const SAID: usize = 5;
/// Ink beyond these is cut, shares of the paper's brightness.
const INK: (f32, f32) = (-0.1, 1.0);

/// The network with its weights. Built once; looking needs no lock.
#[derive(Debug)]
pub(super) struct Finder {
    trunk: Trunk,
    head: Head,
}

/// What every cell says, row after row: [`KINDS`] times [`SAID`] numbers.
pub(super) struct Said {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) values: Vec<f32>,
}

impl Finder {
    /// The finder with the weights built into the program.
    pub(super) fn new() -> Self {
        let weights = Weights::of(include_bytes!("weights.bin"));
        Self { trunk: Trunk::of(&weights, SHAPE), head: Head::of(&weights) }
    }

    /// What the cells of a small page say; `paper` is how bright it is in each channel.
    pub(super) fn look(&self, small: &Rgb, paper: [f32; 3]) -> Said {
        let ink = |(at, value): (usize, &u8)| (1.0 - f32::from(*value) / paper[at % 3]).clamp(INK.0, INK.1);
        let plane = Plane {
            rows: small.height,
            columns: small.width,
            channels: 3,
            values: small.pixels.iter().enumerate().map(ink).collect(),
        };
        let Plane { rows, columns, values, .. } = self.trunk.cells::<WIDTH>(plane);
        Said { rows, columns, values: self.head.apply(values, WIDTH) }
    }
}
