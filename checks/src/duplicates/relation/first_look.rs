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
        Answer::of_one_form(plane(a, b, &self.alignment), figures)
    }

    /// Which of the pages held against one are worth a closer look, by the first one at each.
    pub fn worth_a_closer<'l>(looks: impl Iterator<Item = &'l Self>) -> std::vec::IntoIter<bool> {
        closest(looks.map(|look| look.parting.strokes).collect()).into_iter()
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

/// Those with the fewest other strokes, and those with hardly any.
fn closest(strokes: Vec<Option<usize>>) -> Vec<bool> {
    let mut sorted: Vec<usize> = strokes.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let most = sorted.get(FirstLook::FEW - 1).map_or(usize::MAX, |most| (*most).max(HARDLY));
    strokes.into_iter().map(|strokes| strokes.is_some_and(|strokes| strokes <= most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_with_the_fewest_other_strokes_and_all_with_hardly_any_are_looked_at_closely() {
        let chosen = |strokes: Vec<Option<usize>>| closest(strokes).into_iter().filter(|chosen| *chosen).count();
        assert_eq!(chosen(vec![Some(30), None, Some(0)]), 2);
        assert_eq!(chosen((0..64).map(|strokes| Some(10 + strokes)).collect()), FirstLook::FEW);
        assert_eq!(chosen(vec![Some(HARDLY); 40]), 40);
        assert_eq!(closest(vec![None, Some(3)]), [false, true]);
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
