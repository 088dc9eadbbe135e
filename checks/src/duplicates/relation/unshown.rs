//! Numbers of one page that the other does not show, because it was cropped there or lies beyond its edge.
//!
//! All that both show may be one paper, and yet the date or the sum that was cut away another: the pixels cannot know.

use super::super::align::{Alignment, Prepared};
use super::super::fingerprint::SQUARE_PX;
use super::super::ink::Ink;
use super::doubt::{beside, pieces};
use super::on_page;
use crate::page::{Luma, Region};

/// What one page shows beyond the other's edge and may be numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CutAway {
    /// Grey, in pieces, as readers read no endless line.
    pub(super) crops: Vec<Luma>,
    /// Where it stands: on the first page and on the second, full pixels; neighbours as one.
    pub(super) regions: [Vec<Region>; 2],
}

/// Figures that stand beyond what both pages show, in the frame of their own page.
pub(super) struct Unshown {
    mine: Vec<[i32; 4]>,
    theirs: Vec<[i32; 4]>,
}

impl Unshown {
    /// Those of two pages of which both show the squares `seen` of the first.
    pub(super) fn of(a: &Prepared, b: &Prepared, alignment: &Alignment, seen: &Ink) -> Self {
        let side = SQUARE_PX as f32;
        let shown = |(x, y): (f32, f32)| seen.at((x / side).floor() as i32, (y / side).floor() as i32);
        let beyond = |page: &Prepared, to: &dyn Fn(f32, f32) -> (f32, f32)| {
            let middle = |f: &[i32; 4]| to((f[0] + f[2]) as f32 / 2.0, (f[1] + f[3]) as f32 / 2.0);
            page.figures().iter().filter(|figure| !shown(middle(figure))).copied().collect()
        };
        Self { mine: beyond(a, &|x, y| (x, y)), theirs: beyond(b, &|x, y| alignment.back.apply(x, y)) }
    }

    /// How many figures one of the pages has beyond the other, the greater count.
    pub(super) fn figures(&self) -> usize {
        self.mine.len().max(self.theirs.len())
    }

    /// Their rows, as both pages show them.
    pub(super) fn cut_away(&self, a: &Prepared, b: &Prepared) -> CutAway {
        let of = |page: &Prepared, places: &[[i32; 4]]| -> (Vec<Luma>, Vec<Region>) {
            let rows = rows(places);
            let crops = rows.iter().flat_map(|row| pieces(&page.ink, beside(*row))).collect();
            (crops, rows.into_iter().map(|row| on_page(page, None, row.map(|v| v as f32))).collect())
        };
        let ((mut crops, mine), (others, theirs)) = (of(a, &self.mine), of(b, &self.theirs));
        crops.extend(others);
        CutAway { crops, regions: [mine, theirs] }
    }
}

/// Figures side by side as one place.
fn rows(figures: &[[i32; 4]]) -> Vec<[i32; 4]> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let mut rows: Vec<[i32; 4]> = Vec::new();
    for figure in sorted {
        let high = figure[3] - figure[1];
        let beside = |row: &&mut [i32; 4]| {
            figure[1] < row[3] && row[1] < figure[3] && figure[0] - row[2] < 2 * high && figure[2] > row[0]
        };
        match rows.iter_mut().find(beside) {
            Some(row) => {
                *row = [row[0], row[1].min(figure[1]), row[2].max(figure[2]), row[3].max(figure[3])];
            }
            None => rows.push(figure),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn figures_of_a_number_are_one_place() {
        let figures = [[10, 10, 20, 30], [24, 10, 34, 30], [38, 12, 48, 30], [10, 80, 20, 100]];
        assert_eq!(rows(&figures), [[10, 10, 48, 30], [10, 80, 20, 100]]);
    }
}
