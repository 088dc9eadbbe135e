//! A first look at the pages that are held against one: it tells which are worth a closer one.
//!
//! A register leads to dozens of pages of one form, and nearly all are other people's. Most of them are so for certain once
//! they are laid on the page. Of the rest the same paper has hardly a stroke where the page has another one; and where a capture
//! is so poor that it has, all the others have so too, and more.

use super::super::align::{Alignment, Prepared, SEED, align};
use super::super::apart::Apart;
use super::super::ink::Ink;
use super::super::overlay::{Rough, overlay};
use super::{Answer, Figures, RelationThresholds, judged_closely, plane};

/// Of pages that are not surely other papers all are looked at closely that have no more other strokes than this, and besides
/// [`FirstLook::FEW`] with the fewest.
const HARDLY: usize = 4;

/// Two pages laid on each other, before anything on them is looked at closely.
#[derive(Clone, Debug)]
pub struct FirstLook {
    alignment: Alignment,
    parting: Parting,
    /// As they lie, where they are not surely two papers.
    rough: Option<Rough>,
}

/// Where two pages part that are laid on each other by their map and bends alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parting {
    /// Strokes of each page where the other has others; nothing where they are surely two papers.
    pub(super) strokes: Option<usize>,
    /// Share of the ink that the pages have in common, of the page that has less.
    pub(super) in_common: f32,
}

impl Parting {
    /// `None` where they have nothing in common.
    pub(super) fn of(pages: [&Ink; 2], limits: &RelationThresholds) -> Option<Self> {
        let apart = Apart::both(pages);
        let in_common = 1.0 - apart[0].share.max(apart[1].share);
        let surely = limits.surely(&apart);
        let strokes = (!surely).then(|| apart[0].instead(&apart[1]));
        (!surely || in_common >= limits.min_template).then_some(Self { strokes, in_common })
    }
}

impl FirstLook {
    /// Pages up to which all that are held against one are worth a close look, so that a first one is not.
    pub const FEW: usize = 6;

    /// At two pages as they stand; `None` where they have nothing in common.
    #[must_use]
    pub fn at(a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Self> {
        let alignment = align(a, b, SEED)?;
        let rough = overlay(a, b, &alignment.there);
        let parting = Parting::of(rough.laid().inks(), limits)?;
        Some(Self { alignment, rough: parting.strokes.map(|_| rough), parting })
    }

    /// The less, the likelier both show one paper.
    #[must_use]
    pub fn apart(&self) -> usize {
        self.parting.strokes.unwrap_or(usize::MAX)
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
}
