//! The tilt of the lines, and how far they fan out (perspective).
//!
//! The letters' centres are projected on the page's edge under every angle; at the right one they pile
//! up on their lines, and the sum of squares of the piles is largest (projection profile).

use super::text::Text;

/// Widest tilt that is looked for, degrees either way.
const WIDEST_DEG: f32 = 20.0;
/// First and second step of the search, degrees.
const STEPS_DEG: [f32; 2] = [0.5, 0.05];
/// Fewest letters for an answer.
const MIN_LETTERS: usize = 24;
/// Letters looked at, at most.
const MOST_LETTERS: usize = 3000;

/// Tilt of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tilt {
    /// Degrees, positive clockwise.
    pub deg: f32,
    /// How far the tilt of the upper half differs from that of the lower half, degrees.
    pub fan_deg: f32,
    /// How much better the lines stand out at this angle than on average; 1 is not at all.
    pub clarity: f32,
}

/// The tilt of the writing; `None` with too few letters.
#[must_use]
pub fn tilt(text: &Text) -> Option<Tilt> {
    if text.letters.len() < MIN_LETTERS {
        return None;
    }
    let points = points(text);
    let (deg, clarity) = best_angle(&points, text.body);
    let mut by_height = points.clone();
    by_height.sort_unstable_by(|a, b| a.1.total_cmp(&b.1));
    let half = by_height.len() / 2;
    let fan_deg = if half >= MIN_LETTERS {
        best_angle(&by_height[..half], text.body).0 - best_angle(&by_height[half..], text.body).0
    } else {
        0.0
    };
    Some(Tilt { deg, fan_deg, clarity })
}

/// How the lines of a page of this size (analysis pixels) lie, degrees: their tilt halfway down, and how much more those
/// at its bottom tilt than those at its top, as of a sheet seen from the side; `None` where one tilt stands for all
/// lines as well.
#[must_use]
pub fn fan(text: &Text, tilt: &Tilt, (width, height): (usize, usize)) -> Option<(f32, f32)> {
    /// Halves of a page that differ by less tilt alike, degrees.
    const HALVES_DEG: f32 = 0.2;
    /// Reach and steps of the search about what is known, degrees: first for tilt and fan, then finer for both.
    const TILTS_DEG: (f32, f32) = (2.0, 0.5);
    const FANS_DEG: (f32, f32) = (6.0, 0.5);
    const FINE_DEG: (f32, f32) = (0.5, 0.1);
    /// How much better the lines must stand out, and the least fan that counts.
    const BETTER: f32 = 1.08;
    const LEAST_DEG: f32 = 0.4;
    if tilt.fan_deg.abs() < HALVES_DEG {
        return None;
    }
    let points = points(text);
    let bin = (text.body / 4.0).max(1.0);
    let middle = width as f32 / 2.0;
    let score = |deg: f32, fan: f32| {
        let project = |p: &(f32, f32, f32)| {
            let (sin, cos) = (deg + fan * (p.1 / height as f32 - 0.5)).to_radians().sin_cos();
            (p.1 * cos - (p.0 - middle) * sin) / bin
        };
        pile(&points, project)
    };
    let best_of = |(deg, fan): (f32, f32), tilts: (f32, f32), fans: (f32, f32)| {
        let tries = about(deg, tilts).flat_map(|deg| about(fan, fans).map(move |fan| (deg, fan)));
        best(tries.map(|(deg, fan)| ((deg, fan), score(deg, fan))), (deg, fan))
    };
    let (coarse, _) = best_of((tilt.deg, 0.0), TILTS_DEG, FANS_DEG);
    let ((deg, fan), stands) = best_of(coarse, FINE_DEG, FINE_DEG);
    (fan.abs() >= LEAST_DEG && stands >= BETTER * score(tilt.deg, 0.0)).then_some((deg, fan))
}

/// Middles of letters and what they weigh.
fn points(text: &Text) -> Vec<(f32, f32, f32)> {
    let stride = text.letters.len().div_ceil(MOST_LETTERS).max(1);
    let letters = text.letters.iter().step_by(stride);
    letters.map(|b| (b.centre().0, b.centre().1, (b.width() as f32 / text.body).clamp(0.5, 6.0))).collect()
}

