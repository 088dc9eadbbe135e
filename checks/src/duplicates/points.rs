//! Points of a page that are found again in another capture of it: the centres of joined letters, each
//! with a look at the ink around it.
//!
//! The look is 128 bits: ink density in a lattice of boxes around the point, each more or less than the
//! mean of all (a binary descriptor in the way of BRIEF, over densities instead of pixels). The page is
//! upright and of one text size already, so the look needs no invariance of its own.

use super::fingerprint::BODY_PX;
use super::ink::{Ink, Integral, TurnedSums};
use super::parts::{Part, Parts};

/// Letters are between these heights, in body heights.
const HEIGHTS: (f32, f32) = (0.45, 3.2);
/// Narrower and wider parts are no good points, in body heights.
const WIDTHS: (f32, f32) = (0.35, 14.0);
/// Fewest pixels of ink of a point.
const MIN_AREA: u32 = 28;
/// Points kept at most; of more, every other one and so on.
const MOST_POINTS: usize = 1600;
/// The lattice of boxes: columns, rows, their distance and their size in pixels.
const COLUMNS: i32 = 16;
const ROWS: i32 = 8;
const STEP: (i32, i32) = (10, 9);
const BOX: (i32, i32) = (17, 14);

/// A point.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Pixels from the left of the normalised page.
    pub x: f32,
    /// Pixels from its top.
    pub y: f32,
    /// Width of the letters, pixels.
    pub width: f32,
    /// Height of the letters, pixels.
    pub height: f32,
    /// The look of its surroundings.
    pub look: u128,
}

/// Whether a part may be letters.
#[must_use]
pub fn letters(part: &Part) -> bool {
    let (w, h) = (part.width() as f32 / BODY_PX, part.height() as f32 / BODY_PX);
    part.area >= MIN_AREA && (HEIGHTS.0..=HEIGHTS.1).contains(&h) && (WIDTHS.0..=WIDTHS.1).contains(&w)
}

/// Those parts that points are made of, at most so many.
fn chosen(parts: impl Iterator<Item = Part>) -> impl Iterator<Item = Part> {
    let chosen: Vec<Part> = parts.filter(letters).collect();
    let stride = chosen.len().div_ceil(MOST_POINTS).max(1);
    chosen.into_iter().step_by(stride)
}

/// Where the points of a page of this width and height lie once it is turned clockwise by quarters.
pub(super) fn turned_places(parts: &[Part], quarters: u8, size: (usize, usize)) -> Vec<(f32, f32)> {
    let mut turned: Vec<Part> = parts.iter().map(|part| part.turned(quarters, size)).collect();
    // from the top, as those of a page that stands so
    turned.sort_unstable_by_key(|part| (part.y0, part.x0));
    chosen(turned.into_iter()).map(|part| (part.cx, part.cy)).collect()
}

/// The points of a page, from the top.
#[must_use]
pub fn points(ink: &Ink, parts: &Parts) -> Vec<Point> {
    let sums = ink.integral();
    chosen(parts.parts.iter().copied())
        .map(|part| Point {
            x: part.cx,
            y: part.cy,
            width: part.width() as f32,
            height: part.height() as f32,
            look: look(&sums, part.cx, part.cy, 1.0),
        })
        .collect()
}

/// The looks of points as they were if the letters were so many times as small.
#[must_use]
pub fn looks(ink: &Ink, points: &[Point], size: f32) -> Vec<u128> {
    let sums = ink.integral();
    points.iter().map(|p| look(&sums, p.x, p.y, size)).collect()
}

fn look(sums: &Integral, cx: f32, cy: f32, size: f32) -> u128 {
    Densities::around(sums.turned(0), (cx, cy), size).look()
}

/// Ink in the boxes around a place, pixels, row by row, and the mean of all.
pub(super) struct Densities {
    boxes: [u32; 128],
    mean: u32,
}

impl Densities {
    /// Those around a place, with letters so many times as small.
    pub(super) fn around(sums: TurnedSums<'_>, (cx, cy): (f32, f32), size: f32) -> Self {
        let [step_x, step_y, wide, high] = [STEP.0, STEP.1, BOX.0, BOX.1].map(|v| v as f32 * size);
        let place = |centre: f32, step: f32, count: i32, index: i32| {
            (centre.round() + step * (index as f32 - (count - 1) as f32 / 2.0)).floor() as i32
        };
        let (wide, high) = (wide.round() as i32, high.round() as i32);
        let mut boxes = [0_u32; 128];
        for row in 0..ROWS {
            let y = place(cy, step_y, ROWS, row) - high / 2;
            for column in 0..COLUMNS {
                let x = place(cx, step_x, COLUMNS, column) - wide / 2;
                boxes[(row * COLUMNS + column) as usize] = sums.sum(x, y, x + wide, y + high);
            }
        }
        let mean = boxes.iter().sum::<u32>().div_ceil(128);
        Self { boxes, mean }
    }

    /// The look: the first box in the highest bit.
    pub(super) fn look(&self) -> u128 {
        self.boxes.iter().fold(0, |bits, &d| bits << 1 | u128::from(d > self.mean))
    }

    /// How much ink the box of each bit of the look, the lowest first, would have to gain or lose for the bit to fall otherwise,
    /// pixels less one: the less, the likelier it does in another capture.
    pub(super) fn margins(&self) -> [u16; 128] {
        let mut margins = self.boxes.map(|density| {
            let margin = if density > self.mean { density - self.mean - 1 } else { self.mean - density };
            u16::try_from(margin).unwrap_or(u16::MAX)
        });
        margins.reverse();
        margins
    }
}
