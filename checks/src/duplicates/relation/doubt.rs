//! Two pages that are one but for figures that may be others: who can read may come back with what they say.
//!
//! The pixels alone leave open whether a figure is worn or another one. The rows of figures it stands in are handed out
//! as crops of both pages; a reader of numbers says what it sees, and here is weighed what that is worth.

use super::super::glyphs::Odd;
use super::super::ink::Ink;
use super::super::overlay::Overlay;
use super::{Answer, Relation};
use crate::page::Luma;

/// What is open between two pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Rows of figures on the first page and on the second, grey.
    pub crops: Vec<[Luma; 2]>,
    /// The same with what stands beside them, in pieces, to tell rows of letters from torn numbers.
    pub around: Vec<Vec<Luma>>,
    /// What one page shows beyond the other's edge and may be numbers, grey: in pieces, as readers read no endless line.
    pub cut_off: Vec<Luma>,
    /// The answer if the rows say the same.
    alike: Box<Answer>,
}

/// What a reader of numbers says of a crop.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The digits, in the order of the line; signs between them are left out.
    pub digits: String,
    /// How sure it is, 0–1.
    pub confidence: f32,
}

/// How sure both readings of a row must be, 0–1, and how many digits must be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadingThresholds {
    /// That they say the same settles the doubt: two readers of one mind about two captures seldom err alike.
    pub alike: f32,
    /// That they say otherwise makes it another paper.
    pub unlike: f32,
    /// Fewest digits.
    pub digits: usize,
    /// Digits from which on a row may be a number, however unsure: two of a date are enough to hide another day.
    pub least: usize,
}

impl Default for ReadingThresholds {
    fn default() -> Self {
        Self { alike: 0.5, unlike: 0.9, digits: 3, least: 2 }
    }
}

impl ReadingThresholds {
    fn enough(&self, here: &Said, there: &Said) -> bool {
        here.digits.len().min(there.digits.len()) >= self.digits
    }

    /// Whether two readings of a row settle that it is one.
    fn same(&self, here: &Said, there: &Said) -> bool {
        let sure = here.confidence.min(there.confidence);
        self.enough(here, there) && here.digits == there.digits && sure >= self.alike
    }

    /// Whether they settle that it is another.
    fn other(&self, here: &Said, there: &Said) -> bool {
        let sure = here.confidence.min(there.confidence);
        let long = here.digits.len() == there.digits.len();
        self.enough(here, there) && long && here.digits != there.digits && sure >= self.unlike
    }
}

impl Doubt {
    pub(super) fn of(odd: &[Odd], laid: &Overlay, cut_off: Vec<Luma>, alike: Answer) -> Self {
        let mut rows: Vec<[i32; 4]> = odd.iter().map(|one| one.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let crops = rows.iter().map(|row| [crop(&laid.mine, *row), crop(&laid.theirs, *row)]).collect();
        let both =
            |row: &[i32; 4]| [&laid.mine, &laid.theirs].iter().flat_map(|ink| pieces(ink, beside(*row))).collect();
        let around = rows.iter().map(both).collect();
        Self { crops, around, cut_off, alike: Box::new(alike) }
    }
}

impl Answer {
    /// The answer once the open rows were read; as it is where nothing is open or the reader is unsure.
    #[must_use]
    pub fn settled(mut self, read: impl Fn(&Luma) -> Option<Said>, limits: &ReadingThresholds) -> Self {
        let Some(doubt) = self.doubt.take() else { return self };
        let number = |crop: &Luma| read(crop).is_some_and(|said| said.digits.len() >= limits.least);
        let mut alike = true;
        for ([mine, theirs], around) in doubt.crops.iter().zip(&doubt.around) {
            let said = read(mine).zip(read(theirs));
            if said.as_ref().is_some_and(|(here, there)| limits.same(here, there)) {
                continue;
            }
            if !around.iter().any(number) {
                // letters of one height, and so little ink is no other word
                continue;
            }
            let Some((here, there)) = said else { return self };
            if limits.other(&here, &there) {
                return Self { relation: Relation::SameTemplate, regions: vec![], others: vec![], ..self };
            }
            alike = false;
        }
        if alike && !doubt.cut_off.iter().any(number) { *doubt.alike } else { self }
    }
}

/// A row with what stands beside it: a number is not always found as a whole.
pub(super) const fn beside([x0, y0, x1, y1]: [i32; 4]) -> [i32; 4] {
    let room = 3 * (y1 - y0);
    [x0 - room, y0, x1 + room, y1]
}

/// A row in crops that overlap, each no longer than a number may be.
pub(super) fn pieces(ink: &Ink, [x0, y0, x1, y1]: [i32; 4]) -> Vec<Luma> {
    /// Length of a piece and the step to the next, heights of the row.
    const LONG: i32 = 12;
    const STEP: i32 = 8;
    let high = (y1 - y0).max(1);
    let begins = (x0..x1).step_by((STEP * high) as usize);
    begins.map(|begin| crop(ink, [begin, y0, (begin + LONG * high).min(x1), y1])).collect()
}

/// A row with some paper around it, softened to grey.
fn crop(ink: &Ink, [x0, y0, x1, y1]: [i32; 4]) -> Luma {
    /// Ink of a pixel and its neighbours, weighed 1 2 1 both ways, in levels of grey.
    const LEVEL: u8 = 15;
    let high = y1 - y0;
    let (left, top) = (x0 - high / 2, y0 - high / 3);
    let (width, height) = ((x1 - x0 + high) as usize, (high + 2 * (high / 3)) as usize);
    let weight = |step: i32| if step == 0 { 2 } else { 1 };
    let value = |at: usize| {
        let (x, y) = (left + (at % width) as i32, top + (at / width) as i32);
        let around = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)));
        let inked: u8 = around.filter(|(dx, dy)| ink.at(x + dx, y + dy)).map(|(dx, dy)| weight(dx) * weight(dy)).sum();
        u8::MAX - LEVEL * inked
    };
    Luma::new(width, height, (0..width * height).map(value).collect()).expect("a value was made for every pixel")
}

