//! Plane geometry: maps between pages and images, and resampling along them.
//!
//! Coordinates are edges, not centres: the first pixel covers 0 to 1.

use image::{ImageBuffer, Rgb, RgbImage};

use crate::degrade::light::byte;

/// A projective map of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Map([[f64; 3]; 3]);

impl Map {
    pub(crate) const IDENTITY: Self = Self([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);

    /// A map given row by row.
    pub(crate) const fn from_rows(rows: [[f64; 3]; 3]) -> Self {
        Self(rows)
    }

    /// Scales, then shifts.
    pub(crate) fn scaled(sx: f64, sy: f64, dx: f64, dy: f64) -> Self {
        Self([[sx, 0.0, dx], [0.0, sy, dy], [0.0, 0.0, 1.0]])
    }

    /// Turns clockwise (y points down) about the origin.
    pub(crate) fn turned(degrees: f64) -> Self {
        let angle = degrees.to_radians();
        let (s, c) = (libm::sin(angle), libm::cos(angle));
        Self([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    }

    /// Takes the corners of a `w` × `h` page (clockwise from top left) to `to`.
    pub(crate) fn onto(w: f64, h: f64, to: [(f64, f64); 4]) -> Self {
        // Heckbert's closed form from the unit square to a quadrilateral.
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = to;
        let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let det = dx1 * dy2 - dx2 * dy1;
        let g = (sx * dy2 - dx2 * sy) / det;
        let k = (dx1 * sy - sx * dy1) / det;
        let square =
            Self([[x1 - x0 + g * x1, x3 - x0 + k * x3, x0], [y1 - y0 + g * y1, y3 - y0 + k * y3, y0], [g, k, 1.0]]);
        square.after(&Self::scaled(1.0 / w, 1.0 / h, 0.0, 0.0))
    }

    /// This map after `first`.
    pub(crate) fn after(&self, first: &Self) -> Self {
        let mut out = [[0.0; 3]; 3];
        for (r, row) in out.iter_mut().enumerate() {
            for (c, cell) in row.iter_mut().enumerate() {
                *cell = (0..3).map(|k| self.0[r][k] * first.0[k][c]).sum();
            }
        }
        Self(out)
    }

    /// The map back.
    pub(crate) fn inverse(&self) -> Self {
        let [[a, b, c], [d, e, f], [g, h, i]] = self.0;
        let rows = [
            [e * i - f * h, c * h - b * i, b * f - c * e],
            [f * g - d * i, a * i - c * g, c * d - a * f],
            [d * h - e * g, b * g - a * h, a * e - b * d],
        ];
        let det = a * rows[0][0] + b * rows[1][0] + c * rows[2][0];
        Self(rows.map(|row| row.map(|cell| cell / det)))
    }

    /// Where a point goes.
    pub(crate) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [p, q, r] = self.0;
        let w = r[0] * x + r[1] * y + r[2];
        ((p[0] * x + p[1] * y + p[2]) / w, (q[0] * x + q[1] * y + q[2]) / w)
    }

    /// How lengths grow around a point (square root of the area's growth).
    pub(crate) fn scale_at(&self, x: f64, y: f64) -> f64 {
        let (o, a, b) = (self.apply(x, y), self.apply(x + 1.0, y), self.apply(x, y + 1.0));
        let area = (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0);
        area.abs().sqrt()
    }

    /// The matrix divided by its last element, rounded so that it prints the same everywhere.
    pub(crate) fn rows(&self) -> [[f64; 3]; 3] {
        let last = self.0[2][2];
        self.0.map(|row| row.map(|cell| (cell / last * 1e9).round() / 1e9))
    }
}

/// What lies around the page: the colour at shares of the frame's width and height.
pub(crate) type Ground<'a> = dyn Fn(f32, f32) -> [f32; 3] + 'a;

/// The page seen through `map` in a frame of `w` × `h` pixels, on `ground`. Bilinear; a page that shrinks much is
/// averaged down first, so that no stroke slips between two samples.
pub(crate) fn warp(page: &RgbImage, map: &Map, w: u32, h: u32, ground: &Ground<'_>) -> RgbImage {
    let scale = map.scale_at(f64::from(page.width()) / 2.0, f64::from(page.height()) / 2.0);
    if scale < 0.7 {
        let (sw, sh) = ((f64::from(page.width()) * scale).round(), (f64::from(page.height()) * scale).round());
        let small = shrink(page, sw.max(1.0) as u32, sh.max(1.0) as u32);
        let grow = Map::scaled(
            f64::from(page.width()) / f64::from(small.width()),
            f64::from(page.height()) / f64::from(small.height()),
            0.0,
            0.0,
        );
        return sample(&small, &map.after(&grow), w, h, ground);
    }
    sample(page, map, w, h, ground)
}

/// Bilinear sampling with weights of 1/256.
fn sample(page: &RgbImage, map: &Map, w: u32, h: u32, ground: &Ground<'_>) -> RgbImage {
    let (pw, ph) = (page.width() as i32, page.height() as i32);
    let raw = page.as_raw();
    let mut out = vec![0u8; w as usize * h as usize * 3];
    let [p, q, r] = map.inverse().0.map(|row| row.map(|cell| cell as f32));
    // A row or column beyond the edge repeats it; inside, the offset to the neighbour is constant.
    let place = |at: f32, limit: i32| {
        let left = (at + 1.0) as i32 - 1;
        let share = ((at - left as f32) * 256.0) as u32;
        (left.max(0) as usize, (left + 1).min(limit - 1) as usize, share)
    };
    for (y, row) in out.chunks_exact_mut(w as usize * 3).enumerate() {
        let fy = y as f32 + 0.5;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let fx = x as f32 + 0.5;
            let depth = 1.0 / (r[0] * fx + r[1] * fy + r[2]);
            let u = (p[0] * fx + p[1] * fy + p[2]) * depth - 0.5;
            let v = (q[0] * fx + q[1] * fy + q[2]) * depth - 0.5;
            if u < -0.5 || v < -0.5 || u > pw as f32 - 0.5 || v > ph as f32 - 0.5 {
                pixel.copy_from_slice(&ground(fx / w as f32, fy / h as f32).map(byte));
                continue;
            }
            let ((x0, x1, tx), (y0, y1, ty)) = (place(u, pw), place(v, ph));
            let at = |x: usize, y: usize| (y * pw as usize + x) * 3;
            let (a, b, c, d) = (at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1));
            for (k, value) in pixel.iter_mut().enumerate() {
                let upper = u32::from(raw[a + k]) * (256 - tx) + u32::from(raw[b + k]) * tx;
                let lower = u32::from(raw[c + k]) * (256 - tx) + u32::from(raw[d + k]) * tx;
                *value = ((upper * (256 - ty) + lower * ty + 0x8000) >> 16) as u8;
            }
        }
    }
    ImageBuffer::from_raw(w, h, out).expect("three values for each pixel of the frame")
}

