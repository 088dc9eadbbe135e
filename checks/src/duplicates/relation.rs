//! What two pages are to each other.
//!
//! After alignment every window of either page is held against the other page. The page's own windows tell
//! how alike two captures of one ink can be here (a fax is less like a scan than a scan is); a window that
//! falls out of that, where both pages have ink, is a change: another digit, another name. Large ink that
//! only one page has is a mark: a stamp, a note, a signature. A paper is *the same* only without changes.

use super::align::{Alignment, Prepared};
use super::bend::Bend;
use super::differences::{Difference, Differences, differences, evened};
use super::fingerprint::{BODY_PX, SQUARE_PX};
use super::glyphs::Measured;
use super::map::{Map, Pair};
use super::overlay::Overlay;
use super::parts::Parts;
use crate::page::Region;
use serde::{Deserialize, Serialize};

mod changes;
mod crops;
mod doubt;
mod first_look;
mod form;
mod lifted;
mod limits;
mod looked;
mod readings;
mod unshown;

use changes::{Decision, Group, decide, touch};
pub use doubt::{Doubt, Eyes};
pub use first_look::{Closer, FirstLook};
pub use form::Form;
use lifted::lifted;
pub use limits::{DoubtThresholds, FigureThresholds, RelationThresholds};
pub use looked::{Known, Looked, Place};
pub use readings::{Digit, Said};
use unshown::Unshown;

/// How two pages or files are related; the first four say "this paper again".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The very same file.
    SameBytes,
    /// The very same pixels in another wrapping.
    SamePicture,
    /// Another capture of one paper.
    SamePaper,
    /// Another capture of one paper, with something stamped, written or signed on it in between.
    SamePaperMarked,
    /// Alike but for one or two small places; a person must look.
    Possible,
    /// The same form, filled otherwise. Information, never an accusation.
    SameTemplate,
}

impl Relation {
    /// The word of the contract.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameBytes => "same-bytes",
            Self::SamePicture => "same-picture",
            Self::SamePaper => "same-paper",
            Self::SamePaperMarked => "same-paper-marked",
            Self::Possible => "possible",
            Self::SameTemplate => "same-template",
        }
    }

    /// The relation of a word of the contract.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [
            Self::SameBytes,
            Self::SamePicture,
            Self::SamePaper,
            Self::SamePaperMarked,
            Self::Possible,
            Self::SameTemplate,
        ];
        all.into_iter().find(|relation| relation.as_str() == word)
    }

    /// Whether it says "this paper again".
    #[must_use]
    pub const fn again(self) -> bool {
        matches!(self, Self::SameBytes | Self::SamePicture | Self::SamePaper | Self::SamePaperMarked)
    }
}

/// The answer over two pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What they are to each other.
    pub relation: Relation,
    /// Share of the windows that agree, 0–1.
    pub score: f32,
    /// Places on the first page that differ (possible) or bear a later mark, upright full pixels.
    pub regions: Vec<Region>,
    /// The same places on the second page.
    pub others: Vec<Region>,
    /// The projective map, row by row, that lays the second page's full pixels on the first's.
    pub plane: [f64; 9],
    /// Figures behind the answer.
    pub figures: Figures,
    /// What a reader of numbers may settle; then the answer is `possible` for now.
    pub doubt: Option<Doubt>,
    /// Whether papers of other people on the form may settle what a reader left open ([`Form`]).
    pub open_to_form: bool,
    /// Whether they differ so much that no place of them was looked at.
    pub apart: bool,
}

impl Answer {
    /// Of papers that differ so much that no place of them is looked at.
    fn of_one_form(plane: [f64; 9], figures: Figures) -> Self {
        let (regions, others) = (vec![], vec![]);
        let (relation, score) = (Relation::SameTemplate, figures.agreeing);
        Self { relation, score, regions, others, plane, figures, doubt: None, open_to_form: false, apart: true }
    }

    /// The same over the two pages the other way round.
    #[must_use]
    pub fn turned_round(self) -> Self {
        let plane = Map(self.plane).inverse().unwrap_or(Map::IDENTITY).0;
        Self { plane, regions: self.others, others: self.regions, doubt: None, ..self }
    }

    /// Whether they are one paper, or may be.
    #[must_use]
    pub fn may_be_again(&self) -> bool {
        self.relation <= Relation::Possible
    }

    /// Whether they are surely two papers of one form, by the pages alone.
    #[must_use]
    pub fn of_other_papers(&self) -> bool {
        self.relation == Relation::SameTemplate && !self.open_to_form
    }
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Ink compared, of both pages, areas.
    pub ink: f32,
    /// Share of it in common.
    pub agreeing: f32,
    /// The lesser share of a page's letters that the other shows.
    pub shown: f32,
    /// Places of change.
    pub changes: usize,
    /// Ink of the largest of them, areas.
    pub largest: f32,
    /// Marks of one page alone.
    pub marks: usize,
}

