//! From a drawn strip to a crop: spoilt, found again through the map of the harm, cut a little wrongly, greyed.

use image::{GrayImage, Luma, RgbImage, imageops};

use crate::chance::{Chance, Draw};
use crate::degrade::{Cause, Defect, Degradation, Encoding, mechanisms_of, spoil};
use crate::error::SampleError;
use crate::holdout::Split;
use crate::lines::faces::TypeChoice;
use crate::lines::scene::Scene;
use crate::lines::{Line, LineTruth};

/// What befalls a line, with weights and the worst severity: beyond it a page is sent back, not read.
const HARMS: [(Defect, u32, u32); 16] = [
    (Defect::None, 36, 0),
    (Defect::PhotoGood, 16, 0),
    (Defect::Defocus, 5, 2),
    (Defect::Motion, 4, 2),
    (Defect::Dark, 4, 3),
    (Defect::Overexposed, 4, 2),
    (Defect::LowContrast, 5, 3),
    (Defect::Shadow, 4, 3),
    (Defect::Glare, 2, 1),
    (Defect::LowRes, 5, 2),
    (Defect::Noise, 4, 2),
    (Defect::Jpeg, 4, 3),
    (Defect::Bilevel, 5, 2),
    (Defect::Bleed, 2, 3),
    (Defect::StainFold, 2, 3),
    (Defect::Skew, 2, 1),
];

/// Largest height of a crop that is kept; higher ones are averaged down, as a reader does anyway.
const KEEP_HEIGHT: u32 = 64;

fn cause(rng: &mut Chance, split: Split) -> Cause {
    let total: u32 = HARMS.iter().map(|(_, weight, _)| weight).sum();
    let mut at = rng.whole(1, total);
    let mut chosen = HARMS[0];
    for harm in HARMS {
        chosen = harm;
        if at <= harm.1 {
            break;
        }
        at -= harm.1;
    }
    let names = split.mechanisms(&mechanisms_of(chosen.0));
    let severity = if chosen.2 == 0 { 0 } else { rng.whole(1, chosen.2) as u8 };
    let mechanism = names[rng.whole(0, names.len() as u32 - 1) as usize];
    Cause { defect: chosen.0, severity, mechanism }
}

/// Margins around the ink: above, below, left, right, in pixels; and whether the cut is a clean one.
fn margins(rng: &mut Chance, scene: &Scene) -> ([f32; 4], bool) {
    let high = (scene.ink[3] - scene.ink[1]).max(0.4 * scene.em);
    let mut clean = true;
    let mut upright = |limit: f32| {
        let share = match rng.whole(0, 9) {
            0 => {
                clean = false;
                rng.real(-0.07, 0.05)
            }
            1..=6 => rng.real(0.03, 0.4),
            _ => rng.real(0.3, 0.95),
        };
        (share * high).min(limit)
    };
    let (above, below) = (upright(scene.reach[0]), upright(scene.reach[1]));
    let mut aside = || match rng.whole(0, 19) {
        0 => rng.real(-0.015, 0.06),
        1..=10 => rng.real(0.06, 0.5),
        11..=16 => rng.real(0.4, 2.0),
        _ => rng.real(1.5, 6.0),
    };
    let (left, right) = (aside() * scene.em, aside() * scene.em);
    ([above, below, left, right], clean)
}

/// Spoils the strip and cuts the line out of it.
pub(super) fn finish(rng: &mut Chance, split: Split, choice: &TypeChoice, scene: Scene) -> Result<Line, SampleError> {
    let first = cause(rng, split);
    let second = if rng.odds(0.1) {
        let other = cause(rng, split);
        (other.defect.is_fault() && other.defect != first.defect).then_some(other)
    } else {
        None
    };
    let quality = rng.whole(68, 95) as u8;
    let encoding = if rng.odds(0.25) { Encoding::Png } else { Encoding::Jpeg(quality) };
    let seed = (u64::from(rng.whole(0, u32::MAX)) << 32) | u64::from(rng.whole(0, u32::MAX));
    let degraded = spoil(&scene.image, scene.dpi, &Degradation { first, second, seed, encoding })?;
    let picture = image::load_from_memory(&degraded.bytes)?.into_rgb8();
    let ([above, below, left, right], straight) = margins(rng, &scene);
    let wanted = [scene.ink[0] - left, scene.ink[1] - above, scene.ink[2] + right, scene.ink[3] + below];
    let crop = cut(&picture, &degraded.geometry.homography, wanted);
    let harm = std::iter::once(&first)
        .chain(&second)
        .map(|cause| format!("{}:{}", cause.mechanism, cause.severity))
        .collect::<Vec<_>>()
        .join("+");
    let spoilt = scene
        .clutter
        .iter()
        .any(|name| matches!(*name, "stamp" | "stroke" | "inverse" | "underline" | "look" | "dots"));
    let clean =
        first.defect == Defect::None && second.is_none() && straight && !spoilt && (200..=300).contains(&scene.dpi);
    let truth = LineTruth {
        text: scene.text,
        face: choice.name.clone(),
        digits: choice.digits_word(),
        form: scene.form,
        harm,
        clean,
        em_px: scene.em,
        dpi: scene.dpi,
        clutter: scene.clutter,
    };
    Ok(Line { image: crop, truth })
}

/// The upright box around where `wanted` went, as far as the picture reaches.
fn cut(picture: &RgbImage, map: &[[f64; 3]; 3], wanted: [f32; 4]) -> GrayImage {
    let go = |x: f32, y: f32| {
        let (x, y) = (f64::from(x), f64::from(y));
        let depth = map[2][0] * x + map[2][1] * y + map[2][2];
        ((map[0][0] * x + map[0][1] * y + map[0][2]) / depth, (map[1][0] * x + map[1][1] * y + map[1][2]) / depth)
    };
    let [l, t, r, b] = wanted;
    let corners = [go(l, t), go(r, t), go(r, b), go(l, b)];
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    // A slanted line's box would take in its neighbours: the heights of both ends are averaged instead.
    let left = corners[0].0.min(corners[3].0).clamp(0.0, w - 8.0);
    let right = corners[1].0.max(corners[2].0).clamp(left + 8.0, w);
    let top =
        ((corners[0].1 + corners[1].1) / 2.0).min(corners[0].1.min(corners[1].1) + 0.1 * (corners[3].1 - corners[0].1));
    let low =
        ((corners[2].1 + corners[3].1) / 2.0).max(corners[2].1.max(corners[3].1) - 0.1 * (corners[3].1 - corners[0].1));
    let top = top.clamp(0.0, h - 4.0);
    let low = low.clamp(top + 4.0, h);
    let (x, y) = (left.floor() as u32, top.floor() as u32);
    let (cw, ch) = ((right.ceil() as u32).min(picture.width()) - x, (low.ceil() as u32).min(picture.height()) - y);
    let part = imageops::crop_imm(picture, x, y, cw, ch).to_image();
    let mut grey = GrayImage::new(cw, ch);
    for (to, from) in grey.pixels_mut().zip(part.pixels()) {
        let luma = (u32::from(from[0]) * 77 + u32::from(from[1]) * 150 + u32::from(from[2]) * 29) >> 8;
        *to = Luma([luma as u8]);
    }
    if ch > KEEP_HEIGHT {
        let width = (cw * KEEP_HEIGHT).div_ceil(ch).max(8);
        return imageops::resize(&grey, width, KEEP_HEIGHT, imageops::FilterType::Triangle);
    }
    grey
}
