//! Rules of tables and forms taken out of a page: they break the lines of a reader of words apart.

use sanad_checks::page::Luma;

/// Darker than this is a rule's ink, levels.
const DARK: u8 = 150;
/// Shortest run that no letter is long enough for, heights of small letters: along a line of text, and across it.
const ALONG: f32 = 6.5;
const ACROSS: f32 = 3.6;
/// A rule's edges are half as dark as its middle: so many pixels beside it are wiped where they are no other ink.
const EDGE: usize = 2;

/// A straight run of ink: where it begins, how far apart its pixels and its neighbours are, and its length.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    step: usize,
    beside: usize,
    length: usize,
}

/// Takes out the rules of a page whose small letters are `body` pixels high.
pub(super) fn unruled(luma: &mut Luma, body: f32) {
    let dark: Vec<bool> = luma.pixels().iter().map(|&v| v < DARK).collect();
    for run in runs(&dark, luma.width(), ((ALONG * body) as usize, (ACROSS * body) as usize)) {
        wipe(luma, &dark, run);
    }
}

/// Runs at least so long along the rows, and down the columns.
fn runs(dark: &[bool], width: usize, (along, across): (usize, usize)) -> Vec<Run> {
    let mut found = Vec::new();
    // a row of light ends every run
    let end = vec![false; width];
    let mut tops = vec![0; width];
    for (y, row) in dark.chunks_exact(width.max(1)).chain([&end[..]]).enumerate() {
        let mut left = 0;
        for x in (0..width).filter(|x| !row[*x]) {
            if x - left >= along {
                found.push(Run { start: y * width + left, step: 1, beside: width, length: x - left });
            }
            left = x + 1;
            let top = std::mem::replace(&mut tops[x], y + 1);
            if y - top >= across {
                found.push(Run { start: top * width + x, step: width, beside: 1, length: y - top });
            }
        }
        if width - left >= along {
            found.push(Run { start: y * width + left, step: 1, beside: width, length: width - left });
        }
    }
    found
}

/// Makes a run and the edge on either side of it white; what lies over the page's own edge is not beside it.
fn wipe(luma: &mut Luma, dark: &[bool], run: Run) {
    let width = luma.width();
    let beside = |at: usize, near: usize| at / width == near / width || at % width == near % width;
    for at in (0..run.length).map(|i| run.start + i * run.step) {
        luma.pixels_mut()[at] = 255;
        for reach in (1..=EDGE).map(|i| i * run.beside) {
            for near in [at.checked_sub(reach), Some(at + reach)].into_iter().flatten() {
                if beside(at, near) && dark.get(near) == Some(&false) {
                    luma.pixels_mut()[near] = 255;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_go_and_letters_stay() {
        let mut page = Luma::filled(400, 200, 255);
        for x in 0..400 {
            page.pixels_mut()[50 * 400 + x] = 0;
        }
        for y in 0..200 {
            page.pixels_mut()[y * 400 + 30] = 0;
        }
        for x in 100..140 {
            page.pixels_mut()[120 * 400 + x] = 0;
        }
        unruled(&mut page, 19.0);
        assert_eq!((page.at(200, 50), page.at(30, 100), page.at(120, 120)), (255, 255, 0));
    }

    #[test]
    fn a_rule_along_the_pages_edge_leaves_the_other_edge_alone() {
        let mut page = Luma::filled(100, 90, 240);
        (0..90).for_each(|y| page.pixels_mut()[y * 100 + 99] = 0);
        unruled(&mut page, 19.0);
        assert_eq!([97, 98, 99].map(|x| page.at(x, 40)), [255; 3]);
        assert_eq!([0, 1].map(|x| page.at(x, 40)), [240; 2]);
    }

    #[test]
    fn the_soft_edges_of_a_rule_go_with_it_and_a_letter_that_touches_it_stays() {
        let mut page = Luma::filled(300, 60, 240);
        for x in 20..280 {
            for (y, value) in [(29, 190), (30, 40), (31, 60), (32, 180)] {
                page.pixels_mut()[y * 300 + x] = value;
            }
        }
        (33..40).for_each(|y| page.pixels_mut()[y * 300 + 100] = 20);
        page.pixels_mut()[32 * 300 + 100] = 20;
        unruled(&mut page, 19.0);
        assert_eq!([29, 30, 31, 32].map(|y| page.at(50, y)), [255; 4]);
        assert_eq!([32, 33, 39].map(|y| page.at(100, y)), [20; 3]);
        assert_eq!(page.at(50, 20), 240);
    }
}
