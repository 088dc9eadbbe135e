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
const DESK_SHARE: (f32, f32) = (0.04, 0.985);
/// Writing outside is the paper's own when its relative depth reaches this share of that inside.
const SAME_DEPTH: f32 = 0.66;
/// ... and when it makes up this share of the blobs inside.
const SAME_AMOUNT: f32 = 0.04;
/// Ink is strong when it reaches this share of the deepest.
const STRONG_SHARE: f32 = 0.6;
/// The sheet must hold this share of the strong ink, and at least this many pieces of it.
const STRONG_INSIDE: f32 = 0.7;
const MIN_INSIDE: usize = 12;
/// A step this large needs no further proof where the sheet lies within the picture: lit paper beside a
/// shadow runs to several edges of it.
const SHARP_STEP: f32 = 0.5;
const MOST_BORDERS: usize = 1;
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

    /// The blocks of a picture of this size that are desk or touch it, where a desk was found: the sheet's edge and its
    /// shadow lie in those that touch it.
    #[must_use]
    pub fn around(&self, width: usize, height: usize) -> Vec<Region> {
        if !self.on_desk {
            return Vec::new();
        }
        let desk = self.mask.map(|on| 1.0 - on).max_of_neighbours(1);
        let blocks = desk.blocks(width, height).filter(|block| desk.get(block.0, block.1) > 0.5);
        let region = |(_, _, x, y, right, bottom): (usize, usize, usize, usize, usize, usize)| {
            Region::new(x as u32, y as u32, (right - x) as u32, (bottom - y) as u32)
        };
        blocks.map(region).collect()
    }

    /// How far opposite edges of the sheet are from parallel, degrees; 0 where no desk shows.
    #[must_use]
    pub fn keystone_deg(&self) -> f32 {
        if !self.on_desk {
            return 0.0;
        }
        let on = |c: usize, r: usize| self.mask.get(c, r) > 0.5;
        let (columns, rows) = (self.mask.columns, self.mask.rows);
        let across = |r: usize| ((0..columns).find(|&c| on(c, r)), (0..columns).rev().find(|&c| on(c, r)));
        let down = |c: usize| ((0..rows).find(|&r| on(c, r)), (0..rows).rev().find(|&r| on(c, r)));
        converging(&(0..rows).map(across).collect::<Vec<_>>())
            .max(converging(&(0..columns).map(down).collect::<Vec<_>>()))
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
    let Some((limit, step)) = split(&map.paper) else { return whole };
    let mask = filled(&largest_bright(&map.paper, limit));
    let share = mask.values().iter().sum::<f32>() / mask.values().len() as f32;
    if !(DESK_SHARE.0..=DESK_SHARE.1).contains(&(1.0 - share)) || !set_off(map, &mask, letters, step) {
        return whole;
    }
    Paper { bounds: bounds(&mask, map), on_desk: true, mask }
}

/// Angle between the lines through the first and through the last ends of the spans, degrees.
fn converging(spans: &[(Option<usize>, Option<usize>)]) -> f32 {
    let full: Vec<(f32, f32, f32)> =
        spans.iter().enumerate().filter_map(|(i, (a, b))| Some((i as f32, (*a)? as f32, (*b)? as f32))).collect();
    // the ends of the sheet itself are corners, not edges
    let skip = full.len() / 5;
    let middle = &full[skip..full.len() - skip];
    if middle.len() < MIN_SPANS {
        return 0.0;
    }
    let slope = |end: fn(&(f32, f32, f32)) -> f32| {
        let half = middle.len() / 2;
        let mean = |part: &[(f32, f32, f32)], of: fn(&(f32, f32, f32)) -> f32| {
            part.iter().map(of).sum::<f32>() / part.len() as f32
        };
        let (low, high) = middle.split_at(half);
        (mean(high, end) - mean(low, end)) / (mean(high, |s| s.0) - mean(low, |s| s.0))
    };
    (slope(|s| s.1).atan() - slope(|s| s.2).atan()).abs().to_degrees()
}

/// Fewest spans for the angle between two edges.
const MIN_SPANS: usize = 8;

/// The level that best splits the blocks into two classes (Otsu) and the step between them as a share of
/// the bright one; `None` when they are one.
fn split(paper: &Grid) -> Option<(f32, f32)> {
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
    let step = if bright > 0.0 { (bright - dark) / bright } else { 0.0 };
    (step > MIN_STEP).then(|| ((index + 1) as f32 * 256.0 / LEVELS as f32, step))
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
    for (r, &across) in rows.iter().enumerate() {
        for (c, &down) in columns.iter().enumerate() {
            out.set(c, r, f32::from(within(c, across) && within(r, down)));
        }
    }
    out
}

/// Whether what lies outside is a desk rather than paper in a shadow or beside a reflection.
fn set_off(map: &InkMap, mask: &Grid, letters: &[Blob], step: f32) -> bool {
    let place = |blob: &Blob| {
        let (x, y) = blob.centre();
        (x as usize, y as usize)
    };
    let within = |blob: &Blob| mask.at_pixel(place(blob).0, place(blob).1) > 0.5;
    // the strongest ink of the picture is the writing: it must lie on the sheet
    let mut depths: Vec<f32> = letters.iter().map(|b| b.depth).collect();
    let strong = STRONG_SHARE * super::grid::percentile(&mut depths, 0.95);
    let (inside, outside): (Vec<&Blob>, Vec<&Blob>) =
        letters.iter().filter(|b| b.depth >= strong).partition(|b| within(b));
    if inside.len() < MIN_INSIDE || (inside.len() as f32) < STRONG_INSIDE * (inside.len() + outside.len()) as f32 {
        return false;
    }
    let relative = |blob: &Blob| blob.depth / map.paper.at_pixel(place(blob).0, place(blob).1).max(1.0);
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for blob in letters {
        if within(blob) { inside.push(relative(blob)) } else { outside.push(relative(blob)) }
    }
    let upper = |values: &mut Vec<f32>| super::grid::percentile(values, 0.6);
    (step > SHARP_STEP && borders(mask) <= MOST_BORDERS)
        || outside.len() as f32 <= SAME_AMOUNT * inside.len() as f32
        || upper(&mut outside) < SAME_DEPTH * upper(&mut inside)
}

/// Edges of the picture that the area touches.
fn borders(mask: &Grid) -> usize {
    let (last_column, last_row) = (mask.columns - 1, mask.rows - 1);
    let on = |c: usize, r: usize| mask.get(c, r) > 0.5;
    let sides = [
        (0..mask.rows).any(|r| on(0, r)),
        (0..mask.rows).any(|r| on(last_column, r)),
        (0..mask.columns).any(|c| on(c, 0)),
        (0..mask.columns).any(|c| on(c, last_row)),
    ];
    sides.into_iter().filter(|&touched| touched).count()
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
