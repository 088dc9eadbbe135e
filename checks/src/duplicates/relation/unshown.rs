//! Numbers of one page that the other does not show, because it was cropped there or lies beyond its edge.
//!
//! All that both show may be one paper, and yet the date or the sum that was cut away another: the pixels cannot know.

use super::super::align::{Alignment, Prepared};
use super::super::fingerprint::SQUARE_PX;
use super::super::ink::Ink;
use super::super::overlay::{overlay_to_the_edges, shown_to_the_edges};
use super::super::twins::{Twin, spots_of};
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
    figures: Vec<Figure>,
    /// Grey, in pieces, as readers read no endless line.
    crops: Vec<Luma>,
    /// Where it stands on the page, full pixels.
    region: Region,
}

/// A figure of a page that the other may not show.
#[derive(Clone, Debug, PartialEq)]
struct Figure {
    /// Left, top, right, bottom in the frame of its page, half open.
    place: [i32; 4],
    /// Both pages there, where the other shows it after all: so near to an edge nothing is compared.
    at_the_edge: Vec<Twin>,
}

impl CutAway {
    /// A row of one figure on the second page.
    #[cfg(test)]
    pub(super) fn of_one_row(region: Region, crop: Luma) -> Self {
        let figures = vec![Figure { place: [90, 0, 95, 5], at_the_edge: vec![] }];
        Self::of(vec![Row { side: 1, figures, crops: vec![crop], region }], 0)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Without the rows that the form prints itself, as who knows it says of the page and the figures of each.
    pub(super) fn but_for_print(&self, printed: impl Fn(usize, &[[i32; 4]]) -> bool) -> Self {
        let places = |row: &Row| row.figures.iter().map(|figure| figure.place).collect::<Vec<_>>();
        let varies = |row: &&Row| !printed(row.side, &places(row));
        Self::of(self.rows.iter().filter(varies).cloned().collect(), self.most)
    }

    /// Without the figures that both pages show alike at an edge, by how sure an eye is that another sign stands there.
    pub(super) fn but_for_alike(&self, eye: impl Fn(&Twin) -> f32) -> Self {
        Self::of(self.rows.iter().filter_map(|row| row.but_for_alike(&eye)).collect(), self.most)
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

impl Row {
    /// What is left of it without the figures that both pages show alike; all of it where one of them may be another sign.
    fn but_for_alike(&self, eye: &impl Fn(&Twin) -> f32) -> Option<Self> {
        let said: Vec<f32> = self.figures.iter().flat_map(|figure| &figure.at_the_edge).map(eye).collect();
        if said.iter().any(|sure| *sure > UNLIKE) || said.iter().sum::<f32>() > ALIKE * said.len() as f32 {
            return Some(self.clone());
        }
        let figures: Vec<Figure> = self.figures.iter().filter(|f| f.at_the_edge.is_empty()).cloned().collect();
        (!figures.is_empty()).then(|| Self { figures, ..self.clone() })
    }
}

/// Up to this logarithm of odds a figure at an edge may be the same sign, and on the whole a row of them is.
const UNLIKE: f32 = 0.0;
const ALIKE: f32 = -1.0;

/// Figures that stand beyond what both pages show for certain, in the frame of their own page.
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
            let on_the_first = |f: &[i32; 4]| to((f[0] + f[2]) as f32 / 2.0, (f[1] + f[3]) as f32 / 2.0);
            let whole = page.figures().iter().filter(|figure| !cut(figure, page));
            whole.filter(|figure| !shown(on_the_first(figure))).copied().collect()
        };
        Self { mine: beyond(a, &|x, y| (x, y)), theirs: beyond(b, &|x, y| alignment.back.apply(x, y)) }
    }

    /// Their rows, as both pages show them; none where neither page has more than so many.
    pub(super) fn cut_away(&self, a: &Prepared, b: &Prepared, alignment: &Alignment, most: usize) -> CutAway {
        if self.mine.len().max(self.theirs.len()) <= most {
            return CutAway::default();
        }
        let laid = overlay_to_the_edges(a, b, &alignment.there).refined(b, &alignment.there);
        let at_the_edge = |place: [i32; 4]| {
            let shown = shown_to_the_edges([a, b], &alignment.there, place, || &laid);
            shown.map_or(vec![], |laid| spots_of(place).map(|spot| Twin::of(laid.inks(), spot)).collect())
        };
        let of = |side: usize, page: &Prepared, places: &[[i32; 4]]| -> Vec<Row> {
            let figure = |place: [i32; 4]| {
                let on_the_first = if side == 0 { place } else { moved(place, |x, y| alignment.back.apply(x, y)) };
                Figure { place, at_the_edge: at_the_edge(on_the_first) }
            };
            let row = |figures: Vec<[i32; 4]>| {
                let place = around(&figures);
                let region = on_page(page, None, place.map(|v| v as f32));
                let crops = pieces(&page.ink, beside(place));
                Row { side, crops, region, figures: figures.into_iter().map(figure).collect() }
            };
            rows(places).into_iter().map(row).collect()
        };
        let mut rows = of(0, a, &self.mine);
        rows.extend(of(1, b, &self.theirs));
        CutAway { rows, most }
    }
}

