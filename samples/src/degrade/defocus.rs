//! Out of focus: a point becomes a spot.

use crate::chance::Draw;
use crate::degrade::blur::{blend, convolve, gaussian, kernel};
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("defocus.gaussian", soft),
    mechanism("defocus.disc", disc),
    mechanism("defocus.tilted_field", tilted_field),
];

/// Standard deviation of the spot on paper, millimetres: the thin strokes of an 11 pt face are about 0.3 mm wide.
const SPREAD_MM: [f32; 5] = [0.09, 0.16, 0.25, 0.36, 0.55];

/// Many small errors of a cheap lens add up to a bell.
fn soft(shot: &mut Shot) {
    let mm = shot.grade(SPREAD_MM);
    shot.image = gaussian(&shot.image, shot.pixels(mm));
}

/// An ideal lens out of focus: an even disc of twice the bell's deviation in radius (equal variance).
fn disc(shot: &mut Shot) {
    let mm = shot.grade(SPREAD_MM);
    let radius = 2.0 * shot.pixels(mm);
    let step = (radius / 6.0).max(0.25);
    let reach = (radius / step).ceil() as i32;
    let points: Vec<(f32, f32)> = (-reach..=reach)
        .flat_map(|y| (-reach..=reach).map(move |x| (x as f32 * step, y as f32 * step)))
        .filter(|(x, y)| x * x + y * y <= radius * radius)
        .collect();
    shot.image = convolve(&shot.image, &kernel(&points));
}

/// The phone held at an angle: sharp on one side, ever softer towards the other.
fn tilted_field(shot: &mut Shot) {
    let mm = shot.grade(SPREAD_MM) * 1.35;
    let sigma = shot.pixels(mm);
    let half = gaussian(&shot.image, sigma * 0.5);
    let full = gaussian(&shot.image, sigma);
    let (ax, ay) = *shot.rng.pick(&[(1.0f32, 0.2f32), (-1.0, 0.3), (0.2, 1.0), (-0.2, -1.0)]);
    let depth = move |x: f32, y: f32| 0.62 + 0.5 * ((x - 0.5) * ax + (y - 0.5) * ay);
    let near = blend(&shot.image, &half, |x, y| depth(x, y) * 2.0);
    shot.image = blend(&near, &full, |x, y| depth(x, y) * 2.0 - 1.0);
}
