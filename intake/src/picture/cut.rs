//! A place of a page cut out of the grey page that later stages read, with a little of what stands around it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage, ImageFormat, ImageReader};
use sanad_checks::page::Region;
use serde::{Deserialize, Serialize};

/// White and neighbours around a place, in its own heights: enough to see what label it belongs to.
const AROUND: (f64, f64) = (2.6, 0.6);
/// Height of a picture at least, pixels, so that small print can be read; and its longest side at most.
const LEAST_HEIGHT: u32 = 56;
const MOST_SIDE: u32 = 900;
const QUALITY: u8 = 82;

/// A place to be cut out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// The place, in pixels of the page.
    pub region: Region,
    /// Width of the page, pixels; the grey page may be smaller.
    pub page_width: u32,
}

/// A place could not be cut out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CutError {
    /// The grey page does not open or the picture could not be written.
    #[error("the page could not be cut")]
    Picture(#[from] image::ImageError),
    /// The place lies beside the page.
    #[error("the place lies beside the page")]
    Beside,
}

/// The place as JPEG.
pub(crate) fn cut(grey_png: &[u8], wish: Cut) -> Result<Vec<u8>, CutError> {
    let page = ImageReader::with_format(Cursor::new(grey_png), ImageFormat::Png).decode()?.into_luma8();
    let (x, y, width, height) = frame(&page, wish).ok_or(CutError::Beside)?;
    let part = image::imageops::crop_imm(&page, x, y, width, height).to_image();
    let part = enlarged(part);
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    image::ImageEncoder::write_image(encoder, &part, part.width(), part.height(), ExtendedColorType::L8)?;
    Ok(jpeg)
}

/// The place with its surroundings, in pixels of the grey page.
fn frame(page: &GrayImage, wish: Cut) -> Option<(u32, u32, u32, u32)> {
    let factor = f64::from(page.width()) / f64::from(wish.page_width.max(1));
    let Region { x, y, width, height } = wish.region;
    let (beside, above) = (f64::from(height) * AROUND.0, f64::from(height) * AROUND.1);
    let at = |v: f64, most: u32| (v * factor).round().clamp(0.0, f64::from(most)) as u32;
    let left = at(f64::from(x) - beside, page.width());
    let top = at(f64::from(y) - above, page.height());
    let right = at(f64::from(x) + f64::from(width) + beside, page.width());
    let bottom = at(f64::from(y) + f64::from(height) + above, page.height());
    let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
    (width > 0 && height > 0).then_some((left, top, width, height))
}

/// Small print made large enough to read, and nothing larger than a screen.
fn enlarged(part: GrayImage) -> GrayImage {
    let (width, height) = (f64::from(part.width()), f64::from(part.height()));
    let up = (f64::from(LEAST_HEIGHT) / height).max(1.0);
    let factor = up.min(f64::from(MOST_SIDE) / width.max(height));
    if (factor - 1.0).abs() < f64::EPSILON {
        return part;
    }
    let side = |v: f64| (v * factor).round().max(1.0) as u32;
    image::imageops::resize(&part, side(width), side(height), image::imageops::FilterType::CatmullRom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Vec<u8> {
        let mut page = GrayImage::from_pixel(400, 600, image::Luma([255]));
        (100..140).for_each(|x| page.put_pixel(x, 50, image::Luma([0])));
        let mut png = Cursor::new(Vec::new());
        page.write_to(&mut png, ImageFormat::Png).unwrap();
        png.into_inner()
    }

    #[test]
    fn a_place_is_cut_out_with_its_surroundings() {
        // the page itself is twice as wide as the grey page that was kept of it
        let wish = Cut { region: Region::new(200, 90, 80, 20), page_width: 800 };
        let jpeg = cut(&page(), wish).unwrap();
        let part = image::load_from_memory(&jpeg).unwrap().into_luma8();
        assert!(part.height() >= LEAST_HEIGHT && part.width() > part.height(), "{:?}", part.dimensions());
        assert!(part.pixels().any(|pixel| pixel.0[0] < 80), "the ink of the place is on it");
    }

    #[test]
    fn places_beside_the_page_and_broken_pages_are_refused() {
        let wish = |region| Cut { region, page_width: 400 };
        assert!(matches!(cut(&page(), wish(Region::new(5000, 5000, 10, 10))), Err(CutError::Beside)));
        assert!(matches!(cut(b"no picture", wish(Region::new(1, 1, 10, 10))), Err(CutError::Picture(_))));
        let whole = cut(&page(), wish(Region::new(0, 0, u32::MAX, u32::MAX))).unwrap();
        let whole = image::load_from_memory(&whole).unwrap();
        assert!(whole.width() <= MOST_SIDE && whole.height() <= MOST_SIDE);
        assert!(cut(&page(), wish(Region::new(10, 10, 0, 0))).is_err(), "a place without an area");
    }
}
