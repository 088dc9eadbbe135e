//! A page on its way from paper to file.

use image::RgbImage;

use crate::chance::{Chance, Draw, derive, stream};
use crate::degrade::light::byte;
use crate::degrade::warp::Map;
use crate::degrade::{Cause, Encoding};
use crate::truth::{Geometry, Light};

/// Millimetres in an inch.
const MM_PER_INCH: f32 = 25.4;

/// The page, where it lies, and the chance of the defect at work.
pub(crate) struct Shot {
    pub(crate) image: RgbImage,
    /// Clean page to image.
    pub(crate) map: Map,
    pub(crate) turn_deg: u32,
    pub(crate) skew_deg: f32,
    pub(crate) light: Option<Light>,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) rng: Chance,
    severity: u8,
    dpi: f32,
}

impl Shot {
    pub(crate) fn of(image: &RgbImage, dpi: u32, seed: u64) -> Self {
        Self {
            image: image.clone(),
            map: Map::IDENTITY,
            turn_deg: 0,
            skew_deg: 0.0,
            light: None,
            encoding: None,
            rng: stream(seed, "shot"),
            severity: 0,
            dpi: dpi as f32,
        }
    }

    /// Takes up the next defect with a stream of its own.
    pub(crate) fn begin(&mut self, cause: &Cause, seed: u64) {
        self.severity = cause.severity;
        self.rng = stream(derive(seed, cause.mechanism, u64::from(cause.severity)), "defect");
    }

    /// The value of the severity in force (1 to 5), up to 8 % off, so that grades are no fixed steps.
    pub(crate) fn grade(&mut self, levels: [f32; 5]) -> f32 {
        /// Half the width of the scatter; neighbouring levels lie further apart than twice this.
        const SCATTER: f32 = 0.08;
        let at = usize::from(self.severity.clamp(1, 5)) - 1;
        levels[at] * (1.0 + self.rng.real(-SCATTER, SCATTER))
    }

    /// Pixels of a length on paper.
    pub(crate) fn pixels(&self, millimetres: f32) -> f32 {
        millimetres * self.dpi / MM_PER_INCH
    }

    /// Width and height of the image.
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.image.width() as f32, self.image.height() as f32)
    }

    /// Puts another image in place of this one; `map` takes pixels of the old to pixels of the new.
    pub(crate) fn replace(&mut self, image: RgbImage, map: Map) {
        self.dpi *= map.scale_at(f64::from(self.image.width()) / 2.0, f64::from(self.image.height()) / 2.0) as f32;
        self.map = map.after(&self.map);
        self.image = image;
    }

    /// A seed for a texture.
    pub(crate) fn seed(&mut self) -> u64 {
        let (high, low) = (self.rng.whole(0, u32::MAX), self.rng.whole(0, u32::MAX));
        u64::from(high) << 32 | u64::from(low)
    }

    /// A place over the printed middle of the page, as shares of width and height.
    pub(crate) fn spot(&mut self) -> (f32, f32) {
        (self.rng.real(0.3, 0.7), self.rng.real(0.2, 0.6))
    }

    /// Recolours each pixel by its value alone.
    pub(crate) fn tone(&mut self, curve: impl Fn(f32) -> f32) {
        let table: Vec<u8> = (0..=255u8).map(|v| byte(curve(f32::from(v) / 255.0) * 255.0)).collect();
        for value in self.image.iter_mut() {
            *value = table[usize::from(*value)];
        }
    }

    /// Takes the colour out, as an office scanner set to grey does.
    pub(crate) fn grey(&mut self) {
        for p in self.image.pixels_mut() {
            let luma = (u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8;
            p.0 = [luma as u8; 3];
        }
    }

    /// Place and light, for the truth.
    pub(crate) fn geometry(&self) -> Geometry {
        Geometry { turn_deg: self.turn_deg, skew_deg: self.skew_deg, homography: self.map.rows(), light: self.light }
    }
}
