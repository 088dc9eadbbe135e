//! Text that a reflection has swallowed: burnt cells next to text that fades towards them.

use super::blobs::Blob;
use super::fades::{Faded, faded};
use super::sheet::{Sheet, Tile};
use crate::page::Region;

/// Text fades when its contrast falls below this share of the page's strong text.
const FADED: f32 = 0.62;
/// Burnt paper is normal for a page when this share of its strong text stands on it.
const NORMAL_BURNT: f32 = 0.4;
/// Paper is burnt when it is at most this far below the brightest level.
const BURNT_GAP: f32 = 3.0;
/// Noise of burnt paper, levels at most: a saturated sensor gives no noise.
const BURNT_NOISE: f32 = 0.6;
/// A cell of the grid belongs to the hole when it lies within so many tiles of a fading one.
const REACH: i64 = 2;

/// What glare took.
#[derive(Clone, Debug, Default)]
pub struct Swallowed {
    /// Share of the page's text that is lost or fading, 0–1.
    pub share: f32,
    /// Share that is lost for good: cells where text is expected and none is left.
    pub lost: f32,
    /// Where, full-size pixels.
    pub regions: Vec<Region>,
}

/// A page whose darkest tenth is this bright is white all over.
const WHITE_PAGE: f32 = 250.0;
/// Paper at most this bright shows a reflection by its brightness alone.
const GREY_PAPER: f32 = 244.0;
/// Blocks a side of a cell in which burnt paper is counted.
const CELL_BLOCKS: usize = 3;

/// Estimates what glare took from the page: by burnt areas on grey paper, by fading text on white paper, by lines that
/// fade away.
#[must_use]
pub fn swallowed(sheet: &Sheet) -> Swallowed {
    [fading_lines(sheet), fading(sheet), burnt_area(sheet)]
        .into_iter()
        .max_by(|a, b| a.share.total_cmp(&b.share))
        .unwrap_or_default()
}

fn fading_lines(sheet: &Sheet) -> Swallowed {
    let Faded { lost, regions } = faded(&sheet.text, &sheet.map.paper);
    let s = sheet.map.scale as u32;
    let full = |r: &Region| Region::new(r.x * s, r.y * s, r.width * s, r.height * s);
    Swallowed { share: lost, lost, regions: regions.iter().map(full).collect() }
}

/// Burnt cells between the outermost letters of a page whose paper is not burnt.
fn burnt_area(sheet: &Sheet) -> Swallowed {
    let letters = &sheet.text.letters;
    if letters.is_empty() || sheet.paper > GREY_PAPER {
        return Swallowed::default();
    }
    let cell = CELL_BLOCKS * sheet.map.paper.block;
    let span = |low: fn(&Blob) -> u32, high: fn(&Blob) -> u32| {
        let first = letters.iter().map(low).min().unwrap_or(0) as usize / cell;
        let last = letters.iter().map(high).max().unwrap_or(0) as usize / cell;
        first..=last
    };
    let (columns, rows) = (span(|b| b.x0, |b| b.x1), span(|b| b.y0, |b| b.y1));
    let (mut burnt, mut all) = (Vec::new(), 0.0_f32);
    for row in rows {
        for column in columns.clone() {
            all += 1.0;
            let (x, y) = (column * cell + cell / 2, row * cell + cell / 2);
            let (x, y) = (x.min(sheet.map.width - 1), y.min(sheet.map.height - 1));
            let bright = sheet.map.paper.at_pixel(x, y) >= 255.0 - BURNT_GAP;
            if bright && sheet.map.noise_grid.at_pixel(x, y) <= BURNT_NOISE && sheet.sheet.holds(x as f32, y as f32) {
                let side = (cell * sheet.map.scale) as u32;
                burnt.push(Region::new(column as u32 * side, row as u32 * side, side, side));
            }
        }
    }
    let share = burnt.len() as f32 / all.max(1.0);
    Swallowed { share, lost: share, regions: burnt }
}

