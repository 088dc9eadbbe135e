//! Figures of two pages held against each other one by one, and against the other figures of their own pages.
//!
//! Another figure in the place of one moves hardly more ink than a worn edge does. But a page has many figures. One
//! that is far more unlike in the other capture than all the rest stands out; and where it looks like a second figure
//! of the page in one capture and unlike it in the other, it was not the same figure both times. Within a capture all
//! are seen through one lens, so this holds where the captures are unlike.

use super::differences::LEVELS;
use super::figures::figures;
use super::ink::Ink;
use super::joined::joined;
use super::overlay::Overlay;
use super::parts::Parts;
use super::relation::FigureThresholds;

/// Sides of one figure in two captures lie within so many pixels of each other.
const SIDES: i32 = 4;
/// Figures are laid on each other within so many pixels.
const REACH: i32 = 2;
/// Paper around a figure, pixels.
const MARGIN: usize = 4;
/// Share of the edges' sum that counts, and edges that count for a figure with hardly any, pixels.
const EDGES: (f32, f32) = (0.25, 3.0);

/// How unlike a figure is in two captures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unlike {
    /// Where it stands in the frame of the first page: left, top, right, bottom, half open.
    pub place: [i32; 4],
    /// The squared difference for the length of its edges.
    pub unlike: f32,
}

/// Where figures stand on either of two pages, in the frame of the first.
struct Places {
    /// Pieces of one height, with room around them.
    plain: Vec<[i32; 4]>,
    /// What stands in numbers besides.
    others: Vec<[i32; 4]>,
    /// By twos: too few for a number of their own, but a day may be written so.
    pairs: Vec<[i32; 4]>,
}

impl Places {
    /// Figures that one of the pages shows at least, of which the first has these `pieces`.
    fn of(laid: &Overlay, pieces: Option<&Parts>) -> Self {
        let theirs = Parts::of(&laid.theirs);
        let parts = [pieces, theirs.as_ref()].map(|found| found.map_or(&[][..], |found| &found.parts));
        let plain = both(parts.map(figures));
        let [mine, theirs] = parts.map(joined);
        let beside = |known: &[[i32; 4]], found: Vec<[i32; 4]>| -> Vec<[i32; 4]> {
            found.into_iter().filter(|place| !known.iter().any(|known| overlap(place, known))).collect()
        };
        let others = beside(&plain, both([mine.rows, theirs.rows]));
        let pairs = beside(&others, beside(&plain, both([mine.pairs, theirs.pairs])));
        Self { plain, others, pairs }
    }
}

/// Figures of two pages, each held against itself on the other page.
pub struct Measured {
    all: Places,
    plain: Compared,
    others: Compared,
    pairs: Compared,
}

impl Measured {
    /// Those that are too slim or small to tell are not measured. The first page has these `pieces`; `levels` bring the inks of
    /// both to one thickness.
    #[must_use]
    pub fn of(laid: &Overlay, pieces: Option<&Parts>, levels: &[[f32; LEVELS]; 2]) -> Self {
        let all = Places::of(laid, pieces);
        let plain = all.plain.iter().copied().filter(|place| !slim(*place)).collect();
        let sized = |places: &[[i32; 4]]| {
            places.iter().copied().filter(|place| !slim(*place) && !small(*place)).collect::<Vec<_>>()
        };
        let [plain, others, pairs] =
            [plain, sized(&all.others), sized(&all.pairs)].map(|places| Compared::of(places, laid, levels));
        Self { all, plain, others, pairs }
    }

    /// The row of a figure at a place or close to it, if there is one; two may be a row.
    #[must_use]
    pub fn row_at(&self, place: [i32; 4]) -> Option<[i32; 4]> {
        let figure = self.figures().find(|figure| near(figure, place))?;
        Some(row(*figure, &self.figures().copied().collect::<Vec<_>>()))
    }

    /// Whether a figure stands at a place or close to it.
    #[must_use]
    pub fn may_be_figure(&self, place: [i32; 4]) -> bool {
        self.figures().any(|figure| near(figure, place))
    }

    fn figures(&self) -> impl Iterator<Item = &[i32; 4]> {
        [&self.all.plain, &self.all.others, &self.all.pairs].into_iter().flatten()
    }

    /// How unlike each figure of a row is in the two captures.
    pub fn unlike(&self) -> impl Iterator<Item = Unlike> {
        self.plain.unlike().chain(self.others.unlike())
    }

    /// The same of figures by twos.
    pub fn unlike_pairs(&self) -> impl Iterator<Item = Unlike> {
        self.pairs.unlike()
    }

