//! Good phone photos: they look unlike scans and read as well.

use crate::chance::Draw;
use crate::degrade::blur::gaussian;
use crate::degrade::grain::{Field, add_noise};
use crate::degrade::light::relight;
use crate::degrade::scene::Desk;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const GOOD: [Mechanism; 2] =
    [mechanism("photo_good.day_desk", day_desk), mechanism("photo_good.night_table", night_table)];

/// Puts the page on a desk, its corners up to `wander` (a share of the page's width) off a centred rectangle.
pub(super) fn lay(shot: &mut Shot, desk: &Desk, wander: f32, border: f32) {
    let (w, h) = shot.size();
    let (fw, fh) = (w * (1.0 + 2.0 * border), h * (1.0 + 2.0 * border));
    let mut corner = |x: f32, y: f32| {
        let (dx, dy) = (shot.rng.real(-wander, wander) * w, shot.rng.real(-wander, wander) * w);
        (f64::from(x * w + border * w + dx), f64::from(y * h + border * h + dy))
    };
    let to = [corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0)];
    let map = Map::onto(f64::from(w), f64::from(h), to);
    let image = warp(&shot.image, &map, fw as u32, fh as u32, &|x, y| desk.colour(x, y));
    shot.replace(image, map);
}

/// Window light from one side, a steady hand.
fn day_desk(shot: &mut Shot) {
    let desk = Desk::day(shot);
    let border = shot.rng.real(0.03, 0.09);
    lay(shot, &desk, 0.018, border);
    let (lean_x, lean_y) = (shot.rng.real(-0.22, 0.22), shot.rng.real(-0.18, 0.18));
    let level = shot.rng.real(0.78, 0.98);
    relight(&mut shot.image, |x, y| (level * (1.0 + lean_x * (x - 0.5) + lean_y * (y - 0.5)), 0.0));
    let sigma = shot.pixels(shot.rng.clone().real(0.02, 0.05));
    shot.image = gaussian(&shot.image, sigma);
    let (seed, noise) = (shot.seed(), shot.rng.real(1.0, 2.2));
    add_noise(&mut shot.image, seed, 0.4, |v| noise * (0.6 + 0.6 * v));
}

/// Lamp light: warmer, darker at the corners, a little noisier, the lamp's patches uneven.
fn night_table(shot: &mut Shot) {
    let desk = Desk::night(shot);
    let border = shot.rng.real(0.04, 0.12);
    lay(shot, &desk, 0.024, border);
    let (cx, cy) = shot.spot();
    let fall = shot.rng.real(0.25, 0.5);
    let patches = Field::new(shot.seed(), 3, 4);
    relight(&mut shot.image, |x, y| {
        let d2 = (x - cx) * (x - cx) + (y - cy) * (y - cy);
        (0.86 * (1.0 - fall * d2) * (1.0 + 0.05 * patches.at(x, y)), 0.0)
    });
    let warmth = shot.rng.real(0.84, 0.95);
    for pixel in shot.image.pixels_mut() {
        pixel[2] = (f32::from(pixel[2]) * warmth) as u8;
    }
    let sigma = shot.pixels(shot.rng.clone().real(0.03, 0.06));
    shot.image = gaussian(&shot.image, sigma);
    let (seed, noise) = (shot.seed(), shot.rng.real(1.6, 3.2));
    add_noise(&mut shot.image, seed, 0.5, |_| noise);
}
