//! What happens to paper: print that shows through, coffee, folds.

use image::RgbImage;

use crate::chance::Draw;
use crate::degrade::blur::gaussian;
use crate::degrade::grain::Field;
use crate::degrade::light::relight;
use crate::degrade::shot::Shot;
use crate::degrade::warp::mirrored;
use crate::degrade::{Mechanism, mechanism};

pub(super) const BLEED: [Mechanism; 2] =
    [mechanism("bleed.even", bleed_even), mechanism("bleed.strong_patch", bleed_patch)];

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("stain_fold.coffee", coffee),
    mechanism("stain_fold.creased", creased),
    mechanism("stain_fold.crumpled", crumpled),
];

/// Darkness of the back's ink against the front's.
const SEEN: [f32; 5] = [0.12, 0.22, 0.34, 0.48, 0.65];

/// Multiplies the soft mirror image of the page's own print, shifted down, into the page.
fn bleed(shot: &mut Shot, share: impl Fn(f32, f32) -> f32) {
    let sigma = shot.pixels(0.1);
    let back: RgbImage = gaussian(&mirrored(&shot.image), sigma);
    let shift = shot.pixels(shot.rng.clone().real(2.0, 5.0)) as u32;
    let (w, h) = shot.image.dimensions();
    for (x, y, pixel) in shot.image.enumerate_pixels_mut() {
        let ink = 255.0 - f32::from(back.get_pixel(x, (y + shift) % h)[1]);
        let keep = 1.0 - share(x as f32 / w as f32, y as f32 / h as f32) * ink / 255.0;
        pixel.0 = pixel.0.map(|v| (f32::from(v) * keep) as u8);
    }
}

/// Thin paper.
fn bleed_even(shot: &mut Shot) {
    let seen = shot.grade(SEEN);
    bleed(shot, |_, _| seen);
}

/// Damp paper: worst in patches.
fn bleed_patch(shot: &mut Shot) {
    let seen = shot.grade(SEEN);
    let field = Field::new(shot.seed(), 4, 5);
    bleed(shot, |x, y| (seen * (1.0 + 0.9 * field.at(x, y))).clamp(0.0, 0.95));
}

/// Rings and blots of coffee.
fn coffee(shot: &mut Shot) {
    let dark = shot.grade([0.18, 0.32, 0.48, 0.64, 0.8]);
    let (w, h) = shot.size();
    let marks = shot.rng.whole(2, 4);
    for _ in 0..marks {
        let (cx, cy) = shot.spot();
        let r = shot.rng.real(0.1, 0.22);
        let ring = shot.rng.odds(0.5);
        let wobble = Field::new(shot.seed(), 9, 9);
        let across = h / w;
        for (x, y, pixel) in shot.image.enumerate_pixels_mut() {
            let (u, v) = (x as f32 / w, y as f32 / h);
            let (dx, dy) = (u - cx, (v - cy) * across);
            if dx.abs() > r * 1.4 || dy.abs() > r * 1.4 {
                continue;
            }
            let d = (dx * dx + dy * dy).sqrt() / r + 0.08 * wobble.at(u, v);
            let rim = (1.0 - ((d - 0.95).abs() * 14.0).min(1.0)).max(0.0);
            let pool = if d < 0.95 && !ring { 0.75 + 0.2 * wobble.at(v, u) } else { 0.0 };
            let strength = dark * rim.max(pool);
            // Coffee takes blue first.
            for (value, colour) in pixel.0.iter_mut().zip([0.45f32, 0.68, 0.95]) {
                *value = (f32::from(*value) * (1.0 - strength * colour)) as u8;
            }
        }
    }
}

/// Folds: each a bright ridge beside a dark valley, its two sides lit differently.
fn fold(shot: &mut Shot, folds: &[(f32, f32, f32)], depth: f32) {
    let (w, h) = shot.size();
    let across = h / w;
    relight(&mut shot.image, |x, y| {
        let mut gain = 1.0;
        for (angle_sin, angle_cos, at) in folds {
            let d = (x - 0.5) * angle_cos + (y - 0.5) * across * angle_sin - at;
            let side = d / (d.abs() + 0.02);
            let crack = libm::expf(-d * d / 0.000_03);
            gain *= 1.0 - depth * (0.35 * (0.5 + 0.5 * side) * libm::expf(-d.abs() * 3.0) + 0.75 * crack);
        }
        (gain.max(0.01), 0.0)
    });
}

/// Folded once or twice for the envelope; ink cracks off along the fold.
fn creased(shot: &mut Shot) {
    let depth = shot.grade([0.25, 0.42, 0.58, 0.75, 0.9]);
    let count = shot.rng.whole(2, 3);
    let folds: Vec<(f32, f32, f32)> = (0..count)
        .map(|at| {
            let angle = if at % 2 == 0 { std::f32::consts::FRAC_PI_2 } else { 0.0 } + shot.rng.real(-0.05, 0.05);
            (libm::sinf(angle), libm::cosf(angle), shot.rng.real(-0.3, 0.3))
        })
        .collect();
    fold(shot, &folds, depth);
}

/// Crumpled and smoothed out again: folds in every direction.
fn crumpled(shot: &mut Shot) {
    let depth = shot.grade([0.14, 0.24, 0.34, 0.45, 0.58]);
    let count = shot.rng.whole(9, 14);
    let folds: Vec<(f32, f32, f32)> = (0..count)
        .map(|_| {
            let angle = shot.rng.real(0.0, std::f32::consts::PI);
            (libm::sinf(angle), libm::cosf(angle), shot.rng.real(-0.6, 0.6))
        })
        .collect();
    fold(shot, &folds, depth);
}
