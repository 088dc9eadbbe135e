//! Ordinary scans: nothing wrong with them, yet no two alike.

use crate::chance::Draw;
use crate::degrade::grain::{Grain, add_noise};
use crate::degrade::shot::Shot;
use crate::degrade::warp::{Map, warp};
use crate::degrade::{Mechanism, mechanism};

pub(super) const CLEAN: [Mechanism; 3] =
    [mechanism("none.flatbed", flatbed), mechanism("none.feeder", feeder), mechanism("none.copier", copier)];

/// What every scanner adds before anything goes wrong: a little tone, a little noise.
pub(super) fn ordinary(shot: &mut Shot) {
    let white = shot.rng.real(0.965, 1.0);
    let black = shot.rng.real(0.0, 0.07);
    shot.tone(|v| black + (white - black) * v);
    if shot.rng.odds(0.3) {
        shot.grey();
    }
    let (seed, sigma) = (shot.seed(), shot.rng.real(0.4, 1.5));
    add_noise(&mut shot.image, seed, 0.0, |_| sigma);
}

fn flatbed(shot: &mut Shot) {
    ordinary(shot);
}

/// A sheet feeder pulls the page in a little askew.
fn feeder(shot: &mut Shot) {
    let (w, h) = shot.size();
    let degrees = shot.rng.real(-0.8, 0.8);
    let (cx, cy) = (f64::from(w) / 2.0, f64::from(h) / 2.0);
    let map =
        Map::scaled(1.0, 1.0, cx, cy).after(&Map::turned(f64::from(degrees))).after(&Map::scaled(1.0, 1.0, -cx, -cy));
    let image = warp(&shot.image, &map, w as u32, h as u32, &|_, _| [250.0; 3]);
    shot.skew_deg += degrees;
    shot.replace(image, map);
    ordinary(shot);
}

/// A photocopy: grey, steep, with specks of toner.
fn copier(shot: &mut Shot) {
    shot.grey();
    let steep = shot.rng.real(1.1, 1.5);
    shot.tone(|v| (0.5 + (v - 0.5) * steep).clamp(0.02, 0.99));
    let (w, h) = shot.image.dimensions();
    let mut grain = Grain::new(shot.seed());
    let specks = shot.rng.whole(20, 160);
    for _ in 0..specks {
        let (x, y) = ((grain.share() * (w - 1) as f32) as u32, (grain.share() * (h - 1) as f32) as u32);
        shot.image.get_pixel_mut(x, y).0 = [(grain.share() * 110.0) as u8; 3];
    }
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| 1.2);
}
