//! Too little light, and too much.

use crate::chance::Draw;
use crate::degrade::blur::gaussian;
use crate::degrade::grain::add_noise;
use crate::degrade::light::{decoded, encoded, share_of, value_of};
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};
use crate::truth::Light;

pub(super) const DARK: [Mechanism; 3] = [
    mechanism("dark.short_shutter", short_shutter),
    mechanism("dark.steep_curve", steep_curve),
    mechanism("dark.pushed_sensor", pushed_sensor),
];

pub(super) const BRIGHT: [Mechanism; 3] = [
    mechanism("overexposed.veil", veil),
    mechanism("overexposed.flat_curve", flat_curve),
    mechanism("overexposed.bloom", bloom),
];

/// Too little light reaches the sensor; its own noise stays as it was.
fn short_shutter(shot: &mut Shot) {
    let gain = shot.grade([0.3, 0.12, 0.045, 0.016, 0.0055]);
    let noise = shot.grade([1.5, 2.2, 3.0, 3.8, 4.6]);
    shot.tone(|v| encoded(decoded(v) * gain));
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.4, |_| noise);
    shot.light = Some(Light { gain, gamma: 1.0 });
}

/// A scanner's tone curve set far too dark.
fn steep_curve(shot: &mut Shot) {
    let gamma = shot.grade([1.6, 2.3, 3.2, 4.2, 5.5]);
    let gain = shot.grade([0.72, 0.5, 0.33, 0.2, 0.12]);
    shot.tone(|v| libm::powf(v * 0.97, gamma) * gain);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| 2.0);
    shot.light = Some(Light { gain: libm::powf(gain, 2.2), gamma });
}

/// A dark room: the camera amplifies what little it got, noise and all.
fn pushed_sensor(shot: &mut Shot) {
    let level = shot.grade([0.5, 0.36, 0.25, 0.17, 0.11]);
    let noise = shot.grade([5.0, 9.0, 14.0, 20.0, 27.0]);
    shot.tone(|v| level * v);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.6, |v| noise * (0.4 + v));
    shot.light = Some(Light { gain: decoded(level), gamma: 1.0 });
}

/// Brightness that ink ends up at, as a share of linear light: at 0.86 a thin stroke is all but gone.
const INK_LIGHT: [f32; 5] = [0.12, 0.3, 0.52, 0.72, 0.87];

/// Stray light lies over page and ink alike, and the page clips.
fn veil(shot: &mut Shot) {
    let ink = shot.grade(INK_LIGHT).min(0.95);
    let gain = shot.rng.real(1.15, 1.45);
    shot.tone(|v| encoded((decoded(v) * (1.0 - ink) + ink) * gain));
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.2, |v| 1.5 * (1.0 - v) + 0.2);
    shot.light = Some(Light { gain: (1.0 - ink) * gain, gamma: 1.0 });
}

/// A tone curve set far too light.
fn flat_curve(shot: &mut Shot) {
    let gamma = shot.grade([0.5, 0.32, 0.19, 0.11, 0.055]);
    let gain = shot.rng.real(1.03, 1.08);
    shot.tone(|v| libm::powf(v.max(0.01), gamma) * gain);
    shot.light = Some(Light { gain: libm::powf(gain, 2.2), gamma });
}

/// The paper is so bright that its light spreads into the strokes.
fn bloom(shot: &mut Shot) {
    let ink = shot.grade(INK_LIGHT).min(0.95);
    let mm = shot.rng.real(0.25, 0.4);
    let glow = gaussian(&shot.image, shot.pixels(mm));
    for (value, around) in shot.image.iter_mut().zip(glow.iter()) {
        *value = value_of((share_of(*value) + ink * share_of(*around)) * 1.1);
    }
    shot.light = Some(Light { gain: 1.1, gamma: 1.0 });
}
