//! Patches of one ink, over rings, letters and gaps: ink of one hue, and ink that is paler than print, which is how a pad
//! looks on a scan without colour.

use super::scene::Scene;
use super::signs::{Source, Spot};

/// Least chroma of coloured ink, levels.
const CHROMA: u8 = 20;
/// Chroma as a share of the ink's cover: the same for thin and for full ink of one colour.
const PURITY: f32 = 0.17;
/// Depth of pale ink, levels below the paper, and the depth of print, which no pixel within reach may have.
const PALE: (u8, u8) = (38, 140);
const PRINT: u8 = 160;
const REACH: usize = 2;
/// Side of a cell, pixels.
const CELL: usize = 4;
/// Coloured pixels that make a cell one of ink.
const FEWEST: u32 = 2;
/// Steps of hue, of 256, that two neighbouring cells of one ink may differ by.
const HUES: f32 = 26.0;
/// Gaps that one patch may bridge, letter heights: letters and rings of one stamp, then lines of a stamp without a frame.
const GAPS: [f32; 2] = [0.55, 1.5];
/// Sides of a patch, letter heights: its longer and its shorter one at least, and the longer at most.
const SIDES: (f32, f32, f32) = (3.2, 1.4, 52.0);
/// Patches looked at on a page, the largest first.
const MOST: usize = 40;

/// A cell of coloured ink: mean direction of its hue, and its pixels.
#[derive(Clone, Copy)]
struct Cell {
    cos: f32,
    sin: f32,
    count: u32,
}

/// Whether a pixel is coloured ink.
pub(super) fn is_coloured(scene: &Scene, at: usize) -> bool {
    let chroma = scene.chroma[at];
    chroma >= CHROMA && f32::from(chroma) >= PURITY * f32::from(scene.cover[at])
}

/// The patches of a page that have a mark's size.
pub(super) fn patches(scene: &Scene) -> Vec<Spot> {
    let mut spots = Vec::new();
    if scene.coloured {
        let coloured: Vec<bool> = (0..scene.dark.len()).map(|at| is_coloured(scene, at)).collect();
        spots = of_mask(scene, &coloured, Source::Hue);
    }
    spots.extend(of_mask(scene, &pale(scene), Source::Pale));
    spots
}

/// Ink that is paler than print and no edge of it.
fn pale(scene: &Scene) -> Vec<bool> {
    let width = scene.width;
    // The darkest of a row's neighbours first, then of the rows.
    let along: Vec<u8> = (0..scene.dark.len())
        .map(|at| {
            let (x, row) = (at % width, at / width * width);
            scene.dark[row + x.saturating_sub(REACH)..row + (x + REACH + 1).min(width)]
                .iter()
                .copied()
                .max()
                .unwrap_or(0)
        })
        .collect();
    (0..scene.dark.len())
        .map(|at| {
            let depth = scene.dark[at];
            let (x, y) = (at % width, at / width);
            depth >= PALE.0
                && depth <= PALE.1
                && (y.saturating_sub(REACH)..(y + REACH + 1).min(scene.height))
                    .all(|row| along[row * width + x] < PRINT)
        })
        .collect()
}

fn of_mask(scene: &Scene, mask: &[bool], source: Source) -> Vec<Spot> {
    let (columns, rows) = (scene.width.div_ceil(CELL), scene.height.div_ceil(CELL));
    let cells = cells(scene, mask, columns, rows);
    let mut spots: Vec<Spot> = Vec::new();
    for gap in GAPS {
        let reach = ((gap * scene.unit / CELL as f32).round() as usize).max(1);
        for patch in grown(&cells, columns, rows, reach) {
            let Some(spot) = spot(scene, mask, source, &patch, columns) else { continue };
            let known = |other: &Spot| {
                (other.x, other.y, other.width, other.height) == (spot.x, spot.y, spot.width, spot.height)
            };
            if !spots.iter().any(known) {
                spots.push(spot);
            }
        }
    }
    spots.sort_by_key(|spot| std::cmp::Reverse(spot.count));
    spots.truncate(MOST);
    spots
}

fn cells(scene: &Scene, mask: &[bool], columns: usize, rows: usize) -> Vec<Option<Cell>> {
    let circle: Vec<(f32, f32)> = (0..256)
        .map(|hue| (hue as f32 / 256.0 * std::f32::consts::TAU).sin_cos())
        .map(|(sin, cos)| (cos, sin))
        .collect();
    let mut cells = vec![Cell { cos: 0.0, sin: 0.0, count: 0 }; columns * rows];
    let [left, top, right, low] = scene.sheet;
    for y in top..low {
        for x in left..right {
            let at = y * scene.width + x;
            if mask[at] {
                let cell = &mut cells[y / CELL * columns + x / CELL];
                let (cos, sin) = circle[usize::from(scene.hue[at])];
                cell.cos += cos;
                cell.sin += sin;
                cell.count += 1;
            }
        }
    }
    cells.into_iter().map(|cell| (cell.count >= FEWEST).then_some(cell)).collect()
}

/// Cells joined over gaps of at most `reach` cells where their hues agree.
fn grown(cells: &[Option<Cell>], columns: usize, rows: usize, reach: usize) -> Vec<Vec<usize>> {
    let agree = (HUES / 256.0 * std::f32::consts::TAU).cos();
    let mut taken = vec![false; cells.len()];
    let mut patches = Vec::new();
    for start in 0..cells.len() {
        if cells[start].is_none() || taken[start] {
            continue;
        }
        let mut patch = Vec::new();
        let mut waiting = vec![start];
        taken[start] = true;
        while let Some(at) = waiting.pop() {
            let Some(cell) = cells[at] else { continue };
            patch.push(at);
            let (x, y) = (at % columns, at / columns);
            for ny in y.saturating_sub(reach)..(y + reach + 1).min(rows) {
                for nx in x.saturating_sub(reach)..(x + reach + 1).min(columns) {
                    let near = ny * columns + nx;
                    let Some(other) = cells[near].filter(|_| !taken[near]) else { continue };
                    let lengths = cell.cos.hypot(cell.sin) * other.cos.hypot(other.sin);
                    if cell.cos * other.cos + cell.sin * other.sin >= agree * lengths {
                        taken[near] = true;
                        waiting.push(near);
                    }
                }
            }
        }
        patches.push(patch);
    }
    patches
}

/// The coloured pixels of a patch, where it has a mark's size.
fn spot(scene: &Scene, mask: &[bool], source: Source, patch: &[usize], columns: usize) -> Option<Spot> {
    let (mut x0, mut y0, mut x1, mut y1) = (usize::MAX, usize::MAX, 0, 0);
    let mut points = Vec::new();
    for cell in patch {
        let (left, top) = (cell % columns * CELL, cell / columns * CELL);
        for y in top..(top + CELL).min(scene.height) {
            for x in left..(left + CELL).min(scene.width) {
                if mask[y * scene.width + x] {
                    (x0, x1) = (x0.min(x), x1.max(x + 1));
                    (y0, y1) = (y0.min(y), y1.max(y + 1));
                    points.push((x, y));
                }
            }
        }
    }
    if points.is_empty() {
        return None;
    }
    let (long, short) = ((x1 - x0).max(y1 - y0) as f32, (x1 - x0).min(y1 - y0) as f32);
    let fits = long >= SIDES.0 * scene.unit && short >= SIDES.1 * scene.unit && long <= SIDES.2 * scene.unit;
    fits.then(|| Spot::of(source, (x0, y0, x1 - x0, y1 - y0), points))
}
