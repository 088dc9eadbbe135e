//! Colour pixels and the way from them to brightness.

use sanad_checks::page::{Luma, Region};

/// Weights of red, green and blue in brightness, in 1/256, after ITU-R BT.601 as JPEG uses it.
const WEIGHTS: [u32; 3] = [77, 150, 29];

/// A picture in colour, three bytes a pixel, row after row from the top left.
#[derive(Clone, Debug)]
pub(crate) struct Rgb {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Rgb {
    /// Takes `3 * width * height` bytes; `None` when the count does not fit.
    pub(crate) fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width.checked_mul(height)?.checked_mul(3)? == pixels.len()).then_some(Self { width, height, pixels })
    }

    /// A grey picture as colour.
    pub(crate) fn from_luma(luma: &Luma) -> Self {
        let pixels = luma.pixels().iter().flat_map(|&v| [v, v, v]).collect();
        Self { width: luma.width(), height: luma.height(), pixels }
    }

    /// The part of the picture that lies in a region, as far as it does.
    pub(crate) fn cut(&self, region: Region) -> Self {
        let within = |from: u32, long: u32, most: usize| (from as usize).min(most)..((from + long) as usize).min(most);
        let columns = within(region.x, region.width, self.width);
        let rows = within(region.y, region.height, self.height);
        let row = |y: usize| &self.pixels[(y * self.width + columns.start) * 3..(y * self.width + columns.end) * 3];
        Self { width: columns.len(), height: rows.len(), pixels: rows.flat_map(row).copied().collect() }
    }

    /// Brightness of every pixel.
    pub(crate) fn luma(&self) -> Luma {
        let pixels = self.pixels.chunks_exact(3).map(|p| brightness([p[0], p[1], p[2]])).collect();
        Luma::new(self.width, self.height, pixels).expect("three bytes a pixel were checked on making")
    }

    /// Whether every pixel is grey, so that the colour need not be kept.
    pub(crate) fn is_grey(&self) -> bool {
        self.pixels.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2])
    }
}

/// Brightness of one colour.
pub(crate) fn brightness(rgb: [u8; 3]) -> u8 {
    let sum: u32 = rgb.iter().zip(WEIGHTS).map(|(&c, w)| u32::from(c) * w).sum();
    ((sum + 128) >> 8) as u8
}

/// A channel with its alpha laid over white paper.
pub(crate) fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// Ink coverages (0 none, 255 full) of a print in four colours as screen colour.
pub(crate) fn from_cmyk([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    [c, m, y].map(|ink| ((255 - u32::from(ink)) * (255 - u32::from(k)) / 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_cut_out_as_far_as_it_lies_in_the_picture() {
        let picture = Rgb::new(2, 2, (0..12).collect()).expect("whole");
        assert_eq!(picture.cut(Region::new(1, 0, 1, 2)).pixels, [3, 4, 5, 9, 10, 11]);
        let over = picture.cut(Region::new(1, 1, 9, 9));
        assert_eq!((over.width, over.height, over.pixels), (1, 1, vec![9, 10, 11]));
    }

    #[test]
    fn white_stays_white_and_black_black() {
        assert_eq!(brightness([255; 3]), 255);
        assert_eq!(brightness([0; 3]), 0);
        assert_eq!(over_white(0, 0), 255);
        assert_eq!(over_white(40, 255), 40);
        assert_eq!(from_cmyk([0, 0, 0, 0]), [255; 3]);
        assert_eq!(from_cmyk([0, 0, 0, 255]), [0; 3]);
    }
}
