//! Faint ink: toner at its end, a worn ribbon, a copy of a copy.

use crate::chance::Draw;
use crate::degrade::grain::{Field, Grain, add_noise};
use crate::degrade::light::byte;
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("low_contrast.pale", pale),
    mechanism("low_contrast.uneven_toner", uneven_toner),
    mechanism("low_contrast.worn_ribbon", worn_ribbon),
];

/// Share of the ink's darkness that is left.
const LEFT: [f32; 5] = [0.5, 0.31, 0.19, 0.115, 0.065];

/// Weakens ink: `left` is the share that stays at shares of width and height.
fn weaken(shot: &mut Shot, paper: f32, mut left: impl FnMut(f32, f32) -> f32) {
    let (w, h) = shot.size();
    for (x, y, pixel) in shot.image.enumerate_pixels_mut() {
        let share = left(x as f32 / w, y as f32 / h);
        for value in &mut pixel.0 {
            *value = byte(paper - (paper - f32::from(*value)).max(0.0) * share);
        }
    }
}

/// The whole page pale alike.
fn pale(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let paper = shot.rng.real(205.0, 252.0);
    shot.tone(|v| (paper - (1.0 - v) * 255.0 * left) / 255.0);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| 1.4);
}

/// Toner that runs out in patches and streaks.
fn uneven_toner(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let (patches, streaks) = (Field::new(shot.seed(), 4, 3), Field::new(shot.seed(), 34, 1));
    weaken(shot, 250.0, |x, y| (left * (1.0 + 0.55 * patches.at(x, y) + 0.35 * streaks.at(x, 0.5))).clamp(0.0, 1.0));
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| 1.2);
}

/// A ribbon that leaves out grains of the stroke.
fn worn_ribbon(shot: &mut Shot) {
    let left = shot.grade(LEFT);
    let missing = shot.grade([0.15, 0.25, 0.35, 0.45, 0.55]);
    let mut grain = Grain::new(shot.seed());
    weaken(shot, 248.0, |_, _| {
        let roll = grain.share();
        if roll < missing { left * 0.35 } else { (left * 1.25).min(1.0) }
    });
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| 1.2);
}