/// Whether a figure reaches to the very edge of its page, which may have cut it: what is left of it is none. Of a tilted page the edge
/// runs aslant through the frame.
fn cut([x0, y0, x1, y1]: &[i32; 4], page: &Prepared) -> bool {
    const AT_THE_EDGE: f32 = 2.0;
    let [left, top, right, bottom] = page.frame.bounds();
    let room = AT_THE_EDGE * page.frame.scale;
    let beyond = |(x, y): (f32, f32)| x < left + room || y < top + room || x > right - room || y > bottom - room;
    [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].iter().any(|(x, y)| beyond(page.to_page(**x as f32, **y as f32)))
}

/// A box with its middle where a map puts it.
fn moved(place: [i32; 4], to: impl Fn(f32, f32) -> (f32, f32)) -> [i32; 4] {
    let [x0, y0, x1, y1] = place.map(|v| v as f32);
    let (x, y) = to((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    let (wide, high) = ((x1 - x0) / 2.0, (y1 - y0) / 2.0);
    [x - wide, y - high, x + wide, y + high].map(|v| v.round() as i32)
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
    use super::super::super::fingerprint::Frame;
    use super::super::super::twins::Cause;
    use super::*;

    #[test]
    fn figures_of_a_number_are_one_place() {
        let figures = [[10, 10, 20, 30], [24, 10, 34, 30], [38, 12, 48, 30], [10, 80, 20, 100]];
        let boxes: Vec<[i32; 4]> = rows(&figures).iter().map(|row| around(row)).collect();
        assert_eq!(boxes, [[10, 10, 48, 30], [10, 80, 20, 100]]);
    }

    /// A page of 200 by 100 pixels, tilted.
    fn tilted(tilt_deg: f32) -> Prepared {
        let (sin, cos) = tilt_deg.to_radians().sin_cos();
        let (w, h) = (200.0 * cos + 100.0 * sin.abs(), 100.0 * cos + 200.0 * sin.abs());
        let origin = (100.0 - (cos * w - sin * h) / 2.0, 50.0 - (sin * w + cos * h) / 2.0);
        let frame = Frame { width: w as u16, height: h as u16, scale: 1.0, tilt_deg, origin };
        Prepared::from_ink(Ink::blank(w as usize, h as usize), Ink::blank(13, 8), frame, 0)
    }

    #[test]
    fn a_figure_that_the_edge_cut_is_none() {
        let page = tilted(0.0);
        assert!(!cut(&[2, 2, 198, 98], &page));
        for figure in [[1, 20, 12, 40], [20, 0, 32, 14], [188, 20, 200, 40], [20, 86, 32, 99]] {
            assert!(cut(&figure, &page), "{figure:?}");
        }
    }

    #[test]
    fn the_edge_of_a_tilted_page_runs_aslant_through_its_frame() {
        for tilt_deg in [6.0, -6.0] {
            let page = tilted(tilt_deg);
            // its lower edge, which a line of figures lies on or over, rises or falls by a tenth
            let lower =
                |x: i32| (0..page.ink.height() as i32).filter(|y| page.to_page(x as f32, *y as f32).1 <= 100.0).max();
            for x in [40, 100, 160] {
                let edge = lower(x).expect("the page lies in its frame");
                assert!(edge < page.ink.height() as i32 - 2, "{tilt_deg} {x}");
                assert!(cut(&[x - 5, edge - 20, x + 5, edge], &page), "{tilt_deg} {x}");
                assert!(!cut(&[x - 5, edge - 24, x + 5, edge - 4], &page), "{tilt_deg} {x}");
            }
        }
    }

    #[test]
    fn what_both_show_alike_at_an_edge_is_not_cut_away_and_a_row_with_another_sign_is() {
        // how unlike a figure is tells the eye of this test what it sees; of NaN the other page shows nothing
        let row = |unlike: &[f32]| {
            let looks = [Luma::filled(40, 40, 0), Luma::filled(40, 40, 0)];
            let twin = |unlike: f32| Twin { at: (0, 0), cause: Cause::Figure, unlike, looks: looks.clone() };
            let figure = |unlike: &f32| Figure {
                place: [0, 0, 10, 20],
                at_the_edge: if unlike.is_nan() { vec![] } else { vec![twin(*unlike)] },
            };
            let figures = unlike.iter().map(figure).collect();
            Row { side: 0, figures, crops: vec![], region: Region::new(0, 0, 9, 9) }
        };
        let left = |unlike: &[f32]| {
            let cut_away = CutAway { rows: vec![row(unlike)], most: 1 }.but_for_alike(|twin| twin.unlike);
            cut_away.rows.first().map_or(0, |row| row.figures.len())
        };
        assert_eq!(left(&[-3.0, -2.0, -0.5, -4.0]), 0);
        assert_eq!(left(&[-3.0, 5.0, -3.0, -4.0]), 4, "another sign");
        assert_eq!(left(&[-0.5, -0.1, -0.3]), 3, "nothing is seen well");
        assert_eq!(left(&[-3.0, f32::NAN, f32::NAN]), 2, "the rest lies beyond the edge");
        assert_eq!(left(&[-3.0, -3.0, f32::NAN]), 0, "one figure is no number");
    }
}