    /// How unlike those at some places are in the two captures once marks were lifted off them.
    pub fn unlike_below(
        &self,
        bare: &Overlay,
        levels: &[[f32; LEVELS]; 2],
        there: impl Fn([i32; 4]) -> bool,
    ) -> Vec<Unlike> {
        let places = [&self.plain, &self.others, &self.pairs].into_iter().flat_map(|some| &some.places);
        Compared::of(places.copied().filter(|place| there(*place)).collect(), bare, levels).unlike().collect()
    }

    /// Where figures stand that may have been changed between two captures, apart from those of which `left_out` says so.
    #[must_use]
    pub fn changed(&self, left_out: impl Fn([i32; 4]) -> bool, limits: &FigureThresholds) -> Vec<[i32; 4]> {
        let [plain, others] = [&self.plain, &self.others].map(|some| some.apart_from(&left_out));
        let usual = plain.usual(limits);
        let mut odd = plain.odd(usual, limits);
        odd.extend(others.odd(usual.max(others.usual(limits)), limits));
        odd
    }
}

/// Of so small a ring the edges are so short that wear tells more than another figure would.
const fn small([x0, y0, x1, y1]: [i32; 4]) -> bool {
    const LEAST: i32 = 8;
    x1 - x0 < LEAST || y1 - y0 < LEAST
}

/// A slim stroke is looked at in vain for the same cause. Another figure in its place is broad, and met there.
const fn slim([x0, y0, x1, y1]: [i32; 4]) -> bool {
    /// Of its height, hundredths.
    const WIDTH: i32 = 42;
    100 * (x1 - x0) < WIDTH * (y1 - y0)
}

/// Whether a figure stands at a place or close to it.
const fn near(figure: &[i32; 4], [x0, y0, x1, y1]: [i32; 4]) -> bool {
    const ROOM: i32 = 3;
    overlap(figure, &[x0 - ROOM, y0 - ROOM, x1 + ROOM, y1 + ROOM])
}

const fn overlap(a: &[i32; 4], b: &[i32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Figures of one sort, each in both captures.
struct Compared {
    places: Vec<[i32; 4]>,
    twins: Vec<[Patch; 2]>,
    apart: Vec<f32>,
}

impl Compared {
    fn of(places: Vec<[i32; 4]>, laid: &Overlay, levels: &[[f32; LEVELS]; 2]) -> Self {
        let patch =
            |place: &[i32; 4]| [Patch::of(&laid.mine, *place, &levels[0]), Patch::of(&laid.theirs, *place, &levels[1])];
        let twins: Vec<[Patch; 2]> = places.iter().map(patch).collect();
        let apart = twins.iter().map(|[mine, theirs]| mine.apart(theirs)).collect();
        Self { places, twins, apart }
    }

    fn unlike(&self) -> impl Iterator<Item = Unlike> {
        self.places.iter().zip(&self.apart).map(|(place, unlike)| Unlike { place: *place, unlike: *unlike })
    }

    /// Those that are not left out.
    fn apart_from(&self, left_out: &impl Fn([i32; 4]) -> bool) -> Kept<'_> {
        Kept { of: self, kept: (0..self.places.len()).filter(|at| !left_out(self.places[*at])).collect() }
    }
}

/// Some of the figures of one sort.
struct Kept<'c> {
    of: &'c Compared,
    kept: Vec<usize>,
}

impl Kept<'_> {
    /// How unlike two captures of a figure usually are.
    fn usual(&self, limits: &FigureThresholds) -> f32 {
        let mut sizes: Vec<f32> = self.kept.iter().map(|at| self.of.apart[*at]).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        sizes.get(limits.rank).copied().unwrap_or(0.0).max(limits.least_usual)
    }

    fn odd(&self, usual: f32, limits: &FigureThresholds) -> Vec<[i32; 4]> {
        let suspect = |own: &&usize| {
            let apart = self.of.apart[**own];
            let beyond = |(least, most): (f32, f32)| apart >= least && apart / usual >= most;
            beyond(limits.alone)
                || beyond(limits.lonely)
                || (beyond(limits.borne_out) && self.betrayed(**own, apart, limits))
        };
        self.kept.iter().filter(suspect).map(|at| self.of.places[*at]).collect()
    }

    /// Whether another figure of the page is like this one in one capture and unlike it in the other.
    fn betrayed(&self, own: usize, apart: f32, limits: &FigureThresholds) -> bool {
        let [mine, theirs] = &self.of.twins[own];
        let (kin, strange) = (limits.kin.0 * apart, limits.kin.1 * apart);
        let mut others = self.kept.iter().filter(|at| **at != own).map(|at| &self.of.twins[*at]);
        others.any(|[here, there]| {
            if !mine.sized_as(here) || !theirs.sized_as(there) {
                return false;
            }
            let (first, second) = (mine.apart(here), theirs.apart(there));
            first.min(second) < kin && (first - second).abs() > strange
        })
    }
}

