//! Small papers drawn for the cases: dark strokes in lines on a white sheet, no two alike.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const WIDTH: u32 = 1240;
const HEIGHT: u32 = 1754;
const MARGIN: u32 = 110;
const LINE: u32 = 46;

/// A sheet of line-like strokes as PNG; the same number gives the same bytes.
pub(crate) fn paper(number: u64) -> Vec<u8> {
    let mut rng = ChaCha8Rng::seed_from_u64(number);
    let mut page = GrayImage::from_pixel(WIDTH, HEIGHT, Luma([250]));
    for top in (MARGIN..HEIGHT - MARGIN).step_by(LINE as usize) {
        let mut x = MARGIN;
        while x < WIDTH - MARGIN {
            let (width, height) = (rng.random_range(3..16), rng.random_range(8..22));
            for (dx, dy) in (0..width).flat_map(|dx| (0..height).map(move |dy| (dx, dy))) {
                // Hollow strokes look more like letters than blocks do.
                if dx < 3 || dy < 3 {
                    page.put_pixel(x + dx, top + dy, Luma([25]));
                }
            }
            x += width + rng.random_range(3..14);
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    page.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}
