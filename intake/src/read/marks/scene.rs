//! The page as the search for marks sees it: small, evenly lit, its ink apart from its paper.

use sanad_checks::legibility::Marks;
use sanad_checks::page::{Luma, Region};

use super::super::IntakeError;
use super::signs::Spot;
use crate::picture;
use crate::raster::{Rgb, brightness};

/// Long side of the small page, pixels: 120 dpi on A4, where a pen's stroke is still two pixels wide.
const SIDE: usize = 1400;
/// Side of a block in which the paper's brightness is looked for, pixels.
const BLOCK: usize = 32;
/// The paper is as bright as the brightest tenth of a block.
const PAPER: f32 = 0.9;
/// Darkest paper that is evened: below it is a desk or a photo, levels.
const DARKEST: u8 = 60;
/// Letters' height where none are found, as a share of the page's width.
const USUAL_LETTER: f32 = 0.009;
/// Bounds of letters' height, small pixels: others come from pages that are no text.
const LETTERS: (f32, f32) = (5.0, 20.0);

/// The small page.
pub(super) struct Scene {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Height of the letters, pixels.
    pub(super) unit: f32,
    /// How far each pixel lies below the paper in its darkest channel, levels.
    pub(super) cover: Vec<u8>,
    /// How far in brightness.
    pub(super) dark: Vec<u8>,
    /// Difference of its brightest and darkest channel.
    pub(super) chroma: Vec<u8>,
    /// Its hue, a circle in 256 steps.
    pub(super) hue: Vec<u8>,
    /// Whether any pixel has colour.
    pub(super) coloured: bool,
    /// Page pixels a small one.
    scale: (f32, f32),
    /// Outside it is no sheet: left, top, right, bottom.
    pub(super) sheet: [usize; 4],
}

impl Scene {
    pub(super) fn of(luma: &Luma, colour: Option<&Rgb>, letters: &Marks) -> Result<Self, IntakeError> {
        let small = match colour {
            Some(rgb) => picture::coloured(rgb, SIDE)?,
            None => Rgb::from_luma(&picture::small(luma, SIDE)?),
        };
        let (width, height) = (small.width, small.height);
        let scale = (luma.width() as f32 / width as f32, luma.height() as f32 / height as f32);
        let body = letters.text.body * letters.map.scale as f32 / scale.0;
        let usual = width as f32 * USUAL_LETTER;
        let unit = if body > 0.0 { body } else { usual }.clamp(LETTERS.0, LETTERS.1);
        let coloured = colour.is_some() && !small.is_grey();
        let bounds = letters.sheet.bounds;
        let at = |v: u32, scale: f32, most: usize| ((v as f32 * letters.map.scale as f32 / scale) as usize).min(most);
        let sheet = [
            at(bounds.x, scale.0, width),
            at(bounds.y, scale.1, height),
            at(bounds.x + bounds.width, scale.0, width),
            at(bounds.y + bounds.height, scale.1, height),
        ];
        let mut scene = Self {
            width,
            height,
            unit,
            cover: vec![0; width * height],
            dark: vec![0; width * height],
            chroma: vec![0; width * height],
            hue: vec![0; width * height],
            coloured,
            scale,
            sheet,
        };
        scene.fill(&small);
        Ok(scene)
    }

    /// Every pixel as a share of the paper around it.
    fn fill(&mut self, small: &Rgb) {
        let paper = Paper::of(small);
        let mut light = vec![[255.0_f32; 3]; self.width];
        for y in 0..self.height {
            paper.row(y, &mut light);
            for (x, light) in light.iter().enumerate() {
                let at = y * self.width + x;
                let from = &small.pixels[at * 3..at * 3 + 3];
                let even: [u8; 3] = std::array::from_fn(|c| (f32::from(from[c]) * 255.0 / light[c]).min(255.0) as u8);
                let (most, least) = (even[0].max(even[1]).max(even[2]), even[0].min(even[1]).min(even[2]));
                self.cover[at] = 255 - least;
                self.dark[at] = 255 - brightness(even);
                if self.coloured {
                    self.chroma[at] = most - least;
                    self.hue[at] = hue(even, most, least);
                }
            }
        }
    }

