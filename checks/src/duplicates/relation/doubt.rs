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
}

impl Default for ReadingThresholds {
    fn default() -> Self {
        Self { alike: 0.5, unlike: 0.9, digits: 3 }
    }
}

impl Doubt {
    pub(super) fn of(odd: &[Odd], laid: &Overlay, alike: Answer) -> Self {
        let mut rows: Vec<[i32; 4]> = odd.iter().map(|one| one.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let crops = rows.into_iter().map(|row| [crop(&laid.mine, row), crop(&laid.theirs, row)]).collect();
        Self { crops, alike: Box::new(alike) }
    }
}

impl Answer {
    /// The answer once the open rows were read; as it is where nothing is open or the reader is unsure.
    #[must_use]
    pub fn settled(mut self, read: impl Fn(&Luma) -> Option<Said>, limits: &ReadingThresholds) -> Self {
        let Some(doubt) = self.doubt.take() else { return self };
        let mut alike = true;
        for [mine, theirs] in &doubt.crops {
            let (Some(here), Some(there)) = (read(mine), read(theirs)) else { return self };
            let sure = here.confidence.min(there.confidence);
            let enough = here.digits.len().min(there.digits.len()) >= limits.digits;
            let long = here.digits.len() == there.digits.len();
            if enough && long && here.digits != there.digits && sure >= limits.unlike {
                return Self { relation: Relation::SameTemplate, regions: vec![], others: vec![], ..self };
            }
            alike &= enough && here.digits == there.digits && sure >= limits.alike;
        }
        if alike { *doubt.alike } else { self }
    }
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
        let open = Doubt { crops, alike: Box::new(answer(Relation::SamePaper, None)) };
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
    fn nothing_open_is_not_read() {
        let settled = answer(Relation::SamePaper, None).settled(|_| unreachable!(), &ReadingThresholds::default());
        assert_eq!(settled.relation, Relation::SamePaper);
    }
}
