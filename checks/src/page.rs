//! A page as the checks see it: upright brightness, its size, and what is known of where it came from.

use serde::{Deserialize, Serialize};

/// Brightness of a page, one byte a pixel, 0 black to 255 white, row after row from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Luma {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Luma {
    /// Takes `width * height` bytes; `None` when the count does not fit.
    #[must_use]
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width.checked_mul(height) == Some(pixels.len())).then_some(Self { width, height, pixels })
    }

    /// A page of one brightness.
    #[must_use]
    pub fn filled(width: usize, height: usize, value: u8) -> Self {
        Self { width, height, pixels: vec![value; width * height] }
    }

    /// Width in pixels.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// All pixels, row after row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// All pixels, to be written.
    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// One row of pixels.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The pixel at column `x`, row `y`.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }

    /// The bytes, given up.
    #[must_use]
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }
}

/// A rectangle in page pixels, origin top left, half open: `[x, y, width, height]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "[u32; 4]", into = "[u32; 4]")]
pub struct Region {
    /// Left edge, pixels.
    pub x: u32,
    /// Top edge, pixels.
    pub y: u32,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
}

impl Region {
    /// A region from its left, top, width and height.
    #[must_use]
    pub const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { x, y, width, height }
    }

    /// The same place of a picture that is so many times as large.
    #[must_use]
    pub const fn times(self, scale: u32) -> Self {
        Self::new(self.x * scale, self.y * scale, self.width * scale, self.height * scale)
    }

    /// The region with so many pixels more at its sides, and above and below, inside a page of this width and height.
    #[must_use]
    pub fn grown(self, beside: u32, above: u32, (width, height): (u32, u32)) -> Self {
        let (x, y) = (self.x.saturating_sub(beside), self.y.saturating_sub(above));
        let right = (self.x + self.width + beside).min(width).max(x + 1);
        let bottom = (self.y + self.height + above).min(height).max(y + 1);
        Self::new(x, y, right - x, bottom - y)
    }

    /// The smallest region that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self::new(x, y, right - x, bottom - y)
    }

    /// Area in pixels.
    #[must_use]
    pub const fn area(self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// Whether a pixel lies in it.
    #[must_use]
    pub const fn holds(self, x: u32, y: u32) -> bool {
        self.x <= x && x < self.x + self.width && self.y <= y && y < self.y + self.height
    }

    /// Whether the middle of another lies in it.
    #[must_use]
    pub const fn holds_middle(self, other: Self) -> bool {
        self.holds(other.x + other.width / 2, other.y + other.height / 2)
    }

    /// Area that two have in common, in pixels.
    #[must_use]
    pub fn shared(self, other: Self) -> u64 {
        let along = |a: u32, length: u32, b: u32, other: u32| (a + length).min(b + other).saturating_sub(a.max(b));
        let wide = along(self.x, self.width, other.x, other.width);
        u64::from(wide) * u64::from(along(self.y, self.height, other.y, other.height))
    }

    /// Whether the two share a pixel, or lie within `gap` pixels of each other.
    #[must_use]
    pub const fn near(self, other: Self, gap: u32) -> bool {
        self.x <= other.x + other.width + gap
            && other.x <= self.x + self.width + gap
            && self.y <= other.y + other.height + gap
            && other.y <= self.y + self.height + gap
    }
}

impl From<[u32; 4]> for Region {
    fn from([x, y, width, height]: [u32; 4]) -> Self {
        Self::new(x, y, width, height)
    }
}

impl From<Region> for [u32; 4] {
    fn from(region: Region) -> Self {
        [region.x, region.y, region.width, region.height]
    }
}

/// What the file told about how the page was made; all of it may be missing or untrue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Resolution where it is true (a scanner's tag on a full page, a full-page image in a PDF).
    pub native_dpi: Option<f32>,
    /// Mean luma quantisation step of the JPEG tables (1 = finest); `None` where not a JPEG.
    pub jpeg_step: Option<f32>,
    /// The page was stored with one bit a pixel (a fax, a bilevel scan).
    pub bilevel: bool,
    /// The page was drawn from vector content, so its pixels are as sharp as they can be.
    pub rendered: bool,
}

/// One page, upright: after the EXIF turn and any quarter turn that was found.
#[derive(Clone, Debug)]
pub struct Page {
    /// Place in the file, from 0.
    pub index: u32,
    /// Brightness at full resolution.
    pub luma: Luma,
    /// Quarter turn that was undone, degrees clockwise that the content had been turned: 0, 90, 180 or 270.
    pub turned_deg: u16,
    /// How the page was made, as far as known.
    pub provenance: Provenance,
    /// How sure a reader of words was of a few of its lines, 0 to 1; `None` where none was asked.
    pub reader: Option<f32>,
}
