//! Limits of the comparison of two pages.

use super::super::apart::Apart;
use serde::{Deserialize, Serialize};

/// Limits of the comparison of two pages. Set on papers of the fitting split of the sample generator; figures
/// are taken on papers held out from it. Areas are in squares of the body height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RelationThresholds {
    /// Least ink that both pages show, areas. 2–50.
    pub min_ink: f32,
    /// Share of either page's letters that the other must show too before they can be one paper: what was cropped
    /// away may be the one thing that differs. 0–1.
    pub min_shown: f32,
    /// Figures of one page beyond the other's edge up to which they can be one paper: with more, a date or a sum may have
    /// been cut away. 0–20.
    pub most_unshown: usize,
    /// Share of ink in common below which the pages have nothing to do with each other. 0–1.
    pub min_template: f32,
    /// Ink of a window that both pages have otherwise, for the edges in it, from which it is a change; and how much
    /// of it, areas. 0.5–3 and 0–1.
    pub two_sided: (f32, f32),
    /// The same for ink of one page alone: a dot that a capture lost is not enough. 0.5–4 and 0–1.
    pub one_sided: (f32, f32),
    /// ... either where so much ink lies beyond the edges of the other page's, areas: of both pages, of one, and of
    /// what stands out. 0–0.5.
    pub least_beyond: (f32, f32, f32),
    /// From here on ink of one page alone tells that the other page loses ink, or that a mark was made. 0.5–2 and 0–1.
    pub trace: (f32, f32),
    /// So many traces of one page alone, apart from marks, and the other page is one that loses dots and thin strokes
    /// everywhere, a fax: ink of one page alone is then no change. 2–20.
    pub lossy: usize,
    /// A difference stands out when it is so much for its edges (0.5–2), so many areas (0–0.5), and so many times
    /// (1–5) what is usual between these pages, which is at least so many areas (0–0.2).
    pub outlier: (f32, f32, f32, f32),
    /// Within a stamp, often half inked, the limits are so many times as high: of ink of both pages, and of one. 1–6.
    pub framed: (f32, f32),
    /// Share of either page's ink far from all ink of the other from which they are different papers. 0–1.
    pub most_apart: f32,
    /// Strokes of either page apart from all ink of the other beyond which they are: another name, number and date on each
    /// line. Of one paper 999 of 1,000 pairs have at most 24, faxes the most. 25–100.
    pub most_pieces: usize,
    /// Share of ink off the other's edges from which nothing is looked at closely: another paper. 0–1.
    pub most_off: f32,
    /// Share of ink in common below which a changed digit would not stand out. 0–1.
    pub min_agreeing: f32,
    /// A group of ink of one page alone is a mark when it is so wide or so high, body heights; a single tall figure is not.
    pub mark_sides: (f32, f32),
    /// Differences nearer to each other than this are one, body heights.
    pub together: f32,
    /// Regions of change up to which a person is asked; above, it is another paper.
    pub most_regions: usize,
    /// Share of changed ink up to which a person is asked. 0–1.
    pub most_changed: f32,
    /// Changes up to which an eye for signs is asked; above, it is another paper.
    pub most_doubted: usize,
    /// Places of two pages that are looked at, at most.
    pub looked_at: usize,
    /// Of these figures are looked at before anything else, at most so many: the most unlike. A capture that loses thin
    /// captions has more unlike places than are looked at, and one other figure among them.
    pub figures_first: usize,
    /// ... and so many of those in which several digits may run into each other, for as many as they may be: the edges of all stand
    /// against what one of them differs by ...
    pub joined_first: usize,
    /// ... and of one row no more than so many.
    pub of_row_first: usize,
    /// Figures under marks that are looked at besides, at most.
    pub looked_at_below: usize,
    /// How unlike the pages are, for the edges, at a place that is looked at though it does not stand out. 0–1.
    pub least_unlike: f32,
    /// Marks, and their share of all ink, up to which they may be put on later.
    pub most_marks: (usize, f32),
    /// Figures one by one.
    pub figures: FigureThresholds,
}

impl Default for RelationThresholds {
    fn default() -> Self {
        Self {
            min_ink: 8.0,
            min_shown: 0.7,
            most_unshown: 3,
            min_template: 0.45,
            two_sided: (1.05, 0.11),
            one_sided: (1.0, 0.16),
            least_beyond: (0.04, 0.06, 0.0325),
            trace: (1.0, 0.05),
            lossy: 4,
            outlier: (0.9, 0.1, 2.5, 0.03),
            framed: (1.8, 3.0),
            most_apart: 0.08,
            most_pieces: 32,
            most_off: 0.3,
            min_agreeing: 0.9,
            mark_sides: (2.6, 2.2),
            together: 0.7,
            most_regions: 3,
            most_changed: 0.06,
            most_doubted: 12,
            looked_at: 24,
            figures_first: 8,
            joined_first: 3,
            of_row_first: 2,
            looked_at_below: 8,
            least_unlike: 0.15,
            most_marks: (24, 0.25),
            figures: FigureThresholds::default(),
        }
    }
}

