//! What differs once two pages lie on each other: the ink of each small window of one page against the
//! ink at the same place of the other.
//!
//! A window is a joined piece of letters, or a stretch of it. Its likeness is the normalised correlation of
//! the two inks, softened by a pixel, at the best shift of a pixel or two: thinner strokes of a fax or a
//! lighter copy keep it high, another digit does not.

use super::align::{Bend, Prepared};
use super::fingerprint::BODY_PX;
use super::ink::Ink;
use super::parts::Part;

/// Windows of a piece are at most this long, pixels.
const LONGEST: i32 = (2.6 * BODY_PX) as i32;
/// Heights of pieces that are compared, pixels.
const HEIGHTS: (i32, i32) = ((0.42 * BODY_PX) as i32, (3.4 * BODY_PX) as i32);
/// A piece this many times longer than high is a rule ...
const RULE: i32 = 14;
/// ... and a low one this many times longer a dash, a dotted line, a wave of the ground.
const LOW: (i32, i32) = ((0.52 * BODY_PX) as i32, 2);
/// Upright strokes are at most this high where they are this thin; taller ones are of a frame.
const THIN: (i32, i32) = (4, (1.7 * BODY_PX) as i32);
/// Fewest pixels of ink of a piece.
const MIN_AREA: u32 = 12;
/// Room around a window, pixels.
const PAD: i32 = 2;
/// Shifts tried either way, pixels.
const SHIFT: i32 = 2;
/// A window less like than this is tried once more where its surroundings lie best ...
const TRY_AGAIN: f32 = 0.82;
/// ... within this shift, pixels, by surroundings that reach so far, pixels.
const WIDE_SHIFT: i32 = 7;
const SURROUNDINGS: (i32, i32) = ((3.5 * BODY_PX) as i32, (0.9 * BODY_PX) as i32);
/// The surroundings must lie better elsewhere by this much, and this well.
const CLEARLY: f32 = 0.15;
const LIES_WELL: f32 = 0.6;
/// Windows tried once more, at most: with so many the pages differ anyway.
const MOST_TRIES: usize = 90;
/// Both pages have letters of one height, so neither axis of one is laid on the other much longer or shorter
/// than it is. Near the horizon of a wrong projective map it would be, by any factor.
const STRETCH: (f32, f32) = (0.4, 2.5);
/// Softened ink at a pixel from which the page has ink there or beside it, of 16.
const BESIDE: u8 = 1;
/// Softened ink at a pixel from which it is ink.
const IS_INK: u8 = 8;

/// A window of one page and what the other page has there.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Left, top, right, bottom on its own page, pixels, half open.
    pub place: [i32; 4],
    /// The same place on the other page, its centre.
    pub other: (f32, f32),
    /// Correlation of the two inks, −1 to 1.
    pub likeness: f32,
    /// Pixels of its ink.
    pub ink: u32,
    /// Of these, pixels that the other page has not, nor beside them.
    pub missed: u32,
    /// Pixels of the other page's ink in it.
    pub others: u32,
    /// Of these, pixels that this page has not, nor beside them.
    pub foreign: u32,
    /// Height of its piece, pixels.
    pub height: i32,
}

/// The places of the windows of a page.
pub fn windows(part: &Part) -> impl Iterator<Item = [i32; 4]> {
    let (w, h) = (part.width(), part.height());
    let line = w >= RULE * h || h >= RULE * w || (h <= LOW.0 && w > LOW.1 * h) || (w <= THIN.0 && h > THIN.1);
    let fits = (HEIGHTS.0..=HEIGHTS.1).contains(&h) && part.area >= MIN_AREA && !line;
    let count = if fits { (w + LONGEST - 1) / LONGEST } else { 0 };
    let [x0, y0, y1] = [part.x0, part.y0, part.y1].map(i32::from);
    (0..count).map(move |i| [x0 + w * i / count, y0, x0 + w * (i + 1) / count, y1])
}

/// Softens ink under a window: weights 1 2 1 in both directions, 0 to 16.
fn soft(ink: &Ink, [x0, y0, x1, y1]: [i32; 4], out: &mut Vec<u8>) {
    let (w, h) = ((x1 - x0) as usize, (y1 - y0) as usize);
    let stride = w + 2;
    let mut raw = vec![0_u8; stride * (h + 2)];
    for (row, y) in raw.chunks_exact_mut(stride).zip(y0 - 1..) {
        if y < 0 || y as usize >= ink.height() {
            continue;
        }
        let words = ink.row(y as usize);
        for (value, x) in row.iter_mut().zip(x0 - 1..) {
            if x >= 0 && (x as usize) < ink.width() {
                *value = (words[x as usize / 64] >> (x as usize % 64) & 1) as u8;
            }
        }
    }
    for row in raw.chunks_exact_mut(stride) {
        let mut before = row[0];
        for x in 1..=w {
            let here = row[x];
            row[x] = before + 2 * here + row[x + 1];
            before = here;
        }
    }
    out.clear();
    for y in 0..h {
        let at = |row: usize, x: usize| raw[row * stride + x];
        out.extend((1..=w).map(|x| at(y, x) + 2 * at(y + 1, x) + at(y + 2, x)));
    }
}

