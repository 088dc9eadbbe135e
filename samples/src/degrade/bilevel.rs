//! Black and white only: thresholded scans and faxes. Many of them read well; severity makes them worse.

use image::{ImageBuffer, Rgb, RgbImage};

use crate::chance::Draw;
use crate::degrade::grain::{Grain, add_noise};
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, shrink};
use crate::degrade::{Encoding, Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] = [
    mechanism("bilevel.threshold", threshold),
    mechanism("bilevel.fax_standard", fax_standard),
    mechanism("bilevel.fax_fine", fax_fine),
];

/// Dots an inch across of a fax (ITU-T T.4: 8.04 a millimetre).
const FAX_ACROSS: f32 = 204.0;
/// Lines an inch of a standard fax, and of a fine one.
const FAX_STANDARD: f32 = 98.0;
const FAX_FINE: f32 = 196.0;

/// Steps the threshold is off the middle.
const OFF: [f32; 5] = [6.0, 26.0, 48.0, 70.0, 92.0];

/// A scan in line art mode, its threshold set too high or too low.
fn threshold(shot: &mut Shot) {
    let off = shot.grade(OFF) * shot.rng.sign();
    let seed = shot.seed();
    shot.grey();
    add_noise(&mut shot.image, seed, 0.0, |_| 7.0);
    // Too low eats strokes, too high fills the eyes of letters.
    let limit = (140.0 + off).clamp(20.0, 236.0) / 255.0;
    shot.tone(|v| if v < limit { 0.0 } else { 1.0 });
    shot.encoding = Some(Encoding::Png);
}

/// Scans at a fax's resolution; standard faxes are shown with every line twice, as fax viewers do.
fn fax(shot: &mut Shot, lines: f32) -> (RgbImage, u32) {
    let inch = shot.pixels(25.4);
    let (w, h) = shot.size();
    shot.grey();
    let small = shrink(&shot.image, (w / inch * FAX_ACROSS).round() as u32, (h / inch * lines).round() as u32);
    (small, (FAX_FINE / lines) as u32)
}

fn deliver(shot: &mut Shot, fax: &RgbImage, repeat: u32, lost: f32) {
    let mut grain = Grain::new(shot.seed());
    // A bad line on the telephone: whole scan lines are lost, and the one above is repeated.
    let mut source = 0;
    let rows: Vec<u32> = (0..fax.height())
        .map(|y| {
            if grain.share() >= lost {
                source = y;
            }
            source
        })
        .collect();
    let out: RgbImage =
        ImageBuffer::from_fn(fax.width(), fax.height() * repeat, |x, y| *fax.get_pixel(x, rows[(y / repeat) as usize]));
    let map = Map::scaled(
        f64::from(out.width()) / f64::from(shot.image.width()),
        f64::from(out.height()) / f64::from(shot.image.height()),
        0.0,
        0.0,
    );
    shot.replace(out, map);
    shot.encoding = Some(Encoding::Png);
}

const LOST_LINES: [f32; 5] = [0.0, 0.03, 0.09, 0.18, 0.32];

/// 204 × 98, greys spread by error diffusion (Floyd and Steinberg's weights).
fn fax_standard(shot: &mut Shot) {
    let lost = shot.grade(LOST_LINES);
    let (mut page, repeat) = fax(shot, FAX_STANDARD);
    diffuse(&mut page);
    deliver(shot, &page, repeat, lost);
}

fn diffuse(page: &mut RgbImage) {
    let (w, h) = (page.width() as usize, page.height() as usize);
    let mut carry = vec![0f32; w + 2];
    for y in 0..h {
        let mut next = vec![0f32; w + 2];
        for x in 0..w {
            let pixel = page.get_pixel_mut(x as u32, y as u32);
            // Fax machines whiten the paper first, or every page would be grey with dots.
            let value = (f32::from(pixel[0]) - 20.0) * 1.16 + carry[x + 1];
            let set = if value < 128.0 { 0.0 } else { 255.0 };
            let error = value - set;
            carry[x + 2] += error * 7.0 / 16.0;
            next[x] += error * 3.0 / 16.0;
            next[x + 1] += error * 5.0 / 16.0;
            next[x + 2] += error / 16.0;
            *pixel = Rgb([set as u8; 3]);
        }
        carry = next;
    }
}

/// 204 × 196, greys by an ordered screen.
fn fax_fine(shot: &mut Shot) {
    /// Bayer's 4 × 4 screen.
    const SCREEN: [[f32; 4]; 4] =
        [[0.0, 8.0, 2.0, 10.0], [12.0, 4.0, 14.0, 6.0], [3.0, 11.0, 1.0, 9.0], [15.0, 7.0, 13.0, 5.0]];
    let lost = shot.grade(LOST_LINES);
    let depth = shot.grade([30.0, 60.0, 95.0, 130.0, 170.0]);
    let (mut page, repeat) = fax(shot, FAX_FINE);
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let offset = (SCREEN[(y % 4) as usize][(x % 4) as usize] / 15.0 - 0.5) * depth;
        let set = if f32::from(pixel[0]) + offset < 150.0 { 0 } else { 255 };
        *pixel = Rgb([set; 3]);
    }
    deliver(shot, &page, repeat, lost);
}
