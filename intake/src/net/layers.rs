//! Layers that our networks share: products, scaling, strided convolutions, residual blocks, heads. Every product runs
//! over many places at once, so that the weights are fetched once for all of them.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

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

    /// Values of one row of the result.
    pub(crate) const fn width(&self) -> usize {
        self.bias.len()
    }

    /// Rows that lie one after another: each row of `out` becomes `bias + row · weight`.
    pub(crate) fn rows(&self, rows: &[f32], out: &mut [f32]) {
        let width = self.width().max(1);
        let (count, fan_in) = (out.len() / width, self.weight.len() / width);
        out.chunks_exact_mut(width).for_each(|row| row.copy_from_slice(&self.bias));
        let shapes = (
            ArrayView2::from_shape((count, fan_in), rows),
            ArrayView2::from_shape((fan_in, width), &self.weight),
            ArrayViewMut2::from_shape((count, width), out),
        );
        if let (Ok(rows), Ok(weight), Ok(mut out)) = shapes {
            general_mat_mul(1.0, &rows, &weight, 1.0, &mut out);
        }
    }
}

/// Scales each row so that its mean square is one.
pub(crate) fn even(rows: &mut [f32], width: usize) {
    for row in rows.chunks_exact_mut(width) {
        let mean = squares(row) / width as f32;
        let scale = 1.0 / (mean + 1e-3).sqrt();
        for value in row {
            *value *= scale;
        }
    }
}

/// Sum of the squares. Several sums run beside one another, since each adding waits for the one before it.
fn squares(row: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0f32; LANES];
    let lanes = row.chunks_exact(LANES);
    let rest: f32 = lanes.remainder().iter().map(|value| value * value).sum();
    for lane in lanes {
        sums.iter_mut().zip(lane).for_each(|(sum, value)| *sum += value * value);
    }
    sums.iter().sum::<f32>() + rest
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

/// Windows that are multiplied at once, about.
const WINDOWS: usize = 256;

/// Half the rows and `1 / across` of the columns; beyond the edges lies paper.
pub(crate) fn convolve(plane: &Plane, product: &Product, (kernel, across): (usize, usize)) -> Plane {
    let (channels, out) = (plane.channels, product.width());
    let (rows, columns) = (plane.rows.div_ceil(2), plane.columns.div_ceil(across));
    let mut values = vec![0f32; rows * columns * out];
    // rows of a small picture are too short for a product each
    let strip = (WINDOWS / columns.max(1)).clamp(1, rows.max(1));
    let line = columns * kernel * kernel * channels;
    let mut windows = vec![0f32; strip * line];
    for (at, out) in values.chunks_mut((strip * columns * out).max(1)).enumerate() {
        let first = at * strip;
        let count = strip.min(rows - first);
        for (row, windows) in windows.chunks_exact_mut(line.max(1)).take(count).enumerate() {
            gather(plane, (first + row) * 2, (kernel, across), windows);
        }
        product.rows(&windows[..count * line], out);
    }
    Plane { rows, columns, channels: out, values }
}

/// What stands in the windows around every place of a row that is kept, one window after another.
fn gather(plane: &Plane, row: usize, (kernel, across): (usize, usize), windows: &mut [f32]) {
    let channels = plane.channels;
    let half = kernel / 2;
    for (at, window) in windows.chunks_exact_mut(kernel * kernel * channels).enumerate() {
        let first = at * across;
        // the columns of the window that lie on the plane
        let from = half.saturating_sub(first);
        let to = kernel.min((plane.columns + half).saturating_sub(first));
        for (dy, line) in window.chunks_exact_mut(kernel * channels).enumerate() {
            line.fill(0.0);
            let Some(y) = (row + dy).checked_sub(half).filter(|y| *y < plane.rows) else { continue };
            let start = (y * plane.columns + first + from - half) * channels;
            let part = &plane.values[start..start + (to - from) * channels];
            line[from * channels..to * channels].copy_from_slice(part);
        }
    }
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

    /// Adds to each place of a field what is around it.
    pub(crate) fn apply<const WIDTH: usize>(&self, places: &mut [f32], field: Field) {
        let mut normed = places.to_vec();
        even(&mut normed, WIDTH);
        for place in normed.chunks_exact_mut(WIDTH) {
            scale(place, &self.gain);
        }
        let mut around = vec![0f32; places.len()];
        let mut taps = Vec::with_capacity(self.kernel.len() / WIDTH);
        for (at, seen) in around.chunks_exact_mut(WIDTH).enumerate() {
            field.near((at / field.columns, at % field.columns), &mut taps);
            self.weigh::<WIDTH>(&normed, &taps, seen);
        }
        rectify(&mut around);
        // what was weighted is no longer wanted: its room is used again
        self.mix.rows(&around, &mut normed);
        places.iter_mut().zip(&normed).for_each(|(value, change)| *value += change);
    }

    /// One place's values: what these taps see, weighted channel by channel and lifted. A few channels at a time, whose
    /// sums the processor holds until the last tap is added.
    fn weigh<const WIDTH: usize>(&self, normed: &[f32], taps: &[(usize, usize)], seen: &mut [f32]) {
        const FEW: usize = 16;
        for (part, seen) in seen.chunks_exact_mut(FEW).enumerate() {
            let mut sums = [0f32; FEW];
            sums.copy_from_slice(&self.lift[part * FEW..][..FEW]);
            for (from, tap) in taps {
                let source = &normed[from * WIDTH + part * FEW..][..FEW];
                let kernel = &self.kernel[tap * WIDTH + part * FEW..][..FEW];
                for at in 0..FEW {
                    sums[at] += source[at] * kernel[at];
                }
            }
            seen.copy_from_slice(&sums);
        }
    }
}

