//! Everything the checks ask of a page, measured once: ink, writing, and tiles of text with their
//! sharpness, contrast and noise. Measured where text is, never over the page as a whole: half-empty
//! forms and textured paper would answer for the letters.

use std::collections::BTreeMap;

use super::between::{Between, between};
use super::blobs::Blob;
use super::edges::{Edges, edges};
use super::grid::percentile;
use super::ink::InkMap;
use super::marks::Marks;
use super::text::Text;
use super::{blocking, paper, resampled, tilt};
use crate::page::{Luma, Page, Region};

/// Side of a tile in body heights.
const TILE_BODIES: f32 = 7.0;
/// Bounds of a tile's side, analysis pixels.
const TILE_SIDE: (f32, f32) = (56.0, 320.0);
/// Fewest letters of a text tile.
const MIN_LETTERS: usize = 4;
/// Tiles whose edges are measured at most; the others take the values of the nearest measured one.
const MAX_MEASURED: usize = 72;
/// Distance between the lines along which edges are measured, in body heights.
const EDGE_STEP: f32 = 0.22;
/// Share of the ink's depths below the contrast of a tile: the core of the strokes.
const CORE: f32 = 0.7;

/// A square of text.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Where, full-size pixels.
    pub region: Region,
    /// Letters whose centre lies in it.
    pub letters: usize,
    /// How much text it holds: width of its letters in body heights.
    pub weight: f32,
    /// Brightness of the paper, 0–255.
    pub paper: f32,
    /// Depth of the core of the strokes below the paper, levels.
    pub contrast: f32,
    /// Depth of the palest letters below the paper, levels: thin small print fades before bold print does.
    pub palest: f32,
    /// Noise of the paper at analysis scale, levels.
    pub noise: f32,
    /// What lies between the letters.
    pub between: Between,
    /// Sharpness.
    pub edges: Edges,
    /// Height of its letters, full-size pixels: the mean of the middle half, which unlike a median of whole
    /// pixels tells 5.4 from 5.
    pub body_px: f32,
    /// Median thickness of its strokes, full-size pixels.
    pub stroke_px: f32,
}

/// A page's measures.
#[derive(Debug)]
pub struct Sheet {
    /// Full-size width, pixels.
    pub width: usize,
    /// Full-size height, pixels.
    pub height: usize,
    /// Ink and paper.
    pub map: InkMap,
    /// Where the sheet lies in the picture.
    pub sheet: paper::Paper,
    /// The writing, analysis pixels.
    pub text: Text,
    /// Tiles with text, in reading order of the grid.
    pub tiles: Vec<Tile>,
    /// Tilt of the lines, degrees, positive clockwise; `None` where there are too few.
    pub tilt: Option<tilt::Tilt>,
    /// Strength of the 8-pixel block pattern of JPEG, levels.
    pub blocking: f32,
    /// Mean step of the JPEG's own quantisation table for brightness; 0 where there is none.
    pub jpeg_step: f32,
    /// Soft because it was made small and large again.
    pub enlarged: bool,
    /// Nearly all pixels are black or white: a fax or a bilevel scan.
    pub bilevel: bool,
    /// Brightness of the paper where the page has text, median over the tiles; else over the page.
    pub paper: f32,
}

impl Sheet {
    /// Measures a page whose marks are known.
    #[must_use]
    pub fn of(page: &Page, marks: Marks) -> Self {
        let luma = &page.luma;
        let Marks { map, sheet, blobs, text, tilt, .. } = marks;
        let mut tiles = tiles(&map, &text);
        count_specks(&blobs, &text, map.scale, &mut tiles);
        measure_edges(page, &text, map.scale, &mut tiles);
        let blocking = blocking::blocking(luma, page.provenance.jpeg_step.is_some());
        let bilevel = page.provenance.bilevel || two_levels(luma);
        let enlarged = !bilevel && soft(&tiles) && resampled::enlarged(luma);
        let paper = if tiles.is_empty() {
            map.paper.percentile(0.5)
        } else {
            percentile(&mut tiles.iter().map(|t| t.paper).collect::<Vec<_>>(), 0.5)
        };
        Self {
            width: luma.width(),
            height: luma.height(),
            map,
            sheet,
            text,
            tiles,
            tilt,
            blocking,
            jpeg_step: page.provenance.jpeg_step.unwrap_or(0.0),
            enlarged,
            bilevel,
            paper,
        }
    }

