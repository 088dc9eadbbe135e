//! What figures' finders share: parts by the cells of the page they reach into, and the rows that figures stand in.

use std::ops::RangeInclusive;

use super::parts::Part;

/// Side of a cell in which parts are looked for, pixels.
const CELL: i32 = 64;

/// The number that stands for the row of a figure.
pub(super) fn first(row: &mut [usize], mut at: usize) -> usize {
    while row[at] != at {
        row[at] = row[row[at]];
        at = row[at];
    }
    at
}

/// Puts two figures, and all that stand in a row with either, into one row.
pub(super) fn join(row: &mut [usize], one: usize, other: usize) {
    let (from, to) = (first(row, one), first(row, other));
    row[from] = to;
}

/// Parts by the cells of the page they reach into.
pub(super) struct Cells<'p> {
    parts: &'p [Part],
    across: usize,
    /// Row after row.
    cells: Vec<Vec<usize>>,
}

impl<'p> Cells<'p> {
    /// The parts that count as ink beside a figure.
    pub(super) fn of(parts: &'p [Part], counts: impl Fn(&Part) -> bool) -> Self {
        let most = |side: fn(&Part) -> u16| parts.iter().map(side).max().map_or(0, |side| cell(i32::from(side)) + 1);
        let (across, down) = (most(|part| part.x1), most(|part| part.y1));
        let mut cells = Self { parts, across, cells: vec![vec![]; across * down] };
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| counts(part)) {
            let [x0, y0, x1, y1] = part.place();
            for row in cell(y0)..=cell(y1) {
                (cell(x0)..=cell(x1)).for_each(|column| cells.cells[row * across + column].push(at));
            }
        }
        cells
    }

    /// Whether any other part around is so: above or below this one, at most so far.
    pub(super) fn any_other(&self, part: &Part, far: i32, is: impl Fn(&Part) -> bool) -> bool {
        self.others(part, far).any(|other| is(&self.parts[other]))
    }

    /// Where the other parts stand among all that are above or below this one, at most so far, and perhaps some further off; some
    /// more than once.
    pub(super) fn others(&self, part: &Part, far: i32) -> impl Iterator<Item = usize> {
        let [x0, y0, x1, y1] = part.place();
        let down = (self.cells.len() / self.across.max(1)).saturating_sub(1);
        let rows: RangeInclusive<usize> = cell(y0 - far)..=cell(y1 + far).min(down);
        let columns = cell(x0)..=cell(x1).min(self.across.saturating_sub(1));
        let near = rows.flat_map(move |row| &self.cells[row * self.across..][columns.clone()]);
        near.flatten().copied().filter(move |other| !std::ptr::eq(&self.parts[*other], part))
    }
}

/// The cell of a place across or down; of one beyond the page the first.
const fn cell(place: i32) -> usize {
    if place < 0 { 0 } else { (place / CELL) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_stands_around_a_part_is_found_and_nothing_far_from_it() {
        let part = |x0: u16, y0: u16| Part { x0, y0, x1: x0 + 10, y1: y0 + 18, area: 90, cx: 0.0, cy: 0.0 };
        let parts: Vec<Part> =
            (0..1200).map(|at: u16| part(at % 40 * 16, at / 40 * 30)).chain([part(700, 2000)]).collect();
        let cells = Cells::of(&parts, |_| true);
        for far in [0, 6, 90] {
            for own in &parts {
                let near = |other: &&Part| {
                    let beside = other.x0 < own.x1 && own.x0 < other.x1;
                    let gap = (i32::from(other.y0) - i32::from(own.y1)).max(i32::from(own.y0) - i32::from(other.y1));
                    beside && gap <= far && *other != own
                };
                let found: Vec<&Part> = cells.others(own, far).map(|other| &parts[other]).collect();
                assert!(parts.iter().filter(near).all(|other| found.contains(&other)), "{own:?} {far}");
                let reach = far + 18 + 2 * CELL;
                assert!(found.iter().all(|other| i32::from(other.y0.abs_diff(own.y0)) <= reach), "{own:?} {far}");
            }
        }
    }
}
