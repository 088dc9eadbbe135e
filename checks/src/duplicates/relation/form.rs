//! What a form prints itself, as the papers of other people on it show.
//!
//! Two captures alone do not tell whether a worn place may hold anything but the form's own print. Where the papers of
//! several other people show the same there, hardly anything else ever stands there: a caption, a number of the house. A
//! register has such papers by the thousand, and a folder of a few has some.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::super::align::{Prepared, SEED, align};
use super::super::apart::Apart;
use super::super::bend::Bend;
use super::super::ink::Ink;
use super::super::overlay::{Overlay, overlay, overlay_to_the_edges, shown_to_the_edges};
use super::super::twins::{Cause, Spot, Twin, spots_of};

/// Papers that are asked, at most.
const MOST: usize = 4;
/// Captures of each that are kept: what one has lost or bears a mark on another may show.
const CAPTURES: usize = 2;
/// Papers that must show the same: one may be of the same person.
const FEWEST: usize = 2;
/// Strokes that each of two papers has apart from the other, from which they are of two people. Of 1,748 pairs of papers of
/// one person in which a date, sum or digit differs one in twenty has so many, of other people's nine in ten.
const STROKES: usize = 12;
/// Share of the ink of each that may lie apart on one form.
const MOST_APART: f32 = 0.5;
/// Below this logarithm of odds a paper shows the same at a place, or a row of figures on the whole ...
const SAME: f32 = -1.0;
/// ... up to this the papers together do at each of its figures ...
const EVEN: f32 = 0.5;
/// ... and above this one shows another sign.
const OTHER: f32 = 1.5;
/// What each paper that shows the same takes off the logarithm of the odds that another sign stands at a place: among
/// figures, since of two people's numbers about every fourth figure is the same, and elsewhere.
const WORTH: (f32, f32) = (1.5, 2.0);

/// Papers of other people on one form, for a page of it.
pub struct Form<'p> {
    page: &'p Prepared,
    others: Vec<(Cow<'p, Prepared>, u8)>,
    /// The papers as they lie on the page, once that is wanted.
    papers: OnceCell<Vec<Vec<Capture>>>,
}

/// A capture of a paper, laid on the page.
struct Capture {
    /// Its place among the others.
    other: usize,
    there: Bend,
    laid: Overlay,
    /// The same to the very edges, once that is wanted.
    to_the_edges: OnceCell<Overlay>,
}

impl<'p> Form<'p> {
    /// Papers that are laid on a page, at most, in search of those to ask.
    pub const MOST_TRIED: usize = 12;

