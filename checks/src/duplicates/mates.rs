//! Pages of one form among those that were compared with each other: whom to ask what the form prints.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::relation::{Answer, Form};

/// How near a page is to another one of its form that is not the same paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kin {
    /// Whether both may be of one person: of no use to ask, since half of what is filled in is the same.
    person: bool,
    /// Share of the ink that they have in common: of the same form it is more than of one that looks like it.
    in_common: f32,
}

impl Kin {
    /// By what was said of two pages; `None` where they are no two papers of one form for certain.
    #[must_use]
    pub fn of(answer: &Answer) -> Option<Self> {
        answer.of_other_papers().then_some(Self { person: !answer.apart, in_common: answer.figures.agreeing })
    }

    /// Of so many pages those to be asked: surely other people's first, and of these those that have the most in common.
    #[must_use]
    pub fn asked<P>(mut pages: Vec<(Self, P)>) -> Vec<P> {
        pages.sort_by(|(one, _), (other, _)| {
            one.person.cmp(&other.person).then(other.in_common.total_cmp(&one.in_common))
        });
        pages.into_iter().map(|(_, page)| page).take(Form::MOST_TRIED).collect()
    }
}

/// A page of the same form as another, and the clockwise quarters by which it is to be turned to stand as that one does.
type Mate = (usize, u8);

/// For each page those of the same form, filled for others.
#[derive(Clone, Debug, Default)]
pub struct Mates(BTreeMap<usize, Vec<(Kin, Mate)>>);

impl Mates {
    /// From pairs that are of one form and not one paper.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (Candidate, Kin)>) -> Self {
        let mut mates: BTreeMap<usize, Vec<(Kin, Mate)>> = BTreeMap::new();
        for (pair, kin) in pairs {
            mates.entry(pair.b).or_default().push((kin, (pair.a, pair.quarters)));
            mates.entry(pair.a).or_default().push((kin, (pair.b, pair.back())));
        }
        mates.values_mut().for_each(|own| own.sort_unstable_by_key(|(_, mate)| *mate));
        Self(mates)
    }

    /// Those to ask about a page, and the quarters by which they are to be turned to stand as it does.
    #[must_use]
    pub fn of_page(&self, page: usize) -> Vec<Mate> {
        Kin::asked(self.0.get(&page).cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidates::Turns;
    use super::*;

    const STRANGER: Kin = Kin { person: false, in_common: 0.8 };

    const fn pair(a: usize, b: usize, quarters: u8) -> (Candidate, Kin) {
        (Candidate { a, b, quarters, others: Turns::NONE }, STRANGER)
    }

    #[test]
    fn mates_of_a_page_stand_as_it_does() {
        let mates = Mates::of([pair(0, 5, 0), pair(2, 3, 1), pair(1, 3, 2), pair(0, 3, 0)]);
        // page 2 turned by one quarter stands as page 3, so page 3 turned by three stands as page 2
        assert_eq!(mates.of_page(2), [(3, 3)]);
        assert_eq!(mates.of_page(3), [(0, 0), (1, 2), (2, 1)]);
        assert_eq!(mates.of_page(9), []);
    }

    #[test]
    fn other_people_on_the_same_form_are_asked_before_who_may_be_the_same_and_before_other_forms() {
        let own = Kin { person: true, in_common: 0.99 };
        let other_form = Kin { in_common: 0.5, ..STRANGER };
        let of = |kin: Kin, pages: std::ops::Range<usize>| pages.map(move |page| (kin, page));
        let all =
            |strangers: usize| of(own, 0..20).chain(of(other_form, 20..40)).chain(of(STRANGER, 40..40 + strangers));
        let asked = Kin::asked(all(30).collect());
        assert!(asked.len() == Form::MOST_TRIED && asked.iter().all(|page| *page >= 40));
        let few = Kin::asked(all(3).collect());
        assert_eq!(few[..4], [40, 41, 42, 20]);
        let fewer = Kin::asked(of(own, 0..2).chain(of(STRANGER, 40..41)).collect());
        assert_eq!(fewer, [40, 0, 1]);
    }
}