impl Window {
    /// Share of its ink that the other page has too.
    #[must_use]
    pub fn covered(&self) -> f32 {
        1.0 - self.missed as f32 / self.ink.max(1) as f32
    }

    /// Ink of the other page in it, as a multiple of its own.
    #[must_use]
    pub fn ratio(&self) -> f32 {
        self.others as f32 / self.ink.max(1) as f32
    }

    /// Pixels of ink in which the two differ by more than the width of a stroke.
    #[must_use]
    pub const fn off(&self) -> u32 {
        self.missed + self.foreign
    }
}

/// Two pages on each other, with buffers that are used again for every window.
struct Bench<'p> {
    from: &'p Prepared,
    to: &'p Prepared,
    bend: &'p Bend,
    tries: usize,
    mine: Vec<u8>,
    patch: Vec<u8>,
    theirs: Vec<u8>,
}

/// What stands in a rectangle, and how far either way it may be shifted.
#[derive(Clone, Copy)]
struct Look {
    w: i32,
    h: i32,
    shift: i32,
}

impl Bench<'_> {
    /// Compares a window; `None` where either page does not reach.
    fn compare(&mut self, part: &Part, place: [i32; 4]) -> Option<Window> {
        let centre = ((place[0] + place[2]) as f32 / 2.0, (place[1] + place[3]) as f32 / 2.0);
        let target = self.bend.apply(centre.0, centre.1);
        let half = ((place[2] - place[0]) as f32 / 2.0 + BODY_PX, (place[3] - place[1]) as f32 / 2.0 + BODY_PX);
        if !corners_on(self.from, centre, half) || !corners_on(self.to, target, half) {
            return None;
        }
        let slope = self.bend.map.slope(centre.0, centre.1);
        if !lies_plausibly(slope) {
            return None;
        }
        let window = self.at(part, place, target, slope);
        if window.likeness >= TRY_AGAIN || self.tries >= MOST_TRIES {
            return Some(window);
        }
        self.tries += 1;
        let (rx, ry) = SURROUNDINGS;
        let around = [place[0] - rx, place[1] - ry, place[2] + rx, place[3] + ry];
        let look = self.lay(around, target, slope, WIDE_SHIFT);
        let here = self.correlation(look, (0, 0));
        let (there, (dx, dy)) = self.best(look);
        // Only where the surroundings as a whole lie elsewhere: a neighbour must not stand in for another digit.
        if there < here + CLEARLY || there < LIES_WELL {
            return Some(window);
        }
        let (dx, dy) = (dx as f32, dy as f32);
        let moved = (target.0 + slope[0] * dx + slope[1] * dy, target.1 + slope[2] * dx + slope[3] * dy);
        let again = self.at(part, place, moved, slope);
        Some(if again.likeness > window.likeness { again } else { window })
    }

    fn at(&mut self, part: &Part, place: [i32; 4], target: (f32, f32), slope: [f32; 4]) -> Window {
        let padded = [place[0] - PAD, place[1] - PAD, place[2] + PAD, place[3] + PAD];
        let look = self.lay(padded, target, slope, SHIFT);
        let (likeness, shift) = self.best(look);
        let [ink, missed, others, foreign] = self.count(look, shift);
        Window { place, other: target, likeness, ink, missed, others, foreign, height: part.height() }
    }

    /// Softens both pages' ink over a rectangle of this one.
    fn lay(&mut self, [x0, y0, x1, y1]: [i32; 4], target: (f32, f32), slope: [f32; 4], shift: i32) -> Look {
        let look = Look { w: x1 - x0, h: y1 - y0, shift };
        soft(&self.from.ink, [x0, y0, x1, y1], &mut self.mine);
        let (w, h) = (look.w + 2 * shift, look.h + 2 * shift);
        self.warp(target, slope, (w as f32 / 2.0, h as f32 / 2.0), (w, h));
        look
    }

    /// The other page's softened ink in the axes of this one.
    fn warp(&mut self, (u, v): (f32, f32), [a, b, c, d]: [f32; 4], reach: (f32, f32), (w, h): (i32, i32)) {
        let half = (a.abs() * reach.0 + b.abs() * reach.1 + 2.0, c.abs() * reach.0 + d.abs() * reach.1 + 2.0);
        let [x0, y0] = [(u - half.0).floor() as i32, (v - half.1).floor() as i32];
        let [x1, y1] = [(u + half.0).ceil() as i32 + 1, (v + half.1).ceil() as i32 + 1];
        soft(&self.to.ink, [x0, y0, x1, y1], &mut self.patch);
        let stride = (x1 - x0) as usize;
        self.theirs.clear();
        for y in 0..h {
            let dy = y as f32 + 0.5 - h as f32 / 2.0;
            for x in 0..w {
                let dx = x as f32 + 0.5 - w as f32 / 2.0;
                let (px, py) = (u + a * dx + b * dy - x0 as f32 - 0.5, v + c * dx + d * dy - y0 as f32 - 0.5);
                let (ix, iy) = (px as usize, py as usize);
                let (fx, fy) = (px - ix as f32, py - iy as f32);
                let here = iy * stride + ix;
                let get = |place: usize| f32::from(self.patch[place]);
                let upper = get(here) + (get(here + 1) - get(here)) * fx;
                let lower = get(here + stride) + (get(here + stride + 1) - get(here + stride)) * fx;
                self.theirs.push((upper + (lower - upper) * fy + 0.5) as u8);
            }
        }
    }

    /// The best correlation over the shifts, and the shift: every third place, then uphill.
    fn best(&self, look: Look) -> (f32, (i32, i32)) {
        let mut best = (self.correlation(look, (0, 0)), (0, 0));
        let coarse = (1..=look.shift / 3).flat_map(|k| [-3 * k, 3 * k]).chain([0]);
        for (dx, dy) in coarse.clone().flat_map(|dx| coarse.clone().map(move |dy| (dx, dy))) {
            let value = self.correlation(look, (dx, dy));
            if value > best.0 {
                best = (value, (dx, dy));
            }
        }
        loop {
            let from = best.1;
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)] {
                let (x, y): (i32, i32) = (from.0 + dx, from.1 + dy);
                if x.abs() > look.shift || y.abs() > look.shift {
                    continue;
                }
                let value = self.correlation(look, (x, y));
                if value > best.0 {
                    best = (value, (x, y));
                }
            }
            if best.1 == from {
                return best;
            }
        }
    }

    fn correlation(&self, Look { w, h, shift }: Look, (dx, dy): (i32, i32)) -> f32 {
        let stride = (w + 2 * shift) as usize;
        let (mut a, mut b, mut aa, mut bb, mut ab) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        for (y, mine) in self.mine.chunks_exact(w as usize).enumerate() {
            let start = (y as i32 + shift + dy) as usize * stride + (shift + dx) as usize;
            for (&p, &q) in mine.iter().zip(&self.theirs[start..start + w as usize]) {
                let (p, q) = (u32::from(p), u32::from(q));
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }
        let n = (w * h) as f32;
        let [a, b, aa, bb, ab] = [a, b, aa, bb, ab].map(|v| v as f32);
        let spread = (aa - a * a / n) * (bb - b * b / n);
        if spread <= 0.0 { 0.0 } else { (ab - a * b / n) / spread.sqrt() }
    }

    fn count(&self, Look { w, h, shift }: Look, (dx, dy): (i32, i32)) -> [u32; 4] {
        let stride = (w + 2 * shift) as usize;
        let [mut ink, mut missed, mut others, mut foreign] = [0_u32; 4];
        for y in 1..h - 1 {
            for x in 1..w - 1 {
                let mine = self.mine[(y * w + x) as usize];
                let theirs = self.theirs[(y + shift + dy) as usize * stride + (x + shift + dx) as usize];
                ink += u32::from(mine >= IS_INK);
                missed += u32::from(mine >= IS_INK && theirs < BESIDE);
                others += u32::from(theirs >= IS_INK);
                foreign += u32::from(theirs >= IS_INK && mine < BESIDE);
            }
        }
        [ink, missed, others, foreign]
    }
}