/// The row of figures that one of them stands in.
fn row(own: [i32; 4], places: &[[i32; 4]]) -> [i32; 4] {
    let mut row = own;
    loop {
        let beside = |other: &&[i32; 4]| {
            let high = (own[3] - own[1]).max(other[3] - other[1]);
            let level = other[1] < own[3] - high / 2 && other[3] > own[1] + high / 2;
            level && other[0] - row[2] < high && row[0] - other[2] < high
        };
        let wider = places.iter().filter(beside).fold(row, |row, other| {
            [row[0].min(other[0]), row[1].min(other[1]), row[2].max(other[2]), row[3].max(other[3])]
        });
        if wider == row {
            return row;
        }
        row = wider;
    }
}

/// The figures of either page, those of both once.
fn both([mut places, others]: [Vec<[i32; 4]>; 2]) -> Vec<[i32; 4]> {
    let mut met = vec![false; others.len()];
    for place in &mut places {
        let near = |other: &[i32; 4]| (0..4).all(|side| (other[side] - place[side]).abs() <= SIDES);
        if let Some(at) = others.iter().position(near) {
            met[at] = true;
            let (p, q) = (*place, others[at]);
            *place = [p[0].min(q[0]), p[1].min(q[1]), p[2].max(q[2]), p[3].max(q[3])];
        }
    }
    places.extend(others.iter().zip(met).filter(|(_, met)| !met).map(|(place, _)| *place));
    places
}

/// A softened figure with paper around it.
struct Patch {
    width: usize,
    height: usize,
    /// Means over three by three softened pixels: a worn edge leaves little in them, a stroke of its own much.
    means: Vec<f32>,
    edges: f32,
}

impl Patch {
    fn of(ink: &Ink, [x0, y0, x1, y1]: [i32; 4], levels: &[f32; LEVELS]) -> Self {
        let (width, height) = ((x1 - x0) as usize + 2 * MARGIN, (y1 - y0) as usize + 2 * MARGIN);
        let mut raw = vec![0_u8; width * height];
        for (row, y) in raw.chunks_exact_mut(width).skip(MARGIN).zip(y0..y1) {
            ink.pixels(x0, y, &mut row[MARGIN..width - MARGIN]);
        }
        let level = |level: u8| levels[usize::from(level)];
        let soft: Vec<f32> = by_threes(&raw, width, |[a, b, c]| a + 2 * b + c).into_iter().map(level).collect();
        let mut means = by_threes(&soft, width, |[a, b, c]| a + b + c);
        means.iter_mut().for_each(|sum| *sum /= 9.0);
        let inner = || (1..height - 1).flat_map(|y| y * width + 1..(y + 1) * width - 1);
        let edge = |at: usize| (soft[at] - soft[at + 1]).abs() + (soft[at] - soft[at + width]).abs();
        let edges = inner().map(edge).sum();
        Self { width, height, means, edges }
    }

    fn sized_as(&self, other: &Self) -> bool {
        self.width.abs_diff(other.width).max(self.height.abs_diff(other.height)) <= SIDES as usize
    }

    /// How unlike two figures are at best, their middles laid on each other.
    fn apart(&self, other: &Self) -> f32 {
        let middle = |mine: usize, theirs: usize| (mine as i32 - theirs as i32) / 2;
        let (mx, my) = (middle(self.width, other.width), middle(self.height, other.height));
        let best = shifts().fold(f32::INFINITY, |best, (x, y)| best.min(self.squares(other, (mx + x, my + y), best)));
        best / (EDGES.0 * (self.edges + other.edges) + EDGES.1)
    }

    /// Squared difference with the other moved by so much, or more than `enough` of it.
    fn squares(&self, other: &Self, (mx, my): (i32, i32), enough: f32) -> f32 {
        let (width, right) = (self.width as i32, mx + other.width as i32);
        let (first, last) = (mx.clamp(0, width) as usize, right.clamp(0, width) as usize);
        let all = |values: &[f32]| values.iter().map(|v| v * v).sum::<f32>();
        let mut sum = 0.0;
        for (y, row) in (0..).zip(self.means.chunks_exact(self.width)) {
            let there: i32 = y - my;
            if there < 0 || there as usize >= other.height {
                sum += all(row);
            } else {
                let from = there as usize * other.width + (first as i32 - mx) as usize;
                let theirs = &other.means[from..from + (last - first)];
                sum += all(&row[..first]) + all(&row[last..]);
                sum += row[first..last].iter().zip(theirs).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
            }
            if sum > enough {
                break;
            }
        }
        sum
    }
}

