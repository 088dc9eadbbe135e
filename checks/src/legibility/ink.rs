//! The ink map: what is paper, what is ink, and how strong and noisy it is, everywhere on the page.
//!
//! Computed once a page and judged many times. Paper is the upper part of the brightness of small
//! blocks, smoothed over their neighbours, so that shadows, uneven light and grey paper fall away;
//! ink is what lies deeper below the paper than both the noise and a share of the local ink strength
//! (a local threshold after Sauvola and Pietikäinen, "Adaptive document image binarization", 2000).

use super::grid::Grid;
use crate::page::Luma;

/// Pages above this many pixels are measured on a reduced copy; edges are always measured at full size.
const ANALYSIS_PIXELS: usize = 4_600_000;
/// Side of a block of the paper grid, analysis pixels.
pub const BLOCK_PX: usize = 16;
/// Share of the brightness values of a block that lie below the paper's level.
const PAPER_PERCENTILE: f32 = 0.85;
/// Share of the depths of a block that lie below the ink's strength.
const STRENGTH_PERCENTILE: f32 = 0.985;
/// A pixel is ink when it is deeper than this share of the local ink strength ...
const INK_SHARE: f32 = 0.38;
/// ... and than this many standard deviations of the noise.
const INK_NOISE_SIGMAS: f32 = 4.0;
/// At least this share of a page's blocks holds no writing: margins, the space between paragraphs.
const EMPTY_SHARE: f32 = 0.25;
/// What stands deep in empty blocks is no floor for the ink where it reaches more than this share of the strongest
/// writing: the page is then full to its edges, or its dirt is as dark as its print and depth cannot part them.
const MOST_GRAIN: f32 = 0.5;
/// Share of the blocks whose deepest strokes lie below those of the page's strong writing.
const WRITING_PERCENTILE: f32 = 0.95;
/// Depth below which nothing is called ink, brightness levels.
const MIN_INK_DEPTH: f32 = 3.0;

/// Paper, ink and noise of a page at analysis scale.
#[derive(Clone, Debug)]
pub struct InkMap {
    /// Full-size pixels a side of an analysis pixel.
    pub scale: usize,
    /// Width, analysis pixels.
    pub width: usize,
    /// Height, analysis pixels.
    pub height: usize,
    /// Depth of each pixel below the paper, brightness levels.
    pub depth: Vec<u8>,
    /// Brightness of the paper by block.
    pub paper: Grid,
    /// Strength of the ink by block: the depth of its darkest strokes.
    pub strength: Grid,
    /// Depth from which a pixel is ink, by block.
    pub threshold: Grid,
    /// Standard deviation of the paper's brightness at analysis scale, levels.
    pub noise: f32,
    /// Noise by block.
    pub noise_grid: Grid,
    /// The brightness at analysis scale.
    pub reduced: Luma,
}

/// Histogram of one block with the queries that the map needs. All of them ask for the upper end of the
/// values, so they walk down from the largest and soon end.
struct Histogram {
    bins: [u16; 256],
    count: u32,
    largest: u8,
}

impl Histogram {
    fn of(luma: &[u8], stride: usize, x0: usize, y0: usize, x1: usize, y1: usize) -> Self {
        // neighbours are often alike, and one bin cannot be counted up twice at once: they take turns
        let (mut bins, mut others) = ([0_u16; 256], [0_u16; 256]);
        let mut largest = 0;
        for y in y0..y1 {
            let row = &luma[y * stride + x0..y * stride + x1];
            largest = row.iter().copied().fold(largest, u8::max);
            let pairs = row.chunks_exact(2);
            for &value in pairs.remainder() {
                bins[usize::from(value)] += 1;
            }
            for pair in pairs {
                bins[usize::from(pair[0])] += 1;
                others[usize::from(pair[1])] += 1;
            }
        }
        bins.iter_mut().zip(&others).for_each(|(bin, other)| *bin += other);
        Self { bins, count: ((x1 - x0) * (y1 - y0)) as u32, largest }
    }

    /// The value that this share of the pixels does not exceed.
    fn percentile(&self, share: f32) -> u8 {
        let above = self.count - (self.count as f32 * share) as u32;
        let mut seen = 0;
        for value in (1..=self.largest).rev() {
            seen += u32::from(self.bins[usize::from(value)]);
            if seen >= above {
                return value;
            }
        }
        0
    }

    /// Spread of the values above the median. Ink lies below it, so this is the paper's own noise.
    fn spread_above_median(&self) -> f32 {
        let median = usize::from(self.percentile(0.5));
        let (mut sum, mut count) = (0.0_f32, 0.0_f32);
        for (offset, &bin) in self.bins[median..=usize::from(self.largest)].iter().enumerate() {
            let weight = if offset == 0 { 0.5 } else { 1.0 } * f32::from(bin);
            sum += weight * (offset * offset) as f32;
            count += weight;
        }
        if count > 0.0 { (sum / count).sqrt() } else { 0.0 }
    }
}

/// How many full-size pixels go into an analysis pixel, a side.
fn analysis_scale(luma: &Luma) -> usize {
    let pixels = luma.width() * luma.height();
    (1..).find(|s| pixels / (s * s) <= ANALYSIS_PIXELS).unwrap_or(1)
}

