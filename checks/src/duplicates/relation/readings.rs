//! What a look at a place is worth, and what readings of the row of figures it stands in make of that.

use super::super::twins::Twin;
use super::DoubtThresholds;
use super::crops::begin;
use super::looked::{Known, Place};

/// What a reader of numbers says of a crop.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The digits, in the order of the line; signs between them are left out.
    pub digits: String,
    /// How sure it is, 0–1.
    pub confidence: f32,
    /// Where digits stand in the crop, from the left; those of which the place is only guessed are left out.
    pub stand: Vec<Digit>,
}

/// A digit as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digit {
    /// Its middle, columns of the crop.
    pub middle: f32,
    /// The share of each digit from 0 to 9 there, of 1; what is missing to it is no digit.
    pub shares: [f32; 10],
}

/// What is read of one row on two pages, in the frame of the first.
#[derive(Clone, Debug)]
pub(super) struct Both {
    /// Height of the row, pixels.
    high: f32,
    said: [Said; 2],
}

impl Both {
    /// Of what is read in crops of the row.
    pub(super) fn of(row: [i32; 4], mut said: [Said; 2]) -> Self {
        let stand = said.iter_mut().flat_map(|said| &mut said.stand);
        stand.for_each(|digit| digit.middle += begin(row) as f32);
        Self { high: (row[3] - row[1]) as f32, said }
    }

    /// How sure it is, 0–1, that the pages show two digits where a place is: the surest of those around it.
    fn other_digit(&self, at: (i32, i32)) -> f32 {
        /// Two digits stand at one place up to so far apart ...
        const APART: f32 = 0.3;
        /// ... and at the place in question up to so far from its middle; both of the height of the row.
        const AROUND: f32 = 0.4;
        let [here, there] = &self.said;
        let around = |digit: &&Digit| (digit.middle - at.0 as f32).abs() <= AROUND * self.high;
        let pairs = here.stand.iter().filter(around).filter_map(|mine| Some((mine, mine.nearest(&there.stand)?)));
        // where one reading has a digit more, its neighbour's place is no other digit of theirs
        let mutual = pairs.filter(|(mine, theirs)| theirs.nearest(&here.stand) == Some(mine));
        let close = mutual.filter(|(mine, theirs)| (mine.middle - theirs.middle).abs() <= APART * self.high);
        close.map(|(mine, theirs)| mine.other(theirs)).fold(0.0, f32::max)
    }
}

impl Digit {
    /// The one of others that stands nearest to it.
    fn nearest<'o>(&self, others: &'o [Self]) -> Option<&'o Self> {
        let apart = |other: &Self| (other.middle - self.middle).abs();
        others.iter().min_by(|one, other| apart(one).total_cmp(&apart(other)))
    }

    /// How sure it is, 0–1, that this is one digit and that another.
    fn other(&self, that: &Self) -> f32 {
        let digits = |digit: &Self| digit.shares.iter().sum::<f32>();
        let same: f32 = self.shares.iter().zip(&that.shares).map(|(mine, theirs)| mine * theirs).sum();
        digits(self) * digits(that) - same
    }
}

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
            // what a stroke made of a figure the eye is sure of, and two readings of one number tell better
            (false, Some(row)) if sure < self.read || place.known == Known::Covered => Seen::OtherUnlessRead(row),
            (false, row) => Seen::Other(row),
        }
    }

    /// Whether a place shows one sign, by the eye alone.
    pub(super) fn one(&self, place: &Place, sure: f32) -> bool {
        let (standing, others) = if place.may_be_figure { self.figure } else { self.letter };
        sure < if place.known == Known::StandsOut { standing } else { others }
    }

    /// Whether a place that shows one sign, as far as the eye can tell, is open to readings: it is, whatever the eye says, where one
    /// of the figures stands that are the most unlike. Under a mark it is not: strokes
    /// make other figures of those below.
    fn heard(&self, place: &Place, sure: f32) -> bool {
        match place.known {
            Known::StandsOut => place.foremost || sure > self.heard.0,
            Known::Plain => place.foremost || sure > self.heard.1,
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
        said.digits.len() >= self.least && said.confidence >= self.at_all
    }

    /// Whether a glance tells that more looks may settle something: there are digits, and it is no word.
    pub(super) fn hopeful(&self, said: &Said) -> bool {
        said.digits.len() >= self.least && said.confidence >= self.hope
    }

    /// Whether what is read may be a number at all: two letters are read as two digits easily, a word as five hardly ever.
    pub(super) fn may_be_number(&self, said: &Said) -> bool {
        /// From so many digits on it may be one however unsure the reading is.
        const MANY: usize = 5;
        let least_sure = match said.digits.len() {
            digits if digits < self.least => return false,
            MANY.. => 0.0,
            digits if digits >= self.digits => self.at_all,
            _ => self.alike,
        };
        said.confidence >= least_sure
    }

    /// What two readings of a row that count settle at a place in it. On the whole they may be unsure though they are sure of
    /// the digits there; and what they differ in elsewhere is not what the place was asked for.
    pub(super) fn settled(&self, both: &Both, place: &Place) -> Row {
        let [here, there] = &both.said;
        match self.by_whole(here, there) {
            Row::Open if here.digits != there.digits && both.other_digit(place.twin.at) >= self.digit => Row::Perhaps,
            row => row,
        }
    }

    /// What two readings settle on the whole. Two digits, a day, may be letters as well and settle nothing.
    fn by_whole(&self, here: &Said, there: &Said) -> Row {
        let sure = here.confidence.min(there.confidence);
        let like = here.digits.len() == there.digits.len() && here.digits.len() >= self.digits;
        match here.digits == there.digits {
            true if like && sure >= self.alike => Row::Same,
            false if like && sure >= self.unlike => Row::Other,
            _ => Row::Open,
        }
    }
}