/// What three neighbours come to, across and of that down, of rows one after another; nothing at the edges.
fn by_threes<T: Copy + Default>(values: &[T], width: usize, of: impl Fn([T; 3]) -> T) -> Vec<T> {
    let mut across = vec![T::default(); values.len()];
    for (out, row) in across.chunks_exact_mut(width).zip(values.chunks_exact(width)) {
        out[1..].iter_mut().zip(row.windows(3)).for_each(|(out, near)| *out = of([near[0], near[1], near[2]]));
    }
    let mut down = vec![T::default(); values.len()];
    let rows = across.iter().zip(&across[width..]).zip(&across[2 * width..]);
    down[width..].iter_mut().zip(rows).for_each(|(out, ((above, here), below))| *out = of([*above, *here, *below]));
    down
}

/// How figures are moved to be laid on each other, the least way first: what fits best is mostly among those, and ends the
/// others early.
fn shifts() -> impl Iterator<Item = (i32, i32)> {
    let ring = |far: i32| {
        let sides = move |y: i32| (-far..=far).map(move |x| (x, y));
        (-far..=far).flat_map(sides).filter(move |(x, y): &(i32, i32)| x.abs().max(y.abs()) == far)
    };
    (0..=REACH).flat_map(ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_moved_every_way_within_reach_once_and_not_moved_first() {
        let all: Vec<(i32, i32)> = shifts().collect();
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all[0], all.len(), different.len()), ((0, 0), 25, 25));
        assert!(all.iter().all(|(x, y)| x.abs().max(y.abs()) <= REACH));
    }

    /// Levels that leave softened ink as it is.
    fn plain() -> [[f32; LEVELS]; 2] {
        [std::array::from_fn(|level| level as f32 / (LEVELS - 1) as f32); 2]
    }

    /// Rows of figures: noughts, of which some are sixes: a bar across, and open above it on the right.
    fn page(six: impl Fn(usize) -> bool, thick: usize) -> Ink {
        let mut ink = Ink::blank(640, 320);
        for figure in 0..40 {
            let (x0, y0) = (20 + figure % 10 * 16, 30 + figure / 10 * 60);
            for (y, x) in (0..18).flat_map(|y| (0..11).map(move |x| (y, x))) {
                let open = six(figure) && (thick..8).contains(&y);
                let side = x < thick || (x >= 11 - thick && !open);
                let bar = six(figure) && (8..8 + thick).contains(&y);
                if side || bar || y < thick || y >= 18 - thick {
                    ink.set(x0 + x, y0 + y);
                }
            }
        }
        ink
    }

    fn changed(laid: &Overlay, left_out: impl Fn([i32; 4]) -> bool) -> usize {
        Measured::of(laid, Parts::of(&laid.mine).as_ref(), &plain())
            .changed(left_out, &FigureThresholds::default())
            .len()
    }

    fn found(mine: Ink, theirs: Ink) -> usize {
        let seen = Ink::blank(40, 20);
        changed(&Overlay { mine, theirs, seen }, |_| false)
    }

    #[test]
    fn one_other_figure_stands_out_and_a_page_is_like_itself() {
        let six = |figure: usize| figure.is_multiple_of(3);
        assert_eq!(found(page(six, 3), page(six, 3)), 0);
        assert_eq!(found(page(six, 2), page(six, 3)), 0);
        assert_eq!(found(page(six, 3), page(|f| six(f) || f == 25, 3)), 1);
        assert_eq!(found(page(six, 3), page(|f| six(f) && f != 24, 3)), 1);
    }

    #[test]
    fn a_place_on_a_figure_is_in_its_row_and_one_beside_the_rows_in_none() {
        let seen = Ink::blank(40, 20);
        let laid = Overlay { mine: page(|_| false, 3), theirs: page(|_| false, 3), seen };
        let figures = Measured::of(&laid, Parts::of(&laid.mine).as_ref(), &plain());
        assert_eq!(figures.row_at([40, 35, 42, 38]), Some([20, 30, 175, 48]));
        assert_eq!(figures.row_at([40, 60, 42, 63]), None);
    }

    #[test]
    fn what_is_left_out_is_not_looked_at() {
        let seen = Ink::blank(40, 20);
        let laid = Overlay { mine: page(|_| false, 3), theirs: page(|f| f == 7, 3), seen };
        assert_eq!(changed(&laid, |_| true), 0);
    }
}
