//! Stamps seen by their colour: blue, violet, red or green ink in a patch of a stamp's size and density.
//!
//! Hints for the expert, no more. Dark stamps and those on grey scans are not seen; a page without a hit says nothing
//! about its stamp. Printed placeholders («محل مهر و امضا») are dark print and leave no patch.

use sanad_checks::facts::MarkFact;
use sanad_checks::page::Region;

use crate::raster::Rgb;

/// Cells across a page; on A4 a cell is 0.9 mm wide.
const CELLS: usize = 240;
/// Difference of channels from which a pixel has a colour, levels, and as a share of its brightest channel.
const COLOURED: (u8, f32) = (48, 0.22);
/// Share of coloured pixels that makes a cell one of ink.
const INK_SHARE: f32 = 0.07;
/// More cells of ink than this are tinted paper or a picture.
const MOST_INK: f32 = 0.16;
/// Sides of a stamp, cells: 14 to 75 mm.
const SIDES: std::ops::RangeInclusive<usize> = 16..=86;
/// Its longer side over the shorter, at most.
const LONGEST: f32 = 3.4;
/// Share of its frame that is ink: letters and rings, neither a stroke nor a filled bar.
const DENSITY: std::ops::RangeInclusive<f32> = 0.14..=0.85;
/// Cells that may lie between two parts of one stamp.
const REACH: usize = 2;

/// A patch of ink in cells.
#[derive(Clone, Copy, Debug)]
struct Patch {
    x0: usize,
    y0: usize,
    x1: usize,
    y1: usize,
    cells: usize,
    sums: [u64; 3],
}

/// Stamps on a page, in its pixels.
pub(crate) fn stamps(rgb: &Rgb, page: u32) -> Vec<MarkFact> {
    let side = (rgb.width / CELLS).max(2);
    let (columns, rows) = (rgb.width / side, rgb.height / side);
    let mut ink: Vec<Option<[u64; 3]>> = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            ink.push(cell(rgb, column * side, row * side, side));
        }
    }
    let count = ink.iter().flatten().count();
    if count as f32 > MOST_INK * ink.len().max(1) as f32 {
        return vec![];
    }
    patches(&mut ink, columns, rows).into_iter().filter(is_stamp).map(|patch| fact(&patch, side, page)).collect()
}

/// Mean of the coloured pixels of a cell, if it is one of ink.
fn cell(rgb: &Rgb, x: usize, y: usize, side: usize) -> Option<[u64; 3]> {
    let mut sums = [0_u64; 3];
    let mut count = 0_u64;
    for row in y..y + side {
        let from = (row * rgb.width + x) * 3;
        for pixel in rgb.pixels[from..from + side * 3].chunks_exact(3) {
            let most = pixel[0].max(pixel[1]).max(pixel[2]);
            let spread = most - pixel[0].min(pixel[1]).min(pixel[2]);
            if spread >= COLOURED.0 && f32::from(spread) >= COLOURED.1 * f32::from(most) {
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u64::from(*value));
                count += 1;
            }
        }
    }
    (count as f32 >= INK_SHARE * (side * side) as f32).then(|| sums.map(|sum| sum / count.max(1)))
}

/// Connected patches; taken cells are emptied.
fn patches(ink: &mut [Option<[u64; 3]>], columns: usize, rows: usize) -> Vec<Patch> {
    let mut found = Vec::new();
    for start in 0..ink.len() {
        if ink[start].is_none() {
            continue;
        }
        let (x, y) = (start % columns, start / columns);
        let mut patch = Patch { x0: x, y0: y, x1: x + 1, y1: y + 1, cells: 0, sums: [0; 3] };
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            let Some(colour) = ink[at].take() else { continue };
            let (x, y) = (at % columns, at / columns);
            patch.x0 = patch.x0.min(x);
            patch.y0 = patch.y0.min(y);
            patch.x1 = patch.x1.max(x + 1);
            patch.y1 = patch.y1.max(y + 1);
            patch.cells += 1;
            patch.sums.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value);
            for ny in y.saturating_sub(REACH)..(y + REACH + 1).min(rows) {
                for nx in x.saturating_sub(REACH)..(x + REACH + 1).min(columns) {
                    if ink[ny * columns + nx].is_some() {
                        waiting.push(ny * columns + nx);
                    }
                }
            }
        }
        found.push(patch);
    }
    found
}

fn is_stamp(patch: &Patch) -> bool {
    let (width, height) = (patch.x1 - patch.x0, patch.y1 - patch.y0);
    let density = patch.cells as f32 / (width * height) as f32;
    let long = width.max(height) as f32 / width.min(height) as f32;
    SIDES.contains(&width.max(height))
        && width.min(height) * 2 >= *SIDES.start()
        && long <= LONGEST
        && DENSITY.contains(&density)
}

fn fact(patch: &Patch, side: usize, page: u32) -> MarkFact {
    let [red, green, blue] = patch.sums.map(|sum| sum as f32 / patch.cells.max(1) as f32);
    let colour = if red > green && red > blue + 25.0 {
        "red"
    } else if green > red && green > blue {
        "green"
    } else if red > green + 14.0 {
        "violet"
    } else {
        "blue"
    };
    let (width, height) = (patch.x1 - patch.x0, patch.y1 - patch.y0);
    let square = width.min(height) as f64 / width.max(height) as f64;
    let at = |cells: usize| (cells * side) as u32;
    MarkFact {
        page,
        region: Region::new(at(patch.x0), at(patch.y0), at(width), at(height)),
        colour: colour.to_owned(),
        confidence: ((0.55 + 0.4 * square) * 100.0).round() / 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White paper with a ring of this colour and width about (300, 500).
    fn page(colour: [u8; 3], radius: f32) -> Rgb {
        let (width, height) = (960, 1350);
        let mut pixels = vec![255; width * height * 3];
        for y in 0..height {
            for x in 0..width {
                let (dx, dy) = (x as f32 - 300.0, y as f32 - 500.0);
                let distance = (dx * dx + dy * dy).sqrt();
                let band = (y / 12) % 2 == 0 && dx.abs() < radius * 0.6;
                if (distance - radius).abs() < 4.0 || (distance < radius * 0.75 && band) {
                    pixels[(y * width + x) * 3..][..3].copy_from_slice(&colour);
                }
            }
        }
        Rgb::new(width, height, pixels).unwrap()
    }

    #[test]
    fn a_ring_of_coloured_ink_is_a_stamp() {
        let found = stamps(&page([40, 60, 170], 70.0), 2);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].colour.as_str(), found[0].page), ("blue", 2));
        assert!(found[0].region.near(Region::new(300, 500, 1, 1), 0));
        assert_eq!(stamps(&page([170, 30, 40], 70.0), 0)[0].colour, "red");
    }

    #[test]
    fn dark_print_and_small_dots_are_none() {
        assert!(stamps(&page([30, 30, 34], 70.0), 0).is_empty());
        assert!(stamps(&page([40, 60, 170], 12.0), 0).is_empty());
    }

    #[test]
    fn tinted_paper_is_none() {
        let rgb = Rgb::new(480, 600, [200, 120, 120].repeat(480 * 600)).unwrap();
        assert!(stamps(&rgb, 0).is_empty());
    }
}
