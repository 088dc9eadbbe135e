//! Outlines: how much of a frame or of a ring the ink of a spot fills, at any turn a hand gives it.

/// Turns that are tried, degrees.
const TURNS: [f32; 13] = [-30.0, -25.0, -20.0, -15.0, -10.0, -5.0, 0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0];
/// Points looked at.
const POINTS: usize = 600;
/// Ink beyond this share of the points at each end sticks out of the outline and is left aside.
const STRAY: f32 = 0.015;
/// Places along each side of a frame, and around a ring.
const PLACES: (usize, usize) = (12, 40);
/// Width of the outline's band: a share of the shorter half side, and pixels.
const BAND: (f32, f32) = (0.1, 1.5);

/// How far ink is an outline.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outline {
    /// Share of a frame's places that hold ink.
    pub(super) frame: f32,
    /// The turn at which it does best, degrees.
    pub(super) turn: f32,
    /// Share of a ring's places that hold ink.
    pub(super) ring: f32,
    /// Share of the ink that lies well inside.
    pub(super) inside: f32,
}

/// The best outline of points.
pub(super) fn outline(points: &[(usize, usize)]) -> Outline {
    let step = points.len().div_ceil(POINTS).max(1);
    let some: Vec<(f32, f32)> = points.iter().step_by(step).map(|(x, y)| (*x as f32, *y as f32)).collect();
    let mut best = Outline::default();
    let (mut xs, mut ys) = (Vec::with_capacity(some.len()), Vec::with_capacity(some.len()));
    for turn in TURNS {
        let (sin, cos) = turn.to_radians().sin_cos();
        xs.clear();
        ys.clear();
        xs.extend(some.iter().map(|(x, y)| x * cos + y * sin));
        ys.extend(some.iter().map(|(x, y)| y * cos - x * sin));
        let (left, right) = ends(&mut xs.clone());
        let (top, low) = ends(&mut ys.clone());
        let (half_x, half_y) = ((right - left) / 2.0, (low - top) / 2.0);
        if half_x < 1.0 || half_y < 1.0 {
            continue;
        }
        let (cx, cy) = ((left + right) / 2.0, (top + low) / 2.0);
        let band = BAND.0 * half_x.min(half_y) + BAND.1;
        let mut sides = [[false; PLACES.0]; 4];
        let mut ring = [false; PLACES.1];
        let mut inside = 0;
        for (x, y) in xs.iter().zip(&ys) {
            let (dx, dy) = (x - cx, y - cy);
            let place = |at: f32, half: f32| (((at / half + 1.0) / 2.0 * PLACES.0 as f32) as usize).min(PLACES.0 - 1);
            if (dx.abs() - half_x).abs() <= band {
                sides[usize::from(dx > 0.0)][place(dy, half_y)] = true;
            }
            if (dy.abs() - half_y).abs() <= band {
                sides[2 + usize::from(dy > 0.0)][place(dx, half_x)] = true;
            }
            let (u, v) = (dx / half_x, dy / half_y);
            let far = u.hypot(v);
            if (far - 1.0).abs() * half_x.min(half_y) <= band {
                let angle = (v.atan2(u) / std::f32::consts::TAU + 0.5) * PLACES.1 as f32;
                ring[(angle as usize).min(PLACES.1 - 1)] = true;
            }
            inside += usize::from(u.abs().max(v.abs()) < 0.72);
        }
        let frame = sides.iter().flatten().filter(|hit| **hit).count() as f32 / (4 * PLACES.0) as f32;
        let ring = ring.iter().filter(|hit| **hit).count() as f32 / PLACES.1 as f32;
        if frame > best.frame {
            best = Outline { frame, turn, inside: inside as f32 / some.len() as f32, ..best };
        }
        best.ring = best.ring.max(ring);
    }
    best
}

/// Where the ink begins and ends, strays aside.
fn ends(values: &mut [f32]) -> (f32, f32) {
    let count = values.len();
    let aside = ((count as f32 * STRAY) as usize).min(count / 2);
    let low = *values.select_nth_unstable_by(aside, f32::total_cmp).1;
    let high = *values.select_nth_unstable_by(count - 1 - aside, f32::total_cmp).1;
    (low, high)
}
