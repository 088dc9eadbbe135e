//! By how much each part of a page lies beside the other page's: where most ink of both falls together.
//!
//! Tiles are so large that many letters vote on each shift.

use super::super::fingerprint::SQUARE_PX;
use super::super::ink::Ink;

/// Parts of a page that are shifted each by itself.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    /// Width and height, squares.
    size: (usize, usize),
    /// Whether half a tile around each has its say too.
    around: bool,
}

/// Large tiles come first, so that lines of one sign (a zone's fillers, rows of noughts) are not laid one sign further.
pub(super) const LARGE: Tile = Tile { size: (16, 10), around: false };
/// Small ones begin where the large ones lie.
pub(super) const SMALL: Tile = Tile { size: (6, 4), around: true };
/// Shifts of a tile that are tried, pixels either way.
const REACH: i32 = 5;
/// The best shift must bring so much more ink together than none, as a share.
const CLEARLY: f32 = 0.02;
/// Pixels of ink in a tile that can tell of a shift.
const MIN_INK: u32 = 60;

/// By how much the other ink must be looked for further, tile by tile, pixels of the first frame.
pub(super) struct Shifts {
    /// Width and height of a tile, squares.
    tile: (usize, usize),
    /// Tiles in a row, and rows of them.
    tiles: (usize, usize),
    shifts: Vec<(f32, f32)>,
}

impl Shifts {
    /// Beyond where each tile lies by the shift of its middle, in squares.
    pub(super) fn of(
        mine: &Ink,
        theirs: &Ink,
        squares: (usize, usize),
        tile: Tile,
        lies: impl Fn((f32, f32)) -> (f32, f32),
    ) -> Self {
        let Tile { size, around } = tile;
        let tiles = (squares.0.div_ceil(size.0), squares.1.div_ceil(size.1));
        let (w, h) = ((size.0 * SQUARE_PX) as i32, (size.1 * SQUARE_PX) as i32);
        let (rx, ry) = if around { (w / 2, h / 2) } else { (0, 0) };
        let each = (0..tiles.1).flat_map(|ty| (0..tiles.0).map(move |tx| (tx, ty)));
        let shift = |(tx, ty): (usize, usize)| {
            let (x, y) = (tx as i32 * w, ty as i32 * h);
            let middle = |at: usize, size: usize| (at as f32 + 0.5) * size as f32;
            let lies = lies((middle(tx, size.0), middle(ty, size.1)));
            shift(mine, theirs, [x - rx, y - ry, x + w + rx, y + h + ry], lies)
        };
        Self { tile: size, tiles, shifts: each.map(shift).collect() }
    }

    /// Whether no tile is to be shifted.
    pub(super) fn none(&self) -> bool {
        self.shifts.iter().all(|shift| *shift == (0.0, 0.0))
    }

    /// The shift of a place, in squares: between the middles of four tiles.
    pub(super) fn at(&self, (column, row): (f32, f32)) -> (f32, f32) {
        let (tx, ty) = (column / self.tile.0 as f32 - 0.5, row / self.tile.1 as f32 - 0.5);
        let (x0, y0) = (tx.floor(), ty.floor());
        let pick = |x: f32, y: f32| {
            let (x, y) = (x.max(0.0) as usize, y.max(0.0) as usize);
            self.shifts[y.min(self.tiles.1 - 1) * self.tiles.0 + x.min(self.tiles.0 - 1)]
        };
        let mix = |p: (f32, f32), q: (f32, f32), f: f32| (p.0 + (q.0 - p.0) * f, p.1 + (q.1 - p.1) * f);
        let (fx, fy) = (tx - x0, ty - y0);
        let upper = mix(pick(x0, y0), pick(x0 + 1.0, y0), fx);
        let lower = mix(pick(x0, y0 + 1.0), pick(x0 + 1.0, y0 + 1.0), fx);
        mix(upper, lower, fy)
    }
}

/// By how much further than it lies the other ink of a place has most of the first one's on it.
fn shift(mine: &Ink, theirs: &Ink, [x0, y0, x1, y1]: [i32; 4], lies: (f32, f32)) -> (f32, f32) {
    let far = |v: f32| (v.round() as i32).clamp(-REACH, REACH);
    let (from_x, from_y) = (far(lies.0), far(lies.1));
    let (y0, y1) = (y0.max(2 * REACH), y1.min(mine.height() as i32 - 2 * REACH));
    let first = (x0.max(0) / 64) as usize;
    let last = (x1.max(1) as usize).div_ceil(64).min(mine.row(0).len());
    if y0 >= y1 || first >= last {
        return (0.0, 0.0);
    }
    let ink: u32 =
        (y0..y1).map(|y| mine.row(y as usize)[first..last].iter().map(|w| w.count_ones()).sum::<u32>()).sum();
    if ink < MIN_INK {
        return (0.0, 0.0);
    }
    // asked for a shift, again and again for those beside the best
    let mut known = [[None; 2 * REACH as usize + 1]; 2 * REACH as usize + 1];
    let mut together = |dx: i32, dy: i32| -> u32 {
        let place = &mut known[(dy + REACH) as usize][(dx + REACH) as usize];
        *place.get_or_insert_with(|| {
            let mut sum = 0;
            // every other row tells as much
            for y in (y0..y1).step_by(2) {
                let (a, b) = (mine.row(y as usize), theirs.row((y + from_y + dy) as usize));
                for (place, word) in (first..last).zip(&a[first..last]).filter(|(_, word)| **word != 0) {
                    sum += (word & shifted(b, place, from_x + dx)).count_ones();
                }
            }
            sum
        })
    };
    let here = together(0, 0);
    let mut best = (here, 0, 0);
    // downhill from every start within reach of the middle
    loop {
        let (_, bx, by) = best;
        for (dx, dy) in
            [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1), (2, 0), (-2, 0), (0, 2), (0, -2)]
        {
            let (x, y): (i32, i32) = (bx + dx, by + dy);
            if x.abs() <= REACH && y.abs() <= REACH {
                let value = together(x, y);
                if value > best.0 {
                    best = (value, x, y);
                }
            }
        }
        if (best.1, best.2) == (bx, by) {
            break;
        }
    }
    let (top, x, y) = best;
    if (x, y) != (0, 0) && (top as f32) < here as f32 * (1.0 + CLEARLY) {
        return (0.0, 0.0);
    }
    let further = |x: f32, y: f32| (from_x as f32 + x - lies.0, from_y as f32 + y - lies.1);
    // between pixels: the top of the parabola through three values
    let peak = |low: u32, high: u32| {
        let (low, mid, high) = (low as f32, top as f32, high as f32);
        let bow = low - 2.0 * mid + high;
        if bow < 0.0 { (0.5 * (low - high) / bow).clamp(-0.5, 0.5) } else { 0.0 }
    };
    let inside = x.abs() < REACH && y.abs() < REACH;
    if !inside {
        return further(x as f32, y as f32);
    }
    let [left, right, above, below] = [(-1, 0), (1, 0), (0, -1), (0, 1)].map(|(dx, dy)| together(x + dx, y + dy));
    further(x as f32 + peak(left, right), y as f32 + peak(above, below))
}

/// A word of a row as it stands `dx` pixels further right.
fn shifted(row: &[u64], place: usize, dx: i32) -> u64 {
    let here = row[place];
    match dx {
        0 => here,
        1.. => here >> dx | row.get(place + 1).map_or(0, |next| next << (64 - dx)),
        _ => here << -dx | if place > 0 { row[place - 1] >> (64 + dx) } else { 0 },
    }
}
