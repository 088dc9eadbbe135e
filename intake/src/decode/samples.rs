//! Interleaved samples of the lossless formats to brightness and colour.

use sanad_checks::page::Luma;

use super::Colour;
use crate::raster::{Rgb, from_cmyk, over_white};

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// Ink coverages, 255 full.
    Cmyk,
    /// Brightness and two colour differences, as JPEG has them.
    YCbCr,
}

impl Layout {
    /// Samples a pixel.
    pub(super) const fn samples(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb | Self::YCbCr => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// Brightness and colour of a picture of eight-bit samples. Alpha is laid over white paper.
/// `None` when the count of samples does not fit the size.
pub(super) fn planes(
    width: usize,
    height: usize,
    layout: Layout,
    mut samples: Vec<u8>,
) -> Option<(Luma, Colour<'static>)> {
    let pixels = width.checked_mul(height)?;
    if samples.len() < pixels.checked_mul(layout.samples())? {
        return None;
    }
    samples.truncate(pixels * layout.samples());
    let rgb = match layout {
        Layout::Grey => return Some((Luma::new(width, height, samples)?, Colour::Grey)),
        Layout::GreyAlpha => {
            let grey = samples.chunks_exact(2).map(|p| over_white(p[0], p[1])).collect();
            return Some((Luma::new(width, height, grey)?, Colour::Grey));
        }
        Layout::Rgb => samples,
        Layout::Rgba => packed(&mut samples, 4, |p| [0, 1, 2].map(|i| over_white(p[i], p[3]))),
        Layout::Cmyk => packed(&mut samples, 4, |p| from_cmyk([p[0], p[1], p[2], p[3]])),
        Layout::YCbCr => packed(&mut samples, 3, |p| from_ycbcr([p[0], p[1], p[2]])),
    };
    let rgb = Rgb::new(width, height, rgb)?;
    let luma = rgb.luma();
    let colour = if rgb.is_grey() { Colour::Grey } else { Colour::Rgb(rgb) };
    Some((luma, colour))
}

/// Rewrites pixels of `step` samples as three, in place, so that no second copy is held.
fn packed(samples: &mut Vec<u8>, step: usize, convert: impl Fn(&[u8]) -> [u8; 3]) -> Vec<u8> {
    let pixels = samples.len() / step;
    for pixel in 0..pixels {
        let rgb = convert(&samples[pixel * step..][..step]);
        samples[pixel * 3..][..3].copy_from_slice(&rgb);
    }
    samples.truncate(pixels * 3);
    std::mem::take(samples)
}

/// Colour from full-range brightness and differences; JFIF 1.02, page 3.
fn from_ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [y + 1.402 * cr, y - 0.344_14 * cb - 0.714_14 * cr, y + 1.772 * cb].map(|v| v.round().clamp(0.0, 255.0) as u8)
}

/// The high bytes of sixteen-bit samples in the machine's order.
pub(super) fn high_bytes(samples: &[u16]) -> Vec<u8> {
    samples.iter().map(|&sample| (sample >> 8) as u8).collect()
}

/// Rows of samples of 1, 2 or 4 bits, each row padded to whole bytes, as values from 0.
pub(super) fn unpack(packed: &[u8], bits: usize, row_samples: usize, height: usize) -> Option<Vec<u8>> {
    let row_bytes = (row_samples.checked_mul(bits)?).div_ceil(8);
    let mask = (1u16 << bits) as u8 - 1;
    let mut out = Vec::with_capacity(row_samples.checked_mul(height)?);
    for row in packed.chunks_exact(row_bytes).take(height) {
        out.extend((0..row_samples).map(|x| {
            let bit = x * bits;
            (row[bit / 8] >> (8 - bits - bit % 8)) & mask
        }));
    }
    (out.len() == row_samples * height).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_out_from_the_left() {
        assert_eq!(unpack(&[0b1010_0000, 0b0100_0000], 1, 3, 2).unwrap(), [1, 0, 1, 0, 1, 0]);
        assert_eq!(unpack(&[0b11_01_00_10], 2, 4, 1).unwrap(), [3, 1, 0, 2]);
        assert!(unpack(&[0], 1, 3, 2).is_none());
    }

    #[test]
    fn colour_that_is_grey_is_not_kept() {
        let (luma, colour) = planes(2, 1, Layout::Rgba, vec![9, 9, 9, 255, 0, 0, 0, 0]).unwrap();
        assert_eq!(luma.pixels(), [9, 255]);
        assert!(matches!(colour, Colour::Grey));
        let (_, colour) = planes(1, 1, Layout::YCbCr, vec![76, 85, 255]).unwrap();
        let Colour::Rgb(rgb) = colour else { panic!("red is a colour") };
        assert_eq!(rgb.pixels, [254, 0, 0]);
    }
}