    /// Of a page, and pages of its form that show other papers, each with the clockwise quarters after which it stands as
    /// the page does. Which of them are of other people, and of one each, is found out when the form is asked.
    #[must_use]
    pub const fn of(page: &'p Prepared, others: Vec<(Cow<'p, Prepared>, u8)>) -> Self {
        Self { page, others, papers: OnceCell::new() }
    }

    /// The most that it takes off the logarithm of the odds of a place: what an eye is surer of stays another sign.
    pub(super) const MOST_WORTH: f32 = 3.0;

    /// What the papers take off the logarithm of the odds that another sign stands at a place of the page and of a second
    /// one laid on it: the more of them show the same there as one of the two, and none another sign than that one.
    pub(super) fn worth(&self, pages: [&Ink; 2], at: (i32, i32), figure: bool, eye: &impl Fn(&Twin) -> f32) -> f32 {
        let spot = Spot { at, cause: Cause::Parted, unlike: 0.0 };
        let each = if figure { WORTH.0 } else { WORTH.1 };
        let of_one = |page: &Ink| {
            let agreeing = self.agreeing(spot, |paper| eye(&Twin::of([page, &paper.theirs], spot)));
            agreeing.map_or(0.0, |papers| (each * papers as f32).min(Self::MOST_WORTH))
        };
        let here = of_one(pages[0]);
        if here < Self::MOST_WORTH { here.max(of_one(pages[1])) } else { here }
    }

    /// Whether a row of figures of the page is the form's own print, as far as it goes.
    pub(super) fn prints(&self, row: &[[i32; 4]], eye: &impl Fn(&Twin) -> f32) -> bool {
        let said = |figure: [i32; 4]| {
            let shown = move |capture| self.to_the_edges(capture, figure);
            spots_of(figure).map(move |spot| self.said(shown, |paper| eye(&Twin::of(paper.inks(), spot))).collect())
        };
        all_printed(row.iter().flat_map(|figure| said(*figure)))
    }

    /// A capture of a paper laid on the page to the very edges of both, if both show a place so.
    fn to_the_edges<'c>(&self, capture: &'c Capture, place: [i32; 4]) -> Option<&'c Overlay> {
        let (other, quarters) = &self.others[capture.other];
        let (page, other) = (self.page, other.standing(*quarters));
        let lay = || overlay_to_the_edges(page, other, &capture.there).refined(other, &capture.there);
        shown_to_the_edges([page, other], &capture.there, place, || capture.to_the_edges.get_or_init(lay))
    }

    /// Papers of other people laid on the page, each as often as it was captured.
    fn papers(&self) -> &[Vec<Capture>] {
        self.papers.get_or_init(|| {
            let mut papers: Vec<Vec<Capture>> = Vec::new();
            for other in 0..self.others.len().min(Self::MOST_TRIED) {
                let Some(capture) = self.laid_as_another(other) else { continue };
                let of_one_person = |paper: &&mut Vec<Capture>| {
                    !of_two_people(&Apart::both([&paper[0].laid.theirs, &capture.laid.theirs]))
                };
                match papers.iter_mut().find(of_one_person) {
                    Some(known) if known.len() < CAPTURES => known.push(capture),
                    Some(_) => {}
                    None => papers.push(vec![capture]),
                }
                if papers.len() == MOST {
                    break;
                }
            }
            papers
        })
    }

    /// Whether enough papers show at a place what a page shows there, and none another sign; how many do.
    fn agreeing(&self, spot: Spot, look: impl Fn(&Overlay) -> f32) -> Option<usize> {
        unanimous(self.said(|capture| Some(&capture.laid).filter(|laid| laid.sees(spot.square())), look))
    }

    /// What a look at each paper of which a capture is `shown` at a place says, of its captures the one that is most like the
    /// page there.
    fn said<'s>(
        &'s self,
        shown: impl Fn(&'s Capture) -> Option<&'s Overlay>,
        look: impl Fn(&Overlay) -> f32,
    ) -> impl Iterator<Item = f32> {
        let of_paper =
            move |captures: &'s Vec<Capture>| captures.iter().filter_map(&shown).map(&look).min_by(f32::total_cmp);
        self.papers().iter().filter_map(of_paper)
    }

    /// A paper laid on the page, if it is of its form and surely of somebody else.
    fn laid_as_another(&self, other: usize) -> Option<Capture> {
        let (paper, quarters) = &self.others[other];
        let paper = paper.standing(*quarters);
        let there = align(self.page, paper, SEED)?.there;
        let rough = overlay(self.page, paper, &there);
        let apart = Apart::both(rough.laid().inks());
        let of_the_form = apart.iter().all(|page| page.share <= MOST_APART);
        if !of_the_form || !of_two_people(&apart) {
            return None;
        }
        let laid = rough.refined(paper, &there);
        Some(Capture { other, there, laid, to_the_edges: OnceCell::new() })
    }
}

/// Whether papers of other people show the same as a page at all places of a row, by what an eye says of each paper at each
/// place: thin signs tell little one by one, and much together. Of a number hardly anybody else has every sign.
fn all_printed(places: impl Iterator<Item = Vec<f32>>) -> bool {
    let (mut count, mut sum) = (0, 0.0);
    for said in places {
        let mean = said.iter().sum::<f32>() / said.len().max(1) as f32;
        if said.len() < FEWEST || mean > EVEN || said.iter().any(|sure| *sure > OTHER) {
            return false;
        }
        count += 1;
        sum += mean;
    }
    sum <= SAME * count as f32
}

/// How many papers show the same by what an eye says of each, if they are enough and none shows another sign.
fn unanimous(said: impl Iterator<Item = f32>) -> Option<usize> {
    let mut same = 0;
    for sure in said {
        if sure > OTHER {
            return None;
        }
        same += usize::from(sure < SAME);
    }
    (same >= FEWEST).then_some(same)
}

/// Whether two pages are surely papers of two people.
fn of_two_people(apart: &[Apart; 2]) -> bool {
    apart.iter().all(|page| page.pieces > STROKES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_agree_where_enough_show_the_same_and_none_another_sign() {
        assert_eq!(unanimous([-4.0, -3.0, 0.5].into_iter()), Some(2));
        assert_eq!(unanimous([-4.0, 0.5].into_iter()), None);
        assert_eq!(unanimous([-4.0, -3.0, -5.0, 2.0].into_iter()), None);
    }

    #[test]
    fn a_row_is_print_where_papers_are_of_one_mind_on_the_whole_and_none_shows_another_sign() {
        let row = |places: &[&[f32]]| all_printed(places.iter().map(|said| said.to_vec()));
        assert!(row(&[&[-4.0, -3.0], &[-0.4, 0.1], &[-2.0, -2.5, -1.0]]));
        assert!(!row(&[&[-4.0, -3.0], &[-4.0, 2.0]]), "another sign");
        assert!(!row(&[&[-4.0, -3.0], &[0.9, 0.8]]), "perhaps another sign on each");
        assert!(!row(&[&[-4.0, -3.0], &[-4.0]]), "a place that one paper shows alone");
        assert!(!row(&[&[-0.4, -0.3], &[-0.9, 0.2]]), "nothing is seen well");
    }
}
