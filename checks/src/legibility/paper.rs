//! Where the sheet of paper lies in the picture: a phone shows the desk around it, a scanner does not.
//!
//! The picture is split into bright and dark blocks. When the largest bright area is set off from a
//! darker surrounding, and the surrounding holds no writing of its own, the rest is desk. A shadow also
//! darkens, but writing in a shadow keeps its depth relative to the paper, and a desk has none.

use super::blobs::Blob;
use super::grid::Grid;
use super::ink::InkMap;
use crate::page::Region;

/// The bright class must outshine the dark one by this share.
const MIN_STEP: f32 = 0.16;
/// The desk covers between these shares of the picture.
const DESK_SHARE: (f32, f32) = (0.04, 0.92);
/// Writing outside is the paper's own when its relative depth reaches this share of that inside.
const SAME_DEPTH: f32 = 0.66;
/// ... and when it makes up this share of the blobs inside.
const SAME_AMOUNT: f32 = 0.04;
/// Levels of the histogram for the split.
const LEVELS: usize = 64;

/// The sheet in the picture.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Box around the sheet, analysis pixels.
    pub bounds: Region,
    /// Whether a desk was found around it.
    pub on_desk: bool,
    /// 1 where a block belongs to the sheet.
    mask: Grid,
}

impl Paper {
    /// Whether the point (analysis pixels) lies on the sheet.
    #[must_use]
    pub fn holds(&self, x: f32, y: f32) -> bool {
        self.mask.at_pixel(x as usize, y as usize) > 0.5
    }

    /// Share of the picture that the sheet covers.
    #[must_use]
    pub fn share(&self) -> f32 {
        let blocks = self.mask.values();
        blocks.iter().sum::<f32>() / blocks.len() as f32
    }
}

/// Finds the sheet; `letters` are the blobs that may be writing.
#[must_use]
pub fn paper(map: &InkMap, letters: &[Blob]) -> Paper {
    let whole = Paper {
        bounds: Region::new(0, 0, map.width as u32, map.height as u32),
        on_desk: false,
        mask: map.paper.map(|_| 1.0),
    };
    let Some(limit) = split(&map.paper) else { return whole };
    let mask = filled(&largest_bright(&map.paper, limit));
    let share = mask.values().iter().sum::<f32>() / mask.values().len() as f32;
    if !(DESK_SHARE.0..=DESK_SHARE.1).contains(&(1.0 - share)) || !set_off(map, &mask, letters) {
        return whole;
    }
    Paper { bounds: bounds(&mask, map), on_desk: true, mask }
}

/// The level that best splits the blocks into two classes (Otsu); `None` when they are one.
fn split(paper: &Grid) -> Option<f32> {
    let mut bins = [0.0_f32; LEVELS];
    for &value in paper.values() {
        bins[((value / 256.0 * LEVELS as f32) as usize).min(LEVELS - 1)] += 1.0;
    }
    let total: f32 = bins.iter().sum();
    let sum: f32 = bins.iter().enumerate().map(|(i, b)| i as f32 * b).sum();
    let (mut below, mut below_sum, mut best) = (0.0, 0.0, (0.0, 0, 0.0, 0.0));
    for (i, &count) in bins.iter().enumerate() {
        below += count;
        below_sum += i as f32 * count;
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let (dark, bright) = (below_sum / below, (sum - below_sum) / above);
        let between = below * above * (bright - dark) * (bright - dark);
        if between > best.0 {
            best = (between, i, dark, bright);
        }
    }
    let (_, index, dark, bright) = best;
    (bright > 0.0 && (bright - dark) / bright > MIN_STEP).then(|| (index + 1) as f32 * 256.0 / LEVELS as f32)
}

/// The largest connected area of bright blocks.
fn largest_bright(paper: &Grid, limit: f32) -> Grid {
    let (columns, rows) = (paper.columns, paper.rows);
    let mut label = vec![0_usize; columns * rows];
    let mut best = (0, 0);
    let mut next = 0;
    for start in 0..columns * rows {
        if label[start] != 0 || paper.values()[start] < limit {
            continue;
        }
        next += 1;
        let mut stack = vec![start];
        label[start] = next;
        let mut size = 0;
        while let Some(place) = stack.pop() {
            size += 1;
            let (c, r) = (place % columns, place / columns);
            let near = [
                (c > 0).then(|| place - 1),
                (c + 1 < columns).then_some(place + 1),
                (r > 0).then(|| place.wrapping_sub(columns)),
                (r + 1 < rows).then_some(place + columns),
            ];
            for other in near.into_iter().flatten() {
                if label[other] == 0 && paper.values()[other] >= limit {
                    label[other] = next;
                    stack.push(other);
                }
            }
        }
        if size > best.0 {
            best = (size, next);
        }
    }
    let mut mask = paper.map(|_| 0.0);
    for (place, &l) in label.iter().enumerate() {
        mask.set(place % columns, place / columns, f32::from(l == best.1 && best.0 > 0));
    }
    mask
}

/// Fills what lies between the ends of the area in its row and in its column: stamps, photos, dark bars.
fn filled(mask: &Grid) -> Grid {
    let span = |count: usize, get: &dyn Fn(usize) -> f32| {
        let first = (0..count).find(|&i| get(i) > 0.5);
        let last = (0..count).rev().find(|&i| get(i) > 0.5);
        first.zip(last)
    };
    let rows: Vec<_> = (0..mask.rows).map(|r| span(mask.columns, &|c| mask.get(c, r))).collect();
    let columns: Vec<_> = (0..mask.columns).map(|c| span(mask.rows, &|r| mask.get(c, r))).collect();
    let within = |place: usize, span: Option<(usize, usize)>| span.is_some_and(|(a, b)| (a..=b).contains(&place));
    let mut out = mask.clone();
    for r in 0..mask.rows {
        for c in 0..mask.columns {
            out.set(c, r, f32::from(within(c, rows[r]) && within(r, columns[c])));
        }
    }
    out
}

/// Whether what lies outside is a desk rather than paper in a shadow.
fn set_off(map: &InkMap, mask: &Grid, letters: &[Blob]) -> bool {
    let mut inside = Vec::new();
    let mut outside = Vec::new();
    for blob in letters {
        let (x, y) = blob.centre();
        let paper = map.paper.at_pixel(x as usize, y as usize).max(1.0);
        let relative = blob.depth / paper;
        if mask.at_pixel(x as usize, y as usize) > 0.5 { inside.push(relative) } else { outside.push(relative) }
    }
    if outside.len() as f32 <= SAME_AMOUNT * inside.len() as f32 {
        return true;
    }
    let upper = |values: &mut Vec<f32>| super::grid::percentile(values, 0.6);
    !inside.is_empty() && upper(&mut outside) < SAME_DEPTH * upper(&mut inside)
}

fn bounds(mask: &Grid, map: &InkMap) -> Region {
    let (mut x0, mut y0, mut x1, mut y1) = (usize::MAX, usize::MAX, 0, 0);
    for r in 0..mask.rows {
        for c in 0..mask.columns {
            if mask.get(c, r) > 0.5 {
                (x0, y0) = (x0.min(c), y0.min(r));
                (x1, y1) = (x1.max(c + 1), y1.max(r + 1));
            }
        }
    }
    let right = (x1 * mask.block).min(map.width);
    let bottom = (y1 * mask.block).min(map.height);
    let (left, top) = (x0 * mask.block, y0 * mask.block);
    Region::new(left as u32, top as u32, (right - left) as u32, (bottom - top) as u32)
}
