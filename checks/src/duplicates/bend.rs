//! What a plane map between two pages leaves open: curled paper, lenses.

use super::fingerprint::BODY_PX;
use super::ink::Ink;
use super::map::{Map, Pair};

/// A plane map and the small shifts that it leaves open.
#[derive(Clone, Debug)]
pub struct Bend {
    /// The plane map.
    pub map: Map,
    columns: usize,
    rows: usize,
    /// The middle shift around each cell.
    cells: Vec<(f32, f32)>,
}

/// Side of a cell of the field, pixels.
const CELL_PX: f32 = 5.0 * BODY_PX;
/// Pairs around a place from which their middle shift is believed ...
const MIN_WITNESSES: usize = 3;
/// ... and from which those are left out that have a like neighbour: some may be paired with it.
const MIN_LONE: usize = 8;

impl Bend {
    /// By a map and the pairs near it, of which some are `lone` ones: without a like neighbour.
    pub(super) fn of(map: Map, pairs: &[Pair], lone: &[bool], from: &Ink) -> Self {
        let columns = (from.width() as f32 / CELL_PX) as usize + 1;
        let rows = (from.height() as f32 / CELL_PX) as usize + 1;
        let mut shifts: Vec<Vec<(bool, (f32, f32))>> = vec![vec![]; columns * rows];
        for (&((x, y), (u, v)), lone) in pairs.iter().zip(lone) {
            let (p, q) = map.apply(x, y);
            let (column, row) = ((x / CELL_PX) as usize, (y / CELL_PX) as usize);
            shifts[row.min(rows - 1) * columns + column.min(columns - 1)].push((*lone, (u - p, v - q)));
        }
        let around = |i: usize| {
            let (column, row) = (i % columns, i / columns);
            let near = (row.saturating_sub(1)..(row + 2).min(rows))
                .flat_map(|r| (column.saturating_sub(1)..(column + 2).min(columns)).map(move |c| r * columns + c));
            let all: Vec<(bool, (f32, f32))> = near.flat_map(|c| shifts[c].iter().copied()).collect();
            let only_lone = all.iter().filter(|(lone, _)| *lone).count() >= MIN_LONE;
            let near: Vec<(f32, f32)> =
                all.into_iter().filter(|(lone, _)| *lone || !only_lone).map(|(_, shift)| shift).collect();
            if near.len() < MIN_WITNESSES {
                return (0.0, 0.0);
            }
            // a pair of neighbours taken for each other does not pull the rest along
            let middle = |mut values: Vec<f32>| {
                values.sort_unstable_by(f32::total_cmp);
                values[values.len() / 2]
            };
            (middle(near.iter().map(|s| s.0).collect()), middle(near.iter().map(|s| s.1).collect()))
        };
        let cells = (0..columns * rows).map(around).collect();
        Self { map, columns, rows, cells }
    }

    /// Where a place goes, bends included.
    #[must_use]
    pub fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let (u, v) = self.map.apply(x, y);
        // between the centres of four cells
        let (cx, cy) = (x / CELL_PX - 0.5, y / CELL_PX - 0.5);
        let (x0, y0) = (cx.floor(), cy.floor());
        let pick = |x: f32, y: f32| {
            let (x, y) = (x.max(0.0) as usize, y.max(0.0) as usize);
            self.cells[y.min(self.rows - 1) * self.columns + x.min(self.columns - 1)]
        };
        let (fx, fy) = (cx - x0, cy - y0);
        let mix = |p: (f32, f32), q: (f32, f32), f: f32| (p.0 + (q.0 - p.0) * f, p.1 + (q.1 - p.1) * f);
        let upper = mix(pick(x0, y0), pick(x0 + 1.0, y0), fx);
        let lower = mix(pick(x0, y0 + 1.0), pick(x0 + 1.0, y0 + 1.0), fx);
        let (dx, dy) = mix(upper, lower, fy);
        (u + dx, v + dy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_with_a_like_neighbour_tell_of_a_bend_only_where_few_have_none() {
        let pair = |at: usize, shift: f32| {
            let place = (40.0 + 3.0 * at as f32, 50.0);
            (place, (place.0 + shift, place.1))
        };
        let shifted = |lone: usize| {
            let pairs: Vec<Pair> = (0..lone).map(|at| pair(at, 1.0)).chain((0..20).map(|at| pair(at, 6.0))).collect();
            let lone: Vec<bool> = (0..pairs.len()).map(|at| at < lone).collect();
            let (x, _) = Bend::of(Map::IDENTITY, &pairs, &lone, &Ink::blank(128, 128)).apply(60.0, 50.0);
            x - 60.0
        };
        assert_eq!([shifted(MIN_LONE - 1), shifted(MIN_LONE)], [6.0, 1.0]);
    }
}