/// Compares two pages, the second in all four turns if need be; `None` where they have nothing in common.
///
/// Costs up to four comparisons; where the turn is known, [`relate_as_they_stand`] is the one to call.
#[must_use]
pub fn relate(a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Answer> {
    let upright = relate_as_they_stand(a, b, limits);
    if upright.as_ref().is_some_and(Answer::may_be_again) {
        return upright;
    }
    let turned = [2, 1, 3].into_iter().filter_map(|q| relate_as_they_stand(a, &b.turned(q), limits));
    turned.chain(upright).min_by_key(|answer| answer.relation)
}

/// Compares two pages as they stand.
#[must_use]
pub fn relate_as_they_stand(a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Answer> {
    let look = FirstLook::at(a, b, limits)?;
    if look.of_other_papers() { Some(look.of_one_form(a, b)) } else { look.closely(a, b, limits) }
}

const AREA: f32 = BODY_PX * BODY_PX;

/// The answer over two pages that lie on each other as well as they can.
fn judged_closely(
    a: &Prepared,
    b: &Prepared,
    alignment: &Alignment,
    laid: Overlay,
    limits: &RelationThresholds,
) -> Option<Answer> {
    let pieces = Parts::of(&laid.mine);
    let Differences { found, ink, off } = differences(&laid, pieces.as_ref(), limits.most_off, letters_around(a));
    let agreeing = 1.0 - off as f32 / ink.max(1) as f32;
    let ink = ink as f32 / AREA;
    if ink < limits.min_ink || agreeing < limits.min_template {
        return None;
    }
    if agreeing < 1.0 - limits.most_off {
        let figures = Figures { ink, agreeing, ..Figures::default() };
        return Some(Answer::of_one_form(plane(a, b, alignment), figures));
    }
    let text = written(a, b, alignment);
    let found: Vec<Difference> = found.into_iter().filter(|d| touch(text, d.place, 0) && !speck(&laid, d)).collect();
    let shown = shown(a, b, alignment, &laid);
    let Decision { relation, unchanged, changes, marks } = decide(&found, [ink, agreeing, shown], limits);
    let answer = |relation: Relation, changes: &[Group]| {
        let told: Vec<[f32; 4]> = match relation {
            Relation::Possible => changes.iter().chain(&marks).map(|g| g.place.map(|v| v as f32)).collect(),
            Relation::SamePaperMarked => marks.iter().map(|g| g.place.map(|v| v as f32)).collect(),
            _ => vec![],
        };
        let on = |page: &Prepared, bend: Option<&Bend>| told.iter().map(|r| on_page(page, bend, *r)).collect();
        let (regions, others) = (on(a, None), on(b, Some(&alignment.there)));
        let largest = changes.iter().map(|g| g.mass).max().unwrap_or(0) as f32 / AREA;
        let (changes, marks) = (changes.len(), marks.len());
        let figures = Figures { ink, agreeing, shown, changes, largest, marks };
        Answer {
            relation,
            score: agreeing,
            regions,
            others,
            plane: plane(a, b, alignment),
            figures,
            doubt: None,
            open_to_form: false,
            apart: false,
        }
    };
    let Some(same) = unchanged.filter(|_| changes.len() <= limits.most_doubted) else {
        return Some(answer(relation, &changes));
    };
    let levels = evened(&laid);
    let measured = Measured::of(&laid, pieces.as_ref(), &levels);
    // figures under a mark are left out: its strokes run into them
    let under_a_mark = covered(&found, &marks);
    let odd = measured.changed(&under_a_mark, &limits.figures);
    let standing: Vec<[i32; 4]> = changes.iter().map(|change| change.place).chain(odd.iter().copied()).collect();
    let bare = lifted(&laid, &marks);
    // ... and measured once it is lifted off
    let below = measured.unlike_below(&bare, &levels, &under_a_mark);
    let looked = Looked::of(&bare, &found, &marks, (&measured, &below), &standing, limits);
    let cut_away = Unshown::of(a, b, alignment, &laid.seen).cut_away(a, b, alignment, limits.most_unshown);
    let said = if relation.again() && !(odd.is_empty() && cut_away.is_empty()) {
        let odd: Vec<Group> = odd.iter().map(|figure| Group::of_figure(*figure, &laid)).collect();
        answer(Relation::Possible, &odd)
    } else {
        answer(relation, &changes)
    };
    let Some(looked) = looked.filter(|looked| !looked.places.is_empty() || !cut_away.is_empty()) else {
        return Some(said);
    };
    let on_both = |r: [i32; 4]| {
        let r = r.map(|v| v as f32);
        [on_page(a, None, r), on_page(b, Some(&alignment.there), r)]
    };
    let doubt = Doubt::of(looked, bare, on_both, cut_away, answer(same, &[]));
    Some(Answer { doubt: Some(doubt), ..said })
}

/// Whether a place lies under a mark or anything drawn, or beside it.
fn covered(found: &[Difference], marks: &[Group]) -> impl Fn([i32; 4]) -> bool + use<> {
    const ROOM: i32 = 2;
    let drawn = found.iter().filter(|d| d.drawn).map(|d| d.place);
    let over: Vec<[i32; 4]> = marks.iter().map(|mark| mark.place).chain(drawn).collect();
    move |place| over.iter().any(|mark| touch(*mark, place, ROOM))
}

/// The plane map from the second page to the first, both in full pixels, that comes nearest to the alignment.
fn plane(a: &Prepared, b: &Prepared, alignment: &Alignment) -> [f64; 9] {
    const ACROSS: i16 = 6;
    let (w, h) = (a.ink.width() as f32, a.ink.height() as f32);
    let places = (0..=ACROSS).flat_map(|row| (0..=ACROSS).map(move |column| (column, row)));
    let pairs: Vec<Pair> = places
        .map(|(column, row)| (w * f32::from(column) / f32::from(ACROSS), h * f32::from(row) / f32::from(ACROSS)))
        .map(|(x, y)| {
            let (u, v) = alignment.there.apply(x, y);
            (b.to_page(u, v), a.to_page(x, y))
        })
        .collect();
    Map::projective(&pairs).or_else(|| Map::affine(&pairs)).unwrap_or(Map::IDENTITY).0
}

/// The box around the letters of both pages, in the frame of the first: beyond it lie desk and edges.
fn written(a: &Prepared, b: &Prepared, alignment: &Alignment) -> [i32; 4] {
    const ROOM: f32 = 1.5 * BODY_PX;
    let theirs = b.points.iter().map(|p| alignment.back.apply(p.x, p.y));
    let places = a.points.iter().map(|p| (p.x, p.y)).chain(theirs);
    let mut out = [f32::INFINITY, f32::INFINITY, 0.0, 0.0];
    for (x, y) in places {
        out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
    }
    [out[0] - ROOM, out[1] - ROOM, out[2] + ROOM, out[3] + ROOM].map(|v| v as i32)
}

/// The lesser share of a page's letters that lie where both pages are seen.
fn shown(a: &Prepared, b: &Prepared, alignment: &Alignment, laid: &Overlay) -> f32 {
    let side = SQUARE_PX as f32;
    let seen = |(x, y): (f32, f32)| laid.seen.at((x / side).floor() as i32, (y / side).floor() as i32);
    let mine = a.points.iter().filter(|p| seen((p.x, p.y))).count() as f32 / a.points.len().max(1) as f32;
    let theirs = b.points.iter().filter(|p| seen(alignment.back.apply(p.x, p.y))).count() as f32;
    mine.min(theirs / b.points.len().max(1) as f32)
}

/// A small piece of one page far from everything else on it: dirt, toner.
fn speck(laid: &Overlay, difference: &Difference) -> bool {
    const MOST: i32 = (0.7 * BODY_PX) as i32;
    const ALONE: i32 = (0.8 * BODY_PX) as i32;
    const NEAR: i32 = 3;
    let [x0, y0, x1, y1] = difference.place;
    if difference.lost.min(difference.gained) > 0 || (x1 - x0).max(y1 - y0) > MOST {
        return false;
    }
    let page = if difference.lost > 0 { &laid.mine } else { &laid.theirs };
    let around = page.within(x0 - ALONE, y0 - ALONE, x1 + ALONE, y1 + ALONE);
    around == page.within(x0 - NEAR, y0 - NEAR, x1 + NEAR, y1 + NEAR)
}

/// How large the letters around a place are, as a share of the page's own.
fn letters_around(page: &Prepared) -> impl Fn([i32; 4]) -> f32 {
    const AROUND: (f32, f32) = (3.5 * BODY_PX, 0.7 * BODY_PX);
    let middle = |mut heights: Vec<f32>| {
        heights.sort_unstable_by(f32::total_cmp);
        heights.get(heights.len() / 2).copied()
    };
    let usual = middle(page.points.iter().map(|p| p.height).collect()).unwrap_or(BODY_PX);
    move |[x0, y0, x1, y1]| {
        let (x, y) = ((x0 + x1) as f32 / 2.0, (y0 + y1) as f32 / 2.0);
        let near = page.points.iter().filter(|p| (p.x - x).abs() < AROUND.0 && (p.y - y).abs() < AROUND.1);
        middle(near.map(|p| p.height).collect()).map_or(1.0, |height| height / usual)
    }
}

/// A box of the first page's frame as a region of a page, full pixels.
fn on_page(page: &Prepared, bend: Option<&Bend>, [x0, y0, x1, y1]: [f32; 4]) -> Region {
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| {
        let (x, y) = bend.map_or((x, y), |b| b.apply(x, y));
        page.to_page(x, y)
    });
    let low = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::INFINITY, f32::min).max(0.0).floor();
    let high = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(0.0, f32::max).ceil();
    let (left, top) = (low(|c| c.0), low(|c| c.1));
    let (width, height) = ((high(|c| c.0) - left).max(1.0), (high(|c| c.1) - top).max(1.0));
    Region::new(left as u32, top as u32, width as u32, height as u32)
}

#[cfg(test)]
mod tests;
