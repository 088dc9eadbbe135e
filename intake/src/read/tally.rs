//! Whether a column of sums adds up to a total: a bill proves its own total by its lines, since a figure misread in any
//! of them, or in the total, does not add up.

use sanad_checks::page::Region;

/// A sum of the page with what it may be, the likeliest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) region: Region,
    pub(super) values: Vec<u64>,
    /// As read.
    pub(super) text: String,
    /// How sure the reader of numbers is of the likeliest, 0 to 1; nothing where it saw none.
    pub(super) sure: f32,
}

impl Entry {
    /// What it likeliest is.
    pub(super) fn first(&self) -> u64 {
        self.values.first().copied().unwrap_or(0)
    }
}

/// Lines that a bill has at least for its total to be proved: one line under a total is the same figure twice.
pub(super) const FEWEST: usize = 2;
/// Middles of a column's sums lie within this many of their heights.
const ALIGNED: u32 = 2;

/// Whether at least `fewest` sums of a column above this place add up to the total, one of them at most otherwise than as it is
/// likeliest.
pub(super) fn adds_up(total: u64, place: Region, entries: &[Entry], fewest: usize) -> bool {
    let above: Vec<&Entry> =
        entries.iter().filter(|entry| entry.region.y + entry.region.height <= place.y + place.height / 4).collect();
    above.iter().any(|head| {
        let column: Vec<&Entry> = above.iter().copied().filter(|entry| aligned(head.region, entry.region)).collect();
        column.len() >= fewest && sums_to(total, &column)
    })
}

fn aligned(one: Region, other: Region) -> bool {
    let middle = |r: Region| r.x + r.width / 2;
    middle(one).abs_diff(middle(other)) <= ALIGNED * one.height.max(other.height)
}

fn sums_to(total: u64, column: &[&Entry]) -> bool {
    let sum: u64 = column.iter().map(|entry| entry.first()).fold(0, u64::saturating_add);
    let other = |entry: &&&Entry| {
        let rest = sum - entry.first();
        entry.values.iter().skip(1).any(|value| rest.checked_add(*value) == Some(total))
    };
    sum == total || column.iter().any(|entry| other(&entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(x: u32, sums: &[&[u64]]) -> Vec<Entry> {
        let entry = |(at, values): (usize, &&[u64])| Entry {
            region: Region::new(x, 100 + 40 * at as u32, 120, 24),
            values: values.to_vec(),
            text: String::new(),
            sure: 0.9,
        };
        sums.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn a_column_bears_its_total_out() {
        let total = Region::new(900, 400, 120, 24);
        let mut lines = column(200, &[&[77_700_000], &[208_750_000], &[91_000_000]]);
        lines.extend(column(500, &[&[38_850_000], &[41_750_000], &[18_200_000]]));
        assert!(adds_up(377_450_000, total, &lines, FEWEST));
        assert!(!adds_up(377_450_001, total, &lines, FEWEST));
        // what stands under the total is none of its lines
        assert!(!adds_up(377_450_000, Region::new(900, 110, 120, 24), &lines, FEWEST));
    }

    #[test]
    fn one_line_may_be_its_second_likeliest_and_two_may_not() {
        let total = Region::new(900, 400, 120, 24);
        let of = |sums: &[&[u64]]| adds_up(6_000, total, &column(200, sums), FEWEST);
        assert!(of(&[&[1_000], &[7_000, 2_000], &[3_000]]));
        assert!(!of(&[&[4_000, 1_000], &[7_000, 2_000], &[3_000]]));
        assert!(!of(&[&[6_000]]), "the same figure twice proves nothing");
    }
}
