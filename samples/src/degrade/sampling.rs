//! Too few pixels: low resolution, and pages photographed from too far.

use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

use crate::chance::Draw;
use crate::degrade::grain::add_noise;
use crate::degrade::scene::Desk;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, enlarge, enlarge_cubic, shrink, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const LOW_RES: [Mechanism; 3] = [
    mechanism("low_res.few_pixels", few_pixels),
    mechanism("low_res.scaled_up", scaled_up),
    mechanism("low_res.messenger", messenger),
];

pub(super) const SMALL_TEXT: [Mechanism; 2] =
    [mechanism("small_text.far_desk", far_desk), mechanism("small_text.floor", floor)];

/// Dots an inch that are left.
const DPI_LEFT: [f32; 5] = [88.0, 70.0, 56.0, 45.0, 35.0];

/// The page shrunk to the resolution of the severity.
fn shrunk(shot: &mut Shot) -> RgbImage {
    let dpi = shot.grade(DPI_LEFT);
    let now = shot.pixels(25.4);
    let scale = (dpi / now).min(0.95);
    let (w, h) = shot.size();
    shrink(&shot.image, (w * scale).round().max(8.0) as u32, (h * scale).round().max(8.0) as u32)
}

fn scale_map(from: &RgbImage, to: &RgbImage) -> Map {
    Map::scaled(
        f64::from(to.width()) / f64::from(from.width()),
        f64::from(to.height()) / f64::from(from.height()),
        0.0,
        0.0,
    )
}

/// A scan at far too few dots an inch.
fn few_pixels(shot: &mut Shot) {
    let small = shrunk(shot);
    let map = scale_map(&shot.image, &small);
    shot.replace(small, map);
}

/// Few pixels, blown up again: the number of pixels says nothing any more.
fn scaled_up(shot: &mut Shot) {
    let small = shrunk(shot);
    shot.image = enlarge(&small, shot.image.width(), shot.image.height());
}

/// A messenger's picture: shrunk, squeezed, and sharpened up again by the receiver.
fn messenger(shot: &mut Shot) {
    /// Quality messengers send at.
    const QUALITY: u8 = 42;
    let small = recoded(&shrunk(shot), QUALITY);
    shot.image = enlarge_cubic(&small, shot.image.width(), shot.image.height());
}

/// The image after a trip through JPEG; unchanged if that fails, which an image in memory cannot.
pub(super) fn recoded(image: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    let (w, h) = image.dimensions();
    let written = JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(image.as_raw(), w, h, image::ExtendedColorType::Rgb8)
        .and_then(|()| image::load_from_memory_with_format(&bytes, image::ImageFormat::Jpeg));
    written.map_or_else(|_| image.clone(), |read| read.into_rgb8())
}

/// A frame as large as the page, in which the page is a small part.
fn far(shot: &mut Shot, desk: &Desk) {
    let share = shot.grade([0.62, 0.47, 0.36, 0.28, 0.21]);
    let (w, h) = shot.size();
    let (fw, fh) = (w * 1.05, h * 1.0);
    let (x, y) = (shot.rng.real(0.2, 0.8) * (fw - w * share), shot.rng.real(0.2, 0.8) * (fh - h * share));
    let degrees = shot.rng.real(-3.0, 3.0);
    let map = Map::scaled(1.0, 1.0, f64::from(x), f64::from(y))
        .after(&Map::turned(f64::from(degrees)))
        .after(&Map::scaled(f64::from(share), f64::from(share), 0.0, 0.0));
    let image = warp(&shot.image, &map, fw as u32, fh as u32, &|x, y| desk.colour(x, y));
    shot.skew_deg += degrees;
    shot.replace(image, map);
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.4, |_| 1.8);
}

fn far_desk(shot: &mut Shot) {
    let desk = Desk::day(shot);
    far(shot, &desk);
}

fn floor(shot: &mut Shot) {
    let desk = Desk::night(shot);
    far(shot, &desk);
}
