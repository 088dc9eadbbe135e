//! A first look at the pages that are held against one: it tells which are worth a closer one.
//!
//! A register leads to dozens of pages of one form, and nearly all are other people's. Most of them are so for certain once
//! they are laid on the page. Of the rest the same paper has hardly a stroke where the page has another one; and where a capture
//! is so poor that it has, all the others have so too, and more.

use super::super::align::{Alignment, Prepared, SEED, align, few_letters};
use super::super::apart::Apart;
use super::super::candidates::Turns;
use super::super::ink::Ink;
use super::super::overlay::{Rough, overlay};
use super::{Answer, Figures, RelationThresholds, judged_closely, plane};

/// Of pages that are not surely other papers all are looked at closely that have no more other strokes than this, and besides
/// [`FirstLook::FEW`] with the fewest.
const HARDLY: usize = 4;

/// Two pages laid on each other, before anything on them is looked at closely.
#[derive(Debug)]
pub struct FirstLook {
    alignment: Alignment,
    parting: Parting,
    /// As they lie, where they are not surely two papers.
    rough: Option<Rough>,
}

/// Where two pages part that are laid on each other by their map and bends alone.
#[derive(Clone, Copy, Debug)]
struct Parting {
    /// Strokes of each page where the other has others; nothing where they are surely two papers.
    strokes: Option<usize>,
    /// Share of the ink that the pages have in common, of the page that has less.
    in_common: f32,
}

impl Parting {
    /// `None` where they have nothing in common.
    fn of(pages: [&Ink; 2], limits: &RelationThresholds) -> Option<Self> {
        let apart = Apart::both(pages);
        let in_common = 1.0 - apart[0].share.max(apart[1].share);
        let surely = limits.surely(&apart);
        let strokes = (!surely).then(|| apart[0].instead(&apart[1]));
        (!surely || in_common >= limits.min_template).then_some(Self { strokes, in_common })
    }
}

impl FirstLook {
    /// Pages up to which all that are held against one are worth a close look, but for those that are surely other papers.
    const FEW: usize = 6;

