//! One page's ink laid on another's, tile by tile.
//!
//! The plane map and its bends bring two captures together within a pixel or two. What is left (a curl of the
//! paper, the lens, rounding) is undone in tiles so large that many letters vote on each shift: a single changed
//! digit cannot pull its own tile over itself.

use super::align::Prepared;
use super::bend::Bend;
use super::fingerprint::SQUARE_PX;
use super::ink::Ink;

mod shifts;

use shifts::{LARGE, SMALL, Shifts};

/// A square whose corners moved by no more than this since it was drawn is not drawn anew, pixels.
const STEADY: f32 = 0.25;
/// Both pages have letters of one height, so neither axis of one is laid on the other much longer or shorter
/// than it is. Near the horizon of a wrong projective map it would be, by any factor.
const STRETCH: (f32, f32) = (0.5, 2.0);

/// Two pages' ink in the frame of the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Ink of the first page where both are seen.
    pub mine: Ink,
    /// Ink of the second there.
    pub theirs: Ink,
    /// Squares that both pages show, one bit each.
    pub seen: Ink,
}

impl Overlay {
    /// Both inks, the first page's first.
    #[must_use]
    pub const fn inks(&self) -> [&Ink; 2] {
        [&self.mine, &self.theirs]
    }

    /// Whether both pages show a place, all of it: left, top, right, bottom, half open.
    #[must_use]
    pub fn sees(&self, place: [i32; 4]) -> bool {
        let [x0, y0, x1, y1] = place.map(|v| v.div_euclid(SQUARE_PX as i32));
        (y0..=y1).all(|y| (x0..=x1).all(|x| self.seen.at(x, y)))
    }
}

/// One page laid over another by its map and bends alone.
#[derive(Debug)]
pub struct Rough {
    /// Where the corners of the squares go, row after row.
    corners: Vec<(f32, f32)>,
    laid: Overlay,
}

/// Lays `b` over `a`, roughly, where both are seen for certain: what lies at an edge may be desk, shadow, a cut letter.
#[must_use]
pub fn overlay(a: &Prepared, b: &Prepared, there: &Bend) -> Rough {
    rough(a, b, there, |corner| b.on_sheet(corner.0, corner.1), inner)
}

/// Lays `b` over `a`, roughly, to the very edges of both.
pub(super) fn overlay_to_the_edges(a: &Prepared, b: &Prepared, there: &Bend) -> Rough {
    rough(a, b, there, |corner| at_the_sheet(b, corner), Ink::clone)
}

/// Whether a place is on the sheet of a page, or so little beyond it that a square there may hold some of the page: whether one
/// is on the sheet goes by its middle, and squares of the other page lie across it.
fn at_the_sheet(page: &Prepared, (x, y): (f32, f32)) -> bool {
    const BEYOND: i32 = 2;
    let square = |v: f32| (v / SQUARE_PX as f32).floor() as i32;
    let (column, row) = (square(x), square(y));
    (-BEYOND..=BEYOND).any(|down| (-BEYOND..=BEYOND).any(|across| page.sheet.at(column + across, row + down)))
}

/// Two pages `laid` to the edges of both, if both show a place of the first so: left, top, right, bottom, half open. Where the first
/// page's sheet ends nothing is drawn of either, and half a sign may be like half of another.
pub(super) fn shown_to_the_edges<'l>(
    [a, b]: [&Prepared; 2],
    there: &Bend,
    place: [i32; 4],
    laid: impl FnOnce() -> &'l Overlay,
) -> Option<&'l Overlay> {
    both_show(a, b, there, place).then(laid).filter(|laid| laid.sees(place))
}

/// Whether both pages show the corners of a place.
fn both_show(a: &Prepared, b: &Prepared, there: &Bend, [x0, y0, x1, y1]: [i32; 4]) -> bool {
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| (x as f32, y as f32));
    corners.into_iter().all(|(x, y)| shows(a, (x, y)) && shows(b, there.apply(x, y)))
}

/// Whether a page shows a place: a square of which less than half is on the page is not on its sheet.
fn shows(page: &Prepared, (x, y): (f32, f32)) -> bool {
    const HALF: f32 = SQUARE_PX as f32 / 2.0;
    let on_sheet = |dx: f32, dy: f32| page.on_sheet(x + dx, y + dy);
    on_sheet(0.0, 0.0) || [-HALF, HALF].into_iter().any(|dy| [-HALF, HALF].into_iter().any(|dx| on_sheet(dx, dy)))
}