    /// A spot's box in page pixels.
    pub(super) fn region(&self, spot: &Spot, luma: &Luma) -> Region {
        let place = |v: usize, scale: f32, most: usize| ((v as f32 * scale).round() as usize).min(most) as u32;
        let (x, y) = (place(spot.x, self.scale.0, luma.width()), place(spot.y, self.scale.1, luma.height()));
        let right = place(spot.x + spot.width, self.scale.0, luma.width());
        let low = place(spot.y + spot.height, self.scale.1, luma.height());
        Region::new(x, y, right.saturating_sub(x).max(1), low.saturating_sub(y).max(1))
    }
}

/// The hue of a colour, 0–255 for a full circle from red over green and blue.
fn hue(rgb: [u8; 3], most: u8, least: u8) -> u8 {
    const SIXTH: f32 = 256.0 / 6.0;
    let spread = f32::from(most - least);
    if spread == 0.0 {
        return 0;
    }
    let [r, g, b] = rgb.map(f32::from);
    let sixths = if most == rgb[0] {
        (g - b) / spread
    } else if most == rgb[1] {
        2.0 + (b - r) / spread
    } else {
        4.0 + (r - g) / spread
    };
    (sixths * SIXTH).rem_euclid(256.0) as u8
}

/// Brightness of the paper by block and channel.
struct Paper {
    columns: usize,
    rows: usize,
    blocks: Vec<[f32; 3]>,
}

impl Paper {
    fn of(small: &Rgb) -> Self {
        let (columns, rows) = (small.width.div_ceil(BLOCK).max(1), small.height.div_ceil(BLOCK).max(1));
        let mut blocks = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                blocks.push(block(small, column * BLOCK, row * BLOCK));
            }
        }
        Self { columns, rows, blocks: smooth(&blocks, columns, rows) }
    }

    /// The paper along a row of pixels, straight between the blocks' middles.
    fn row(&self, y: usize, out: &mut [[f32; 3]]) {
        let between = |at: usize, most: usize| {
            let place = (at as f32 - BLOCK as f32 / 2.0).max(0.0) / BLOCK as f32;
            let low = (place as usize).min(most - 1);
            (low, (low + 1).min(most - 1), place - low as f32)
        };
        let (top, low, down) = between(y, self.rows);
        for (x, out) in out.iter_mut().enumerate() {
            let (left, right, along) = between(x, self.columns);
            let (a, b) = (self.blocks[top * self.columns + left], self.blocks[top * self.columns + right]);
            let (c, d) = (self.blocks[low * self.columns + left], self.blocks[low * self.columns + right]);
            *out = std::array::from_fn(|i| {
                let (upper, lower) = (a[i] + (b[i] - a[i]) * along, c[i] + (d[i] - c[i]) * along);
                upper + (lower - upper) * down.min(1.0)
            });
        }
    }
}

fn block(small: &Rgb, x: usize, y: usize) -> [f32; 3] {
    let mut counts = [[0_u32; 256]; 3];
    let mut all = 0;
    for row in (y..(y + BLOCK).min(small.height)).step_by(2) {
        let pixels = &small.pixels[(row * small.width + x) * 3..(row * small.width + (x + BLOCK).min(small.width)) * 3];
        for pixel in pixels.chunks_exact(3) {
            counts.iter_mut().zip(pixel).for_each(|(counts, value)| counts[usize::from(*value)] += 1);
            all += 1;
        }
    }
    let above = ((1.0 - PAPER) * all as f32) as u32;
    counts.map(|counts| {
        let mut left = above;
        let mut level = 255;
        while level > usize::from(DARKEST) && counts[level] <= left {
            left -= counts[level];
            level -= 1;
        }
        level as f32
    })
}

/// Each block at the median of its neighbours, so that a block of print or of a photo does not stand out.
fn smooth(blocks: &[[f32; 3]], columns: usize, rows: usize) -> Vec<[f32; 3]> {
    let mut out = Vec::with_capacity(blocks.len());
    for row in 0..rows {
        for column in 0..columns {
            let mut near: Vec<[f32; 3]> = Vec::with_capacity(9);
            for r in row.saturating_sub(1)..(row + 2).min(rows) {
                near.extend_from_slice(
                    &blocks[r * columns + column.saturating_sub(1)..r * columns + (column + 2).min(columns)],
                );
            }
            out.push(std::array::from_fn(|c| {
                near.sort_unstable_by(|a, b| a[c].total_cmp(&b[c]));
                near[near.len() / 2][c].max(f32::from(DARKEST))
            }));
        }
    }
    out
}
