//! A picture in which nothing is in focus, told without any letter.
//!
//! A strong blur melts letters into clouds, and of clouds one cannot ask how sharp letters are: the fewer are found, the less
//! is said against the page. But wherever a sharp picture goes from dark to light it does so within a pixel or two, and a
//! soft one nowhere does. So cells over the whole picture are asked how wide their steepest edge is: the span of their
//! brightness for the steepest step (edge width by the maximum gradient, as in Marziliano et al. 2002).

use super::grid::percentile;
use crate::page::Luma;

/// Cells along the longer side.
const CELLS: usize = 48;
/// Span of brightness from which a cell has an edge at all, levels: on soft print well above the noise.
const SPAN: f32 = 20.0;
/// Fewer cells with edges say nothing: the page is blank.
const FEWEST: usize = 24;
/// Width of edges that are soft, thousandths of the longer side: of the typical cell, and of those with the steepest ones.
/// Print blurred until it can hardly be read has 2.4 to 3.4 in the typical cell.
const SOFT: (f32, f32) = (4.0, 1.9);
/// They are no narrower than this, pixels: in a small picture a sharp edge is a large part of it.
const LEAST: (f32, f32) = (6.0, 4.0);
/// Which cells have the steepest edges.
const STEEPEST: f32 = 0.05;

/// Width of the typical edge of a picture in which nothing is in focus, with the limit, thousandths of the longer side;
/// `None` where something is sharp, or where there is nothing to see.
pub(super) fn nowhere_sharp(luma: &Luma) -> Option<(f32, f32)> {
    let long = luma.width().max(luma.height());
    let side = (long / CELLS).max(8);
    let (columns, rows) = (luma.width().saturating_sub(4) / side, luma.height().saturating_sub(4) / side);
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (2 + column * side, 2 + row * side)));
    let mut widths: Vec<f32> =
        cells.filter_map(|at| width(luma, at, side)).map(|width| 1000.0 * width / long as f32).collect();
    if widths.len() < FEWEST {
        return None;
    }
    let (typical, steepest) = (percentile(&mut widths, 0.5), percentile(&mut widths, STEEPEST));
    let limit = |soft: f32, least: f32| soft.max(1000.0 * least / long as f32);
    let limits = (limit(SOFT.0, LEAST.0), limit(SOFT.1, LEAST.1));
    (typical >= limits.0 && steepest >= limits.1).then_some((typical, limits.0))
}

/// Width of the steepest edge of a cell, pixels; `None` where it has none.
fn width(luma: &Luma, (left, top): (usize, usize), side: usize) -> Option<f32> {
    // means of three by three pixels, so that grain makes no edges
    let mean = |x: usize, y: usize| {
        let sum: u32 = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| u32::from(luma.at(x, y)))).sum();
        sum as f32 / 9.0
    };
    let means: Vec<f32> = (top..top + side).flat_map(|y| (left..left + side).map(move |x| mean(x, y))).collect();
    let (low, high) = means.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    if high - low < SPAN {
        return None;
    }
    let mut steepest = 0.0_f32;
    for y in 1..side - 1 {
        for x in 1..side - 1 {
            let at = y * side + x;
            let (dx, dy) = (means[at + 1] - means[at - 1], means[at + side] - means[at - side]);
            steepest = steepest.max(dx.hypot(dy) / 2.0);
        }
    }
    Some((high - low) / steepest.max(0.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bars across a page whose edges are so wide, pixels, on paper with some grain.
    fn bars(edge: f32) -> Luma {
        let brightness = |x: usize, y: usize| {
            let to_edge = ((x % 60) as f32 - 30.0).abs() - 15.0;
            let share = (to_edge / edge.max(0.5) + 0.5).clamp(0.0, 1.0);
            let grain = ((x * 7 + y * 13) % 5) as f32 - 2.0;
            (60.0 + 170.0 * share + grain) as u8
        };
        let pixels = (0..960 * 1280).map(|i| brightness(i % 960, i / 960)).collect();
        Luma::new(960, 1280, pixels).expect("a whole page")
    }

    #[test]
    fn a_page_of_soft_edges_alone_is_out_of_focus() {
        assert!(nowhere_sharp(&bars(20.0)).is_some_and(|(width, limit)| width > limit));
        for sharp in [1.0, 3.0] {
            assert_eq!(nowhere_sharp(&bars(sharp)), None, "{sharp}");
        }
    }

    #[test]
    fn one_sharp_part_or_none_with_edges_is_not() {
        let mut part = bars(20.0);
        let sharp = bars(1.0);
        let lines = 128 * 960;
        part.pixels_mut()[..lines].copy_from_slice(&sharp.pixels()[..lines]);
        assert_eq!(nowhere_sharp(&part), None);
        assert_eq!(nowhere_sharp(&Luma::filled(960, 1280, 230)), None);
        assert_eq!(nowhere_sharp(&Luma::filled(3, 3, 230)), None);
    }
}