/// Lays `b` over `a` by its map and bends, in those of the squares whose corners lie `on_b` that are `certain`.
fn rough(
    a: &Prepared,
    b: &Prepared,
    there: &Bend,
    on_b: impl Fn((f32, f32)) -> bool,
    certain: fn(&Ink) -> Ink,
) -> Rough {
    let (columns, rows) = (a.sheet.width(), a.sheet.height());
    let corner = |column: usize, row: usize| there.apply((column * SQUARE_PX) as f32, (row * SQUARE_PX) as f32);
    let stride = columns + 1;
    let corners: Vec<(f32, f32)> =
        (0..=rows).flat_map(|row| (0..=columns).map(move |column| (column, row))).map(|(c, r)| corner(c, r)).collect();
    let on_b: Vec<bool> = corners.iter().map(|corner| on_b(*corner)).collect();
    let mut seen = Ink::blank(columns, rows);
    for row in 0..rows {
        for column in (0..columns).filter(|column| a.sheet.at(*column as i32, row as i32)) {
            let at = row * stride + column;
            let four = [at, at + 1, at + stride, at + stride + 1];
            if four.iter().all(|at| on_b[*at]) && plausible(&four.map(|at| corners[at])) {
                seen.set(column, row);
            }
        }
    }
    let seen = certain(&seen);
    let mut mine = a.ink.clone();
    mask(&mut mine, &seen);
    let mut theirs = Ink::blank(a.ink.width(), a.ink.height());
    lay(&b.ink, &corners, &seen, &mut theirs);
    Rough { corners, laid: Overlay { mine, theirs, seen } }
}

impl Rough {
    /// The pages as they lie now.
    #[must_use]
    pub const fn laid(&self) -> &Overlay {
        &self.laid
    }

    /// Tile by tile: by large tiles first, then by small ones from where these lie, and drawn anew once, by the page and the map
    /// that were laid.
    #[must_use]
    pub fn refined(self, b: &Prepared, there: &Bend) -> Overlay {
        let Self { corners, laid: Overlay { mine, mut theirs, seen } } = self;
        let squares = (seen.width(), seen.height());
        let large = Shifts::of(&mine, &theirs, squares, LARGE, |_| (0.0, 0.0));
        let small = Shifts::of(&mine, &theirs, squares, SMALL, |middle| large.at(middle));
        if large.none() && small.none() {
            return Overlay { mine, theirs, seen };
        }
        let stride = squares.0 + 1;
        let moved = |(i, corner): (usize, &(f32, f32))| {
            let place = ((i % stride) as f32, (i / stride) as f32);
            let (large, small) = (large.at(place), small.at(place));
            let (dx, dy) = (large.0 + small.0, large.1 + small.1);
            let [a, b, c, d] = there.map.slope(place.0 * SQUARE_PX as f32, place.1 * SQUARE_PX as f32);
            (corner.0 + a * dx + b * dy, corner.1 + c * dx + d * dy)
        };
        let moved: Vec<(f32, f32)> = corners.iter().enumerate().map(moved).collect();
        let stale = stale(&moved, &corners, &seen);
        mask(&mut theirs, &seen.without(&stale));
        lay(&b.ink, &moved, &stale, &mut theirs);
        Overlay { mine, theirs, seen }
    }
}

/// Whether a square keeps about its size and its sense.
fn plausible(four: &[(f32, f32); 4]) -> bool {
    let side = SQUARE_PX as f32;
    let ((ax, ay), (dx, dy)) =
        ((four[1].0 - four[0].0, four[1].1 - four[0].1), (four[2].0 - four[0].0, four[2].1 - four[0].1));
    let within = |stretch: f32| (STRETCH.0..=STRETCH.1).contains(&stretch);
    within(ax.hypot(ay) / side) && within(dx.hypot(dy) / side) && ax * dy - ay * dx > 0.0
}

/// Squares all of whose neighbours are seen too.
fn inner(seen: &Ink) -> Ink {
    let mut out = Ink::blank(seen.width(), seen.height());
    for y in 0..seen.height() {
        for x in 0..seen.width() {
            let around = |dx: i32, dy: i32| seen.at(x as i32 + dx, y as i32 + dy);
            if (-1..=1).all(|dy| (-1..=1).all(|dx| around(dx, dy))) {
                out.set(x, y);
            }
        }
    }
    out
}

