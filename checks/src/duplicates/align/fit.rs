//! Fits a map to two pages: by the points that it brings together, while the reach shrinks.

use super::super::fingerprint::BODY_PX;
use super::super::map::{Map, Pair};
use super::{Looks, MIN_PAIRS, Prepared};

/// Reach of each round of the fit, pixels: the wide ones carry it from the middle of the page to its corners.
pub(super) const REACHES: [f32; 6] =
    [1.6 * BODY_PX, 1.6 * BODY_PX, 1.6 * BODY_PX, 0.9 * BODY_PX, 0.55 * BODY_PX, 0.5 * BODY_PX];
/// ... of those that start from a map that lies well.
pub(super) const CLOSE: &[f32] = &[0.9 * BODY_PX, 0.55 * BODY_PX, 0.5 * BODY_PX];
/// Within a wide reach stand several pieces; theirs must look alike too, but for so many bits.
pub(super) const WIDE_BITS: u32 = 44;

/// A map, and the points that it lays on each other.
pub(super) type Grown = (Map, Vec<(usize, usize)>);

/// The map of a kind that a fit comes to from one that lies about so, while the reach shrinks.
pub(super) fn grown(
    a: &Prepared,
    b: &Prepared,
    looks: &[&Looks],
    mut map: Map,
    reaches: &[f32],
    fit: fn(&[Pair]) -> Option<Map>,
) -> Option<Grown> {
    for reach in reaches {
        let pairs = places_of(a, b, &guided(a, b, looks, &map, *reach, Paired::Lone));
        if pairs.len() < MIN_PAIRS / 2 {
            return None;
        }
        map = fit(&pairs)?;
    }
    let pairs = guided(a, b, looks, &map, REACHES[REACHES.len() - 1], Paired::All);
    Some((map, pairs))
}

/// Whether a map keeps size and sense everywhere on a page: both pages have letters of one height, and a map whose
/// horizon comes near the page is a wrong one.
pub(super) fn plausible(map: &Map, page: &Prepared) -> bool {
    const STRETCH: std::ops::RangeInclusive<f32> = 0.5..=2.0;
    let (w, h) = (page.ink.width() as f32, page.ink.height() as f32);
    [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h), (w / 2.0, h / 2.0)].iter().all(|&(x, y)| {
        let [a, b, c, d] = map.slope(x, y);
        STRETCH.contains(&a.hypot(c)) && STRETCH.contains(&b.hypot(d)) && STRETCH.contains(&(a * d - b * c))
    })
}

/// Which points are paired.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paired {
    /// All.
    All,
    /// Those that no other one of the second page within reach is as like: the fillers of a zone do not tell by how many signs it
    /// is off.
    Told,
    /// Of these, those that have no like neighbour on their own page either: a map that is off by one filler lays fillers on each
    /// other as well, and is drawn there.
    Lone,
}

/// Points of `a` with the point of `b` of their size within reach of where the map puts them that looks most alike.
pub(super) fn guided(
    a: &Prepared,
    b: &Prepared,
    looks: &[&Looks],
    map: &Map,
    reach: f32,
    which: Paired,
) -> Vec<(usize, usize)> {
    /// Bits of a look by which the second best must be further off.
    const RIVAL_BITS: u32 = 6;
    /// Points nearer to each other than this tell of one shift, pixels.
    const ONE_PLACE: f32 = 6.0;
    /// Sides of one part in two captures differ by this factor and by this many pixels.
    const SIDES: (f32, f32) = (1.35, 4.0);
    let sized = |p: f32, q: f32| p <= q * SIDES.0 + SIDES.1 && q <= p * SIDES.0 + SIDES.1;
    let mut pairs = Vec::with_capacity(a.points.len());
    let repeated = if which == Paired::Lone { a.repeated() } else { &[] };
    for (i, point) in a.points.iter().enumerate() {
        if repeated.get(i).is_some_and(|repeated| *repeated) {
            continue;
        }
        let (x, y) = map.apply(point.x, point.y);
        let near = b.buckets.near(x, y, reach).filter(|&j| {
            let other = &b.points[j];
            let apart = (other.x - x).abs().max((other.y - y).abs());
            apart <= reach && sized(point.width, other.width) && sized(point.height, other.height)
        });
        let bits =
            |j: usize| looks.iter().map(|l| (l.looks[i] ^ b.points[j].look).count_ones()).min().unwrap_or(u32::MAX);
        let near: Vec<(usize, u32)> = near.map(|j| (j, bits(j))).filter(|(_, bits)| *bits <= WIDE_BITS).collect();
        let Some(&(j, best)) = near.iter().min_by_key(|found| found.1) else { continue };
        let apart = |k: usize| {
            let (one, two) = (&b.points[j], &b.points[k]);
            (one.x - two.x).abs().max((one.y - two.y).abs()) > ONE_PLACE
        };
        let rival = |&(k, bits): &(usize, u32)| bits < best + RIVAL_BITS && apart(k);
        if which == Paired::All || !near.iter().any(rival) {
            pairs.push((i, j));
        }
    }
    pairs
}

pub(super) fn places_of(a: &Prepared, b: &Prepared, pairs: &[(usize, usize)]) -> Vec<Pair> {
    pairs.iter().map(|&(i, j)| ((a.points[i].x, a.points[i].y), (b.points[j].x, b.points[j].y))).collect()
}