#[cfg(test)]
impl Said {
    /// Digits that stand a few columns apart, each certain.
    pub(super) fn spaced(digits: &str, confidence: f32) -> Self {
        let digit = |(at, sign): (usize, u8)| Digit {
            middle: 4.0 + 8.0 * at as f32,
            shares: std::array::from_fn(|digit| f32::from(u8::from(usize::from(sign - b'0') == digit))),
        };
        Self { digits: digits.to_owned(), confidence, stand: digits.bytes().enumerate().map(digit).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_settles_what_a_row_is_and_two_digits_do_not() {
        let limits = DoubtThresholds::default();
        let settled =
            |here: &str, there: &str, sure| limits.by_whole(&Said::spaced(here, sure), &Said::spaced(there, sure));
        assert_eq!([settled("140105", "140105", 0.95), settled("140105", "140106", 0.95)], [Row::Same, Row::Other]);
        assert_eq!([settled("140105", "140106", 0.85), settled("140105", "14010", 0.95)], [Row::Open; 2]);
        assert_eq!([settled("17", "17", 0.95), settled("17", "12", 0.95)], [Row::Open; 2]);
        assert!(limits.counts(&Said::spaced("17", 0.9)) && !limits.counts(&Said::spaced("7", 0.9)));
    }

    #[test]
    fn two_digits_are_other_where_both_are_sure_and_stand_at_the_place() {
        let row = [20, 20, 60, 40];
        let other = |there: Said, x| Both::of(row, [Said::spaced("14020517", 0.5), there]).other_digit((x, 30));
        let sixth = begin(row) + 44;
        assert!(other(Said::spaced("14020617", 0.5), sixth) > 0.99);
        assert!(other(Said::spaced("14020617", 0.5), sixth - 20) < 0.01, "elsewhere");
        // one digit more, read between two of them: each is held against the one that stands nearest
        let mut longer = Said::spaced("14020517", 0.5);
        longer.stand.insert(5, Digit { middle: longer.stand[4].middle + 4.0, ..longer.stand[6] });
        assert!((0..8).all(|at| other(longer.clone(), begin(row) + 4 + 8 * at) < 0.01));
        let mut unsure = Said::spaced("14020617", 0.5);
        unsure.stand[5].shares = [0.0, 0.0, 0.0, 0.0, 0.0, 0.3, 0.5, 0.0, 0.0, 0.0];
        assert!((other(unsure, sixth) - 0.5).abs() < 1e-3);
    }
}
