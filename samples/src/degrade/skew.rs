//! Turned in the plane: a little askew, or by quarter turns.

use image::imageops;

use crate::chance::Draw;
use crate::degrade::scene::{Desk, lid};
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Ground, Map, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const SKEW: [Mechanism; 3] =
    [mechanism("skew.glass", glass), mechanism("skew.tight_glass", tight_glass), mechanism("skew.desk", desk)];

pub(super) const TURN: [Mechanism; 2] = [mechanism("turn.quarter", quarter), mechanism("turn.slanted", slanted)];

/// Degrees off upright.
const DEGREES: [f32; 5] = [2.0, 4.5, 7.5, 11.0, 14.5];

/// Turns the page about its centre; the frame grows by `room` of what the turn needs to keep every corner.
fn turn(shot: &mut Shot, degrees: f32, room: f32, ground: &Ground<'_>) {
    let (w, h) = shot.size();
    let angle = degrees.abs().to_radians();
    let (s, c) = (libm::sinf(angle), libm::cosf(angle));
    let (fw, fh) = (w + room * (w * c + h * s - w), h + room * (h * c + w * s - h));
    let map = Map::scaled(1.0, 1.0, f64::from(fw) / 2.0, f64::from(fh) / 2.0)
        .after(&Map::turned(f64::from(degrees)))
        .after(&Map::scaled(1.0, 1.0, f64::from(-w) / 2.0, f64::from(-h) / 2.0));
    let image = warp(&shot.image, &map, fw as u32, fh as u32, ground);
    shot.skew_deg += degrees;
    shot.replace(image, map);
}

fn graded(shot: &mut Shot) -> f32 {
    shot.grade(DEGREES).min(15.0) * shot.rng.sign()
}

/// Askew on a glass large enough.
fn glass(shot: &mut Shot) {
    let degrees = graded(shot);
    let colour = lid(shot);
    turn(shot, degrees, 1.0, &move |_, _| colour);
}

/// Askew on a glass of the page's own size: the corners go missing, the text hardly.
fn tight_glass(shot: &mut Shot) {
    let degrees = graded(shot);
    let colour = lid(shot);
    turn(shot, degrees, 0.45, &move |_, _| colour);
}

/// Askew on a desk.
fn desk(shot: &mut Shot) {
    let degrees = graded(shot);
    let desk = Desk::night(shot);
    turn(shot, degrees, 1.08, &|x, y| desk.colour(x, y));
}

/// The page put in sideways or upside down. Without loss.
fn quarter(shot: &mut Shot) {
    let turns = shot.rng.whole(1, 3);
    let (w, h) = (f64::from(shot.image.width()), f64::from(shot.image.height()));
    let (image, map) = match turns {
        1 => (imageops::rotate90(&shot.image), Map::onto(w, h, [(h, 0.0), (h, w), (0.0, w), (0.0, 0.0)])),
        2 => (imageops::rotate180(&shot.image), Map::onto(w, h, [(w, h), (0.0, h), (0.0, 0.0), (w, 0.0)])),
        _ => (imageops::rotate270(&shot.image), Map::onto(w, h, [(0.0, w), (0.0, 0.0), (h, 0.0), (h, w)])),
    };
    shot.turn_deg = (shot.turn_deg + turns * 90) % 360;
    shot.replace(image, map);
}

/// Sideways, and not quite straight either.
fn slanted(shot: &mut Shot) {
    let degrees = shot.rng.real(0.5, 3.0) * shot.rng.sign();
    turn(shot, degrees, 1.0, &|_, _| [247.0; 3]);
    quarter(shot);
}
