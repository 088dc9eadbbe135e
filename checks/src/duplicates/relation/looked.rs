//! Which places of two pages are shown to an eye for signs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::align::{Prepared, SEED, align};
use super::super::differences::{Difference, differences, evened};
use super::super::fingerprint::BODY_PX;
use super::super::glyphs::{Measured, Unlike};
use super::super::overlay::{Overlay, overlay};
use super::super::parts::Parts;
use super::super::twins::{Spot, Twin, places};
use super::changes::{Group, decide, touch};
use super::lifted::lifted;
use super::{AREA, RelationThresholds, covered, letters_around, speck, written};

/// Places of two pages worth a look.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// Those that stand out first, then those on the figures that are the most unlike, then the rest; of each the most unlike, where
    /// both pages have ink before others; at last figures under marks.
    pub places: Vec<Place>,
    /// How unlike three in ten figures of the pages are at most: what is usual between these captures.
    pub usual: f32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What both pages show there.
    pub twin: Twin,
    /// What is known of it before it is looked at.
    pub known: Known,
    /// The row of figures that it stands in: left, top, right, bottom in the frame of the first page, half open.
    pub row: Option<[i32; 4]>,
    /// Whether it may be a figure: it stands in a row of them, or one touches its square, if only by twos. Of a figure that a fax
    /// broke only a piece may be one by its measures.
    pub may_be_figure: bool,
    /// Whether one of the figures that are the most unlike stands there.
    pub foremost: bool,
}

/// What is known of a place before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is told from the rest by its measures alone.
    StandsOut,
    /// Nothing.
    Plain,
    /// A mark lies on it, of which something may be left.
    Covered,
}

impl Looked {
    /// Of two pages whatever they are to each other, at most so many places; `None` where they cannot be laid on each
    /// other. It is what an eye for signs is taught with.
    #[must_use]
    pub fn at(a: &Prepared, b: &Prepared, most: usize) -> Option<Self> {
        let limits = RelationThresholds { looked_at: most, least_unlike: 0.0, ..RelationThresholds::default() };
        let alignment = align(a, b, SEED)?;
        let laid = overlay(a, b, &alignment.there).refined(b, &alignment.there);
        let pieces = Parts::of(&laid.mine);
        let found = differences(&laid, pieces.as_ref(), 1.0, letters_around(a)).found;
        let text = written(a, b, &alignment);
        let found: Vec<Difference> =
            found.into_iter().filter(|d| touch(text, d.place, 0) && !speck(&laid, d)).collect();
        let ink = (laid.mine.count() + laid.theirs.count()) as f32 / AREA;
        let marks = decide(&found, [ink, 1.0, 1.0], &limits).marks;
        let measured = Measured::of(&laid, pieces.as_ref(), &evened(&laid));
        Self::of(&lifted(&laid, &marks), &found, &marks, (&measured, &[]), &[], &limits)
    }

    /// Of two pages laid on each other that part at these places, of which some are `standing` out; `bare` is both with
    /// the marks lifted off. What lies under a mark and does not stand out is looked at only where it is a figure: those are
    /// given as `below`, as unlike as they are without the marks. `None` where more stands out than is looked at: nobody can then say
    /// that it is all the same.
    pub(super) fn of(
        bare: &Overlay,
        found: &[Difference],
        marks: &[Group],
        (figures, below): (&Measured, &[Unlike]),
        standing: &[[i32; 4]],
        limits: &RelationThresholds,
    ) -> Option<Self> {
        let covered = covered(found, marks);
        let stands_out = |place: [i32; 4]| standing.iter().any(|one| touch(*one, place, 0));
        let clear = |place: [i32; 4]| stands_out(place) || !covered(place);
        let usual = usual(figures.unlike().map(|f| f.unlike).collect());
        let clear_figures: Vec<_> = figures.unlike().filter(|f| clear(f.place)).collect();
        let parted: Vec<Difference> = found.iter().filter(|d| !d.drawn && clear(d.place)).copied().collect();
        let pairs = figures.unlike_pairs().filter(|f| clear(f.place));
        let all_figures: Vec<_> = clear_figures.iter().copied().chain(pairs).collect();
        let spots = places(&parted, &all_figures).into_iter().map(|spot| (stands_out(spot.square()), spot));
        let first = most_unlike(&clear_figures, |figure| figures.row_at(figure.place), limits);
        let of_these = |spot: &Spot| first.iter().any(|figure| touch(*figure, spot.core(), 0));
        let mut chosen: Vec<(bool, Spot)> =
            spots.filter(|(stands, spot)| *stands || spot.unlike >= limits.least_unlike || of_these(spot)).collect();
        if chosen.iter().filter(|(stands, _)| *stands).count() > limits.looked_at {
            return None;
        }
        let worth = |spot: &Spot| Reverse((worth(bare, spot) * 1000.0) as u32);
        chosen.sort_by_cached_key(|(stands, spot)| (!stands, !of_these(spot), worth(spot)));
        chosen.truncate(limits.looked_at);
        let below = places(&[], below).into_iter().filter(|spot| spot.unlike >= limits.least_unlike);
        let below = below.filter(|spot| !stands_out(spot.square())).take(limits.looked_at_below);
        let known = |stands| if stands { Known::StandsOut } else { Known::Plain };
        let chosen = chosen.into_iter().map(|(stands, spot)| (known(stands), spot));
        let place = |(known, spot): (Known, Spot)| Place {
            row: figures.row_at(spot.core()),
            may_be_figure: figures.may_be_figure(spot.square()),
            foremost: of_these(&spot),
            twin: Twin::of(bare.inks(), spot),
            known,
        };
        let all = chosen.chain(below.map(|spot| (Known::Covered, spot)));
        Some(Self { places: all.map(place).collect(), usual })
    }
}

