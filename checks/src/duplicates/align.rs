//! Lays one page over another: which points belong together, and the plane map between them.
//!
//! Points whose looks agree in a band are proposed; a similarity that many of them support is found by
//! random trials (RANSAC, Fischler and Bolles 1981) with a seeded generator; from it the fit is widened
//! to an affine and then a projective map while the reach shrinks. What a plane does not explain (curled
//! paper, lenses) is left to [`Bend`], a field of small shifts.

use super::bend::Bend;
use super::fingerprint::{BODY_PX, Fingerprint, Frame, SQUARE_PX};
use super::ink::Ink;
use super::joined::joined;
use super::keys::{BANDS, banded, telling};
use super::map::{Map, Pair};
use super::parts::{Part, Parts};
use super::points::{Point, looks, points};
use std::sync::OnceLock;

mod fit;
mod proposals;

use fit::{CLOSE, Grown, Paired, REACHES, grown, guided, places_of, plausible};
use proposals::{nearest, proposals};

/// A page made ready to be compared.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// How it lies on the page it was taken from; of no meaning once turned.
    pub frame: Frame,
    /// Quarter turns clockwise since it was taken.
    pub quarters: u8,
    /// Its ink.
    pub ink: Ink,
    /// Its connected ink.
    pub parts: Vec<Part>,
    /// Its points.
    pub points: Vec<Point>,
    /// Squares that can be compared.
    pub sheet: Ink,
    /// Looks at each of [`LOOKED_AT`], the first taken at once and the others when they are wanted.
    looks: [OnceLock<Looks>; LOOKED_AT.len()],
    buckets: Buckets,
    /// Which of its points look like a neighbour, found when it is wanted.
    repeated: OnceLock<Vec<bool>>,
    /// Its figures, found when they are wanted.
    figures: OnceLock<Vec<[i32; 4]>>,
    /// The page once turned by one, two and three quarters clockwise, where it was wanted so.
    turned: [OnceLock<Box<Self>>; 3],
}

/// How many times as large as they stand letters are looked at: two captures may judge the size of a page's letters
/// unlike, where there are few of them or the dots of one are lost.
const LOOKED_AT: [f32; 3] = [1.0, 0.8, 1.25];

/// The looks of all points at one size.
#[derive(Clone, Debug)]
struct Looks {
    /// By point.
    looks: Vec<u128>,
    /// Points by the bands of their looks, sorted.
    bands: Vec<(u32, u16)>,
}

impl Looks {
    fn of(looks: Vec<u128>) -> Self {
        let telling = looks.iter().enumerate().filter(|(_, look)| telling(**look));
        let mut bands: Vec<(u32, u16)> =
            telling.flat_map(|(i, &look)| (0..BANDS).map(move |band| (banded(look, band), i as u16))).collect();
        bands.sort_unstable();
        Self { looks, bands }
    }
}

/// Points by place.
#[derive(Clone, Debug, Default)]
struct Buckets {
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    members: Vec<u16>,
}

/// Side of a bucket, pixels.
const BUCKET_PX: f32 = 46.0;

impl Buckets {
    fn of(points: &[Point], width: usize, height: usize) -> Self {
        let columns = (width as f32 / BUCKET_PX) as usize + 1;
        let rows = (height as f32 / BUCKET_PX) as usize + 1;
        let place = |p: &Point| (p.y / BUCKET_PX) as usize * columns + (p.x / BUCKET_PX) as usize;
        let mut starts = vec![0_u32; columns * rows + 1];
        for point in points {
            starts[place(point) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut members = vec![0; points.len()];
        for (i, point) in points.iter().enumerate() {
            let slot = &mut next[place(point)];
            members[*slot as usize] = i as u16;
            *slot += 1;
        }
        Self { columns, rows, starts, members }
    }

    fn near(&self, x: f32, y: f32, reach: f32) -> impl Iterator<Item = usize> + '_ {
        let cell = |v: f32, count: usize| (v / BUCKET_PX).clamp(0.0, (count - 1) as f32) as usize;
        let (x0, x1) = (cell(x - reach, self.columns), cell(x + reach, self.columns));
        let (y0, y1) = (cell(y - reach, self.rows), cell(y + reach, self.rows));
        (y0..=y1).flat_map(move |row| {
            let (from, to) = (row * self.columns + x0, row * self.columns + x1 + 1);
            self.members[self.starts[from] as usize..self.starts[to] as usize].iter().map(|&i| usize::from(i))
        })
    }
}

impl Prepared {
    /// Makes a stored page ready; a page of texture has no points.
    #[must_use]
    pub fn of(fingerprint: &Fingerprint) -> Self {
        Self::from_ink(fingerprint.ink(), fingerprint.sheet.clone(), fingerprint.frame, 0)
    }

