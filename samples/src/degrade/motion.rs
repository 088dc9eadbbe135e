//! Moved while the shutter was open: a point becomes a path.

use crate::chance::Draw;
use crate::degrade::blur::{convolve, kernel};
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("motion.straight", straight),
    mechanism("motion.double", double),
    mechanism("motion.curved_shake", curved_shake),
];

/// Length of the path on paper, millimetres.
const LENGTH_MM: [f32; 5] = [0.35, 0.65, 1.0, 1.5, 2.3];
/// Points a path is made of; enough for the longest one at 300 dpi.
const POINTS: usize = 96;

fn apply(shot: &mut Shot, path: impl Fn(f32) -> (f32, f32)) {
    let points: Vec<(f32, f32)> = (0..POINTS).map(|at| path((at as f32 + 0.5) / POINTS as f32 - 0.5)).collect();
    shot.image = convolve(&shot.image, &kernel(&points));
}

fn direction(shot: &mut Shot) -> (f32, f32) {
    let angle = shot.rng.real(0.0, std::f32::consts::PI);
    (libm::cosf(angle), libm::sinf(angle))
}

/// An even sweep.
fn straight(shot: &mut Shot) {
    let mm = shot.grade(LENGTH_MM);
    let length = shot.pixels(mm);
    let (dx, dy) = direction(shot);
    apply(shot, |t| (t * length * dx, t * length * dy));
}

/// A jerk: the hand rests at two places, and letters are seen twice.
fn double(shot: &mut Shot) {
    let mm = shot.grade(LENGTH_MM) * 0.75;
    let length = shot.pixels(mm);
    let (dx, dy) = direction(shot);
    let rest = shot.rng.real(0.3, 0.45);
    apply(shot, |t| {
        let place = if t + 0.5 < rest {
            -0.5
        } else if t + 0.5 > 1.0 - rest {
            0.5
        } else {
            t
        };
        (place * length * dx, place * length * dy)
    });
}

/// A tremor: a bent path, walked unevenly.
fn curved_shake(shot: &mut Shot) {
    let mm = shot.grade(LENGTH_MM);
    let length = shot.pixels(mm);
    let (dx, dy) = direction(shot);
    let bend = shot.rng.real(0.5, 1.1) * shot.rng.sign();
    apply(shot, |t| {
        let along = t * (0.6 + 0.8 * t.abs()) * length;
        let aside = bend * (t * t - 0.08) * length;
        (along * dx - aside * dy, along * dy + aside * dx)
    });
}