    /// Body height, full-size pixels.
    #[must_use]
    pub fn body_px(&self) -> f32 {
        self.text.body * self.map.scale as f32
    }

    /// Stroke thickness, full-size pixels.
    #[must_use]
    pub fn stroke_px(&self) -> f32 {
        self.text.stroke * self.map.scale as f32
    }

    /// Side of the dots, full-size pixels.
    #[must_use]
    pub fn dot_px(&self) -> f32 {
        self.text.dot * self.map.scale as f32
    }

    /// Specks for each letter of the page.
    #[must_use]
    pub fn specks_per_letter(&self) -> f32 {
        self.text.specks as f32 / self.text.letters.len().max(1) as f32
    }

    /// A value over the tiles below which this share of the text lies.
    #[must_use]
    pub fn over_tiles(&self, share: f32, value: impl Fn(&Tile) -> f32) -> f32 {
        let mut values: Vec<(f32, f32)> = self.tiles.iter().map(|t| (value(t), t.weight)).collect();
        values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let wanted = values.iter().map(|v| v.1).sum::<f32>() * share;
        let mut sum = 0.0;
        for &(value, weight) in &values {
            sum += weight;
            if sum >= wanted {
                return value;
            }
        }
        0.0
    }

    /// Share of the text whose tiles answer yes.
    #[must_use]
    pub fn share_of_text(&self, yes: impl Fn(&Tile) -> bool) -> f32 {
        let all: f32 = self.tiles.iter().map(|t| t.weight).sum();
        let some: f32 = self.tiles.iter().filter(|t| yes(t)).map(|t| t.weight).sum();
        if all > 0.0 { some / all } else { 0.0 }
    }

    /// The regions of the tiles that answer yes, neighbours joined, the largest first.
    #[must_use]
    pub fn regions(&self, yes: impl Fn(&Tile) -> bool) -> Vec<Region> {
        join(self.tiles.iter().filter(|t| yes(t)).map(|t| t.region).collect())
    }
}

/// Whether nearly all pixels lie at the ends of the scale.
fn two_levels(luma: &Luma) -> bool {
    const STEP: usize = 37;
    const ENDS: (u8, u8) = (12, 243);
    const SHARE: f32 = 0.985;
    let (mut ends, mut black, mut all) = (0_usize, 0_usize, 0_usize);
    for &value in luma.pixels().iter().step_by(STEP) {
        all += 1;
        black += usize::from(value <= ENDS.0);
        ends += usize::from(value <= ENDS.0 || value >= ENDS.1);
    }
    ends as f32 >= SHARE * all as f32 && black > all / 200
}

/// Whether the typical edge is wide enough to come from an enlargement.
fn soft(tiles: &[Tile]) -> bool {
    const EDGE_PX: f32 = 1.7;
    percentile(&mut tiles.iter().map(|t| t.edges.mean()).collect::<Vec<_>>(), 0.5) > EDGE_PX
}

/// Joins regions that touch, largest first, at most a dozen.
#[must_use]
pub fn join(mut regions: Vec<Region>) -> Vec<Region> {
    const MOST: usize = 12;
    let mut joined = true;
    while joined {
        joined = false;
        'search: for i in 0..regions.len() {
            for j in i + 1..regions.len() {
                if regions[i].near(regions[j], 2) {
                    let other = regions.swap_remove(j);
                    regions[i] = regions[i].union(other);
                    joined = true;
                    break 'search;
                }
            }
        }
    }
    regions.sort_unstable_by_key(|r| (std::cmp::Reverse(r.area()), r.y, r.x));
    regions.truncate(MOST);
    regions
}

/// Share of a tile's letters that are paler than its palest ones are said to be: a few may be dirt.
const PALEST: f32 = 0.15;

fn tiles(map: &InkMap, text: &Text) -> Vec<Tile> {
    if text.letters.is_empty() {
        return Vec::new();
    }
    let side = (text.body * TILE_BODIES).clamp(TILE_SIDE.0, TILE_SIDE.1) as usize;
    let (columns, rows) = (map.width.div_ceil(side), map.height.div_ceil(side));
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); columns * rows];
    for (i, letter) in text.letters.iter().enumerate() {
        let (x, y) = letter.centre();
        members[(y as usize / side) * columns + x as usize / side].push(i);
    }
    members
        .iter()
        .enumerate()
        .filter(|(_, letters)| letters.len() >= MIN_LETTERS)
        .map(|(place, letters)| tile(map, text, letters, (place % columns) * side, (place / columns) * side, side))
        .collect()
}

