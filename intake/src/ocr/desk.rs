//! The desk around a photographed sheet, painted over for a reader of words that made nothing of the page: evened like
//! paper, the grain of a table is a page full of letters to its layout.

use sanad_checks::page::Luma;

/// Side of the cells whose means are compared, pixels.
const CELL: usize = 16;
/// Of the means from dark to bright, the one at this share is the paper's.
const PAPER: f32 = 0.7;
/// A cell is desk where it is darker than this share of the paper and joined to the picture's edge by such cells.
const DARK: f32 = 0.72;
/// A desk covers this much of a picture.
const SHARES: std::ops::RangeInclusive<f32> = 0.02..=0.7;

/// The page with its desk as bright as its paper; `None` where no desk is seen.
pub(super) fn cleared(page: &Luma) -> Option<Luma> {
    let (columns, rows) = (page.width() / CELL, page.height() / CELL);
    if columns == 0 || rows == 0 {
        return None;
    }
    let means: Vec<f32> = (0..columns * rows).map(|at| mean(page, at % columns, at / columns)).collect();
    let mut sorted = means.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let paper = sorted[((sorted.len() - 1) as f32 * PAPER) as usize];
    let desk = grown(&joined_to_edge(&means, columns, DARK * paper), columns);
    let share = desk.iter().filter(|cell| **cell).count() as f32 / desk.len() as f32;
    if !SHARES.contains(&share) {
        return None;
    }
    let mut out = page.clone();
    let width = page.width();
    for y in 0..page.height() {
        for x in 0..width {
            if desk[(y / CELL).min(rows - 1) * columns + (x / CELL).min(columns - 1)] {
                out.pixels_mut()[y * width + x] = paper as u8;
            }
        }
    }
    Some(out)
}

fn mean(page: &Luma, column: usize, row: usize) -> f32 {
    let lines = (row * CELL..(row + 1) * CELL).map(|y| &page.row(y)[column * CELL..(column + 1) * CELL]);
    let sum: u32 = lines.flatten().map(|value| u32::from(*value)).sum();
    sum as f32 / (CELL * CELL) as f32
}

/// Cells darker than a limit that dark cells join to the edge.
fn joined_to_edge(means: &[f32], columns: usize, limit: f32) -> Vec<bool> {
    let rows = means.len() / columns;
    let mut found = vec![false; means.len()];
    let at_edge = |at: &usize| {
        let (x, y) = (at % columns, at / columns);
        x == 0 || y == 0 || x + 1 == columns || y + 1 == rows
    };
    let mut open: Vec<usize> = (0..means.len()).filter(at_edge).collect();
    while let Some(at) = open.pop() {
        if found[at] || means[at] >= limit {
            continue;
        }
        found[at] = true;
        open.extend(neighbours(at, columns, rows));
    }
    found
}

/// The same with the cells beside them: the sheet's edge and its shadow.
fn grown(cells: &[bool], columns: usize) -> Vec<bool> {
    let rows = cells.len() / columns;
    (0..cells.len()).map(|at| cells[at] || neighbours(at, columns, rows).any(|near| cells[near])).collect()
}

fn neighbours(at: usize, columns: usize, rows: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (at % columns, at / columns);
    let beside = [
        (x > 0).then(|| at - 1),
        (x + 1 < columns).then_some(at + 1),
        (y > 0).then(|| at - columns),
        (y + 1 < rows).then_some(at + columns),
    ];
    beside.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bright sheet on a dark grained desk, with a dark box in its middle.
    fn photo(desk: u8) -> Luma {
        let mut page = Luma::filled(320, 480, desk);
        for y in 0..480 {
            for x in 0..320 {
                let sheet = (64..256).contains(&x) && (64..416).contains(&y);
                let dark = (128..176).contains(&x) && (200..248).contains(&y);
                let grain = ((x * 7 + y * 13) % 23) as u8;
                page.pixels_mut()[y * 320 + x] = if dark {
                    30
                } else if sheet {
                    220
                } else {
                    desk + grain
                };
            }
        }
        page
    }

    #[test]
    fn the_desk_becomes_paper_and_what_is_on_the_sheet_stays() {
        let clear = cleared(&photo(60)).expect("a desk");
        assert_eq!((clear.at(5, 5), clear.at(310, 470)), (220, 220));
        assert_eq!((clear.at(150, 220), clear.at(100, 100)), (30, 220));
    }

    #[test]
    fn a_page_without_a_desk_is_left_alone() {
        assert!(cleared(&Luma::filled(320, 480, 230)).is_none());
        assert!(cleared(&photo(200)).is_none());
        assert!(cleared(&Luma::filled(8, 8, 0)).is_none());
    }
}
