//! What a look at a place is worth, and what readings of the row of figures it stands in make of that.

use super::super::twins::Twin;
use super::DoubtThresholds;
use super::doubt::Said;
use super::looked::{Known, Place};

/// What a look at a place tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// One sign on both pages.
    One,
    /// One sign, unless its row reads as another number.
    OneUnlessRead([i32; 4]),
    /// Another sign, unless its row reads as one number.
    OtherUnlessRead([i32; 4]),
    /// Another sign; in a row, if in any.
    Other(Option<[i32; 4]>),
}

/// What readings of a row settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// It is the same on both pages.
    Same,
    /// It is another number.
    Other,
    /// It may be another number.
    Perhaps,
    /// Nothing.
    Open,
}

/// What a look and readings together leave of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// One sign.
    One,
    /// A question for a person.
    Question,
    /// That the pages are two papers.
    TwoPapers,
}

impl Seen {
    /// The row to be read.
    pub(super) const fn row(self) -> Option<[i32; 4]> {
        match self {
            Self::One => None,
            Self::OneUnlessRead(row) | Self::OtherUnlessRead(row) => Some(row),
            Self::Other(row) => row,
        }
    }

    /// What is left once the row was read.
    pub(super) const fn read_as(self, row: Row) -> Left {
        match (self, row) {
            (Self::OneUnlessRead(_), Row::Other | Row::Perhaps) => Left::Question,
            (Self::One | Self::OneUnlessRead(_), _) | (Self::OtherUnlessRead(_), Row::Same) => Left::One,
            (_, Row::Other) => Left::TwoPapers,
            _ => Left::Question,
        }
    }
}

impl DoubtThresholds {
    /// What a place shows, by how sure an eye is that it shows another sign.
    pub(super) fn told(&self, place: &Place, sure: f32) -> Seen {
        match (self.one(place, sure), place.row) {
            (true, Some(row)) if self.heard(place, sure) => Seen::OneUnlessRead(row),
            (true, _) => Seen::One,
            (false, Some(row)) if sure < self.read => Seen::OtherUnlessRead(row),
            (false, row) => Seen::Other(row),
        }
    }

    /// Whether a place shows one sign, by the eye alone.
    pub(super) fn one(&self, place: &Place, sure: f32) -> bool {
        let (standing, others) = if place.may_be_figure { self.figure } else { self.letter };
        sure < if place.known == Known::StandsOut { standing } else { others }
    }

    /// Whether a place that shows one sign, as far as the eye can tell, is open to readings. Under a mark it is not: strokes
    /// make other figures of those below.
    fn heard(&self, place: &Place, sure: f32) -> bool {
        match place.known {
            Known::StandsOut => sure > self.heard.0,
            Known::Plain => sure > self.heard.1,
            Known::Covered => false,
        }
    }

    /// How sure an eye is that a place shows another sign, for what is known of the place.
    pub(super) fn seen(&self, place: &Place, eye: impl Fn(&Twin) -> f32) -> f32 {
        let sure = eye(&place.twin);
        if place.known == Known::Covered { sure - self.below } else { sure }
    }

    /// Whether a reading may settle anything.
    pub(super) fn counts(&self, said: &Said) -> bool {
        said.digits.len() >= self.least && said.confidence >= self.alike.min(self.perhaps)
    }

    /// What two readings of a row that count settle. Two digits, a day, may be letters as well: they tell only that somebody
    /// should look.
    pub(super) fn settled(&self, here: &Said, there: &Said) -> Row {
        let sure = here.confidence.min(there.confidence);
        let number = here.digits.len() >= self.digits;
        if here.digits == there.digits {
            return if number && sure >= self.alike { Row::Same } else { Row::Open };
        }
        match here.digits.len() == there.digits.len() {
            true if number && sure >= self.unlike => Row::Other,
            true if sure >= self.perhaps => Row::Perhaps,
            _ => Row::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_settles_what_a_row_is_and_two_digits_only_that_somebody_should_look() {
        let limits = DoubtThresholds::default();
        let said = |digits: &str, confidence| Said { digits: digits.to_owned(), confidence };
        let settled = |here: &str, there: &str, sure| limits.settled(&said(here, sure), &said(there, sure));
        assert_eq!([settled("140105", "140105", 0.95), settled("140105", "140106", 0.95)], [Row::Same, Row::Other]);
        assert_eq!([settled("17", "17", 0.95), settled("17", "12", 0.95)], [Row::Open, Row::Perhaps]);
        assert_eq!([settled("17", "12", limits.perhaps - 0.1), settled("17", "123", 0.95)], [Row::Open; 2]);
        assert!(limits.counts(&said("17", 0.9)) && !limits.counts(&said("7", 0.9)));
    }
}
