//! Linear light: 16-bit values in proportion to energy.

use std::sync::OnceLock;

use image::{ImageBuffer, RgbImage};

/// Exponent of the encoded value.
const GAMMA: f32 = 2.2;
const FULL: f32 = 65535.0;

/// Rows of red, green and blue in linear light.
pub(crate) struct Linear {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<u16>,
}

/// Nearest 8-bit value; the cast saturates, and is far quicker than `round`.
pub(crate) fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// Linear share of an encoded share, both 0 to 1.
pub(crate) fn decoded(value: f32) -> f32 {
    libm::powf(value.clamp(0.0, 1.0), GAMMA)
}

/// Encoded share of a linear share, both 0 to 1.
pub(crate) fn encoded(value: f32) -> f32 {
    libm::powf(value.clamp(0.0, 1.0), 1.0 / GAMMA)
}

/// Linear share of an 8-bit value, by table.
pub(crate) fn share_of(value: u8) -> f32 {
    f32::from(to_linear()[usize::from(value)]) / FULL
}

/// 8-bit value of a linear share, by table.
pub(crate) fn value_of(share: f32) -> u8 {
    to_encoded()[(share.clamp(0.0, 1.0) * FULL) as usize]
}

fn to_linear() -> &'static [u16; 256] {
    static TABLE: OnceLock<[u16; 256]> = OnceLock::new();
    TABLE.get_or_init(|| std::array::from_fn(|v| (decoded(v as f32 / 255.0) * FULL).round() as u16))
}

fn to_encoded() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| (0..=u16::MAX).map(|v| (encoded(f32::from(v) / FULL) * 255.0).round() as u8).collect())
}

impl Linear {
    pub(crate) fn of(image: &RgbImage) -> Self {
        let table = to_linear();
        Self {
            width: image.width() as usize,
            height: image.height() as usize,
            values: image.iter().map(|v| table[usize::from(*v)]).collect(),
        }
    }

    pub(crate) fn encode(&self) -> RgbImage {
        let table = to_encoded();
        let bytes = self.values.iter().map(|v| table[usize::from(*v)]).collect();
        ImageBuffer::from_raw(self.width as u32, self.height as u32, bytes)
            .expect("as many values as the image they came from")
    }

    /// One row, three values a pixel.
    pub(crate) fn row(&self, y: usize) -> &[u16] {
        &self.values[y * self.width * 3..(y + 1) * self.width * 3]
    }
}

/// Lights an image: every pixel becomes `linear · gain(x, y) + veil(x, y)`, clipped. The light is worked out on a
/// coarse grid and interpolated, since light is smooth; `x` and `y` are shares of width and height.
pub(crate) fn relight(image: &mut RgbImage, light: impl Fn(f32, f32) -> (f32, f32)) {
    /// Pixels between grid points.
    const STEP: usize = 8;
    let (w, h) = (image.width() as usize, image.height() as usize);
    let (down, up) = (to_linear(), to_encoded());
    let columns = w / STEP + 2;
    let row_at = |gy: usize| -> Vec<(f32, f32)> {
        let y = (gy * STEP) as f32 / h as f32;
        (0..columns).map(|gx| light((gx * STEP) as f32 / w as f32, y)).collect()
    };
    let (mut above, mut below) = (row_at(0), row_at(1));
    for (y, row) in image.chunks_exact_mut(w * 3).enumerate() {
        if y > 0 && y % STEP == 0 {
            above = std::mem::replace(&mut below, row_at(y / STEP + 1));
        }
        let fy = (y % STEP) as f32 / STEP as f32;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let (gx, fx) = (x / STEP, (x % STEP) as f32 / STEP as f32);
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                let (top, low) = (a + (b - a) * fx, c + (d - c) * fx);
                top + (low - top) * fy
            };
            let gain = mix(above[gx].0, above[gx + 1].0, below[gx].0, below[gx + 1].0);
            let veil = mix(above[gx].1, above[gx + 1].1, below[gx].1, below[gx + 1].1) * FULL;
            for value in pixel {
                let lit = f32::from(down[usize::from(*value)]) * gain + veil;
                *value = up[lit.clamp(0.0, FULL) as usize];
            }
        }
    }
}
