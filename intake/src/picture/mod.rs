//! Pictures of a page for people and for later stages, made from pixels alone: whatever the upload
//! carried besides pixels (places, names, thumbnails) cannot come along.

mod annotate;
mod cut;
mod shrink;

pub use cut::Cut;
pub(crate) use cut::cut;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use sanad_checks::finding::Finding;
use sanad_checks::page::Luma;

use crate::limits::ReadRequest;
use crate::raster::Rgb;

/// Long side of the preview.
const PREVIEW_PX: usize = 1800;
const PREVIEW_QUALITY: u8 = 80;

/// Long side and size of the thumbnail.
const THUMB_PX: usize = 320;
const THUMB_BYTES: usize = 40_000;
const THUMB_QUALITIES: [u8; 4] = [75, 60, 40, 20];

/// Pixels of the grey page that later stages read.
const GREY_PIXELS: usize = 4_000_000;

/// Pictures of one page, upright.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageImages {
    /// Colour JPEG, long side at most 1800 pixels; empty where only the annotated page was asked for.
    pub preview_jpeg: Vec<u8>,
    /// Colour JPEG of at most 40 kB.
    pub thumb_jpeg: Vec<u8>,
    /// Lossless grey PNG of at most 4 megapixels.
    pub grey_png: Vec<u8>,
    /// The preview with the findings drawn on it, where asked for.
    pub annotated_png: Option<Vec<u8>>,
    /// What the page is known again by, where asked for.
    pub identity: Option<crate::PageIdentity>,
}

/// A picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The JPEG encoder failed.
    #[error("JPEG could not be written")]
    Jpeg(#[from] image::ImageError),
    /// The PNG encoder failed.
    #[error("PNG could not be written")]
    Png(#[from] png::EncodingError),
    /// The page could not be made smaller.
    #[error("a page could not be made smaller")]
    Shrink(#[from] shrink::ShrinkError),
}

/// Makes the pictures that the request asks for.
pub(crate) fn make(
    luma: &Luma,
    colour: Option<Rgb>,
    findings: &[Finding],
    request: &ReadRequest,
) -> Result<PageImages, PictureError> {
    // A colour plane of another size comes from a damaged file read twice; brightness is what was judged.
    let colour = colour.filter(|rgb| (rgb.width, rgb.height) == (luma.width(), luma.height()));
    let preview = match colour {
        Some(rgb) => shrink::rgb(rgb, PREVIEW_PX)?,
        None => Rgb::from_luma(&shrink::luma_to_side(luma, PREVIEW_PX)?),
    };
    let mut images = PageImages::default();
    if request.annotate {
        let annotated = annotate::draw(preview.clone(), luma.width(), findings);
        images.annotated_png = Some(png(&annotated.pixels, annotated.width, annotated.height, png::ColorType::Rgb)?);
    }
    if request.preview {
        let grey = shrink::luma_to_pixels(luma, GREY_PIXELS)?;
        images.grey_png = png(grey.pixels(), grey.width(), grey.height(), png::ColorType::Grayscale)?;
        images.preview_jpeg = jpeg(&preview, PREVIEW_QUALITY)?;
        images.thumb_jpeg = thumb(shrink::rgb(preview, THUMB_PX)?)?;
    }
    Ok(images)
}

/// The grey page that later stages read: brightness of at most 4 megapixels.
///
/// # Errors
/// When the smaller copy cannot be made.
pub fn grey(luma: &Luma) -> Result<Luma, PictureError> {
    Ok(shrink::luma_to_pixels(luma, GREY_PIXELS)?)
}

/// A copy with its long side at most `side` pixels.
pub(crate) fn small(luma: &Luma, side: usize) -> Result<Luma, PictureError> {
    Ok(shrink::luma_to_side(luma, side)?)
}

/// The same in colour.
pub(crate) fn coloured(rgb: &Rgb, side: usize) -> Result<Rgb, PictureError> {
    Ok(shrink::rgb_to_side(rgb, side)?)
}

/// The thumbnail at the best quality that fits.
fn thumb(rgb: Rgb) -> Result<Vec<u8>, PictureError> {
    let mut smallest = Vec::new();
    for quality in THUMB_QUALITIES {
        smallest = jpeg(&rgb, quality)?;
        if smallest.len() <= THUMB_BYTES {
            break;
        }
    }
    Ok(smallest)
}

fn jpeg(rgb: &Rgb, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode(&rgb.pixels, rgb.width as u32, rgb.height as u32, ExtendedColorType::Rgb8)?;
    Ok(bytes)
}

fn png(pixels: &[u8], width: usize, height: usize, colour: png::ColorType) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_keep_to_their_sizes() {
        let luma = Luma::filled(3000, 2000, 200);
        let request = ReadRequest { preview: true, annotate: true, ..ReadRequest::default() };
        let images = make(&luma, None, &[], &request).unwrap();
        let size = |bytes: &[u8]| image::load_from_memory(bytes).map(|i| (i.width(), i.height())).unwrap();
        assert_eq!(size(&images.preview_jpeg), (1800, 1200));
        assert_eq!(size(&images.thumb_jpeg), (320, 213));
        assert!(images.thumb_jpeg.len() <= THUMB_BYTES);
        let (width, height) = size(&images.grey_png);
        assert!((width * height) as usize <= GREY_PIXELS, "{width}x{height}");
        assert_eq!(size(images.annotated_png.as_deref().unwrap()), (1800, 1200));
    }

    #[test]
    fn noise_still_fits_the_thumbnail() {
        let mut state = 1u32;
        let pixels = (0..320 * 320 * 3)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        let bytes = thumb(Rgb::new(320, 320, pixels).unwrap()).unwrap();
        assert!(bytes.len() <= THUMB_BYTES, "{}", bytes.len());
    }
}
