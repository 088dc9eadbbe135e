//! Grain: fast normal deviates and smooth random fields, the same on every machine.

use std::sync::OnceLock;

use image::RgbImage;

use crate::degrade::light::byte;

const TABLE: usize = 4096;

/// Normal deviates by Box and Muller's method over an even grid, so that the table has the right spread exactly.
fn deviates() -> &'static [f32; TABLE] {
    static DEVIATES: OnceLock<[f32; TABLE]> = OnceLock::new();
    DEVIATES.get_or_init(|| {
        std::array::from_fn(|at| {
            let (radius, angle) = (at / 64, at % 64);
            let u = (radius as f32 + 0.5) / 64.0;
            let turn = (angle as f32 + 0.5) / 64.0 * std::f32::consts::TAU;
            libm::sqrtf(-2.0 * libm::logf(u)) * libm::cosf(turn)
        })
    })
}

/// A quick stream of bits (splitmix64); quality enough for grain, and cheap enough for millions of pixels.
pub(crate) struct Grain(u64);

impl Grain {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A share, 0 to 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// A normal deviate.
    pub(crate) fn normal(&mut self) -> f32 {
        deviates()[(self.bits() >> 52) as usize]
    }
}

/// Adds noise whose spread (in 8-bit steps) depends on the value it falls on. `colour` is the share of it that
/// differs between the three colours.
pub(crate) fn add_noise(image: &mut RgbImage, seed: u64, colour: f32, spread: impl Fn(f32) -> f32) {
    let spreads: Vec<f32> = (0..=255u8).map(|v| spread(f32::from(v) / 255.0)).collect();
    let mut grain = Grain::new(seed);
    let table = deviates();
    for pixel in image.pixels_mut() {
        let bits = grain.bits();
        let shared = table[(bits >> 52) as usize] * (1.0 - colour);
        let sigma = spreads[usize::from(pixel[1])];
        for (at, value) in pixel.0.iter_mut().enumerate() {
            let own = if colour > 0.0 { table[(bits >> (12 * at)) as usize % TABLE] * colour } else { 0.0 };
            *value = byte(f32::from(*value) + (shared + own) * sigma);
        }
    }
}

/// A smooth random field: values between -1 and 1 at grid points, interpolated smoothly.
pub(crate) struct Field {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Field {
    pub(crate) fn new(seed: u64, columns: usize, rows: usize) -> Self {
        let mut grain = Grain::new(seed);
        let values = (0..(columns + 2) * (rows + 2)).map(|_| grain.share() * 2.0 - 1.0).collect();
        Self { columns, rows, values }
    }

    /// The value at shares of width and height.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (gx, gy) = (x.clamp(0.0, 1.0) * self.columns as f32, y.clamp(0.0, 1.0) * self.rows as f32);
        let (cx, cy) = (gx as usize, gy as usize);
        let ease = |t: f32| t * t * (3.0 - 2.0 * t);
        let (fx, fy) = (ease(gx - cx as f32), ease(gy - cy as f32));
        let row = self.columns + 2;
        let cell = |dx: usize, dy: usize| self.values[(cy + dy) * row + cx + dx];
        let top = cell(0, 0) + (cell(1, 0) - cell(0, 0)) * fx;
        let low = cell(0, 1) + (cell(1, 1) - cell(0, 1)) * fx;
        top + (low - top) * fy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviates_are_normal() {
        let mut grain = Grain::new(3);
        let sample: Vec<f32> = (0..200_000).map(|_| grain.normal()).collect();
        let mean = sample.iter().sum::<f32>() / sample.len() as f32;
        let spread = (sample.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / sample.len() as f32).sqrt();
        assert!(mean.abs() < 0.02 && (spread - 1.0).abs() < 0.03, "{mean} {spread}");
    }

    #[test]
    fn fields_stay_in_range() {
        let field = Field::new(5, 7, 9);
        for at in 0..500 {
            let (x, y) = (at as f32 / 500.0, (at * 37 % 500) as f32 / 500.0);
            assert!((-1.0..=1.0).contains(&field.at(x, y)));
        }
    }
}