/// Shares of the source cells that each of `to` cells averages over.
fn spans(from: u32, to: u32) -> Vec<Vec<(usize, f32)>> {
    let ratio = from as f32 / to as f32;
    (0..to)
        .map(|at| {
            let (start, end) = (at as f32 * ratio, ((at + 1) as f32 * ratio).min(from as f32));
            let cells = start as usize..(end.ceil() as usize).min(from as usize);
            cells
                .map(|cell| {
                    let covered = end.min(cell as f32 + 1.0) - start.max(cell as f32);
                    (cell, covered / (end - start))
                })
                .collect()
        })
        .collect()
}

/// Averages the image down over areas, as a sensor of fewer pixels would.
pub(crate) fn shrink(image: &RgbImage, w: u32, h: u32) -> RgbImage {
    let (columns, rows) = (spans(image.width(), w), spans(image.height(), h));
    let stride = image.width() as usize * 3;
    let raw = image.as_raw();
    let mut out = Vec::with_capacity(w as usize * h as usize * 3);
    let mut line = vec![0f32; stride];
    for row in rows {
        line.fill(0.0);
        for (y, weight) in row {
            for (sum, value) in line.iter_mut().zip(&raw[y * stride..(y + 1) * stride]) {
                *sum += weight * f32::from(*value);
            }
        }
        for cells in &columns {
            for k in 0..3 {
                let value: f32 = cells.iter().map(|(x, weight)| weight * line[x * 3 + k]).sum();
                out.push((value + 0.5).min(255.0) as u8);
            }
        }
    }
    ImageBuffer::from_raw(w, h, out).expect("three values for each pixel")
}