/// Where the figures stand that are the most unlike, as figures are measured, few of each row: in one that a capture wore all
/// are, and another number shows in its own.
fn most_unlike(
    figures: &[Unlike],
    row: impl Fn(&Unlike) -> Option<[i32; 4]>,
    limits: &RelationThresholds,
) -> Vec<[i32; 4]> {
    let mut of_row = BTreeMap::new();
    let mut first: Vec<[i32; 4]> = Vec::new();
    for (most, joined) in [(limits.figures_first, false), (limits.joined_first, true)] {
        let unlike = |figure: &Unlike| figure.unlike * if joined { digits(figure.place) } else { 1.0 };
        let mut worth: Vec<(f32, &Unlike)> = figures.iter().map(|figure| (unlike(figure), figure)).collect();
        worth.retain(|(unlike, figure)| *unlike >= limits.least_unlike && !first.contains(&figure.place));
        let weight = |(unlike, figure): &(f32, &Unlike)| unlike * tall(figure.place);
        worth.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let few = worth.into_iter().map(|(_, figure)| figure).filter(|figure| {
            let looked_at = of_row.entry(row(figure)).or_insert(0);
            *looked_at += 1;
            *looked_at <= limits.of_row_first
        });
        first.extend(few.take(most).map(|figure| figure.place));
    }
    first
}

/// How tall a figure is for the letters of the page: of two that are as unlike a caption's has the less ink that differs.
fn tall([_, y0, _, y1]: [i32; 4]) -> f32 {
    ((y1 - y0) as f32 / BODY_PX).min(1.0)
}

/// How many digits may run into each other in a figure; zero where it holds one alone.
fn digits([x0, y0, x1, y1]: [i32; 4]) -> f32 {
    /// Width of one for its height; so many they are at least, and so many count at most.
    const WIDTH: f32 = 0.7;
    const COUNT: (f32, f32) = (1.5, 4.0);
    let digits = (x1 - x0) as f32 / (WIDTH * (y1 - y0) as f32);
    if digits < COUNT.0 { 0.0 } else { digits.min(COUNT.1) }
}

/// How much a place deserves one of the looks: where one page has hardly any ink it is rather lost than another sign's.
fn worth(bare: &Overlay, spot: &Spot) -> f32 {
    /// What a place deserves where one page has no ink at all, for one where both have as much.
    const BLANK: f32 = 0.2;
    let [x0, y0, x1, y1] = spot.square();
    let inked = [&bare.mine, &bare.theirs].map(|page| page.within(x0, y0, x1, y1) as f32);
    let even = inked[0].min(inked[1]) / inked[0].max(inked[1]).max(1.0);
    spot.unlike * (BLANK + (1.0 - BLANK) * even)
}

