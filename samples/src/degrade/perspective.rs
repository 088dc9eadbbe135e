//! Seen at an angle.

use crate::chance::Draw;
use crate::degrade::grain::add_noise;
use crate::degrade::scene::Desk;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("perspective.from_below", from_below),
    mechanism("perspective.from_side", from_side),
    mechanism("perspective.lectern", lectern),
];

/// How much shorter the far edge is than the near one.
const SHORTER: [f32; 5] = [0.08, 0.16, 0.25, 0.35, 0.46];

/// Projects the page: corners as shares of the page's own rectangle, set in a frame with a border.
fn project(shot: &mut Shot, corners: [(f32, f32); 4], desk: &Desk) {
    let (w, h) = shot.size();
    let border = 0.05;
    let placed = corners.map(|(x, y)| (f64::from((x + border) * w), f64::from((y + border) * h)));
    let (fw, fh) = (w * (1.0 + 2.0 * border), h * (1.0 + 2.0 * border));
    let map = Map::onto(f64::from(w), f64::from(h), placed);
    let image = warp(&shot.image, &map, fw as u32, fh as u32, &|x, y| desk.colour(x, y));
    shot.replace(image, map);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.3, |_| 1.3);
}

/// The far edge on top, as when a paper lies before the photographer.
fn from_below(shot: &mut Shot) {
    let less = shot.grade(SHORTER);
    let lean = shot.rng.real(0.35, 0.65);
    let (left, right) = (less * lean, 1.0 - less * (1.0 - lean));
    let top = less * 0.5;
    let desk = Desk::day(shot);
    project(shot, [(left, top), (right, top), (1.0, 1.0), (0.0, 1.0)], &desk);
}

/// The far edge at one side.
fn from_side(shot: &mut Shot) {
    let less = shot.grade(SHORTER);
    let lean = shot.rng.real(0.35, 0.65);
    let (top, low) = (less * lean, 1.0 - less * (1.0 - lean));
    let narrow = less * 0.5;
    let desk = Desk::day(shot);
    let corners = if shot.rng.odds(0.5) {
        [(narrow, top), (1.0, 0.0), (1.0, 1.0), (narrow, low)]
    } else {
        [(0.0, 0.0), (1.0 - narrow, top), (1.0 - narrow, low), (0.0, 1.0)]
    };
    project(shot, corners, &desk);
}

/// Over a corner: both directions at once, and the page turned.
fn lectern(shot: &mut Shot) {
    let less = shot.grade(SHORTER);
    let (a, b) = (less * shot.rng.real(0.7, 1.0), less * shot.rng.real(0.25, 0.5));
    let desk = Desk::night(shot);
    let corners = if shot.rng.odds(0.5) {
        [(a * 0.8, b), (1.0, a * 0.3), (1.0 - b, 1.0), (0.0, 1.0 - b * 0.5)]
    } else {
        [(0.0, a * 0.3), (1.0 - a * 0.8, b), (1.0, 1.0 - b * 0.5), (b, 1.0)]
    };
    project(shot, corners, &desk);
}
