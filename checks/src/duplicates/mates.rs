//! Pages of one form among those that were compared with each other: whom to ask what the form prints.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::relation::Form;

/// Pages that are asked about one, at most.
const MOST: usize = Form::MOST_TRIED;

/// For each page those of the same form, filled for others, and the clockwise quarters by which they are to be turned to
/// stand as it does.
#[derive(Clone, Debug, Default)]
pub struct Mates(BTreeMap<usize, Vec<(usize, u8)>>);

impl Mates {
    /// From pairs that are of one form and not one paper.
    #[must_use]
    pub fn of<'c>(pairs: impl IntoIterator<Item = &'c Candidate>) -> Self {
        let mut mates: BTreeMap<usize, Vec<(usize, u8)>> = BTreeMap::new();
        for pair in pairs {
            mates.entry(pair.b).or_default().push((pair.a, pair.quarters));
            mates.entry(pair.a).or_default().push((pair.b, pair.back()));
        }
        mates.values_mut().for_each(|own| own.sort_unstable());
        Self(mates)
    }

    /// Those to ask about a page, and the quarters by which they are to be turned to stand as it does. They are taken from
    /// all over its mates, since pages beside each other are often of one paper.
    #[must_use]
    pub fn of_page(&self, page: usize) -> Vec<(usize, u8)> {
        let all = self.0.get(&page).map_or(&[][..], Vec::as_slice);
        all.iter().step_by(all.len().div_ceil(MOST).max(1)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidates::Turns;
    use super::*;

    const fn pair(a: usize, b: usize, quarters: u8) -> Candidate {
        Candidate { a, b, quarters, others: Turns::NONE }
    }

    #[test]
    fn mates_of_a_page_stand_as_it_does() {
        let mates = Mates::of(&[pair(0, 5, 0), pair(2, 3, 1), pair(1, 3, 2), pair(0, 3, 0)]);
        // page 2 turned by one quarter stands as page 3, so page 3 turned by three stands as page 2
        assert_eq!(mates.of_page(2), [(3, 3)]);
        assert_eq!(mates.of_page(3), [(0, 0), (1, 2), (2, 1)]);
        assert_eq!(mates.of_page(9), []);
    }

    #[test]
    fn of_many_mates_those_far_from_each_other_are_asked() {
        let all: Vec<Candidate> = (1..=95).map(|other| pair(0, other, 0)).collect();
        let asked = Mates::of(&all).of_page(0);
        assert_eq!(asked.len(), MOST);
        assert!(asked.last().is_some_and(|(page, _)| *page > 85));
    }
}
