//! Numbers of one page that the other does not show, because it was cropped there or lies beyond its edge.
//!
//! All that both show may be one paper, and yet the date or the sum that was cut away another: the pixels cannot know.

use super::super::align::{Alignment, Prepared};
use super::super::fingerprint::SQUARE_PX;
use super::super::ink::Ink;
use super::crops::{beside, pieces};
use super::on_page;
use crate::page::{Luma, Region};

/// What one page shows beyond the other's edge and may be numbers; nothing where that is so little that it is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CutAway {
    rows: Vec<Row>,
    /// Figures up to which it is nothing.
    most: usize,
}

/// Figures side by side on one of the pages.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// Of the first page or of the second: 0 or 1.
    side: usize,
    /// In the frame of that page.
    figures: Vec<[i32; 4]>,
    /// Grey, in pieces, as readers read no endless line.
    crops: Vec<Luma>,
    /// Where it stands on the page, full pixels.
    region: Region,
}

impl CutAway {
    /// A row of one figure on the second page.
    #[cfg(test)]
    pub(super) fn of_one_row(region: Region, crop: Luma) -> Self {
        Self::of(vec![Row { side: 1, figures: vec![[90, 0, 95, 5]], crops: vec![crop], region }], 0)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Without the rows in which each figure is the form's own print.
    pub(super) fn but_for(&self, printed: impl Fn(usize, [i32; 4]) -> bool) -> Self {
        let varies = |row: &&Row| !row.figures.iter().all(|figure| printed(row.side, *figure));
        Self::of(self.rows.iter().filter(varies).cloned().collect(), self.most)
    }

    /// The regions of all rows on the first page and on the second, where a crop of any of them is such.
    pub(super) fn where_any(&self, such: impl Fn(&Luma) -> bool) -> [Vec<Region>; 2] {
        if !self.rows.iter().flat_map(|row| &row.crops).any(such) {
            return [vec![], vec![]];
        }
        [0, 1].map(|side| self.rows.iter().filter(|row| row.side == side).map(|row| row.region).collect())
    }

    fn of(rows: Vec<Row>, most: usize) -> Self {
        let figures = |side| rows.iter().filter(|row| row.side == side).map(|row| row.figures.len()).sum::<usize>();
        if figures(0).max(figures(1)) > most { Self { rows, most } } else { Self { rows: vec![], most } }
    }
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

    /// Their rows, as both pages show them; none where neither page has more than so many.
    pub(super) fn cut_away(&self, a: &Prepared, b: &Prepared, most: usize) -> CutAway {
        if self.mine.len().max(self.theirs.len()) <= most {
            return CutAway::default();
        }
        let of = |side: usize, page: &Prepared, places: &[[i32; 4]]| -> Vec<Row> {
            let row = |figures: Vec<[i32; 4]>| {
                let place = around(&figures);
                let region = on_page(page, None, place.map(|v| v as f32));
                Row { side, crops: pieces(&page.ink, beside(place)), region, figures }
            };
            rows(places).into_iter().map(row).collect()
        };
        let mut rows = of(0, a, &self.mine);
        rows.extend(of(1, b, &self.theirs));
        CutAway { rows, most }
    }
}

/// The box around figures.
fn around(figures: &[[i32; 4]]) -> [i32; 4] {
    let join = |p: [i32; 4], q: &[i32; 4]| [p[0].min(q[0]), p[1].min(q[1]), p[2].max(q[2]), p[3].max(q[3])];
    figures[1..].iter().fold(figures[0], join)
}

/// Figures side by side together; no row is empty.
fn rows(figures: &[[i32; 4]]) -> Vec<Vec<[i32; 4]>> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let mut rows: Vec<Vec<[i32; 4]>> = Vec::new();
    for figure in sorted {
        let high = figure[3] - figure[1];
        let beside = |row: &&mut Vec<[i32; 4]>| {
            let row = around(row);
            figure[1] < row[3] && row[1] < figure[3] && figure[0] - row[2] < 2 * high && figure[2] > row[0]
        };
        match rows.iter_mut().find(beside) {
            Some(row) => row.push(figure),
            None => rows.push(vec![figure]),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{around, rows};

    #[test]
    fn figures_of_a_number_are_one_place() {
        let figures = [[10, 10, 20, 30], [24, 10, 34, 30], [38, 12, 48, 30], [10, 80, 20, 100]];
        let boxes: Vec<[i32; 4]> = rows(&figures).iter().map(|row| around(row)).collect();
        assert_eq!(boxes, [[10, 10, 48, 30], [10, 80, 20, 100]]);
    }
}
