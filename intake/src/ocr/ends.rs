//! Numbers that were cut off. The reader of words may give the first figure of a date to the word before it; both readers
//! then see the same short crop and agree on another day. Where a figure's ink adjoins what was read as a day, the field is
//! read once more with it.

use sanad_checks::legibility::Marks;
use sanad_checks::legibility::blobs::Blob;
use sanad_checks::page::Region;

use super::ink::box_of;
use crate::read::is_day;

/// A figure lies at most so far from the next one, and is so high and so wide, in heights of the field; a letter of the word
/// beside it lies further off, a rule is higher.
const APART: f32 = 0.3;
const HIGH: (f32, f32) = (0.3, 1.2);
const WIDE: f32 = 0.9;
/// Figures that may be added to a number.
const MOST_FIGURES: usize = 2;

/// The field with the ink that adjoins it on either side and may be a figure of it; `None` where there is none.
pub(super) fn with_neighbours(field: Region, marks: &Marks) -> Option<Region> {
    let scale = marks.map.scale as u32;
    let high = field.height as f32;
    let figure = |blob: &Blob| {
        let r = box_of(blob).times(scale);
        let in_line = (field.y..field.y + field.height).contains(&(r.y + r.height / 2));
        let sized = (HIGH.0 * high..=HIGH.1 * high).contains(&(r.height as f32)) && r.width as f32 <= WIDE * high;
        (in_line && sized).then_some(r)
    };
    let reach = (APART * high) as u32;
    let (left, right) = (field.x, field.x + field.width);
    let beside = |r: &Region| {
        let (begin, end) = (r.x, r.x + r.width);
        (begin < left && end <= left + reach && end + reach >= left)
            || (end > right && begin + reach >= right && begin <= right + reach)
    };
    let near = marks.blobs.iter().filter_map(figure).filter(beside).reduce(Region::union)?;
    Some(Region::new(near.x.min(left), field.y, near.union(field).width, field.height))
}

/// Whether one text is a day's text with a figure or two more at one end, and a day itself.
pub(super) fn completes(more: &str, less: &str) -> bool {
    let figures = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (whole, part) = (figures(more), figures(less));
    let longer = whole.chars().count().checked_sub(part.chars().count());
    let added = longer.is_some_and(|count| (1..=MOST_FIGURES).contains(&count));
    added && (whole.ends_with(&part) || whole.starts_with(&part)) && is_day(more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanad_checks::page::Luma;

    /// A line of bars like figures at these places, and a rule at its right.
    fn marks(xs: &[usize]) -> Marks {
        let mut luma = Luma::filled(600, 120, 240);
        let mut bar = |x: usize, wide: usize, rows: std::ops::Range<usize>| {
            rows.for_each(|y| luma.pixels_mut()[y * 600 + x..y * 600 + x + wide].fill(20));
        };
        xs.iter().for_each(|x| bar(*x, 4, 44..60));
        bar(402, 3, 10..110);
        Marks::of(&luma)
    }

    #[test]
    fn a_figure_that_adjoins_a_field_belongs_to_it_and_a_rule_or_a_word_does_not() {
        let xs: Vec<usize> = (0..25).map(|at| 100 + 12 * at).collect();
        let marks = marks(&xs);
        let field = |from: u32| Region::new(from, 42, 396 - from, 20);
        assert_eq!(with_neighbours(field(110), &marks).map(|r| r.x / 4), Some(25));
        assert_eq!(with_neighbours(field(98), &marks), None, "all of it is in the field, and a rule is no figure");
        assert_eq!(with_neighbours(Region::new(120, 42, 270, 9), &marks), None, "too high for the field");
    }

    #[test]
    fn only_the_same_figures_and_more_complete_a_day() {
        assert!(completes("16-12-1404", "6-12-1404"));
        assert!(completes("1404/2/15", "1404/2/1"));
        assert!(!completes("16-12-1404", "5-12-1404"));
        assert!(!completes("46-12-1404", "6-12-1404"), "no day");
        assert!(!completes("6-12-1404", "6-12-1404"));
    }
}