    pub(super) fn from_ink(ink: Ink, sheet: Ink, frame: Frame, quarters: u8) -> Self {
        let (parts, points) = match Parts::of(&ink) {
            Some(found) => {
                let points = points(&ink, &found);
                (found.parts, points)
            }
            None => (vec![], vec![]),
        };
        let buckets = Buckets::of(&points, ink.width(), ink.height());
        Self {
            frame,
            quarters,
            ink,
            parts,
            points,
            sheet,
            looks: Default::default(),
            buckets,
            repeated: OnceLock::new(),
            figures: OnceLock::new(),
            turned: Default::default(),
        }
    }

    /// Left, top, right and bottom of each of its figures, half open.
    pub(super) fn figures(&self) -> &[[i32; 4]] {
        self.figures.get_or_init(|| joined(&self.parts).rows)
    }

    /// Whether each of its points looks like another one so near that a fit may take them for each other: the fillers of a zone
    /// lie as well on those of another page by one sign further, and draw the page along.
    pub(super) fn repeated(&self) -> &[bool] {
        /// Bits in which looks of one page differ that show the same.
        const SAME_BITS: u32 = 10;
        self.repeated.get_or_init(|| {
            let like_a_neighbour = |(i, point): (usize, &Point)| {
                let apart = |other: &Point| (other.x - point.x).abs().max((other.y - point.y).abs());
                let mut near = self.buckets.near(point.x, point.y, REACHES[0]).map(|j| (j, &self.points[j]));
                near.any(|(j, other)| {
                    j != i && apart(other) <= REACHES[0] && (other.look ^ point.look).count_ones() <= SAME_BITS
                })
            };
            self.points.iter().enumerate().map(like_a_neighbour).collect()
        })
    }

    /// Its looks at the first so many sizes.
    fn looked_at(&self, sizes: usize) -> Vec<&Looks> {
        (0..sizes).map(|at| self.looks(at)).collect()
    }

    fn looks(&self, at: usize) -> &Looks {
        self.looks[at].get_or_init(|| {
            Looks::of(match at {
                0 => self.points.iter().map(|p| p.look).collect(),
                _ => looks(&self.ink, &self.points, LOOKED_AT[at]),
            })
        })
    }

    /// The page turned clockwise by quarters.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let all = (self.quarters + quarters) % 4;
        // Squares at the far edges are only part of the sheet; after a turn they stand at the near ones.
        let ink = self.ink.turned(quarters);
        let sheet = turned_sheet(&self.sheet, &self.ink, quarters);
        Self::from_ink(ink, sheet, self.frame, all)
    }

    /// As it stands once turned by quarters clockwise, which may be none; kept, since a page is held against many.
    #[must_use]
    pub fn standing(&self, quarters: u8) -> &Self {
        match usize::from(quarters % 4) {
            0 => self,
            turn => self.turned[turn - 1].get_or_init(|| Box::new(self.turned(quarters))),
        }
    }

    /// Whether a place can be compared.
    #[must_use]
    pub fn on_sheet(&self, x: f32, y: f32) -> bool {
        x >= 0.0 && y >= 0.0 && self.sheet.at((x / SQUARE_PX as f32) as i32, (y / SQUARE_PX as f32) as i32)
    }

    /// A place of the turned page on the page it was taken from, full pixels.
    #[must_use]
    pub fn to_page(&self, x: f32, y: f32) -> (f32, f32) {
        let (w, h) = (f32::from(self.frame.width), f32::from(self.frame.height));
        let (x, y) = match self.quarters {
            1 => (y, h - x),
            2 => (w - x, h - y),
            3 => (w - y, x),
            _ => (x, y),
        };
        self.frame.to_page(x, y)
    }
}