/// The squares of which a corner moved from where it was drawn.
fn stale(moved: &[(f32, f32)], drawn: &[(f32, f32)], squares: &Ink) -> Ink {
    let stride = squares.width() + 1;
    let far = |(now, then): (&(f32, f32), &(f32, f32))| (now.0 - then.0).abs().max((now.1 - then.1).abs()) > STEADY;
    let moved: Vec<bool> = moved.iter().zip(drawn).map(far).collect();
    let mut out = Ink::blank(squares.width(), squares.height());
    for row in 0..squares.height() {
        for column in (0..squares.width()).filter(|column| squares.at(*column as i32, row as i32)) {
            let at = row * stride + column;
            if [at, at + 1, at + stride, at + stride + 1].iter().any(|corner| moved[*corner]) {
                out.set(column, row);
            }
        }
    }
    out
}

/// Takes the ink outside the squares away.
fn mask(ink: &mut Ink, squares: &Ink) {
    let per_word = 64 / SQUARE_PX;
    for y in 0..ink.height() {
        for (place, word) in ink.row_mut(y).iter_mut().enumerate() {
            if *word == 0 {
                continue;
            }
            let mut keep = 0_u64;
            for i in 0..per_word {
                if squares.at((place * per_word + i) as i32, (y / SQUARE_PX) as i32) {
                    keep |= ((1_u64 << SQUARE_PX) - 1) << (i * SQUARE_PX);
                }
            }
            *word &= keep;
        }
    }
}

/// Draws the ink of a page into squares whose corners lie at the given places of it.
fn lay(from: &Ink, corners: &[(f32, f32)], squares: &Ink, out: &mut Ink) {
    let stride = squares.width() + 1;
    for row in 0..squares.height() {
        for column in (0..squares.width()).filter(|column| squares.at(*column as i32, row as i32)) {
            let at = row * stride + column;
            let (p, q, r, s) = (corners[at], corners[at + 1], corners[at + stride], corners[at + stride + 1]);
            let xs = [p.0, q.0, r.0, s.0];
            let ys = [p.1, q.1, r.1, s.1];
            let low = |v: [f32; 4]| v.into_iter().fold(f32::INFINITY, f32::min).floor() as i32 - 1;
            let high = |v: [f32; 4]| v.into_iter().fold(f32::NEG_INFINITY, f32::max).ceil() as i32 + 2;
            let Some(window) = Window::of(from, (low(xs), high(xs)), (low(ys), high(ys))) else { continue };
            let square = Square::of([p, q, r, s]);
            let (left, top) = (column * SQUARE_PX, row * SQUARE_PX);
            for y in top..(top + SQUARE_PX).min(out.height()) {
                let row = (y - top) as i64;
                let down = square.down(row);
                if let Some(rows) = window.rows_under(&down) {
                    out.put_square(left, y, stretch(&window, rows, &square.across(row), &down));
                }
            }
        }
    }
}

/// The part of a page on which a square lies, a word a row.
struct Window {
    left: i32,
    top: i32,
    rows: [u64; Window::MOST as usize],
    /// Which rows hold ink, a bit each.
    inked: u64,
}

impl Window {
    /// A square is no longer than this in either direction, pixels.
    const MOST: i32 = 64;

    /// The part from and to these places; `None` where it holds no ink, or is too large for a square.
    fn of(from: &Ink, (left, right): (i32, i32), (top, bottom): (i32, i32)) -> Option<Self> {
        if right - left > Self::MOST || bottom - top > Self::MOST || right <= left || bottom <= top {
            return None;
        }
        let mut rows = [0; Self::MOST as usize];
        let inside = u64::MAX >> (Self::MOST - (right - left));
        let shown = &mut rows[..(bottom - top) as usize];
        from.bits_of_rows(left, top, shown);
        let mut inked = 0;
        for (at, row) in shown.iter_mut().enumerate() {
            *row &= inside;
            inked |= u64::from(*row != 0) << at;
        }
        (inked != 0).then_some(Self { left, top, rows, inked })
    }

    /// The rows between which one of the square lies, by its steps down; `None` where they hold no ink.
    fn rows_under(&self, down: &Steps) -> Option<&[u64]> {
        let (begin, end) = (down.at(0), down.at(Square::LAST));
        let (first, last) = ((begin.min(end) - self.top) as usize, (begin.max(end) - self.top + 1) as usize);
        let rows = self.rows.get(first..=last)?;
        (self.inked >> first << (Self::MOST as usize - rows.len()) != 0).then_some(rows)
    }
}