/// Bilinear enlargement.
pub(crate) fn enlarge(image: &RgbImage, w: u32, h: u32) -> RgbImage {
    let map = Map::scaled(f64::from(w) / f64::from(image.width()), f64::from(h) / f64::from(image.height()), 0.0, 0.0);
    sample(image, &map, w, h, &|_, _| [255.0; 3])
}

/// Sharper enlargement by Catmull and Rom's cubic, with the overshoot at edges that phones' scalers leave.
pub(crate) fn enlarge_cubic(image: &RgbImage, w: u32, h: u32) -> RgbImage {
    let cubic = |t: f32| {
        let (t2, t3) = (t * t, t * t * t);
        [-0.5 * t + t2 - 0.5 * t3, 1.0 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2.0 * t2 - 1.5 * t3, -0.5 * t2 + 0.5 * t3]
    };
    let taps = |from: u32, to: u32| -> Vec<([usize; 4], [f32; 4])> {
        (0..to)
            .map(|at| {
                let place = (at as f32 + 0.5) * from as f32 / to as f32 - 0.5;
                let base = place.floor();
                let cells = [-1, 0, 1, 2].map(|d| (base as i32 + d).clamp(0, from as i32 - 1) as usize);
                (cells, cubic(place - base))
            })
            .collect()
    };
    let (columns, rows) = (taps(image.width(), w), taps(image.height(), h));
    let stride = image.width() as usize * 3;
    let raw = image.as_raw();
    let mut out = Vec::with_capacity(w as usize * h as usize * 3);
    let mut line = vec![0f32; stride];
    for (cells, weights) in rows {
        line.fill(0.0);
        for (y, weight) in cells.into_iter().zip(weights) {
            for (sum, value) in line.iter_mut().zip(&raw[y * stride..(y + 1) * stride]) {
                *sum += weight * f32::from(*value);
            }
        }
        for (cells, weights) in &columns {
            for k in 0..3 {
                let value: f32 = cells.iter().zip(weights).map(|(x, weight)| weight * line[x * 3 + k]).sum();
                out.push((value + 0.5).clamp(0.0, 255.0) as u8);
            }
        }
    }
    ImageBuffer::from_raw(w, h, out).expect("three values for each pixel")
}

/// Cuts out a rectangle that lies within the image.
pub(crate) fn cut(image: &RgbImage, x: u32, y: u32, w: u32, h: u32) -> RgbImage {
    ImageBuffer::from_fn(w, h, |cx, cy| *image.get_pixel(x + cx, y + cy))
}

/// Mirrors left and right, as the back of a sheet is seen.
pub(crate) fn mirrored(image: &RgbImage) -> RgbImage {
    let (w, h) = image.dimensions();
    ImageBuffer::from_fn(w, h, |x, y| *image.get_pixel(w - 1 - x, y))
}

/// An even image.
pub(crate) fn even(w: u32, h: u32, colour: [u8; 3]) -> RgbImage {
    ImageBuffer::from_pixel(w, h, Rgb(colour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_where_they_are_sent() {
        let to = [(10.0, 5.0), (90.0, 12.0), (80.0, 130.0), (4.0, 120.0)];
        let map = Map::onto(100.0, 140.0, to);
        let from = [(0.0, 0.0), (100.0, 0.0), (100.0, 140.0), (0.0, 140.0)];
        for (corner, target) in from.iter().zip(to) {
            let (x, y) = map.apply(corner.0, corner.1);
            assert!((x - target.0).abs() < 1e-9 && (y - target.1).abs() < 1e-9);
            let (bx, by) = map.inverse().apply(x, y);
            assert!((bx - corner.0).abs() < 1e-9 && (by - corner.1).abs() < 1e-9);
        }
    }

    #[test]
    fn resampling_keeps_an_even_image_even() {
        let image = even(40, 30, [120, 130, 140]);
        for out in [shrink(&image, 13, 7), enlarge(&image, 90, 70), enlarge_cubic(&image, 90, 70)] {
            assert!(out.pixels().all(|p| p.0 == [120, 130, 140]));
        }
    }
}