fn turned_sheet(sheet: &Ink, ink: &Ink, quarters: u8) -> Ink {
    let (w, h) = (ink.width(), ink.height());
    let (out_w, out_h) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
    let mut out = Ink::blank(out_w.div_ceil(SQUARE_PX), out_h.div_ceil(SQUARE_PX));
    for row in 0..out.height() {
        for column in 0..out.width() {
            let x = (column * SQUARE_PX + SQUARE_PX / 2).min(out_w - 1);
            let y = (row * SQUARE_PX + SQUARE_PX / 2).min(out_h - 1);
            let (u, v) = match quarters % 4 {
                1 => (y, h - 1 - x),
                2 => (w - 1 - x, h - 1 - y),
                3 => (w - 1 - y, x),
                _ => (x, y),
            };
            if sheet.at((u / SQUARE_PX) as i32, (v / SQUARE_PX) as i32) {
                out.set(column, row);
            }
        }
    }
    out
}

/// Seed of the trials; any will do, the same gives the same answer.
pub const SEED: u64 = 0x0005_a11a_d5ee_d000;
/// Random trials.
const TRIALS: usize = 500;
/// The pages' text is of one size and upright already: the similarity may differ by this much.
const SIZES: std::ops::RangeInclusive<f64> = 0.7..=1.43;
const MOST_SINE: f64 = 0.16;
/// Points for a trial lie at least this far apart, and agree within this reach, pixels.
const APART: f32 = 10.0 * BODY_PX;
const LOOSE: f32 = 2.0 * BODY_PX;
/// ... and within this one where the page is seen aslant.
const WIDE: f32 = 2.5 * BODY_PX;
/// Reach of each round of the first fit, over the proposals, for that of the similarity ...
const GROWTH: [f32; 6] = [1.0, 2.0, 2.0, 2.0, 1.5, 1.0];
/// ... and how many of the rounds stay affine.
const FLAT: usize = 3;
/// Pairs of looks of two pages up to which each is held against each: pages with many letters share bands enough.
const MOST_COMPARED: usize = 250_000;
/// Share of the lesser page's points that lie on each other from which no other size is tried ...
const ENOUGH: f32 = 0.6;
/// ... between which the map may be bent at an edge ...
const BENT: (f32, f32) = (0.4, 0.9);
/// ... where a stiff one that lays so many times as many is the better one ...
const CLEARLY: f32 = 1.05;
/// ... and below which the pages do not lie on each other.
const LEAST: f32 = 0.12;
/// Proposals that must support the similarity.
const MIN_SUPPORT: usize = 8;
/// Points that must lie on each other in the end.
const MIN_PAIRS: usize = 16;
/// Reach within which pairs tell of bends, pixels.
const BEND_REACH: f32 = 0.8 * BODY_PX;

/// How page `a` lies on page `b`.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// From `a` to `b`.
    pub there: Bend,
    /// From `b` to `a`.
    pub back: Bend,
    /// Points of `a` and `b` that lie on each other.
    pub pairs: Vec<(usize, usize)>,
}

/// Whether two pages have so few letters that each can be held against each.
#[must_use]
pub const fn few_letters(a: &Prepared, b: &Prepared) -> bool {
    a.points.len() * b.points.len() <= MOST_COMPARED
}

/// Points of the page that has fewer.
fn lesser(a: &Prepared, b: &Prepared) -> f32 {
    a.points.len().min(b.points.len()) as f32
}

/// Lays `a` over `b`; `None` where no plane map brings enough of their points together.
#[must_use]
pub fn align(a: &Prepared, b: &Prepared, seed: u64) -> Option<Alignment> {
    let by_bands = |sizes: usize, loose: f32| {
        let looks = a.looked_at(sizes);
        aligned(a, b, &looks, &proposals(&looks, b.looks(0)), loose, seed)
    };
    let plain = by_bands(1, LOOSE);
    let lesser = lesser(a, b);
    let paired = |found: &Option<Alignment>| found.as_ref().map_or(0, |found| found.pairs.len());
    if paired(&plain) as f32 >= ENOUGH * lesser {
        return plain.map(|found| stiffened(a, b, &a.looked_at(1), found));
    }
    let better =
        |one: Option<Alignment>, other: Option<Alignment>| if paired(&other) > paired(&one) { other } else { one };
    let best = better(plain, by_bands(LOOKED_AT.len(), WIDE));
    let looks = a.looked_at(LOOKED_AT.len());
    let best = if paired(&best) as f32 >= ENOUGH * lesser || !few_letters(a, b) {
        best
    } else {
        better(best, aligned(a, b, &looks, &nearest(&looks, b.looks(0)), WIDE, seed))
    };
    best.map(|found| stiffened(a, b, &looks, found))
}

