//! Cut off: the frame ends inside the text.

use crate::chance::Draw;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, cut, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("cut_off.one_edge", one_edge),
    mechanism("cut_off.two_edges", two_edges),
    mechanism("cut_off.turned_corner", turned_corner),
];

/// Share of width or height that is lost; margins take up to 0.11 of it.
const LOST: [f32; 5] = [0.15, 0.2, 0.27, 0.36, 0.48];

/// Keeps all but the lost shares at left, top, right and bottom.
fn keep(shot: &mut Shot, lost: [f32; 4]) {
    let (w, h) = shot.size();
    let [left, top, right, low] = lost;
    let (x, y) = ((left * w) as u32, (top * h) as u32);
    let (kw, kh) = ((w * (1.0 - left - right)) as u32, (h * (1.0 - top - low)) as u32);
    let image = cut(&shot.image, x, y, kw.max(8), kh.max(8));
    shot.replace(image, Map::scaled(1.0, 1.0, -f64::from(x), -f64::from(y)));
}

fn one_edge(shot: &mut Shot) {
    let share = shot.grade(LOST);
    // Text starts at the right, and most papers leave their foot empty: cut where it hurts.
    let mut lost = [0.0; 4];
    lost[*shot.rng.pick(&[0usize, 1, 2, 2])] = share;
    keep(shot, lost);
}

fn two_edges(shot: &mut Shot) {
    let share = shot.grade(LOST) * 0.8;
    let mut lost = [0.0; 4];
    lost[*shot.rng.pick(&[0usize, 2])] = share;
    lost[*shot.rng.pick(&[1usize, 3])] = share;
    keep(shot, lost);
}

/// Laid on the glass askew, one corner beyond its edge.
fn turned_corner(shot: &mut Shot) {
    let share = shot.grade(LOST);
    let degrees = shot.rng.real(5.0, 11.0) * shot.rng.sign();
    let (w, h) = shot.size();
    let (dx, dy) = (f64::from(w * share * shot.rng.sign()) * 0.7, f64::from(-h * share) * 0.7);
    let (cx, cy) = (f64::from(w) / 2.0, f64::from(h) / 2.0);
    let map = Map::scaled(1.0, 1.0, cx + dx, cy + dy)
        .after(&Map::turned(f64::from(degrees)))
        .after(&Map::scaled(1.0, 1.0, -cx, -cy));
    let image = warp(&shot.image, &map, w as u32, h as u32, &|_, _| [248.0; 3]);
    shot.skew_deg += degrees;
    shot.replace(image, map);
}
