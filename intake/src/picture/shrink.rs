//! Smaller copies of pages, by area so that thin strokes keep their ink.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use sanad_checks::page::Luma;

use crate::raster::Rgb;

/// A smaller copy could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ShrinkError {
    /// The pixels do not fit the size.
    #[error("the pixels do not fit the size")]
    Buffer(#[from] fast_image_resize::ImageBufferError),
    /// The resizer refused.
    #[error("the resizer refused")]
    Resize(#[from] fast_image_resize::ResizeError),
}

/// Colour with its long side at most `side` pixels.
pub(super) fn rgb(rgb: Rgb, side: usize) -> Result<Rgb, ShrinkError> {
    if fit_side(rgb.width, rgb.height, side) == (rgb.width, rgb.height) {
        return Ok(rgb);
    }
    rgb_to_side(&rgb, side)
}

/// A copy of colour with its long side at most `side` pixels.
pub(super) fn rgb_to_side(rgb: &Rgb, side: usize) -> Result<Rgb, ShrinkError> {
    let (width, height) = fit_side(rgb.width, rgb.height, side);
    if (width, height) == (rgb.width, rgb.height) {
        return Ok(rgb.clone());
    }
    let pixels = resize(&rgb.pixels, (rgb.width, rgb.height), (width, height), PixelType::U8x3)?;
    Ok(Rgb { width, height, pixels })
}

/// Brightness with its long side at most `side` pixels.
pub(super) fn luma_to_side(luma: &Luma, side: usize) -> Result<Luma, ShrinkError> {
    shrink(luma, fit_side(luma.width(), luma.height(), side))
}

/// Brightness of at most `pixels` pixels.
pub(super) fn luma_to_pixels(luma: &Luma, pixels: usize) -> Result<Luma, ShrinkError> {
    let (width, height) = (luma.width(), luma.height());
    let scale = (pixels as f64 / (width as f64 * height as f64)).sqrt();
    if scale >= 1.0 {
        return Ok(luma.clone());
    }
    let scaled = |side: usize| ((side as f64 * scale) as usize).max(1);
    // A side that cannot shrink below one pixel leaves the other to keep the count.
    let width = scaled(width);
    shrink(luma, (width, scaled(height).min((pixels / width).max(1))))
}

fn shrink(luma: &Luma, (width, height): (usize, usize)) -> Result<Luma, ShrinkError> {
    let from = (luma.width(), luma.height());
    if from == (width, height) {
        return Ok(luma.clone());
    }
    let pixels = resize(luma.pixels(), from, (width, height), PixelType::U8)?;
    Ok(Luma::new(width, height, pixels).expect("the resizer gives the size it was asked for"))
}

/// The size with its long side at most `side`, never enlarged.
fn fit_side(width: usize, height: usize, side: usize) -> (usize, usize) {
    let long = width.max(height);
    if long <= side {
        return (width, height);
    }
    let scaled = |length: usize| ((length * side + long / 2) / long).max(1);
    (scaled(width), scaled(height))
}

fn resize(pixels: &[u8], from: (usize, usize), to: (usize, usize), kind: PixelType) -> Result<Vec<u8>, ShrinkError> {
    let source = ImageRef::new(from.0 as u32, from.1 as u32, pixels, kind)?;
    let mut target = Image::new(to.0 as u32, to.1 as u32, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Hamming));
    Resizer::new().resize(&source, &mut target, &options)?;
    Ok(target.into_vec())
}
