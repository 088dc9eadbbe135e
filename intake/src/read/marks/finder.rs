//! The network that finds marks, forwards only: three strided convolutions down to cells of eight pixels, then residual
//! blocks that look around. `training/marks/network.py` is its other half.
//!
//! About 1.3 thousand million multiplications for a page of A4.

use crate::net::{Plane, Product, Weights, convolve, even, rectify};
use crate::raster::Rgb;

/// Pixels of the small page along a cell.
pub(super) const CELL: usize = 8;
/// Kernels of the convolutions; each halves rows and columns.
const STEM: [usize; 3] = [5, 3, 3];
/// Channels of a cell.
const WIDTH: usize = 80;
/// Spread of each block's five by five taps.
const BLOCKS: [usize; 8] = [1, 2, 4, 8, 1, 2, 4, 8];
const TAPS: usize = 5;
/// What a cell says: of each kind how sure, and the reach left, up, right, down.
pub(super) const KINDS: usize = 2;
pub(super) const SAID: usize = 5;
/// Ink beyond these is cut, shares of the paper's brightness.
const INK: (f32, f32) = (-0.1, 1.0);

#[derive(Debug)]
struct Block {
    gain: Vec<f32>,
    kernel: Vec<f32>,
    lift: Vec<f32>,
    mix: Product,
    dilation: usize,
}

/// The network with its weights. Built once; looking needs no lock.
#[derive(Debug)]
pub(super) struct Finder {
    stem: Vec<Product>,
    widen: Product,
    blocks: Vec<Block>,
    head_gain: Vec<f32>,
    head: Product,
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
        let block = |(at, dilation): (usize, usize)| Block {
            gain: weights.get(&format!("block{at}.g")),
            kernel: weights.get(&format!("block{at}.k")),
            lift: weights.get(&format!("block{at}.c")),
            mix: Product::of(&weights, &format!("block{at}")),
            dilation,
        };
        Self {
            stem: (0..STEM.len()).map(|at| Product::of(&weights, &format!("stem{at}"))).collect(),
            widen: Product::of(&weights, "widen"),
            blocks: BLOCKS.into_iter().enumerate().map(block).collect(),
            head_gain: weights.get("head.g"),
            head: Product::of(&weights, "head"),
        }
    }

    /// What the cells of a small page say; `paper` is how bright it is in each channel.
    pub(super) fn look(&self, small: &Rgb, paper: [f32; 3]) -> Said {
        let ink = |(at, value): (usize, &u8)| (1.0 - f32::from(*value) / paper[at % 3]).clamp(INK.0, INK.1);
        let mut plane = Plane {
            rows: small.height,
            columns: small.width,
            channels: 3,
            values: small.pixels.iter().enumerate().map(ink).collect(),
        };
        for (at, product) in self.stem.iter().enumerate() {
            plane = convolve(&plane, product, (STEM[at], 2));
            rectify(&mut plane.values);
            if at > 0 {
                even(&mut plane.values, plane.channels);
            }
        }
        let (rows, columns) = (plane.rows, plane.columns);
        let mut cells = vec![0f32; rows * columns * WIDTH];
        for (from, to) in plane.values.chunks_exact(plane.channels).zip(cells.chunks_exact_mut(WIDTH)) {
            self.widen.row(from, to);
        }
        for block in &self.blocks {
            block.apply(&mut cells, rows, columns);
        }
        even(&mut cells, WIDTH);
        let mut values = vec![0f32; rows * columns * KINDS * SAID];
        let mut scaled = [0f32; WIDTH];
        for (cell, out) in cells.chunks_exact(WIDTH).zip(values.chunks_exact_mut(KINDS * SAID)) {
            for ((to, value), gain) in scaled.iter_mut().zip(cell).zip(&self.head_gain) {
                *to = value * gain;
            }
            self.head.row(&scaled, out);
        }
        Said { rows, columns, values }
    }
}

impl Block {
    /// Adds what the cells around each cell say.
    fn apply(&self, cells: &mut [f32], rows: usize, columns: usize) {
        let mut normed = cells.to_vec();
        even(&mut normed, WIDTH);
        for cell in normed.chunks_exact_mut(WIDTH) {
            cell.iter_mut().zip(&self.gain).for_each(|(value, gain)| *value *= gain);
        }
        let (mut seen, mut mixed) = ([0f32; WIDTH], [0f32; WIDTH]);
        for (at, cell) in cells.chunks_exact_mut(WIDTH).enumerate() {
            seen.copy_from_slice(&self.lift);
            self.gather(&normed, (at / columns, at % columns), (rows, columns), &mut seen);
            rectify(&mut seen);
            self.mix.row(&seen, &mut mixed);
            cell.iter_mut().zip(&mixed).for_each(|(value, change)| *value += change);
        }
    }

    /// Five by five weighted cells around a place, channel by channel; nothing lies beyond the edges.
    fn gather(&self, cells: &[f32], (row, column): (usize, usize), (rows, columns): (usize, usize), seen: &mut [f32]) {
        let half = TAPS / 2 * self.dilation;
        for (tap, kernel) in self.kernel.chunks_exact(WIDTH).enumerate() {
            let (y, x) = (row + tap / TAPS * self.dilation, column + tap % TAPS * self.dilation);
            if y < half || x < half || y - half >= rows || x - half >= columns {
                continue;
            }
            let from = ((y - half) * columns + x - half) * WIDTH;
            for ((sum, value), weight) in seen.iter_mut().zip(&cells[from..from + WIDTH]).zip(kernel) {
                *sum += value * weight;
            }
        }
    }
}
