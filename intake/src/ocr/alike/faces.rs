//! Which fields of a page are printed in one face: only there must one digit have one look.
//!
//! A slip has its account number in Latin figures and its date in Persian ones, a form its print in one face and what was
//! typed into it in another. There a four and a four are unlike, and both are fours. Two fields are of two faces where
//! most of the digits that both have, as they were heard, are unlike; one digit misheard makes no second face.

use super::cutout::Figure;

/// Figures less unlike than this are one look of a digit ...
const ALIKE: f32 = 0.5;
/// ... and more unlike than this, two.
const UNLIKE: f32 = 0.7;
/// So many digits must be unlike for two faces: the six that was heard as a nine is one.
const FEWEST: usize = 2;
/// A figure heard less surely than this says nothing of its face.
const HEARD: f32 = 0.5;

/// Which figures may stand in one face.
pub(super) struct Faces {
    look: Vec<usize>,
    two: Vec<Vec<bool>>,
}

impl Faces {
    /// The faces of a page's figures, with how unlike each is to each.
    pub(super) fn of(figures: &[Figure], apart: &[Vec<f32>]) -> Self {
        let look: Vec<usize> = figures.iter().map(|figure| figure.look).collect();
        let looks = look.iter().max().map_or(0, |most| most + 1);
        // How unlike each digit is at least in two looks.
        let mut least = vec![vec![[f32::MAX; 10]; looks]; looks];
        for (x, a) in figures.iter().enumerate() {
            for (y, b) in figures.iter().enumerate() {
                if let Some(digit) = heard(a).filter(|digit| heard(b) == Some(*digit)) {
                    let least = &mut least[a.look][b.look][digit];
                    *least = least.min(apart[x][y]);
                }
            }
        }
        let two = least.iter().map(|row| row.iter().map(are_two).collect()).collect();
        Self { look, two }
    }

    /// Whether two figures may be of one face.
    pub(super) fn may_be_one(&self, a: usize, b: usize) -> bool {
        !self.two[self.look[a]][self.look[b]]
    }
}

/// The digit that a figure was heard as.
fn heard(figure: &Figure) -> Option<usize> {
    (0..10).find(|digit| figure.shares[*digit] > HEARD)
}

fn are_two(least: &[f32; 10]) -> bool {
    let shared = || least.iter().filter(|far| **far < f32::MAX);
    let unlike = shared().filter(|far| **far > UNLIKE).count();
    unlike >= FEWEST && unlike > shared().filter(|far| **far < ALIKE).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(look: usize, digit: usize) -> Figure {
        let mut shares = [0.0; 10];
        shares[digit] = 0.9;
        Figure { look, place: 0, ink: Vec::new(), shape: [1.0; 3], shares }
    }

    /// Two fields whose digits are so far apart each.
    fn faces(far: &[(usize, f32)]) -> Faces {
        let figures: Vec<Figure> =
            [0, 1].iter().flat_map(|look| far.iter().map(|(digit, _)| figure(*look, *digit))).collect();
        let between = |a: usize, b: usize| if a == b { 0.0 } else { far[a % far.len()].1 };
        let apart: Vec<Vec<f32>> =
            (0..figures.len()).map(|a| (0..figures.len()).map(|b| between(a, b)).collect()).collect();
        Faces::of(&figures, &apart)
    }

    #[test]
    fn persian_and_latin_fields_are_two_faces() {
        let faces = faces(&[(1, 0.3), (4, 0.9), (5, 1.0), (2, 0.8)]);
        assert!(!faces.may_be_one(0, 5));
        assert!(faces.may_be_one(0, 1), "a field is of one face with itself");
    }

    #[test]
    fn one_misheard_digit_is_no_second_face() {
        assert!(faces(&[(1, 0.3), (9, 0.9), (5, 0.2), (2, 0.3)]).may_be_one(0, 5));
        assert!(faces(&[(9, 0.9)]).may_be_one(0, 1));
    }
}