/// What our networks over pictures begin with: strided convolutions down to cells, and residual blocks that look around.
#[derive(Debug)]
pub(crate) struct Trunk {
    stem: Vec<Product>,
    widen: Product,
    blocks: Vec<Block>,
    shape: TrunkShape,
}

/// How a trunk is built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrunkShape {
    /// Kernels of the convolutions; each halves rows and columns.
    pub(crate) stem: &'static [usize],
    /// Spread of each block's taps.
    pub(crate) blocks: &'static [usize],
    /// Taps of a block down and across.
    pub(crate) taps: usize,
}

impl Trunk {
    /// The trunk of a network.
    pub(crate) fn of(weights: &Weights, shape: TrunkShape) -> Self {
        Self {
            stem: (0..shape.stem.len()).map(|at| Product::of(weights, &format!("stem{at}"))).collect(),
            widen: Product::of(weights, "widen"),
            blocks: (0..shape.blocks.len()).map(|at| Block::of(weights, at)).collect(),
            shape,
        }
    }

    /// The cells of a picture, `WIDTH` channels each.
    pub(crate) fn cells<const WIDTH: usize>(&self, mut plane: Plane) -> Plane {
        for (at, (product, kernel)) in self.stem.iter().zip(self.shape.stem).enumerate() {
            plane = convolve(&plane, product, (*kernel, 2));
            rectify(&mut plane.values);
            if at > 0 {
                even(&mut plane.values, plane.channels);
            }
        }
        let (rows, columns) = (plane.rows, plane.columns);
        let mut values = vec![0f32; rows * columns * WIDTH];
        self.widen.rows(&plane.values, &mut values);
        let taps = (self.shape.taps, self.shape.taps);
        for (block, spread) in self.blocks.iter().zip(self.shape.blocks) {
            block.apply::<WIDTH>(&mut values, Field { rows, columns, taps, spread: *spread });
        }
        Plane { rows, columns, channels: WIDTH, values }
    }
}

/// Places in rows and columns, and the taps that look around each: so many down and across, so far apart.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) taps: (usize, usize),
    pub(crate) spread: usize,
}

impl Field {
    /// The places around one, each with the number of the tap that sees it; none lie beyond the edges.
    fn near(&self, (row, column): (usize, usize), near: &mut Vec<(usize, usize)>) {
        let (down, across) = self.taps;
        near.clear();
        for tap_down in 0..down {
            let y = (row + tap_down * self.spread).wrapping_sub(down / 2 * self.spread);
            for tap in (0..across).filter(|_| y < self.rows) {
                let x = (column + tap * self.spread).wrapping_sub(across / 2 * self.spread);
                if x < self.columns {
                    near.push((y * self.columns + x, tap_down * across + tap));
                }
            }
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
        places.chunks_exact_mut(width).for_each(|place| scale(place, &self.gain));
        let mut scores = vec![0f32; places.len() / width * self.scores.width()];
        self.scores.rows(&places, &mut scores);
        scores
    }
}

fn scale(values: &mut [f32], gains: &[f32]) {
    values.iter_mut().zip(gains).for_each(|(value, gain)| *value *= gain);
}