/// A row of a square that lies between these rows, lowest bit leftmost: whether there is more ink than paper at each step over the
/// page.
fn stretch(window: &Window, rows: &[u64], across: &Steps, down: &Steps) -> u64 {
    const LAST: i32 = Square::LAST;
    let (left, top) = (window.left, down.at(0).min(down.at(LAST)));
    // the pixels above left, above right, below left and below right of each place
    let mut four = [0_u64; 4];
    let mut at = 0;
    while at <= LAST {
        // as long as a step is a pixel on one row, all at once
        let (x, y) = (across.at(at), down.at(at));
        let together = |other: i32| across.at(other) - x == other - at && down.at(other) == y;
        // steps are even, so that those that lie so are the first ones
        let mut end = if together(LAST) { LAST + 1 } else { at + 1 };
        let mut beyond = LAST;
        while end < beyond {
            let middle = (end + beyond) / 2;
            if together(middle) {
                end = middle + 1;
            } else {
                beyond = middle;
            }
        }
        let run = (1_u64 << end) - (1 << at);
        let (upper, lower) = (rows[(y - top) as usize] >> (x - left), rows[(y - top) as usize + 1] >> (x - left));
        for (bits, pixels) in four.iter_mut().zip([upper, upper >> 1, lower, lower >> 1]) {
            *bits |= pixels << at & run;
        }
        at = end;
    }
    let mut out = four[0] & four[1] & four[2] & four[3];
    let mut open = (four[0] | four[1] | four[2] | four[3]) & !out;
    while open != 0 {
        let at = open.trailing_zeros() as i32;
        let (fx, fy) = (across.beyond(at), down.beyond(at));
        let [a, b, c, d] = four.map(|bits| bits >> at & 1);
        let (upper, lower) = (a * (Steps::PARTS - fx) + b * fx, c * (Steps::PARTS - fx) + d * fx);
        out |= u64::from(2 * (upper * (Steps::PARTS - fy) + lower * fy) > Steps::PARTS * Steps::PARTS) << at;
        open &= open - 1;
    }
    out
}

/// Where the corners of a square lie on a page, in small parts of a pixel: across and down, each above left, above right,
/// below left and below right.
struct Square([[i64; 4]; 2]);

impl Square {
    /// The last step of a row.
    const LAST: i32 = SQUARE_PX as i32 - 1;

    fn of(corners: [(f32, f32); 4]) -> Self {
        /// Further than any page reaches, pixels.
        const FAR: f32 = 1_000_000.0;
        let parts = |v: f32| (v.clamp(-FAR, FAR) * Steps::PARTS as f32) as i64;
        Self([corners.map(|corner| parts(corner.0)), corners.map(|corner| parts(corner.1))])
    }

    /// Steps along a row to the right on the page ...
    fn across(&self, row: i64) -> Steps {
        Self::steps(self.0[0], row)
    }

    /// ... and down on it.
    fn down(&self, row: i64) -> Steps {
        Self::steps(self.0[1], row)
    }

    /// From the middle of the first pixel of a row to that of the last; places lie between the middles of the page's
    /// pixels.
    fn steps([p, q, r, s]: [i64; 4], row: i64) -> Steps {
        const SIDE: i64 = SQUARE_PX as i64;
        let between = |above: i64, below: i64| above + (below - above) * (2 * row + 1) / (2 * SIDE);
        let (begin, end) = (between(p, r), between(q, s));
        let step = (end - begin) / SIDE;
        Steps { begin: begin + step / 2 - Steps::PARTS as i64 / 2, step }
    }
}

/// Even steps along one axis of a page, in small parts of a pixel.
struct Steps {
    begin: i64,
    step: i64,
}

impl Steps {
    /// Bits of a part of a pixel.
    const BITS: u32 = 20;
    /// Parts of a pixel.
    const PARTS: u64 = 1 << Self::BITS;

    const fn part(&self, steps: i32) -> i64 {
        self.begin + self.step * steps as i64
    }

    /// The pixel whose middle lies at or before a step.
    const fn at(&self, steps: i32) -> i32 {
        (self.part(steps) >> Self::BITS) as i32
    }

