//! What figures' finders share: parts by the columns of the page they reach into, and the rows that figures stand in.

use super::parts::Part;

/// Side of a column in which parts are looked for, pixels.
const COLUMN: usize = 64;

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

/// Parts by the columns of the page they reach into.
pub(super) struct Columns<'p> {
    parts: &'p [Part],
    columns: Vec<Vec<usize>>,
}

impl<'p> Columns<'p> {
    /// The parts that count as ink beside a figure.
    pub(super) fn of(parts: &'p [Part], counts: impl Fn(&Part) -> bool) -> Self {
        let count = parts.iter().map(|part| usize::from(part.x1) / COLUMN + 1).max().unwrap_or(0);
        let mut columns = vec![vec![]; count];
        for (i, part) in parts.iter().enumerate().filter(|(_, part)| counts(part)) {
            columns[usize::from(part.x0) / COLUMN..=usize::from(part.x1) / COLUMN].iter_mut().for_each(|c| c.push(i));
        }
        Self { parts, columns }
    }

    /// Whether any other part of the columns that this one reaches into is so.
    pub(super) fn any_other(&self, part: &Part, is: impl Fn(&Part) -> bool) -> bool {
        self.others(part).any(|other| is(&self.parts[other]))
    }

    /// Where the other parts of the columns that this one reaches into stand among all; some more than once.
    pub(super) fn others(&self, part: &Part) -> impl Iterator<Item = usize> {
        let near = &self.columns[usize::from(part.x0) / COLUMN..=usize::from(part.x1) / COLUMN];
        near.iter().flatten().copied().filter(move |other| !std::ptr::eq(&self.parts[*other], part))
    }
}