fn fading(sheet: &Sheet) -> Swallowed {
    let Some(first) = sheet.tiles.first() else { return Swallowed::default() };
    let strong = sheet.over_tiles(0.85, |t| t.contrast);
    let burnt_level = 255.0 - BURNT_GAP;
    let burnt = |x: u32, y: u32| {
        let s = sheet.map.scale;
        let (x, y) = ((x as usize / s).min(sheet.map.width - 1), (y as usize / s).min(sheet.map.height - 1));
        sheet.map.paper.at_pixel(x, y) >= burnt_level && sheet.map.noise_grid.at_pixel(x, y) <= BURNT_NOISE
    };
    let centre = |r: Region| (r.x + r.width / 2, r.y + r.height / 2);
    // where full-strength text stands on burnt paper too, burnt paper says nothing
    let strong_text = |t: &Tile| t.contrast >= FADED * strong;
    let (strong_burnt, strong_all) = sheet.tiles.iter().filter(|t| strong_text(t)).fold((0.0, 0.0), |(b, a), t| {
        let (x, y) = centre(t.region);
        (b + t.weight * f32::from(u8::from(burnt(x, y))), a + t.weight)
    });
    let all_burnt = strong_burnt > NORMAL_BURNT * strong_all;
    // paper that is near the end of the scale everywhere: a copier's white, not a reflection
    if all_burnt || sheet.map.paper.percentile(0.1) >= WHITE_PAGE {
        return Swallowed::default();
    }
    let limit = strong * FADED;
    let fading: Vec<&Tile> = sheet
        .tiles
        .iter()
        .filter(|t| t.contrast < limit && (t.paper >= sheet.paper - 2.0))
        .filter(|t| near_burnt(t.region, &burnt))
        .collect();
    if fading.is_empty() {
        return Swallowed::default();
    }
    let side = first.region.width.max(first.region.height).max(1);
    let holes = holes(sheet, &fading, side, &burnt);
    let all: f32 = sheet.tiles.iter().map(|t| t.weight).sum();
    let mean = all / sheet.tiles.len() as f32;
    let faded: f32 = fading.iter().map(|t| t.weight).sum();
    let gone = holes.len() as f32 * mean;
    let mut regions: Vec<Region> = fading.iter().map(|t| t.region).collect();
    regions.extend(&holes);
    Swallowed { share: (faded + gone) / (all + gone), lost: gone / (all + gone), regions }
}

fn near_burnt(r: Region, burnt: &impl Fn(u32, u32) -> bool) -> bool {
    let (cx, cy) = (r.x + r.width / 2, r.y + r.height / 2);
    let reach = |v: u32, side: u32| [v.saturating_sub(side), v, v + side];
    reach(cx, r.width).into_iter().any(|x| reach(cy, r.height).into_iter().any(|y| burnt(x, y)))
}

/// Empty burnt cells of the tile grid near fading text.
fn holes(sheet: &Sheet, fading: &[&Tile], side: u32, burnt: &impl Fn(u32, u32) -> bool) -> Vec<Region> {
    let cell = |r: Region| (i64::from(r.x / side), i64::from(r.y / side));
    let text: std::collections::BTreeSet<(i64, i64)> = sheet.tiles.iter().map(|t| cell(t.region)).collect();
    let mut holes = std::collections::BTreeSet::new();
    for tile in fading {
        let (c, r) = cell(tile.region);
        for dr in -REACH..=REACH {
            for dc in -REACH..=REACH {
                let (x, y) = (c + dc, r + dr);
                let inside = x >= 0
                    && y >= 0
                    && x * i64::from(side) < sheet.width as i64
                    && y * i64::from(side) < sheet.height as i64;
                let middle = |v: i64| (v * i64::from(side)) as u32 + side / 2;
                if inside && !text.contains(&(x, y)) && enclosed(&text, x, y) && burnt(middle(x), middle(y)) {
                    holes.insert((x, y));
                }
            }
        }
    }
    holes.into_iter().map(|(x, y)| Region::new(x as u32 * side, y as u32 * side, side, side)).collect()
}

/// A cell where text is expected: the page has text left and right of it, or above and below.
fn enclosed(text: &std::collections::BTreeSet<(i64, i64)>, x: i64, y: i64) -> bool {
    let row = |right: bool| text.iter().any(|&(c, r)| r == y && if right { c > x } else { c < x });
    let column = |below: bool| text.iter().any(|&(c, r)| c == x && if below { r > y } else { r < y });
    (row(true) && row(false)) || (column(true) && column(false))
}