fn corners_on(page: &Prepared, (x, y): (f32, f32), (w, h): (f32, f32)) -> bool {
    [(-w, -h), (w, -h), (-w, h), (w, h)].iter().all(|(dx, dy)| page.on_sheet(x + dx, y + dy))
}

/// Whether the map keeps size and area about as they are; false too where it has no slope at all.
fn lies_plausibly([a, b, c, d]: [f32; 4]) -> bool {
    let within = |stretch: f32| (STRETCH.0..=STRETCH.1).contains(&stretch);
    within(a.hypot(c)) && within(b.hypot(d)) && within((a * d - b * c).abs().sqrt())
}

/// The windows of every `step`th piece of `from` that both pages show.
#[must_use]
pub fn compare(from: &Prepared, to: &Prepared, bend: &Bend, step: usize) -> Vec<Window> {
    let mut bench = Bench { from, to, bend, tries: 0, mine: vec![], patch: vec![], theirs: vec![] };
    let mut out = Vec::new();
    for part in from.parts.iter().step_by(step) {
        for place in windows(part) {
            out.extend(bench.compare(part, place));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lies_plausibly;

    #[test]
    fn turns_and_leans_lie_plausibly() {
        for slope in [[1.0, 0.0, 0.0, 1.0], [0.0, -1.0, 1.0, 0.0], [-0.9, 0.1, 0.2, -1.3]] {
            assert!(lies_plausibly(slope), "{slope:?}");
        }
    }

    /// A map whose horizon crosses the page asked for a patch of thirty gigabytes.
    #[test]
    fn what_a_horizon_does_to_a_window_is_refused() {
        for slope in
            [[4000.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0], [0.0; 4], [f32::NAN; 4], [f32::INFINITY, 0.0, 0.0, 1.0]]
        {
            assert!(!lies_plausibly(slope), "{slope:?}");
        }
    }
}
