//! How sharp the letters are: the width of the flank between paper and ink, in pixels.
//!
//! Along lines through the text the brightness swings between paper and ink. Each swing that is large
//! against the local contrast is an edge; its width is the distance in which it covers the middle 80 %
//! of the swing (the 10–90 % rise, 2.56 standard deviations of a Gaussian blur). Letters have edges of
//! all slants, and a slanted edge looks wider than it is, so the narrow end of the distribution counts.

use super::grid::percentile;
use crate::page::Luma;

/// A swing turns when it comes back by this share of the contrast.
const TURN_SHARE: f32 = 0.25;
/// A swing is an edge when it covers this share of the contrast.
const EDGE_SHARE: f32 = 0.5;
/// The part of a swing that is measured begins and ends at these shares.
const RISE: (f32, f32) = (0.1, 0.9);
/// Share of the edges that are narrower than the reported width.
const NARROW: f32 = 0.3;
/// Fewest edges for an answer.
const MIN_EDGES: usize = 12;

/// The four directions in which edges are measured.
pub const DIRECTIONS: [(isize, isize); 4] = [(1, 0), (0, 1), (1, 1), (1, -1)];

/// Edge widths of one tile, full-size pixels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edges {
    /// Width across each direction of [`DIRECTIONS`]; 0 where there were too few edges.
    pub width: [f32; 4],
    /// Swings found, over all directions.
    pub count: usize,
    /// Median share of the contrast that neighbouring strokes keep between them, 0–1.
    pub modulation: f32,
}

impl Edges {
    /// The width over all directions that gave one: their mean.
    #[must_use]
    pub fn mean(&self) -> f32 {
        let given: Vec<f32> = self.width.iter().copied().filter(|&w| w > 0.0).collect();
        if given.is_empty() { 0.0 } else { given.iter().sum::<f32>() / given.len() as f32 }
    }

    /// The widest direction; 0 where none gave a width.
    #[must_use]
    pub fn widest(&self) -> f32 {
        self.width.iter().copied().fold(0.0, f32::max)
    }

    /// Widest direction over narrowest; 1 where fewer than two gave a width.
    #[must_use]
    pub fn anisotropy(&self) -> f32 {
        let given = || self.width.iter().copied().filter(|&w| w > 0.0);
        let narrow = given().fold(f32::INFINITY, f32::min);
        let wide = given().fold(0.0, f32::max);
        if narrow.is_finite() && narrow > 0.0 { wide / narrow } else { 1.0 }
    }
}

/// Collects swings of one direction.
#[derive(Default)]
struct Swings {
    widths: Vec<f32>,
    amplitudes: Vec<f32>,
    line: Vec<f32>,
}

/// Measures the edges inside a box (full-size pixels, half open) where ink lies `contrast` levels deep.
#[must_use]
pub fn edges(luma: &Luma, x0: usize, y0: usize, x1: usize, y1: usize, contrast: f32, step: usize) -> Edges {
    let mut result = Edges::default();
    let mut amplitudes = Vec::new();
    for (direction, &(dx, dy)) in DIRECTIONS.iter().enumerate() {
        let mut swings = Swings::default();
        for (x, y) in starts(x0, y0, x1, y1, (dx, dy), step) {
            swings.line.clear();
            let (mut px, mut py) = (x as isize, y as isize);
            while (x0 as isize..x1 as isize).contains(&px) && (y0 as isize..y1 as isize).contains(&py) {
                swings.line.push(f32::from(luma.at(px as usize, py as usize)));
                px += dx;
                py += dy;
            }
            collect(&mut swings, contrast);
        }
        let length = ((dx * dx + dy * dy) as f32).sqrt();
        result.count += swings.widths.len();
        if swings.widths.len() >= MIN_EDGES {
            result.width[direction] = percentile(&mut swings.widths, NARROW) * length;
        }
        amplitudes.append(&mut swings.amplitudes);
    }
    result.modulation = (percentile(&mut amplitudes, 0.5) / contrast).min(1.0);
    result
}

