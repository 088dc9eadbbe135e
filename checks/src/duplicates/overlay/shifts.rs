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
    let from = (far(lies.0), far(lies.1));
    let rows = y0.max(2 * REACH)..y1.min(mine.height() as i32 - 2 * REACH);
    let words = (x0.max(0) / 64) as usize..(x1.max(1) as usize).div_ceil(64).min(mine.row(0).len());
    if rows.is_empty() || words.is_empty() {
        return (0.0, 0.0);
    }
    let row = |y: i32| &mine.row(y as usize)[words.clone()];
    let ink: u32 = rows.clone().map(|y| row(y).iter().map(|word| word.count_ones()).sum::<u32>()).sum();
    if ink < MIN_INK {
        return (0.0, 0.0);
    }
    // every other row tells as much
    let of_row = |y: i32| words.clone().zip(row(y)).map(move |(place, word)| Inked { y, place, word: *word });
    let inked: Vec<Inked> = rows.step_by(2).flat_map(of_row).filter(|inked| inked.word != 0).collect();
    let votes = &mut Votes { inked, theirs, from, known: [[UNKNOWN; Votes::SIDE]; Votes::SIDE] };
    let (top, x, y) = votes.summit();
    let here = votes.at(0, 0);
    if (x, y) != (0, 0) && (top as f32) < here as f32 * (1.0 + CLEARLY) {
        return (0.0, 0.0);
    }
    let further = |x: f32, y: f32| (from.0 as f32 + x - lies.0, from.1 as f32 + y - lies.1);
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
    let [left, right, above, below] = [(-1, 0), (1, 0), (0, -1), (0, 1)].map(|(dx, dy)| votes.at(x + dx, y + dy));
    further(x as f32 + peak(left, right), y as f32 + peak(above, below))
}

/// A word of a row that holds ink, and where it stands.
struct Inked {
    y: i32,
    place: usize,
    word: u64,
}

/// How much of a place's ink falls on the other page's, shift by shift.
struct Votes<'i> {
    inked: Vec<Inked>,
    theirs: &'i Ink,
    /// Where the other ink is taken to lie.
    from: (i32, i32),
    /// What was counted for shifts from there.
    known: [[u32; Votes::SIDE]; Votes::SIDE],
}

/// Not counted yet.
const UNKNOWN: u32 = u32::MAX;

impl Votes<'_> {
    /// Shifts are counted so much beyond those that are tried, side by side as they are.
    const BEYOND: i32 = 2;
    const SIDE: usize = 2 * (REACH + Self::BEYOND) as usize + 1;

    const fn at(&self, dx: i32, dy: i32) -> u32 {
        self.known[Self::place(dy)][Self::place(dx)]
    }

    const fn place(shift: i32) -> usize {
        (shift + REACH + Self::BEYOND) as usize
    }

    /// The shift with most ink on it, uphill from none, and how much that is.
    fn summit(&mut self) -> (u32, i32, i32) {
        const NEXT: [(i32, i32); 12] =
            [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1), (2, 0), (-2, 0), (0, 2), (0, -2)];
        self.count_around(0, 0);
        let mut best = (self.at(0, 0), 0, 0);
        loop {
            let (_, x, y) = best;
            let next = NEXT.map(|(dx, dy)| (x + dx, y + dy));
            for (x, y) in next.into_iter().filter(|(x, y)| x.abs() <= REACH && y.abs() <= REACH) {
                if self.at(x, y) > best.0 {
                    best = (self.at(x, y), x, y);
                }
            }
            if (best.1, best.2) == (x, y) {
                return best;
            }
            self.count_around(best.1, best.2);
        }
    }

    /// Counts for a shift and those next to it, as far as they are tried.
    fn count_around(&mut self, x: i32, y: i32) {
        self.count::<1>(x, y - 2);
        self.count::<3>(x, y - 1);
        self.count::<5>(x, y);
        self.count::<3>(x, y + 1);
        self.count::<1>(x, y + 2);
    }

    /// Counts for so many shifts side by side, the middle one given.
    fn count<const COUNT: usize>(&mut self, middle: i32, y: i32) {
        let x = middle - COUNT as i32 / 2;
        let known = Self::place(x)..Self::place(x) + COUNT;
        if y.abs() > REACH || !self.known[Self::place(y)][known.clone()].contains(&UNKNOWN) {
            return;
        }
        let (left, down) = (self.from.0 + x, self.from.1 + y);
        let mut sums = [0; COUNT];
        for Inked { y, place, word } in &self.inked {
            let around = Around::of(self.theirs.row((y + down) as usize), *place);
            for (sum, dx) in sums.iter_mut().zip(left..) {
                *sum += (word & around.shifted(dx)).count_ones();
            }
        }
        self.known[Self::place(y)][known].copy_from_slice(&sums);
    }
}

/// A word of a row with half a word at either side.
struct Around([u64; 2]);

impl Around {
    fn of(row: &[u64], place: usize) -> Self {
        let word = |place: usize| row.get(place).copied().unwrap_or(0);
        let (left, here, right) = (word(place.wrapping_sub(1)), row[place], word(place + 1));
        Self([left >> 32 | here << 32, here >> 32 | right << 32])
    }

    /// The word as it stands less than half a word further right.
    fn shifted(&self, dx: i32) -> u64 {
        let (Self([low, high]), by) = (self, 32 + dx);
        low >> by | high << (64 - by)
    }
}