/// The angle at which the lines stand out best, degrees, and how much better than on average.
fn best_angle(points: &[(f32, f32, f32)], body: f32) -> (f32, f32) {
    let bin = (body / 4.0).max(1.0);
    let scored = |deg: f32| {
        let (sin, cos) = deg.to_radians().sin_cos();
        (deg, pile(points, |p| (p.1 * cos - p.0 * sin) / bin))
    };
    let coarse: Vec<(f32, f32)> = about(0.0, (WIDEST_DEG, STEPS_DEG[0])).map(scored).collect();
    let mean = coarse.iter().map(|(_, score)| score).sum::<f32>() / coarse.len() as f32;
    let (deg, stands) = best(coarse.into_iter(), 0.0);
    let (deg, _) = best(about(deg, (STEPS_DEG[0], STEPS_DEG[1])).map(scored), deg);
    (deg, stands / mean.max(f32::EPSILON))
}

/// Places about a middle, as far as `reach` either way.
fn about(middle: f32, (reach, step): (f32, f32)) -> impl Iterator<Item = f32> {
    let count = (reach / step).round() as i32;
    (-count..=count).map(move |i| middle + i as f32 * step)
}

/// The first of the tries that score best, and its score; `otherwise` where there are none.
fn best<T: Copy>(tries: impl Iterator<Item = (T, f32)>, otherwise: T) -> (T, f32) {
    tries.fold((otherwise, f32::MIN), |best, one| if one.1 > best.1 { one } else { best })
}

/// Sum of squares of the letters' weights over bins across the lines; `project` tells the bin of a letter.
fn pile(points: &[(f32, f32, f32)], project: impl Fn(&(f32, f32, f32)) -> f32) -> f32 {
    let lowest = points.iter().map(&project).fold(f32::INFINITY, f32::min);
    let mut bins: Vec<f32> = Vec::new();
    for point in points {
        let place = project(point) - lowest;
        let (index, part) = (place as usize, place.fract());
        if bins.len() < index + 2 {
            bins.resize(index + 2, 0.0);
        }
        // shared between two bins, so that the score does not hop with the bins' borders
        bins[index] += point.2 * (1.0 - part);
        bins[index + 1] += point.2 * part;
    }
    bins.iter().map(|b| b * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legibility::blobs::Blob;

    fn page(deg: f32) -> Text {
        let (sin, cos) = deg.to_radians().sin_cos();
        let mut text = Text { body: 12.0, ..Text::default() };
        for i in 0..400 {
            let (u, v) = ((i % 40) as f32 * 20.0, (i / 40) as f32 * 40.0);
            let jitter = ((i * 7919) % 7) as f32 - 3.0;
            let (x, y) = (400.0 + u * cos - v * sin, 400.0 + u * sin + v * cos + jitter);
            let (x, y) = (x as u32, y as u32);
            text.letters.push(Blob { x0: x, y0: y, x1: x + 14, y1: y + 12, area: 80, perimeter: 60, depth: 100.0 });
        }
        text
    }

    #[test]
    fn known_tilts_are_found() {
        for deg in [-12.0, -3.0, 0.0, 0.7, 5.0, 15.0] {
            let found = tilt(&page(deg)).unwrap();
            assert!((found.deg - deg).abs() < 0.3, "{deg}: {found:?}");
            assert!(found.fan_deg.abs() < 0.6, "{found:?}");
        }
    }

    /// The page's letters moved as on a sheet whose lines tilt more towards its bottom.
    fn fanned(deg: f32) -> Text {
        let mut text = page(0.0);
        for letter in &mut text.letters {
            let (x, y) = letter.centre();
            let down = (deg * (y / 800.0 - 0.5)).to_radians().tan() * (x - 800.0);
            (letter.y0, letter.y1) = ((letter.y0 as f32 + down) as u32, (letter.y1 as f32 + down) as u32);
        }
        text
    }

    #[test]
    fn lines_that_fan_out_are_told_from_lines_that_do_not() {
        for deg in [-3.0, 2.0, 4.0] {
            let text = fanned(deg);
            let found = fan(&text, &tilt(&text).unwrap(), (1600, 800));
            assert!(found.is_some_and(|(tilt, fan)| tilt.abs() < 0.4 && (fan - deg).abs() < 0.5), "{deg}: {found:?}");
        }
        for deg in [0.0, 3.0] {
            let text = page(deg);
            assert_eq!(fan(&text, &tilt(&text).unwrap(), (1600, 800)), None);
        }
    }

    #[test]
    fn few_letters_give_no_tilt() {
        let mut text = page(0.0);
        text.letters.truncate(10);
        assert_eq!(tilt(&text), None);
    }
}