#[cfg(test)]
mod tests {
    use super::super::Figures;
    use super::*;

    fn answer(relation: Relation, doubt: Option<Doubt>) -> Answer {
        let figures = Figures::default();
        Answer { relation, score: 1.0, regions: vec![], others: vec![], plane: [0.0; 9], figures, doubt }
    }

    /// The answer where the reader says one thing of the first page's row (black) and another of the second's.
    fn read(said: [Option<(&str, f32)>; 2]) -> Relation {
        let crops = vec![[Luma::filled(40, 20, 0), Luma::filled(40, 20, 255)]];
        let around = vec![crops[0].to_vec()];
        let open = Doubt { crops, around, cut_off: vec![], alike: Box::new(answer(Relation::SamePaper, None)) };
        let reader = |crop: &Luma| {
            let said = said[usize::from(crop.pixels()[0] == 255)];
            said.map(|(digits, confidence)| Said { digits: digits.to_owned(), confidence })
        };
        answer(Relation::Possible, Some(open)).settled(reader, &ReadingThresholds::default()).relation
    }

    #[test]
    fn sure_readings_settle_it_either_way_and_unsure_ones_leave_it_open() {
        assert_eq!(read([Some(("14020517", 0.8)), Some(("14020517", 0.7))]), Relation::SamePaper);
        assert_eq!(read([Some(("14020517", 0.95)), Some(("14020511", 0.99))]), Relation::SameTemplate);
        for words in [[None, None], [Some(("", 0.9)), Some(("7", 0.9))]] {
            assert_eq!(read(words), Relation::SamePaper, "{words:?}");
        }
        for unsure in [
            [Some(("14020517", 0.95)), Some(("14020511", 0.6))],
            [Some(("14020517", 0.95)), Some(("14020517", 0.2))],
            [Some(("14020517", 0.95)), Some(("1402051", 0.95))],
            [Some(("17", 0.99)), Some(("17", 0.99))],
            [Some(("14020517", 0.95)), None],
        ] {
            assert_eq!(read(unsure), Relation::Possible, "{unsure:?}");
        }
    }

    #[test]
    fn what_was_cut_away_stays_open_where_digits_are_read_in_it() {
        let said = |digits: Option<&str>| {
            let cut_off = vec![Luma::filled(40, 20, 0)];
            let open =
                Doubt { crops: vec![], around: vec![], cut_off, alike: Box::new(answer(Relation::SamePaper, None)) };
            let reader = |_: &Luma| digits.map(|digits| Said { digits: digits.to_owned(), confidence: 0.1 });
            answer(Relation::Possible, Some(open)).settled(reader, &ReadingThresholds::default()).relation
        };
        assert_eq!(
            [None, Some(""), Some("17")].map(said),
            [Relation::SamePaper, Relation::SamePaper, Relation::Possible]
        );
    }

    #[test]
    fn a_long_row_is_read_in_pieces_that_overlap() {
        let widths = |right: i32| -> Vec<usize> {
            let ink = Ink::blank(640, 64);
            pieces(&ink, [0, 20, right, 40]).iter().map(Luma::width).collect()
        };
        assert_eq!(widths(100), [120]);
        assert_eq!(widths(300), [260, 160]);
    }

    #[test]
    fn nothing_open_is_not_read() {
        let settled = answer(Relation::SamePaper, None).settled(|_| unreachable!(), &ReadingThresholds::default());
        assert_eq!(settled.relation, Relation::SamePaper);
    }
}