    /// Parts of a pixel from there.
    const fn beyond(&self, steps: i32) -> u64 {
        self.part(steps) as u64 & (Self::PARTS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::Frame;
    use super::{Ink, Prepared, SQUARE_PX, at_the_sheet, lay, plausible, shows};

    /// A sheet drawn into squares that lie on it so: each place of the drawing by the place of the sheet.
    fn laid(sheet: &Ink, place: impl Fn(f32, f32) -> (f32, f32)) -> Ink {
        let (columns, rows) = (sheet.width().div_ceil(SQUARE_PX), sheet.height().div_ceil(SQUARE_PX));
        let corner = |at: usize| ((at % (columns + 1) * SQUARE_PX) as f32, (at / (columns + 1) * SQUARE_PX) as f32);
        let corners: Vec<(f32, f32)> = (0..(columns + 1) * (rows + 1)).map(corner).map(|(x, y)| place(x, y)).collect();
        let mut squares = Ink::blank(columns, rows);
        (0..columns * rows).for_each(|i| squares.set(i % columns, i / columns));
        let mut out = Ink::blank(sheet.width(), sheet.height());
        lay(sheet, &corners, &squares, &mut out);
        out
    }

    #[test]
    fn ink_is_laid_where_the_corners_say_pixel_by_pixel_and_between_pixels() {
        let mut sheet = Ink::blank(200, 90);
        (0..200 * 90).filter(|i| i / 7 % 3 == 0 && i / 200 % 5 < 3).for_each(|i| sheet.set(i % 200, i / 200));
        assert_eq!(laid(&sheet, |x, y| (x, y)), sheet);
        let moved = laid(&sheet, |x, y| (x + 3.0, y - 2.0));
        assert!((0..90).all(|y| (0..200).all(|x| moved.at(x, y) == sheet.at(x + 3, y - 2))));
        let twice = laid(&sheet, |x, y| (x / 2.0, y / 2.0));
        assert!((0..90).all(|y| (0..200).all(|x| {
            let (u, v) = (x / 2, y / 2);
            // a pixel whose neighbours are like it is laid as it is
            let alike = (-1..=1).all(|dy| (-1..=1).all(|dx| sheet.at(u + dx, v + dy) == sheet.at(u, v)));
            !alike || twice.at(x, y) == sheet.at(u, v)
        })));
        assert_eq!(laid(&sheet, |x, y| (x + 9.0e6, y)).count(), 0);
    }

    #[test]
    fn a_page_shows_half_a_square_beyond_its_sheet_and_is_drawn_two_further() {
        let mut sheet = Ink::blank(8, 8);
        (0..64).filter(|i| i % 8 >= 3 && i / 8 >= 3).for_each(|i| sheet.set(i % 8, i / 8));
        let frame = Frame { width: 128, height: 128, scale: 1.0, tilt_deg: 0.0, origin: (0.0, 0.0) };
        let page = Prepared::from_ink(Ink::blank(128, 128), sheet, frame, 0);
        assert!(shows(&page, (48.0, 70.0)) && shows(&page, (41.0, 70.0)) && shows(&page, (41.0, 41.0)));
        assert!(!shows(&page, (39.0, 70.0)) && !shows(&page, (70.0, 20.0)) && !shows(&page, (140.0, 70.0)));
        assert!(at_the_sheet(&page, (17.0, 70.0)) && !at_the_sheet(&page, (15.0, 70.0)));
    }

    #[test]
    fn turns_and_leans_lie_plausibly_and_what_a_horizon_does_is_refused() {
        let square = |m: [f32; 4]| {
            [(0.0, 0.0), (16.0, 0.0), (0.0, 16.0), (16.0, 16.0)]
                .map(|(x, y)| (m[0] * x + m[1] * y, m[2] * x + m[3] * y))
        };
        for slope in [[1.0, 0.0, 0.0, 1.0], [0.0, -1.0, 1.0, 0.0], [0.9, 0.1, -0.2, 1.3]] {
            assert!(plausible(&square(slope)), "{slope:?}");
        }
        for slope in
            [[4000.0, 0.0, 0.0, 1.0], [-1.0, 0.0, 0.0, 1.0], [0.0; 4], [f32::NAN; 4], [f32::INFINITY, 0.0, 0.0, 1.0]]
        {
            assert!(!plausible(&square(slope)), "{slope:?}");
        }
    }
}
