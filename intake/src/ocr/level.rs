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
            let step = (to.0 - from.0, to.1 - from.1);
            for (x, pixel) in row.iter_mut().enumerate() {
                let (sx, sy) = (from.0 + step.0 * x as f32, from.1 + step.1 * x as f32);
                if sx >= 0.0 && sy >= 0.0 && sx < (width - 1) as f32 && sy < (height - 1) as f32 {
                    *pixel = between(luma, sx, sy);
                }
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

/// The brightness between four pixels.
fn between(luma: &Luma, x: f32, y: f32) -> u8 {
    let (ix, iy) = (x as usize, y as usize);
    let (fx, fy) = (x.fract(), y.fract());
    let at = |x: usize, y: usize| f32::from(luma.at(x, y));
    let top = at(ix, iy) * (1.0 - fx) + at(ix + 1, iy) * fx;
    let low = at(ix, iy + 1) * (1.0 - fx) + at(ix + 1, iy + 1) * fx;
    (top * (1.0 - fy) + low * fy) as u8
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
