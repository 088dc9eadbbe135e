//! Compression that eats the strokes.

use crate::chance::Draw;
use crate::degrade::sampling::recoded;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, cut};
use crate::degrade::{Encoding, Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 2] = [mechanism("jpeg.once", once), mechanism("jpeg.resaved", resaved)];

/// Quality of the encoder.
const QUALITY: [f32; 5] = [32.0, 20.0, 12.0, 7.0, 3.5];

fn quality(shot: &mut Shot) -> u8 {
    shot.grade(QUALITY).round().clamp(3.0, 40.0) as u8
}

/// Saved once, far too small.
fn once(shot: &mut Shot) {
    shot.encoding = Some(Encoding::Jpeg(quality(shot)));
}

/// Sent on and on: saved three times, each time shifted against the encoder's blocks.
fn resaved(shot: &mut Shot) {
    let last = quality(shot);
    for _ in 0..2 {
        shot.image = recoded(&shot.image, last.saturating_add(3));
        let (w, h) = shot.image.dimensions();
        let (dx, dy) = (shot.rng.whole(1, 6), shot.rng.whole(1, 6));
        let image = cut(&shot.image, dx, dy, w - dx, h - dy);
        shot.replace(image, Map::scaled(1.0, 1.0, -f64::from(dx), -f64::from(dy)));
    }
    shot.encoding = Some(Encoding::Jpeg(last));
}