/// First points of the lines of one direction, `step` pixels apart.
fn starts(x0: usize, y0: usize, x1: usize, y1: usize, (dx, dy): (isize, isize), step: usize) -> Vec<(usize, usize)> {
    let rows = || (y0..y1).step_by(step);
    let columns = || (x0..x1).step_by(step);
    match (dx, dy) {
        (1, 0) => rows().map(|y| (x0, y)).collect(),
        (0, 1) => columns().map(|x| (x, y0)).collect(),
        // diagonals at twice the distance: they serve the direction of a shake only
        (1, 1) => rows().step_by(2).map(|y| (x0, y)).chain(columns().step_by(2).map(|x| (x, y0))).collect(),
        _ => rows().step_by(2).map(|y| (x0, y)).chain(columns().step_by(2).map(|x| (x, y1 - 1))).collect(),
    }
}

/// Walks one line from turn to turn and keeps the swings that are edges.
fn collect(swings: &mut Swings, contrast: f32) {
    let turn = TURN_SHARE * contrast;
    let edge = EDGE_SHARE * contrast;
    let line = std::mem::take(&mut swings.line);
    let Some(&first) = line.first() else { return };
    let (mut from, mut low, mut high) = (0_usize, (0_usize, first), (0_usize, first));
    let mut rising: Option<bool> = None;
    for (i, &v) in line.iter().enumerate().skip(1) {
        if v <= low.1 {
            low = (i, v);
        }
        if v >= high.1 {
            high = (i, v);
        }
        let turned_down = rising != Some(false) && high.1 - v > turn;
        let turned_up = rising != Some(true) && v - low.1 > turn;
        if turned_down {
            keep(swings, &line, from, high.0, edge, rising.is_some());
            (from, low, rising) = (high.0, (i, v), Some(false));
        } else if turned_up {
            keep(swings, &line, from, low.0, edge, rising.is_some());
            (from, high, rising) = (low.0, (i, v), Some(true));
        }
    }
    swings.line = line;
}

fn keep(swings: &mut Swings, line: &[f32], from: usize, to: usize, edge: f32, known: bool) {
    if !known || to <= from {
        return;
    }
    let amplitude = (line[to] - line[from]).abs();
    swings.amplitudes.push(amplitude);
    if amplitude < edge {
        return;
    }
    let sign = (line[to] - line[from]).signum();
    let at = |share: f32| crossing(&line[from..=to], line[from], sign, share * amplitude);
    if let (Some(start), Some(end)) = (at(RISE.0), at(RISE.1)) {
        swings.widths.push((end - start).max(0.5));
    }
}

/// Where a swing first passes `level` above its start, between pixels.
fn crossing(swing: &[f32], start: f32, sign: f32, level: f32) -> Option<f32> {
    let above = |v: f32| (v - start) * sign - level;
    let i = swing.iter().position(|&v| above(v) >= 0.0)?;
    if i == 0 {
        return Some(0.0);
    }
    let (before, after) = (above(swing[i - 1]), above(swing[i]));
    Some(i as f32 - after / (after - before).max(f32::EPSILON))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vertical bars, blurred sideways by a box of `blur` pixels.
    fn bars(blur: usize) -> Luma {
        let (width, height) = (160, 80);
        let sharp = |x: isize| if (x.rem_euclid(24)) < 8 { 30.0 } else { 220.0 };
        let mut luma = Luma::filled(width, height, 0);
        for y in 0..height {
            for x in 0..width {
                let half = (blur / 2) as isize;
                let sum: f32 = (-half..=half).map(|o| sharp(x as isize + o)).sum();
                luma.pixels_mut()[y * width + x] = (sum / (2 * half + 1) as f32) as u8;
            }
        }
        luma
    }

    #[test]
    fn a_sharp_edge_is_about_a_pixel_wide() {
        let found = edges(&bars(1), 0, 0, 160, 80, 190.0, 4);
        assert!(found.width[0] <= 1.0, "{found:?}");
        assert!(found.width[1].abs() < f32::EPSILON, "no edge down the bars");
    }

    #[test]
    fn the_width_grows_with_the_blur_in_its_direction() {
        let widths: Vec<f32> =
            [1, 3, 5, 7].iter().map(|&b| edges(&bars(b), 0, 0, 160, 80, 190.0, 4).width[0]).collect();
        assert!(widths.windows(2).all(|w| w[1] > w[0] + 1.0), "{widths:?}");
    }

    #[test]
    fn flat_paper_has_no_edges() {
        assert_eq!(edges(&Luma::filled(64, 64, 200), 0, 0, 64, 64, 50.0, 4).count, 0);
    }
}
