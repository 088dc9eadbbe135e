//! Lines made level: a tilt of the whole page undone, and the fan of a sheet seen from the side.

use sanad_checks::page::Luma;

/// How the lines of a picture lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lie {
    /// Tilt about the middle, degrees, positive clockwise.
    pub(super) tilt_deg: f32,
    /// How much more the lines at the bottom tilt than those at the top, degrees.
    pub(super) fan_deg: f32,
}

impl Lie {
    /// The picture with its lines level; what comes from beyond its edges is white.
    pub(super) fn levelled(&self, luma: &Luma) -> Luma {
        if *self == Self::default() {
            return luma.clone();
        }
        let (width, height) = (luma.width(), luma.height());
        let mut out = Luma::filled(width, height, 255);
        for (y, row) in out.pixels_mut().chunks_exact_mut(width).enumerate() {
            // the way back is straight along a row
            let (from, to) = (self.back((0.0, y as f32), luma), self.back((1.0, y as f32), luma));
            let parts = |v: f32| (v * PART as f32) as i64;
            let step = (parts(to.0 - from.0), parts(to.1 - from.1));
            let mut at = (parts(from.0), parts(from.1));
            for pixel in row {
                let (x, y) = ((at.0 >> PART_BITS) as usize, (at.1 >> PART_BITS) as usize);
                // what lies before the first row or column is far beyond the last one as well
                if x < width - 1 && y < height - 1 {
                    let beside = (at.0 % PART, at.1 % PART);
                    *pixel = between(&luma.pixels()[y * width + x..], width, beside);
                }
                at = (at.0 + step.0, at.1 + step.1);
            }
        }
        out
    }

    /// Where a point of the levelled picture came from; the two are of one size.
    pub(super) fn back(&self, (x, y): (f32, f32), picture: &Luma) -> (f32, f32) {
        let (cx, cy) = (picture.width() as f32 / 2.0, picture.height() as f32 / 2.0);
        let (dx, dy) = (x - cx, y - cy);
        let fan = self.fan_deg * dy / picture.height().max(1) as f32;
        let dy = dy + dx * fan.to_radians().tan();
        let (sin, cos) = self.tilt_deg.to_radians().sin_cos();
        (cx + dx * cos - dy * sin, cy + dx * sin + dy * cos)
    }
}

/// Places between pixels are told in parts of a pixel, as whole numbers: a row is walked by adding.
const PART_BITS: u32 = 20;
const PART: i64 = 1 << PART_BITS;
const HALF_BITS: u32 = PART_BITS / 2;

/// The brightness between the first pixel, the next one, and the two below them, that many parts right and down.
fn between(pixels: &[u8], width: usize, (right, down): (i64, i64)) -> u8 {
    let across = |at: usize| i64::from(pixels[at]) * (PART - right) + i64::from(pixels[at + 1]) * right;
    let blend = (across(0) >> HALF_BITS) * (PART - down) + (across(width) >> HALF_BITS) * down;
    (blend >> (PART_BITS + HALF_BITS)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A light picture with dark lines that lie as told.
    fn lined(lie: Lie) -> Luma {
        let level = Luma::filled(400, 300, 230);
        let mut out = level.clone();
        for line in [60, 150, 240] {
            for x in 0..400 {
                let (sx, sy) = lie.back((x as f32, line as f32), &level);
                for thick in 0..3 {
                    let (px, py) = (sx.round() as usize, sy.round() as usize + thick);
                    if px < 400 && py < 300 {
                        out.pixels_mut()[py * 400 + px] = 20;
                    }
                }
            }
        }
        out
    }

    #[test]
    fn lines_become_level() {
        for lie in [
            Lie { tilt_deg: 4.0, fan_deg: 0.0 },
            Lie { tilt_deg: 0.0, fan_deg: 3.0 },
            Lie { tilt_deg: -2.0, fan_deg: -3.0 },
        ] {
            let level = lie.levelled(&lined(lie));
            for line in [60, 150, 240] {
                for x in [60, 200, 340] {
                    assert!(level.at(x, line + 1) < 90, "{lie:?} at {x}, {line}");
                }
            }
        }
    }

    #[test]
    fn a_level_picture_stays_as_it_is() {
        let picture = lined(Lie::default());
        assert_eq!(Lie::default().levelled(&picture), picture);
    }
}
