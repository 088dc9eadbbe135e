//! Noise.

use crate::chance::Draw;
use crate::degrade::grain::{Grain, add_noise};
use crate::degrade::light::byte;
use crate::degrade::shot::Shot;
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("noise.sensor", sensor),
    mechanism("noise.salt_pepper", salt_pepper),
    mechanism("noise.speckle", speckle),
];

/// A sensor at its highest amplification.
fn sensor(shot: &mut Shot) {
    let sigma = shot.grade([10.0, 20.0, 34.0, 54.0, 82.0]);
    let colour = shot.rng.real(0.0, 0.7);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, colour, |v| sigma * (0.7 + 0.3 * v));
}

/// Dust, dead cells, a bad line: single pixels black or white.
fn salt_pepper(shot: &mut Shot) {
    let share = shot.grade([0.012, 0.035, 0.08, 0.15, 0.27]);
    let mut grain = Grain::new(shot.seed());
    for pixel in shot.image.pixels_mut() {
        let roll = grain.share();
        if roll < share {
            pixel.0 = if roll < share * 0.6 { [0; 3] } else { [255; 3] };
        }
    }
}

/// Grain in proportion to the light, as on rough paper or a bad screen; single grains are about two pixels wide.
fn speckle(shot: &mut Shot) {
    let sigma = shot.grade([0.1, 0.19, 0.31, 0.46, 0.68]);
    let (w, h) = (shot.image.width() as usize, shot.image.height() as usize);
    let mut grain = Grain::new(shot.seed());
    let mut above = vec![0f32; w + 1];
    let row_len = w * 3;
    for y in 0..h {
        let mut left = grain.normal();
        let fresh: Vec<f32> = std::iter::once(left).chain((0..w).map(|_| grain.normal())).collect();
        for x in 0..w {
            // Mixing with the neighbours before makes the grains wider; 1.32 restores their spread.
            let value = (fresh[x + 1] + 0.4 * left + 0.4 * above[x]) / 1.15;
            left = fresh[x + 1];
            for k in 0..3 {
                let cell = &mut shot.image.as_mut()[y * row_len + x * 3 + k];
                *cell = byte(f32::from(*cell) * (1.0 + sigma * value));
            }
        }
        above = fresh;
    }
}