/// Mean of `scale × scale` pixels; what is left over at the right and bottom is dropped.
#[must_use]
pub fn reduce(luma: &Luma, scale: usize) -> Luma {
    if scale == 1 {
        return luma.clone();
    }
    let (width, height) = (luma.width() / scale, luma.height() / scale);
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![0_u32; width];
    let area = (scale * scale) as u32;
    for y in 0..height {
        sums.fill(0);
        for inner in 0..scale {
            let row = luma.row(y * scale + inner);
            if scale == 2 {
                for (sum, pair) in sums.iter_mut().zip(row.chunks_exact(2)) {
                    *sum += u32::from(pair[0]) + u32::from(pair[1]);
                }
            } else {
                for (sum, group) in sums.iter_mut().zip(row.chunks_exact(scale)) {
                    *sum += group.iter().map(|&v| u32::from(v)).sum::<u32>();
                }
            }
        }
        pixels.extend(sums.iter().map(|&sum| (sum / area) as u8));
    }
    Luma::new(width, height, pixels).expect("one value was pushed for every pixel")
}

impl InkMap {
    /// Measures a page. Any size is accepted; a page smaller than a block is one block.
    #[must_use]
    pub fn of(luma: &Luma) -> Self {
        let scale = analysis_scale(luma);
        let reduced = reduce(luma, scale);
        let (width, height) = (reduced.width(), reduced.height());
        let (paper, noise_grid) = paper_and_noise(&reduced);
        let noise = noise_grid.percentile(0.4);
        let depth = depth_below(&reduced, &paper);
        let deepest = deepest_of(&depth, width, height);
        let grain = grain(&deepest, &paper);
        let strength = deepest.max_of_neighbours(1);
        let limit =
            |s: f32, paper: f32| (s * INK_SHARE).max(grain * paper).max(noise * INK_NOISE_SIGMAS).max(MIN_INK_DEPTH);
        let threshold = strength.with(&paper, limit);
        Self { scale, width, height, depth, paper, strength, threshold, noise, noise_grid, reduced }
    }
}

fn paper_and_noise(luma: &Luma) -> (Grid, Grid) {
    let (width, height) = (luma.width(), luma.height());
    let mut paper = Grid::over(width, height, BLOCK_PX);
    let mut noise = paper.clone();
    for (column, row, x0, y0, x1, y1) in paper.blocks(width, height) {
        let histogram = Histogram::of(luma.pixels(), width, x0, y0, x1, y1);
        paper.set(column, row, f32::from(histogram.percentile(PAPER_PERCENTILE)));
        noise.set(column, row, histogram.spread_above_median());
    }
    (paper.median_of_neighbours(2), noise)
}

/// Depth of every pixel below the paper that is interpolated between block centres.
fn depth_below(luma: &Luma, paper: &Grid) -> Vec<u8> {
    let (width, height) = (luma.width(), luma.height());
    let mut depth = Vec::with_capacity(width * height);
    let mut level = vec![0.0_f32; width];
    for y in 0..height {
        paper.interpolate_row(y, &mut level);
        depth.extend(
            luma.row(y).iter().zip(&level).map(|(&v, &paper)| (paper as i32 - i32::from(v)).clamp(0, 255) as u8),
        );
    }
    depth
}

/// Depth of the grain of copiers and sensors, as a share of the paper's brightness. The noise of the brighter half of a
/// block does not know it: on paper that is burnt out to white all grain lies on the darker side.
fn grain(deepest: &Grid, paper: &Grid) -> f32 {
    let share = deepest.with(paper, |depth, paper| depth / paper.max(1.0));
    share.percentile(EMPTY_SHARE).min(MOST_GRAIN * share.percentile(WRITING_PERCENTILE))
}

/// The depth of the darkest strokes of each block.
fn deepest_of(depth: &[u8], width: usize, height: usize) -> Grid {
    let mut deepest = Grid::over(width, height, BLOCK_PX);
    for (column, row, x0, y0, x1, y1) in deepest.blocks(width, height) {
        let histogram = Histogram::of(depth, width, x0, y0, x1, y1);
        deepest.set(column, row, f32::from(histogram.percentile(STRENGTH_PERCENTILE)));
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_on_a_shaded_page_has_even_depth() {
        let (width, height) = (320, 160);
        let mut luma = Luma::filled(width, height, 0);
        for y in 0..height {
            for x in 0..width {
                let paper = 120 + x * 100 / width;
                let ink = (y / 8) % 4 == 1 && (x / 3) % 4 == 1;
                luma.pixels_mut()[y * width + x] = if ink { paper / 3 } else { paper } as u8;
            }
        }
        let map = InkMap::of(&luma);
        let blank = map.depth[2 * width + 150];
        assert!(blank < 6, "paper lies {blank} deep");
        let deep = map.depth[12 * width + 148];
        assert!(deep > 80, "ink lies {deep} deep");
    }

    #[test]
    fn tiny_pages_do_not_panic() {
        for (w, h) in [(1, 1), (1, 400), (400, 1), (15, 17), (17, 33)] {
            let map = InkMap::of(&Luma::filled(w, h, 200));
            assert_eq!(map.depth.len(), w * h);
        }
    }
}
