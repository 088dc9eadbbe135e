//! Shadows: part of the page gets less light, and the camera's noise shows there.

use crate::chance::Draw;
use crate::degrade::grain::{Field, add_noise};
use crate::degrade::light::relight;
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("shadow.side_light", side_light),
    mechanism("shadow.hand", hand),
    mechanism("shadow.phone_edge", phone_edge),
];

/// Light left in the shadow.
const LEFT: [f32; 5] = [0.42, 0.2, 0.085, 0.035, 0.012];

/// Smooth step from 0 to 1 between two edges.
fn step(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn sensor(shot: &mut Shot) {
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.3, |v| 1.2 + 2.4 * (1.0 - v));
}

/// A lamp far to one side: light fades across the page.
fn side_light(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let angle = shot.rng.real(0.0, std::f32::consts::TAU);
    let (s, c) = (libm::sinf(angle), libm::cosf(angle));
    relight(&mut shot.image, |x, y| {
        let t = step(-0.45, 0.45, (x - 0.5) * c + (y - 0.5) * s);
        // Falls by a constant factor per length, as light with distance does.
        (0.95 * libm::expf(libm::logf(left) * t), 0.0)
    });
    sensor(shot);
}

/// A hand and arm over the page: a wavering outline with a soft rim.
fn hand(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let rim = shot.rng.real(0.02, 0.07);
    let reach = shot.rng.real(0.42, 0.68);
    let outline = Field::new(shot.seed(), 5, 5);
    let from_left = shot.rng.odds(0.5);
    let slope = shot.rng.real(-0.35, 0.35);
    relight(&mut shot.image, |x, y| {
        let side = if from_left { x } else { 1.0 - x };
        let edge = reach + slope * (y - 0.4) + 0.14 * outline.at(x, y);
        let t = step(-rim, rim, edge - side);
        (0.97 * (1.0 - (1.0 - left) * t), 0.0)
    });
    sensor(shot);
}

/// The phone's own shadow: a turned rectangle with a crisp edge.
fn phone_edge(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let angle = shot.rng.real(-0.5, 0.5);
    let (s, c) = (libm::sinf(angle), libm::cosf(angle));
    let (cx, cy) = shot.spot();
    let (half_w, half_h) = (shot.rng.real(0.24, 0.38), shot.rng.real(0.3, 0.5));
    let rim = shot.rng.real(0.006, 0.02);
    relight(&mut shot.image, |x, y| {
        let (dx, dy) = (x - cx, y - cy);
        let (u, v) = ((dx * c + dy * s).abs(), (dy * c - dx * s).abs());
        let t = step(-rim, rim, half_w - u) * step(-rim, rim, half_h - v);
        (0.95 * (1.0 - (1.0 - left) * t), 0.0)
    });
    sensor(shot);
}
