//! Plane maps between two normalised pages: similarity, affine, projective, fitted by least squares.

/// A projective map; the last of the nine entries is 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Map(pub [f64; 9]);

/// A pair of places that belong together.
pub type Pair = ((f32, f32), (f32, f32));

/// Pixels that count as one in the fits, so that their sums stay of one size.
const UNIT: f64 = 500.0;

impl Map {
    /// Leaves every place where it is.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    /// Where a place goes.
    #[must_use]
    pub fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y, m) = (f64::from(x), f64::from(y), &self.0);
        let w = m[6] * x + m[7] * y + m[8];
        (((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32)
    }

    /// How places near this one move: the four derivatives `dx/dx, dx/dy, dy/dx, dy/dy`.
    #[must_use]
    pub fn slope(&self, x: f32, y: f32) -> [f32; 4] {
        let (o, a, b) = (self.apply(x, y), self.apply(x + 1.0, y), self.apply(x, y + 1.0));
        [a.0 - o.0, b.0 - o.0, a.1 - o.1, b.1 - o.1]
    }

    /// The way back; `None` for a map that has none.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let adjoint = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        let last = adjoint[8];
        (last.abs() > 1e-12).then(|| Self(adjoint.map(|v| v / last)))
    }

    /// The similarity (turn, size, shift) that takes two places to two others.
    #[must_use]
    pub fn similar(one: Pair, two: Pair) -> Option<Self> {
        let wide = |p: (f32, f32)| (f64::from(p.0), f64::from(p.1));
        let ((ax, ay), (bx, by)) = (wide(one.0), wide(one.1));
        let ((cx, cy), (dx, dy)) = (wide(two.0), wide(two.1));
        let (ux, uy, vx, vy) = (cx - ax, cy - ay, dx - bx, dy - by);
        let length = ux * ux + uy * uy;
        if length < 1.0 {
            return None;
        }
        let (p, q) = ((ux * vx + uy * vy) / length, (ux * vy - uy * vx) / length);
        Some(Self([p, -q, bx - p * ax + q * ay, q, p, by - q * ax - p * ay, 0.0, 0.0, 1.0]))
    }

    /// The affine map that fits pairs best; `None` where they lie on a line.
    #[must_use]
    pub fn affine(pairs: &[Pair]) -> Option<Self> {
        let mut normal = [[0.0; 5]; 3];
        for &((x, y), (u, v)) in pairs {
            let row = [f64::from(x) / UNIT, f64::from(y) / UNIT, 1.0];
            add_products(&mut normal, &row, &[row[0], row[1], row[2], f64::from(u), f64::from(v)]);
        }
        let solved = solve::<3, 5>(&mut normal)?;
        let [x, y] = [0, 1].map(|k| [solved[0][k] / UNIT, solved[1][k] / UNIT, solved[2][k]]);
        Some(Self([x[0], x[1], x[2], y[0], y[1], y[2], 0.0, 0.0, 1.0]))
    }

    /// The projective map that fits pairs best (linear least squares); `None` where they do not fix it.
    #[must_use]
    pub fn projective(pairs: &[Pair]) -> Option<Self> {
        let mut normal = [[0.0; 9]; 8];
        for &((x, y), (u, v)) in pairs {
            let [x, y, u, v] = [x, y, u, v].map(|c| f64::from(c) / UNIT);
            for row in [[x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u], [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]] {
                add_products(&mut normal, &row[..8], &row);
            }
        }
        let s = solve::<8, 9>(&mut normal)?.map(|row| row[0]);
        Some(Self([s[0], s[1], s[2] * UNIT, s[3], s[4], s[5] * UNIT, s[6] / UNIT, s[7] / UNIT, 1.0]))
    }
}

/// Solves `N` equations for the right sides beyond column `N` (Gauss with row choice).
fn solve<const N: usize, const M: usize>(rows: &mut [[f64; M]; N]) -> Option<[[f64; 2]; N]> {
    for at in 0..N {
        let best = (at..N).max_by(|&a, &b| rows[a][at].abs().total_cmp(&rows[b][at].abs()))?;
        rows.swap(at, best);
        if rows[at][at].abs() < 1e-10 {
            return None;
        }
        let pivot = rows[at];
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let factor = row[at] / pivot[at];
            for (cell, above) in row.iter_mut().zip(pivot).skip(at) {
                *cell -= factor * above;
            }
        }
    }
    let mut out = [[0.0; 2]; N];
    for (at, (row, out)) in rows.iter().zip(&mut out).enumerate() {
        for (value, wanted) in row[N..].iter().zip(out) {
            *wanted = value / row[at];
        }
    }
    Some(out)
}

/// Adds the products of one equation's coefficients with its whole row to the normal equations.
fn add_products<const M: usize>(normal: &mut [[f64; M]], coefficients: &[f64], row: &[f64; M]) {
    for (sums, coefficient) in normal.iter_mut().zip(coefficients) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += coefficient * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [(f32, f32); 6] =
        [(10.0, 20.0), (900.0, 40.0), (850.0, 1200.0), (30.0, 1150.0), (400.0, 600.0), (700.0, 300.0)];

    fn close(a: (f32, f32), b: (f32, f32)) -> bool {
        (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05
    }

    #[test]
    fn fits_give_back_the_map_that_made_the_pairs() {
        let made = Map([1.02, 0.03, 14.0, -0.02, 0.97, -8.0, 2e-5, -3e-5, 1.0]);
        let pairs = PLACES.map(|p| (p, made.apply(p.0, p.1)));
        let fitted = Map::projective(&pairs).unwrap();
        let back = fitted.inverse().unwrap();
        for (place, target) in pairs {
            assert!(close(fitted.apply(place.0, place.1), target));
            assert!(close(back.apply(target.0, target.1), place));
        }
        let flat = Map([1.1, 0.2, 3.0, -0.1, 0.9, 5.0, 0.0, 0.0, 1.0]);
        let pairs = PLACES.map(|p| (p, flat.apply(p.0, p.1)));
        let fitted = Map::affine(&pairs).unwrap();
        assert!(pairs.iter().all(|(p, q)| close(fitted.apply(p.0, p.1), *q)));
    }

    #[test]
    fn two_pairs_make_a_similarity() {
        let map = Map::similar(((0.0, 0.0), (5.0, 7.0)), ((10.0, 0.0), (5.0, 27.0))).unwrap();
        assert!(close(map.apply(0.0, 10.0), (-15.0, 7.0)));
        assert!(Map::similar(((1.0, 1.0), (5.0, 7.0)), ((1.0, 1.0), (5.0, 27.0))).is_none());
    }

    #[test]
    fn places_on_a_line_fix_nothing() {
        let line: Vec<Pair> = (0..9).map(|i| ((i as f32, i as f32), (i as f32, 2.0 * i as f32))).collect();
        assert!(Map::affine(&line).is_none() && Map::projective(&line).is_none());
    }
}
