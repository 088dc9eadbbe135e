//! Nothing on the page: an empty sheet, or the back of a printed one.

use crate::chance::Draw;
use crate::degrade::blur::gaussian;
use crate::degrade::grain::{Field, Grain, add_noise};
use crate::degrade::light::relight;
use crate::degrade::shot::Shot;
use crate::degrade::warp::{even, mirrored};
use crate::degrade::{Mechanism, mechanism};

pub(super) const MECHANISMS: [Mechanism; 3] =
    [mechanism("blank.empty", empty), mechanism("blank.dusty", dusty), mechanism("blank.show_through", show_through)];

/// The more severe, the more a careless measure could take for print.
fn finish(shot: &mut Shot) {
    let uneven = shot.grade([0.02, 0.05, 0.09, 0.14, 0.2]);
    let noise = shot.grade([0.8, 1.4, 2.2, 3.2, 4.4]);
    let field = Field::new(shot.seed(), 3, 4);
    relight(&mut shot.image, |x, y| (1.0 - uneven * (0.5 + 0.5 * field.at(x, y)), 0.0));
    let seed = shot.seed();
    add_noise(&mut shot.image, seed, 0.0, |_| noise);
}

fn empty(shot: &mut Shot) {
    let paper = shot.rng.whole(238, 253) as u8;
    shot.image = even(shot.image.width(), shot.image.height(), [paper; 3]);
    finish(shot);
}

/// Empty but for dust, two punch holes and the shadow of an edge.
fn dusty(shot: &mut Shot) {
    empty(shot);
    let (w, h) = shot.size();
    let specks = shot.grade([15.0, 40.0, 80.0, 140.0, 220.0]) as u32;
    let mut grain = Grain::new(shot.seed());
    for _ in 0..specks {
        let (x, y) = (grain.share() * (w - 3.0), grain.share() * (h - 3.0));
        let dark = 60 + (grain.share() * 120.0) as u8;
        let side = if grain.share() < 0.3 { 2 } else { 1 };
        for at in 0..side * side {
            shot.image.get_pixel_mut(x as u32 + at % side, y as u32 + at / side).0 = [dark; 3];
        }
    }
    let (cx, r) = (shot.pixels(10.0), shot.pixels(2.8));
    for cy in [h * 0.5 - shot.pixels(40.0), h * 0.5 + shot.pixels(40.0)] {
        for pixel in shot.image.enumerate_pixels_mut() {
            let (dx, dy) = (pixel.0 as f32 - cx, pixel.1 as f32 - cy);
            if dx * dx + dy * dy < r * r {
                pixel.2.0 = [52; 3];
            }
        }
    }
    let shade = shot.rng.real(0.5, 0.8);
    relight(&mut shot.image, |x, _| (if x < 0.006 { shade } else { 1.0 }, 0.0));
}

/// The back of a printed sheet: the front shows through, mirrored and soft.
fn show_through(shot: &mut Shot) {
    let seen = shot.grade([0.02, 0.035, 0.05, 0.065, 0.08]);
    let sigma = shot.pixels(0.22);
    shot.image = gaussian(&mirrored(&shot.image), sigma);
    shot.tone(|v| 0.965 - (1.0 - v) * seen);
    shot.grey();
    finish(shot);
}
