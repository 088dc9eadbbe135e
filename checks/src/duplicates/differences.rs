//! What differs once two pages lie on each other.
//!
//! Two captures of one paper thicken or thin a stroke evenly, fill a small counter, move an edge by a pixel; what
//! differs then is little for the length of the edges there. Another digit moves the strokes themselves. So the
//! inks are first brought to one thickness over the whole page, and each place where they part is weighed by the
//! squared difference in a window of a letter, over the edges in it.

use super::fingerprint::{BODY_PX, SQUARE_PX};
use super::ink::Ink;
use super::overlay::Overlay;
use super::parts::{Part, Parts};
use super::rules::rules;

mod drawn;
mod levels;

use drawn::{drawn, merged, surface_boxes};

/// The ragged sides of a rule belong to it, pixels.
const RAGGED: usize = 2;
/// Ink wider than twice this either way is a surface, pixels: a picture, a bar. Its edges wander by far more.
const SOLID: usize = 6;
/// So far around a surface, pixels.
const WANDERS: usize = 16;
/// Share of a drawn piece that the other page lacks from which it is a mark.
const LACKING: f32 = 0.5;
/// Differences this near to each other are one, pixels.
const TOGETHER: usize = 2;
/// Pixels of difference that are worth a closer look.
const WORTH: u32 = 6;
/// Side of the window and its steps, pixels.
const WINDOW: i32 = 22;
const STEP: i32 = 5;
/// Letters are taken to be no smaller and no larger than this, for the page's.
const SIZES: (f32, f32) = (0.5, 1.0);
/// Edges that count for a window with hardly any, pixels.
const LEAST_EDGE: f32 = 6.0;
/// Share of the edges' sum that counts.
const EDGE_SHARE: f32 = 0.25;
/// Levels of softened ink.
pub const LEVELS: usize = 17;

/// A place where two pages part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Left, top, right, bottom in the frame of the first page, pixels, half open.
    pub place: [i32; 4],
    /// Pixels beyond the edges of the other page that only the first has ...
    pub lost: u32,
    /// ... and only the second.
    pub gained: u32,
    /// The squared difference in the worst window, pixels.
    pub off: f32,
    /// The same for the length of the edges there.
    pub ratio: f32,
    /// Ink of a drawn piece: a stamp, a stroke of a hand. It is never a change.
    pub drawn: bool,
    /// Within a drawn piece that both pages have: the words of a stamp, often half inked.
    pub framed: bool,
}

/// What parts two pages.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// The places.
    pub found: Vec<Difference>,
    /// Pixels of ink compared, of both pages.
    pub ink: u32,
    /// Of these, beyond the edges of the other page.
    pub off: u32,
}