/// The same, or how the pages lie by a stiffer map, where that lays clearly more points on each other: a few pairs of
/// neighbours at an edge bend a projective map there. Once an affine one lies well, a projective one is looked for close to it.
fn stiffened(a: &Prepared, b: &Prepared, looks: &[&Looks], found: Alignment) -> Alignment {
    let lesser = lesser(a, b);
    let paired = found.pairs.len() as f32;
    if !(BENT.0 * lesser..BENT.1 * lesser).contains(&paired) {
        return found;
    }
    let grow = |map: Map, reaches: &[f32], fit: fn(&[Pair]) -> Option<Map>| grown(a, b, looks, map, reaches, fit);
    let flat = Map::affine(&places_of(a, b, &found.pairs)).and_then(|map| grow(map, &REACHES, Map::affine));
    let bent = flat.as_ref().and_then(|flat| grow(flat.0, CLOSE, Map::projective));
    let stiff = flat.into_iter().chain(bent).max_by_key(|(_, pairs)| pairs.len());
    let stiff = stiff.filter(|stiff| stiff.1.len() as f32 > CLEARLY * paired);
    stiff.and_then(|stiff| alignment(a, b, looks, stiff)).unwrap_or(found)
}

/// Lays `a` over `b` with its looks at some sizes, and a similarity that many proposals support so loosely: a page seen
/// aslant is no similar figure, but its parts are.
fn aligned(
    a: &Prepared,
    b: &Prepared,
    looks: &[&Looks],
    proposals: &[(usize, usize)],
    loose: f32,
    seed: u64,
) -> Option<Alignment> {
    let places: Vec<Pair> =
        proposals.iter().map(|&(i, j)| ((a.points[i].x, a.points[i].y), (b.points[j].x, b.points[j].y))).collect();
    let mut map = trials(&places, loose, seed)?;
    for (round, reach) in GROWTH.into_iter().enumerate() {
        let supporters: Vec<Pair> = places.iter().filter(|p| off(&map, p) < reach * loose).copied().collect();
        if supporters.len() < MIN_SUPPORT {
            return None;
        }
        let fitted = if round < FLAT { Map::affine(&supporters) } else { Map::projective(&supporters) };
        map = fitted.unwrap_or(map);
    }
    alignment(a, b, looks, grown(a, b, looks, map, &REACHES, Map::projective)?)
}

/// How pages lie by a map, if it is plausible and lays enough points on each other.
fn alignment(a: &Prepared, b: &Prepared, looks: &[&Looks], (map, pairs): Grown) -> Option<Alignment> {
    let back = map.inverse()?;
    if !plausible(&map, a) || !plausible(&back, b) {
        return None;
    }
    if pairs.len() < MIN_PAIRS || (pairs.len() as f32) < LEAST * lesser(a, b) {
        return None;
    }
    let near = guided(a, b, looks, &map, BEND_REACH, Paired::Told);
    let lone: Vec<bool> = near.iter().map(|(i, _)| !a.repeated()[*i]).collect();
    let near = places_of(a, b, &near);
    let turned: Vec<Pair> = near.iter().map(|&(p, q)| (q, p)).collect();
    let (there, back) = (Bend::of(map, &near, &lone, &a.ink), Bend::of(back, &turned, &lone, &b.ink));
    Some(Alignment { there, back, pairs })
}

fn off(map: &Map, &((x, y), (u, v)): &Pair) -> f32 {
    let (p, q) = map.apply(x, y);
    (p - u).abs().max((q - v).abs())
}

/// A small generator (splitmix64, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % count as u64) as usize
    }
}

/// The similarity that most places support.
fn trials(places: &[Pair], loose: f32, seed: u64) -> Option<Map> {
    if places.len() < MIN_SUPPORT {
        return None;
    }
    let mut dice = Dice(seed);
    let mut best = (0, None);
    for _ in 0..TRIALS {
        let (one, two) = (places[dice.below(places.len())], places[dice.below(places.len())]);
        if (one.0.0 - two.0.0).abs().max((one.0.1 - two.0.1).abs()) < APART {
            continue;
        }
        let Some(map) = Map::similar(one, two) else { continue };
        let size = map.0[0].hypot(map.0[3]);
        if !SIZES.contains(&size) || map.0[0] < 0.0 || map.0[3].abs() / size > MOST_SINE {
            continue;
        }
        let support = places.iter().filter(|p| off(&map, p) < loose).count();
        if support > best.0 {
            best = (support, Some(map));
        }
    }
    best.1.filter(|_| best.0 >= MIN_SUPPORT)
}