fn tile(map: &InkMap, text: &Text, letters: &[usize], x: usize, y: usize, side: usize) -> Tile {
    let mut heights: Vec<f32> = Vec::with_capacity(letters.len());
    let mut strokes = heights.clone();
    let mut letter_depths = heights.clone();
    let mut weight = 0.0;
    let mut depths = [0_u32; 256];
    for letter in letters.iter().map(|&i| &text.letters[i]) {
        heights.push(letter.height() as f32);
        strokes.push(letter.stroke());
        letter_depths.push(letter.depth);
        weight += letter.width() as f32 / text.body;
        let limit = map.threshold.at_pixel(letter.x0 as usize, letter.y0 as usize) as u8;
        for row in letter.y0 as usize..letter.y1 as usize {
            for &d in &map.depth[row * map.width + letter.x0 as usize..row * map.width + letter.x1 as usize] {
                depths[d as usize] += u32::from(d > limit);
            }
        }
    }
    let (cx, cy) = ((x + side / 2).min(map.width - 1), (y + side / 2).min(map.height - 1));
    let s = map.scale;
    let (right, bottom) = ((x + side).min(map.width), (y + side).min(map.height));
    Tile {
        region: Region::new((x * s) as u32, (y * s) as u32, ((right - x) * s) as u32, ((bottom - y) * s) as u32),
        letters: letters.len(),
        weight,
        paper: map.paper.at_pixel(cx, cy),
        contrast: core(&depths),
        palest: percentile(&mut letter_depths, PALEST),
        noise: map.noise_grid.at_pixel(cx, cy).min(map.noise * 4.0 + 1.0),
        between: between(map, text, letters.iter().map(|&i| &text.letters[i])),
        edges: Edges::default(),
        body_px: middle_mean(&mut heights) * s as f32,
        stroke_px: percentile(&mut strokes, 0.5) * s as f32,
    }
}

/// Dots and dirt of each tile, for each body height of letters' width.
fn count_specks(blobs: &[Blob], text: &Text, scale: usize, tiles: &mut [Tile]) {
    let Some(side) = tiles.iter().map(|t| t.region.width).max().map(|w| w as usize / scale).filter(|&s| s > 0) else {
        return;
    };
    let mut counts: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for blob in blobs.iter().filter(|b| text.is_speck(b)) {
        *counts.entry((blob.x0 as usize / side, blob.y0 as usize / side)).or_default() += 1;
    }
    for tile in tiles {
        let place = (tile.region.x as usize / scale / side, tile.region.y as usize / scale / side);
        tile.between.specks = counts.get(&place).copied().unwrap_or(0) as f32 / tile.weight.max(1.0);
    }
}

/// Mean of the values between the first and the last quarter.
fn middle_mean(values: &mut [f32]) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    let quarter = values.len() / 4;
    let middle = &values[quarter..values.len() - quarter];
    middle.iter().sum::<f32>() / middle.len().max(1) as f32
}

fn core(depths: &[u32; 256]) -> f32 {
    let wanted = (depths.iter().sum::<u32>() as f32 * CORE) as u32;
    let mut seen = 0;
    for (depth, &count) in depths.iter().enumerate() {
        seen += count;
        if count > 0 && seen >= wanted {
            return depth as f32;
        }
    }
    0.0
}

fn measure_edges(page: &Page, text: &Text, scale: usize, tiles: &mut [Tile]) {
    let step = ((text.body * scale as f32 * EDGE_STEP) as usize).max(2);
    let stride = tiles.len().div_ceil(MAX_MEASURED).max(1);
    let measure = |tile: &Tile| {
        let r = tile.region;
        let (x, y) = (r.x as usize, r.y as usize);
        edges(&page.luma, x, y, x + r.width as usize, y + r.height as usize, tile.contrast.max(1.0), step)
    };
    let measured: Vec<Edges> = tiles.iter().step_by(stride).map(measure).collect();
    for (i, tile) in tiles.iter_mut().enumerate() {
        tile.edges = measured[(i / stride).min(measured.len() - 1)];
    }
}