/// All places where the pages part, of which the first has these `pieces`; none are looked at closely where more than `most` of the
/// ink is off. `size` tells how large the letters around a place are, as a share of the page's.
#[must_use]
pub fn differences(laid: &Overlay, pieces: Option<&Parts>, most: f32, size: impl Fn([i32; 4]) -> f32) -> Differences {
    let rules = rules(&laid.mine).with(&rules(&laid.theirs)).grown(RAGGED);
    let either = laid.mine.with(&laid.theirs);
    let surfaces = either.shrunk(SOLID).grown(SOLID);
    let left_out = rules.with(&surfaces.grown(WANDERS));
    let (mine, theirs) = (laid.mine.without(&left_out), laid.theirs.without(&left_out));
    let (lost, gained) = (mine.without(&laid.theirs.grown(1)), theirs.without(&laid.mine.grown(1)));
    let ink = (mine.count() + theirs.count()) as u32;
    let off = (lost.count() + gained.count()) as u32;
    let mut out = Differences { found: vec![], ink, off };
    if off as f32 > most * ink as f32 {
        return out;
    }
    let set = [true, false].map(|first| {
        let (page, lacking) = if first { (&mine, [&lost, &gained]) } else { (&theirs, [&gained, &lost]) };
        drawn(page, lacking, first, &mut out.found)
    });
    let drawn_ones = set.iter().flat_map(|drawn| drawn.pictures.iter().copied());
    let pictures = merged(drawn_ones.chain(surface_boxes([&laid.mine, &laid.theirs], &surfaces)).collect());
    let drawn = set[0].ink.with(&set[1].ink).grown(RAGGED);
    let frames = pieces.map_or(vec![], |pieces| frames(pieces, &laid.theirs));
    let sides = [lost.without(&drawn), gained.without(&drawn)];
    let Some(clusters) = Parts::of(&sides[0].with(&sides[1]).grown(TOGETHER)) else { return out };
    let (lost, gained) = (clusters.under(&sides[0]), clusters.under(&sides[1]));
    let (mine, theirs) = (mine.without(&drawn), theirs.without(&drawn));
    let bench = Bench::of(&mine, &theirs);
    for (part, (lost, gained)) in clusters.parts.iter().zip(lost.into_iter().zip(gained)) {
        if lost + gained < WORTH {
            continue;
        }
        let [x0, y0, x1, y1] = part.place();
        let grown = TOGETHER as i32;
        let place = [x0 + grown, y0 + grown, x1 - grown, y1 - grown];
        let edge = lost.min(gained) == 0 && (faint_rule(place) || at_edge(place, &laid.seen));
        if edge || pictures.iter().any(|picture| touch(place, *picture)) {
            continue;
        }
        let (off, ratio) = bench.worst(place, size(place).clamp(SIZES.0, SIZES.1));
        let framed = frames.iter().any(|frame| inside(place, *frame) && enclosed(place, *frame, &laid.mine));
        out.found.push(Difference { place, lost, gained, off, ratio, drawn: false, framed });
    }
    out
}

/// A stretch of a hair-thin line, that one capture shows and the other does not.
const fn faint_rule([x0, y0, x1, y1]: [i32; 4]) -> bool {
    const THIN: i32 = 4;
    const ACROSS: i32 = (0.8 * BODY_PX) as i32;
    const DOWN: i32 = (1.6 * BODY_PX) as i32;
    let (w, h) = (x1 - x0, y1 - y0);
    (h <= THIN && w >= ACROSS) || (w <= THIN && h >= DOWN)
}

/// Whether a place reaches to where one of the pages is not seen.
fn at_edge([x0, y0, x1, y1]: [i32; 4], seen: &Ink) -> bool {
    let side = SQUARE_PX as i32;
    let square = |v: i32| v.div_euclid(side);
    let unseen = |x: i32, y: i32| !seen.at(square(x), square(y));
    [(x0 - 2, y0), (x1 + 1, y0), (x0, y0 - 2), (x0, y1 + 1), (x1 + 1, y1 + 1)].into_iter().any(|(x, y)| unseen(x, y))
}

const fn inside(a: [i32; 4], b: [i32; 4]) -> bool {
    a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]
}

/// Whether drawn ink lies on all four sides of a place, within a frame.
fn enclosed([x0, y0, x1, y1]: [i32; 4], [left, top, right, bottom]: [i32; 4], drawn: &Ink) -> bool {
    let (x, y) = ((x0 + x1) / 2, (y0 + y1) / 2);
    let across = drawn.any(left, y, x0, y + 1) && drawn.any(x1, y, right, y + 1);
    across && drawn.any(x, top, x + 1, y0) && drawn.any(x, y1, x + 1, bottom)
}

/// Boxes of pieces as large as a stamp that both pages have.
fn frames(pieces: &Parts, theirs: &Ink) -> Vec<[i32; 4]> {
    /// Sides of a stamp, body heights.
    const SIDES: ((f32, f32), (f32, f32)) = ((4.0, 2.4), (18.0, 12.0));
    let stamp = |part: &Part| {
        let (w, h) = (part.width() as f32 / BODY_PX, part.height() as f32 / BODY_PX);
        w >= SIDES.0.0 && h >= SIDES.0.1 && w <= SIDES.1.0 && h <= SIDES.1.1
    };
    let stamps: Vec<usize> = (0..pieces.parts.len()).filter(|at| stamp(&pieces.parts[*at])).collect();
    if stamps.is_empty() {
        return vec![];
    }
    let there = pieces.under(&theirs.grown(RAGGED));
    let on_both = |at: &usize| there[*at] as f32 >= (1.0 - LACKING) * pieces.parts[*at].area as f32;
    stamps.into_iter().filter(on_both).map(|at| pieces.parts[at].place()).collect()
}