/// The value that three in ten do not reach.
fn usual(mut values: Vec<f32>) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    values.get(values.len() * 3 / 10).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::super::ink::Ink;
    use super::super::super::twins::Cause;
    use super::*;

    /// A row of rings, of which one may have a bar across, and bars that one page lost a half of.
    fn page(barred: Option<usize>, whole: bool) -> Ink {
        let mut ink = Ink::blank(640, 320);
        for (ring, x, y) in (0..8).flat_map(|ring| (0..18 * 12).map(move |k| (ring, k % 12, k / 12))) {
            let edge = !(3..9).contains(&x) || !(3..15).contains(&y);
            if edge || (barred == Some(ring) && (7..11).contains(&y)) {
                ink.set(40 + 16 * ring + x, 40 + y);
            }
        }
        for (bar, k) in (0..40).flat_map(|bar| (0..if whole { 80 } else { 44 }).map(move |k| (bar, k))) {
            ink.set(20 + 30 * (bar % 20) + k % 4, 120 + 60 * (bar / 20) + k / 4);
        }
        ink
    }

    #[test]
    fn the_most_unlike_figure_is_looked_at_however_many_places_a_capture_wore() {
        let laid = Overlay { mine: page(Some(5), true), theirs: page(None, false), seen: Ink::blank(40, 20) };
        let worn = |bar: i32| {
            let (x, y) = (20 + 30 * (bar % 20), 131 + 60 * (bar / 20));
            let place = [x, y, x + 4, y + 9];
            Difference { place, lost: 36, gained: 0, off: 30.0, ratio: 1.8, drawn: false, framed: false }
        };
        let found: Vec<Difference> = (0..40).map(worn).collect();
        let measured = Measured::of(&laid, Parts::of(&laid.mine).as_ref(), &evened(&laid));
        let places = |figures_first| {
            let limits = RelationThresholds { figures_first, joined_first: 0, ..RelationThresholds::default() };
            let looked = Looked::of(&laid, &found, &[], (&measured, &[]), &[], &limits).map(|looked| looked.places);
            let figure = |place: &Place| touch(place.twin.square(), [120, 40, 132, 58], 0);
            looked.map(|places| (places.len(), places.iter().any(figure)))
        };
        let most = RelationThresholds::default();
        assert_eq!(places(most.figures_first), Some((most.looked_at, true)));
        assert_eq!(places(0), Some((most.looked_at, false)));
    }

    #[test]
    fn of_the_most_unlike_figures_few_are_of_one_row() {
        let limits =
            RelationThresholds { figures_first: 3, joined_first: 0, of_row_first: 2, ..RelationThresholds::default() };
        let worn = (0..6).map(|x| Unlike { place: [20 * x, 40, 20 * x + 12, 58], unlike: 0.9 - 0.01 * x as f32 });
        let other = Unlike { place: [40, 90, 52, 108], unlike: 0.4 };
        let figures: Vec<Unlike> = worn.chain([other]).collect();
        let first = most_unlike(&figures, |figure| Some([0, figure.place[1], 640, figure.place[3]]), &limits);
        assert_eq!(first, [figures[0].place, figures[1].place, other.place]);
    }

    #[test]
    fn two_digits_in_one_piece_are_looked_at_besides_the_most_unlike_figures() {
        let limits = RelationThresholds { figures_first: 0, joined_first: 1, ..RelationThresholds::default() };
        let alone = Unlike { place: [40, 40, 52, 58], unlike: 0.3 };
        let first = |unlike: f32| {
            let joined = Unlike { place: [40, 90, 66, 108], unlike };
            most_unlike(&[alone, joined], |figure| Some(figure.place), &limits)
        };
        // 0.15 of one digit of the two
        assert_eq!([first(0.06).len(), first(0.08).len()], [0, 1]);
    }

    #[test]
    fn another_sign_deserves_a_look_before_one_that_a_capture_lost() {
        let mut laid = Overlay { mine: Ink::blank(128, 64), theirs: Ink::blank(128, 64), seen: Ink::blank(8, 4) };
        for k in 0..200 {
            laid.mine.set(20 + k % 10, 20 + k / 10);
            laid.mine.set(80 + k % 10, 20 + k / 10);
            laid.theirs.set(82 + k % 10, 20 + k / 10);
        }
        let spot = |x, unlike| Spot { at: (x, 30), cause: Cause::Parted, unlike };
        assert!(worth(&laid, &spot(84, 0.8)) > worth(&laid, &spot(24, 1.6)));
        assert!(worth(&laid, &spot(24, 1.6)) > worth(&laid, &spot(24, 0.8)));
    }
}
