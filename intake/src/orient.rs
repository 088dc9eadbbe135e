//! Quarter turns and mirrors, on brightness and on colour.

use sanad_checks::page::Luma;

use crate::raster::Rgb;

/// Side of the square that is turned at a time, so that both sides of the copy stay in the cache.
const BLOCK_PX: usize = 32;

/// A turn by quarters with an optional mirror before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Left and right are swapped first.
    pub(crate) mirrored: bool,
    /// Quarter turns clockwise, 0–3, after the mirror.
    pub(crate) quarters: u8,
}

impl Turn {
    /// A clockwise turn by 0, 90, 180 or 270 degrees; others are read as their nearest quarter.
    pub(crate) const fn clockwise(degrees: u16) -> Self {
        Self { mirrored: false, quarters: ((degrees / 90) % 4) as u8 }
    }

    /// The turn that makes a picture with this EXIF orientation (1–8) upright.
    pub(crate) const fn from_exif(orientation: u32) -> Self {
        let (mirrored, quarters) = match orientation {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Self { mirrored, quarters }
    }

    /// How far the content stood turned clockwise before this turn, degrees.
    pub(crate) const fn undone_deg(self) -> u16 {
        (4 - self.quarters as u16) % 4 * 90
    }

    /// Whether nothing is to be done.
    pub(crate) const fn is_none(self) -> bool {
        !self.mirrored && self.quarters == 0
    }

    /// First this turn, then a plain clockwise one.
    pub(crate) const fn then_clockwise(self, degrees: u16) -> Self {
        Self { mirrored: self.mirrored, quarters: (self.quarters + Self::clockwise(degrees).quarters) % 4 }
    }

    /// Brightness, turned.
    pub(crate) fn luma(self, luma: Luma) -> Luma {
        if self.is_none() {
            return luma;
        }
        let (width, height) = (luma.width(), luma.height());
        let (out_width, out_height) = self.size(width, height);
        let pixels = self.turn::<1>(luma.pixels(), width, height);
        Luma::new(out_width, out_height, pixels).expect("a turn keeps the count of pixels")
    }

    /// Colour, turned.
    pub(crate) fn rgb(self, rgb: Rgb) -> Rgb {
        if self.is_none() {
            return rgb;
        }
        let (width, height) = self.size(rgb.width, rgb.height);
        Rgb { width, height, pixels: self.turn::<3>(&rgb.pixels, rgb.width, rgb.height) }
    }

    const fn size(self, width: usize, height: usize) -> (usize, usize) {
        if self.quarters % 2 == 1 { (height, width) } else { (width, height) }
    }

    fn turn<const BYTES: usize>(self, pixels: &[u8], width: usize, height: usize) -> Vec<u8> {
        let (out_width, out_height) = self.size(width, height);
        let mut out = vec![0; pixels.len()];
        for block_y in (0..out_height).step_by(BLOCK_PX) {
            for block_x in (0..out_width).step_by(BLOCK_PX) {
                for y in block_y..(block_y + BLOCK_PX).min(out_height) {
                    for x in block_x..(block_x + BLOCK_PX).min(out_width) {
                        let (from_x, from_y) = self.source(x, y, width, height);
                        let from = (from_y * width + from_x) * BYTES;
                        let to = (y * out_width + x) * BYTES;
                        out[to..to + BYTES].copy_from_slice(&pixels[from..from + BYTES]);
                    }
                }
            }
        }
        out
    }

    /// Where the pixel that ends up at `(x, y)` stood in the picture of `width` by `height`.
    const fn source(self, x: usize, y: usize, width: usize, height: usize) -> (usize, usize) {
        let (from_x, from_y) = match self.quarters {
            1 => (y, height - 1 - x),
            2 => (width - 1 - x, height - 1 - y),
            3 => (width - 1 - y, x),
            _ => (x, y),
        };
        if self.mirrored { (width - 1 - from_x, from_y) } else { (from_x, from_y) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three: 1 2 3 / 4 5 6.
    fn sample() -> Luma {
        Luma::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap()
    }

    #[test]
    fn a_quarter_clockwise_puts_the_left_column_on_top() {
        let turned = Turn::clockwise(90).luma(sample());
        assert_eq!((turned.width(), turned.height()), (2, 3));
        assert_eq!(turned.pixels(), [4, 1, 5, 2, 6, 3]);
    }

    #[test]
    fn four_quarters_are_none() {
        let mut luma = sample();
        for _ in 0..4 {
            luma = Turn::clockwise(90).luma(luma);
        }
        assert_eq!(luma, sample());
    }

    #[test]
    fn exif_orientations_follow_the_standard() {
        let of = |o| Turn::from_exif(o).luma(sample()).pixels().to_vec();
        assert_eq!(of(1), [1, 2, 3, 4, 5, 6]);
        assert_eq!(of(2), [3, 2, 1, 6, 5, 4]);
        assert_eq!(of(3), [6, 5, 4, 3, 2, 1]);
        assert_eq!(of(4), [4, 5, 6, 1, 2, 3]);
        assert_eq!(of(5), [1, 4, 2, 5, 3, 6]);
        assert_eq!(of(6), [4, 1, 5, 2, 6, 3]);
        assert_eq!(of(7), [6, 3, 5, 2, 4, 1]);
        assert_eq!(of(8), [3, 6, 2, 5, 1, 4]);
    }

    #[test]
    fn colour_turns_as_brightness_does() {
        let turned = Turn::clockwise(270).rgb(Rgb::from_luma(&sample()));
        assert_eq!(turned.luma().pixels(), Turn::clockwise(270).luma(sample()).pixels());
    }
}