const fn touch(a: [i32; 4], b: [i32; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// Both inks, with what brings them to one thickness.
struct Bench<'i> {
    inks: [&'i Ink; 2],
    /// Ink of each level of softening, for either page, 0 to 1.
    levels: [[f32; LEVELS]; 2],
}

impl<'i> Bench<'i> {
    fn of(mine: &'i Ink, theirs: &'i Ink) -> Self {
        let counts = [mine, theirs].map(level_counts);
        let area = |counts: &[u32; LEVELS], at: f32| -> f32 {
            counts.iter().enumerate().map(|(level, &n)| n as f32 * value(level, at)).sum()
        };
        let areas = [area(&counts[0], 0.5), area(&counts[1], 0.5)];
        let thick = usize::from(areas[1] > areas[0]);
        let thin = areas[1 - thick];
        let (mut low, mut high) = (0.5, 0.95);
        for _ in 0..12 {
            let middle = (low + high) / 2.0;
            if area(&counts[thick], middle) > thin {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut at = [0.5; 2];
        at[thick] = low;
        Self { inks: [mine, theirs], levels: at.map(|at| std::array::from_fn(|level| value(level, at))) }
    }

    /// The worst window over a place: squared difference, and that for the edges. Among small letters the window is
    /// small, and the difference counts for more.
    fn worst(&self, [x0, y0, x1, y1]: [i32; 4], size: f32) -> (f32, f32) {
        let window = (WINDOW as f32 * size) as i32;
        let area = size * size;
        let mut worst = (0.0, 0.0);
        let starts = |from: i32, to: i32| {
            // windows that hold some of it, or all where it is small
            let (first, last) = ((to - window).min(from), (to - window).max(from));
            let count = (last - first) / STEP + 1;
            (0..=count).map(move |i| (first + i * STEP).min(last))
        };
        let mut patches = [vec![], vec![]];
        let (left, top) = ((x1 - window).min(x0), (y1 - window).min(y0));
        let (right, bottom) = ((x1 - window).max(x0) + window, (y1 - window).max(y0) + window);
        // one more to the right and below, for the edges
        let (w, h) = ((right - left + 1) as usize, (bottom - top + 1) as usize);
        for (i, patch) in patches.iter_mut().enumerate() {
            soften(self.inks[i], [left, top, right + 1, bottom + 1], patch, &self.levels[i]);
        }
        let [mine, theirs] = &patches;
        let (mut off, mut edges) = (Sums::new(w, h), Sums::new(w, h));
        for y in 0..h - 1 {
            for x in 0..w - 1 {
                let k = y * w + x;
                let apart = mine[k] - theirs[k];
                let edge = |p: &[f32]| (p[k] - p[k + 1]).abs() + (p[k] - p[k + w]).abs();
                off.put(x, y, apart * apart);
                edges.put(x, y, edge(mine) + edge(theirs));
            }
        }
        off.close();
        edges.close();
        for y in starts(y0, y1) {
            for x in starts(x0, x1) {
                let (u, v) = ((x - left) as usize, (y - top) as usize);
                let sum = off.sum(u, v, window as usize);
                let ratio = sum / (EDGE_SHARE * edges.sum(u, v, window as usize) + LEAST_EDGE * area);
                if ratio > worst.1 {
                    worst = (sum / area, ratio);
                }
            }
        }
        worst
    }
}

/// What each level of softened ink counts for on either page, so that both inks are of one thickness.
#[must_use]
pub fn evened(laid: &Overlay) -> [[f32; LEVELS]; 2] {
    Bench::of(&laid.mine, &laid.theirs).levels
}

/// Sums over rectangles.
struct Sums {
    stride: usize,
    values: Vec<f32>,
}

impl Sums {
    fn new(w: usize, h: usize) -> Self {
        Self { stride: w + 1, values: vec![0.0; (w + 1) * (h + 1)] }
    }

    fn put(&mut self, x: usize, y: usize, value: f32) {
        self.values[(y + 1) * self.stride + x + 1] = value;
    }

    fn close(&mut self) {
        for at in self.stride..self.values.len() {
            if at % self.stride != 0 {
                let (left, above) = (self.values[at - 1], self.values[at - self.stride]);
                self.values[at] += left + above - self.values[at - self.stride - 1];
            }
        }
    }

    fn sum(&self, x: usize, y: usize, side: usize) -> f32 {
        let at = |x: usize, y: usize| self.values[y * self.stride + x];
        at(x + side, y + side) + at(x, y) - at(x + side, y) - at(x, y + side)
    }
}

/// Softened ink as a share of full ink, the edge set at a level.
fn value(level: usize, at: f32) -> f32 {
    ((level as f32 / (LEVELS - 1) as f32 - at) * 2.0 + 0.5).clamp(0.0, 1.0)
}

/// How many pixels of each level of softening a sample of the page has.
fn level_counts(ink: &Ink) -> [u32; LEVELS] {
    const EVERY: usize = 3;
    let mut counts = [0; LEVELS];
    for (row, y) in (0..ink.height() as i32).step_by(levels::SIDE).enumerate() {
        for (column, x) in (0..ink.width() as i32).step_by(levels::SIDE).enumerate() {
            if (row + column) % EVERY == 0 {
                levels::count(ink, (x, y), &mut counts);
            }
        }
    }
    counts
}

/// Softens ink under a rectangle, each level by its value.
fn soften(ink: &Ink, place: [i32; 4], out: &mut Vec<f32>, values: &[f32; LEVELS]) {
    let mut levels = Vec::new();
    softened(ink, place, &mut levels);
    out.clear();
    out.extend(levels.iter().map(|&level| values[usize::from(level)]));
}

/// Levels of softening of the ink under a rectangle: weights 1 2 1 in both directions.
fn softened(ink: &Ink, [x0, y0, x1, y1]: [i32; 4], out: &mut Vec<u8>) {
    let (w, h) = ((x1 - x0) as usize, (y1 - y0) as usize);
    let stride = w + 2;
    // one pixel at a time around the rectangle, its rows softened across
    let mut raw = vec![0_u8; stride];
    let mut across = vec![0_u8; w * (h + 2)];
    for (row, y) in across.chunks_exact_mut(w).zip(y0 - 1..) {
        if ink.pixels(x0 - 1, y, &mut raw) {
            row.iter_mut().zip(raw.windows(3)).for_each(|(level, near)| *level = near[0] + 2 * near[1] + near[2]);
        }
    }
    out.clear();
    for ((above, here), below) in
        across.chunks_exact(w).zip(across[w..].chunks_exact(w)).zip(across[2 * w..].chunks_exact(w))
    {
        out.extend(above.iter().zip(here).zip(below).map(|((above, here), below)| above + 2 * here + below));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that parts two pages of 640 by 320 pixels.
    pub(super) fn found(mine: Ink, theirs: Ink) -> Vec<Difference> {
        let laid = Overlay { mine, theirs, seen: Ink::blank(40, 20) };
        differences(&laid, Parts::of(&laid.mine).as_ref(), 1.0, |_| 1.0).found
    }

    #[test]
    fn a_thicker_stroke_is_no_difference_and_a_moved_one_is() {
        let page = |thick: usize, moved: usize| {
            let mut ink = Ink::blank(640, 320);
            for letter in 0..60 {
                let (x0, y0) = (20 + letter % 20 * 30, 40 + letter / 20 * 80);
                let shift = if letter == 25 { moved } else { 0 };
                for y in 0..20 {
                    for x in 0..thick {
                        ink.set(x0 + x + if y > 10 { shift } else { 0 }, y0 + y);
                    }
                }
            }
            ink
        };
        let told = |mine: Ink, theirs: Ink| found(mine, theirs).iter().map(|d| d.ratio).fold(0.0, f32::max);
        assert!(told(page(4, 0), page(5, 0)) < 0.6);
        assert!(told(page(4, 0), page(4, 4)) > 1.2);
    }
}