    /// At two pages as they stand; `None` where they have nothing in common.
    #[must_use]
    pub fn at(a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Self> {
        let alignment = align(a, b, SEED)?;
        let rough = overlay(a, b, &alignment.there);
        let parting = Parting::of(rough.laid().inks(), limits)?;
        Some(Self { alignment, rough: parting.strokes.map(|_| rough), parting })
    }

    /// At a pair of candidates in the turn that the search for them gave, in clockwise quarters; pages of few letters that cannot be
    /// laid on each other so in the others that it named too: the fillers of a passport's zone look alike upside down. `pages` gives
    /// both in a turn.
    #[must_use]
    pub fn in_turns<'p>(
        (quarters, others): (u8, Turns),
        pages: impl Fn(u8) -> [&'p Prepared; 2],
        limits: &RelationThresholds,
    ) -> Option<(u8, Self)> {
        let [a, b] = pages(quarters);
        let in_turn = |quarters| {
            let [a, b] = pages(quarters);
            Self::at(a, b, limits)
        };
        likeliest(quarters, others, few_letters(a, b), in_turn, Self::apart)
    }

    /// The less, the likelier both show one paper.
    fn apart(&self) -> usize {
        self.parting.strokes.unwrap_or(usize::MAX)
    }

    /// Whether they are surely two papers.
    pub(super) const fn of_other_papers(&self) -> bool {
        self.parting.strokes.is_none()
    }

    /// What a closer look at the same pages says.
    #[must_use]
    pub fn closely(self, a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Answer> {
        let Self { alignment, rough, .. } = self;
        let rough = rough.unwrap_or_else(|| overlay(a, b, &alignment.there));
        judged_closely(a, b, &alignment, rough.refined(b, &alignment.there), limits)
    }

    /// That the same pages are two papers of one form.
    #[must_use]
    pub fn of_one_form(&self, a: &Prepared, b: &Prepared) -> Answer {
        let figures = Figures { agreeing: self.parting.in_common, ..Figures::default() };
        let apart = self.of_other_papers();
        Answer { apart, ..Answer::of_one_form(plane(a, b, &self.alignment), figures) }
    }
}

/// Which pages of those held against one are worth a closer look, a few at a time. The same paper may have come in a dozen times: as
/// long as nearly all that were looked at show it, the next ones may.
#[derive(Debug)]
pub struct Closer {
    /// Those not named yet, the likeliest first.
    rest: std::vec::IntoIter<usize>,
    /// How many were named last.
    named: usize,
    /// How many of those named before turned out to be other papers.
    others: usize,
}

impl Closer {
    /// Other papers that are looked at before the rest are taken for such ...
    const OTHERS: usize = 2;
    /// ... as all are that have more other strokes than this.
    const PERHAPS: usize = 3 * HARDLY;

    /// By the first looks at all of them, where there is one, with those to look at first.
    #[must_use]
    pub fn of<'l>(looks: impl Iterator<Item = Option<&'l FirstLook>>) -> (Self, Vec<usize>) {
        Self::by(looks.map(|look| look?.parting.strokes))
    }

    fn by(strokes: impl Iterator<Item = Option<usize>>) -> (Self, Vec<usize>) {
        let mut open: Vec<(usize, usize)> =
            strokes.enumerate().filter_map(|(at, strokes)| Some((strokes?, at))).collect();
        open.sort_unstable();
        let most = open.get(FirstLook::FEW - 1).map_or(usize::MAX, |(most, _)| (*most).max(HARDLY));
        let mut rest = open.split_off(open.partition_point(|(strokes, _)| *strokes <= most));
        rest.retain(|(strokes, _)| *strokes <= Self::PERHAPS);
        let at = |open: Vec<(usize, usize)>| open.into_iter().map(|(_, at)| at).collect::<Vec<_>>();
        let first = at(open);
        (Self { rest: at(rest).into_iter(), named: first.len(), others: 0 }, first)
    }

    /// Those to look at next, once so many of the last ones are the paper, or may be.
    pub fn further(&mut self, met: usize) -> Vec<usize> {
        self.others += self.named - met;
        let next: Vec<usize> = self.rest.by_ref().take(Self::OTHERS.saturating_sub(self.others)).collect();
        self.named = next.len();
        next
    }
}

/// What is seen in the likeliest turn; where that is nothing and pages have `few_letters`, in the one of the others in which they
/// are least `apart`.
fn likeliest<S>(
    quarters: u8,
    others: Turns,
    few_letters: bool,
    in_turn: impl Fn(u8) -> Option<S>,
    apart: impl Fn(&S) -> usize,
) -> Option<(u8, S)> {
    let seen = |quarters: u8| Some((quarters, in_turn(quarters)?));
    let in_another = || others.quarters().filter_map(seen).min_by_key(|(_, seen)| apart(seen));
    seen(quarters).or_else(|| few_letters.then(in_another).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_with_the_fewest_other_strokes_and_all_with_hardly_any_are_looked_at_closely() {
        let first = |strokes: Vec<Option<usize>>| Closer::by(strokes.into_iter()).1;
        assert_eq!(first(vec![Some(30), None, Some(0)]), [2, 0]);
        assert_eq!(first((0..64).map(|strokes| Some(10 + strokes)).collect()).len(), FirstLook::FEW);
        assert_eq!(first(vec![Some(HARDLY); 40]).len(), 40);
        assert_eq!(first(vec![None, Some(3)]), [1]);
    }

    #[test]
    fn while_those_looked_at_are_the_paper_the_next_are_looked_at() {
        let after = |met: usize| {
            let (mut closer, first) = Closer::by((0..20).map(|strokes| Some(1 + strokes)));
            assert_eq!(first.len(), FirstLook::FEW);
            (closer.further(met), closer)
        };
        assert_eq!(after(FirstLook::FEW - Closer::OTHERS).0, [0; 0]);
        assert_eq!(after(FirstLook::FEW - 1).0, [6]);
        let (next, mut closer) = after(FirstLook::FEW);
        assert_eq!(next, [6, 7]);
        assert_eq!(closer.further(2), [8, 9]);
        assert_eq!((closer.further(1), closer.further(0)), (vec![10], vec![]));
        let (next, mut closer) = after(FirstLook::FEW);
        assert_eq!(
            (closer.further(next.len()), closer.further(2), closer.further(2)),
            (vec![8, 9], vec![10, 11], vec![])
        );
    }

    #[test]
    fn other_turns_are_tried_where_the_search_named_them_and_the_likeliest_one_of_few_letters_gives_nothing() {
        let tried = |few_letters: bool, fits: u8| {
            let (first, others) = Turns::nearly(&[0.5, 0.0, 0.9, 0.2], 0.5);
            let tried = std::cell::RefCell::new(vec![]);
            let in_turn = |quarters| {
                tried.borrow_mut().push(quarters);
                (quarters == fits).then_some(0)
            };
            let found = likeliest(first, others, few_letters, in_turn, |apart| *apart).map(|(quarters, _)| quarters);
            (found, tried.into_inner())
        };
        assert_eq!(tried(true, 2), (Some(2), vec![2]));
        assert_eq!(tried(true, 0), (Some(0), vec![2, 0]));
        assert_eq!(tried(false, 0), (None, vec![2]));
        assert_eq!(tried(true, 3), (None, vec![2, 0]));
    }

    #[test]
    fn of_other_turns_the_one_in_which_pages_are_least_apart_is_taken() {
        let (first, others) = Turns::nearly(&[0.8, 0.7, 0.9, 0.2], 0.5);
        let in_turn = |quarters| (quarters != first).then_some(quarters);
        let least = |wanted: u8| likeliest(first, others, true, in_turn, |q| usize::from(*q != wanted));
        assert_eq!([least(0), least(1)], [Some((0, 0)), Some((1, 1))]);
    }
}