impl RelationThresholds {
    /// Whether two pages are surely of two papers by what each has apart from the other.
    pub(super) fn surely(&self, pages: &[Apart; 2]) -> bool {
        pages.iter().all(|page| page.share > self.most_apart) || pages.iter().all(|page| page.pieces > self.most_pieces)
    }
}

/// Limits of the comparison of single figures. How unlike two are is the squared difference of their means over three
/// by three pixels, for the length of their edges. Set as [`RelationThresholds`] are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FigureThresholds {
    /// Of all figures of the page, in the order of how unlike they are in the other capture, the one of this place
    /// tells what is usual: one number may stand on a page two or three times. 2–8.
    pub rank: usize,
    /// What is usual is taken to be no less than this. 0.02–0.2.
    pub least_usual: f32,
    /// So unlike (0.1–1), and so many times what is usual (1–5), and a figure was changed if another figure bears it
    /// out ...
    pub borne_out: (f32, f32),
    /// ... or by itself. 0.2–2 and 1–8.
    pub alone: (f32, f32),
    /// ... or by itself on pages that agree so well elsewhere that it stands out by so much more. 0.2–2 and 1–8.
    pub lonely: (f32, f32),
    /// A figure bears it out that is like it in one capture, within this share (0.1–0.6) of how unlike the two captures
    /// of it are, and unlike it in the other by so much more (0.3–1).
    pub kin: (f32, f32),
}

impl Default for FigureThresholds {
    fn default() -> Self {
        Self {
            rank: 4,
            least_usual: 0.08,
            borne_out: (0.22, 2.2),
            alone: (0.42, 3.0),
            lonely: (0.28, 3.5),
            kin: (0.45, 0.5),
        }
    }
}

/// From when on a place shows another sign, as logarithms of odds, and what readings of its row are worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubtThresholds {
    /// In a row of figures or beside one: where the place stands out by its measures, and where it does not.
    pub figure: (f32, f32),
    /// By how much less sure a look is of a figure under a mark, of which something may be left there.
    pub below: f32,
    /// Anywhere else.
    pub letter: (f32, f32),
    /// Below this a place is plainly the same, whatever the form prints.
    pub plain: f32,
    /// Up to here two readings of one mind settle that the row is the same after all.
    pub read: f32,
    /// How sure both readings must be, 0–1, to say that a row is the same: two readers of one mind about two captures seldom
    /// err alike ...
    pub alike: f32,
    /// ... and to say that it is another.
    pub unlike: f32,
    /// From here on a row is read though the eye sees one sign, as logarithms of odds: where the place stands out by its measures,
    /// and where it does not.
    pub heard: (f32, f32),
    /// How sure readings must be, 0–1, that two digits stand at a place to tell that it may show another sign ...
    pub digit: f32,
    /// ... and how sure of their rows on the whole to tell anything.
    pub at_all: f32,
    /// How sure of its row a glance must be for more looks.
    pub hope: f32,
    /// Fewest digits of a reading that settles what a row is.
    pub digits: usize,
    /// ... and of one that tells that a row may be another, or that what was cut away may be a number: two of a date are enough to
    /// hide another day.
    pub least: usize,
    /// Places that show other signs up to which a person is asked; with more it is another paper. So it is where so many are
    /// expected by the odds of all places together, and one place at least shows one ...
    pub most_places: usize,
    /// ... or so many though no place surely does: a third of all that are looked at.
    pub most_expected: f32,
}

impl DoubtThresholds {
    /// Those of a second look at places that a first one left open: it must see one sign so much more surely.
    #[must_use]
    pub fn surer(self) -> Self {
        /// In logarithms of odds.
        const BY: f32 = 1.0;
        let less = |(standing, others): (f32, f32)| (standing - BY, others - BY);
        Self { figure: less(self.figure), letter: less(self.letter), ..self }
    }
}

impl Default for DoubtThresholds {
    fn default() -> Self {
        Self {
            figure: (1.7, 3.2),
            below: 1.5,
            letter: (2.8, 4.0),
            plain: -2.0,
            read: 3.5,
            alike: 0.5,
            unlike: 0.9,
            heard: (-4.0, -2.0),
            digit: 0.95,
            at_all: 0.2,
            hope: 0.1,
            digits: 3,
            least: 2,
            most_places: 4,
            most_expected: 8.0,
        }
    }
}
