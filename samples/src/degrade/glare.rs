//! Glare: a lamp mirrored in gloss, so bright that the ink under it is gone.

use crate::chance::Draw;
use crate::degrade::light::relight;
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("glare.flash", flash),
    mechanism("glare.plastic_sleeve", plastic_sleeve),
    mechanism("glare.lamp_streak", lamp_streak),
];

/// Light of the reflection's core against white paper's 1; well past clipping.
const CORE: f32 = 3.0;

/// Falls from 1 at the core to 0 outside; `d` in radii.
fn falloff(d: f32) -> f32 {
    libm::expf(-d * d * d * d)
}

/// The flash, mirrored once.
fn flash(shot: &mut Shot) {
    let reach = shot.grade([0.09, 0.16, 0.24, 0.33, 0.45]);
    let (cx, cy) = shot.spot();
    let (w, h) = shot.size();
    let oblong = shot.rng.real(0.7, 1.3);
    let level = shot.rng.real(0.4, 0.75);
    relight(&mut shot.image, |x, y| {
        let (dx, dy) = ((x - cx) / reach, (y - cy) * h / w / (reach * oblong));
        let d = libm::sqrtf(dx * dx + dy * dy);
        (level, CORE * falloff(d) + 0.05 * libm::expf(-d))
    });
}

/// Bands across the page at an angle: `(offset, half width)` as shares of the width.
fn bands(shot: &mut Shot, angle: f32, bands: &[(f32, f32)], level: f32, length: f32) {
    let (s, c) = (libm::sinf(angle), libm::cosf(angle));
    let (w, h) = shot.size();
    let (cx, cy) = shot.spot();
    relight(&mut shot.image, |x, y| {
        let (dx, dy) = (x - cx, (y - cy) * h / w);
        let (along, across) = (dx * c + dy * s, dy * c - dx * s);
        let light: f32 = bands.iter().map(|(at, half)| falloff((across - at) / half)).sum();
        (level, CORE * light * falloff(along / length))
    });
}

/// A plastic sleeve: several folds, each with a streak of its own.
fn plastic_sleeve(shot: &mut Shot) {
    let half = shot.grade([0.012, 0.022, 0.036, 0.055, 0.08]);
    let angle = shot.rng.real(-0.7, 0.7);
    let count = shot.rng.whole(3, 5);
    let list: Vec<(f32, f32)> = (0..count)
        .map(|at| {
            let offset = (at as f32 - count as f32 / 2.0) * 0.2 + shot.rng.real(-0.05, 0.05);
            (offset, half * shot.rng.real(0.6, 1.2))
        })
        .collect();
    let level = shot.rng.real(0.55, 0.85);
    bands(shot, angle, &list, level, 0.75);
}

/// Ceiling tubes, mirrored as one or two long bars.
fn lamp_streak(shot: &mut Shot) {
    let half = shot.grade([0.035, 0.06, 0.095, 0.14, 0.2]);
    let angle = shot.rng.real(-0.35, 0.35) + if shot.rng.odds(0.5) { std::f32::consts::FRAC_PI_2 } else { 0.0 };
    let list = if shot.rng.odds(0.5) {
        vec![(0.0, half)]
    } else {
        vec![(-half * 1.2, half * 0.55), (half * 1.2, half * 0.55)]
    };
    let level = shot.rng.real(0.45, 0.7);
    bands(shot, angle, &list, level, 0.6);
}
