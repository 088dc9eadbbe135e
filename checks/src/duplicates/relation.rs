//! What two pages are to each other.
//!
//! After alignment every window of either page is held against the other page. The page's own windows tell
//! how alike two captures of one ink can be here (a fax is less like a scan than a scan is); a window that
//! falls out of that, where both pages have ink, is a change: another digit, another name. Large ink that
//! only one page has is a mark: a stamp, a note, a signature. A paper is *the same* only without changes.

use super::align::{Alignment, Bend, Prepared, SEED, align};
use super::differences::{Difference, Differences, differences};
use super::fingerprint::{BODY_PX, SQUARE_PX};
use super::map::{Map, Pair};
use super::overlay::{Overlay, overlay};
use crate::page::Region;
use serde::{Deserialize, Serialize};

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
    /// Share of ink off the other's edges from which nothing is looked at closely: another paper. 0–1.
    pub most_off: f32,
    /// Share of ink in common below which a changed digit would not stand out. 0–1.
    pub min_agreeing: f32,
    /// A group of ink of one page alone is a mark when it is so wide or so high, body heights.
    pub mark_sides: (f32, f32),
    /// Differences nearer to each other than this are one, body heights.
    pub together: f32,
    /// Regions of change up to which a person is asked; above, it is another paper.
    pub most_regions: usize,
    /// Share of changed ink up to which a person is asked. 0–1.
    pub most_changed: f32,
    /// Marks, and their share of all ink, up to which they may be put on later.
    pub most_marks: (usize, f32),
}

impl Default for RelationThresholds {
    fn default() -> Self {
        Self {
            min_ink: 8.0,
            min_shown: 0.7,
            min_template: 0.45,
            two_sided: (1.05, 0.11),
            one_sided: (1.0, 0.16),
            least_beyond: (0.04, 0.06, 0.0325),
            trace: (1.0, 0.05),
            lossy: 4,
            outlier: (0.9, 0.1, 2.5, 0.03),
            framed: (1.8, 3.0),
            most_apart: 0.08,
            most_off: 0.3,
            min_agreeing: 0.9,
            mark_sides: (2.6, 1.5),
            together: 0.7,
            most_regions: 3,
            most_changed: 0.06,
            most_marks: (24, 0.25),
        }
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
    if upright.as_ref().is_some_and(|u| u.relation <= Relation::Possible) {
        return upright;
    }
    let turned = [2, 1, 3].into_iter().filter_map(|q| relate_as_they_stand(a, &b.turned(q), limits));
    turned.chain(upright).min_by_key(|answer| answer.relation)
}

/// Compares two pages as they stand.
#[must_use]
pub fn relate_as_they_stand(a: &Prepared, b: &Prepared, limits: &RelationThresholds) -> Option<Answer> {
    let alignment = align(a, b, SEED)?;
    judge(a, b, &alignment, limits)
}

const AREA: f32 = BODY_PX * BODY_PX;

fn judge(a: &Prepared, b: &Prepared, alignment: &Alignment, limits: &RelationThresholds) -> Option<Answer> {
    let rough = overlay(a, b, &alignment.there);
    let apart = rough.apart();
    if apart.iter().all(|share| *share > limits.most_apart) {
        let score = 1.0 - apart[0].max(apart[1]);
        let figures = Figures { agreeing: score, ..Figures::default() };
        let (regions, others) = (vec![], vec![]);
        let plane = plane(a, b, alignment);
        let answer = Answer { relation: Relation::SameTemplate, score, regions, others, plane, figures };
        return (score >= limits.min_template).then_some(answer);
    }
    let laid = rough.refined();
    let Differences { found, ink, off } = differences(&laid, limits.most_off, letters_around(a));
    let agreeing = 1.0 - off as f32 / ink.max(1) as f32;
    let ink = ink as f32 / AREA;
    if ink < limits.min_ink || agreeing < limits.min_template {
        return None;
    }
    if agreeing < 1.0 - limits.most_off {
        let figures = Figures { ink, agreeing, ..Figures::default() };
        let relation = Relation::SameTemplate;
        let plane = plane(a, b, alignment);
        return Some(Answer { relation, score: agreeing, regions: vec![], others: vec![], plane, figures });
    }
    let text = written(a, b, alignment);
    let found: Vec<Difference> = found.into_iter().filter(|d| touch(text, d.place, 0) && !speck(&laid, d)).collect();
    let shown = shown(a, b, alignment, &laid);
    let Decision { relation, changes, marks } = decide(&found, [ink, agreeing, shown], limits);
    let figures = Figures {
        ink,
        agreeing,
        shown,
        changes: changes.len(),
        largest: changes.iter().map(|g| g.mass).max().unwrap_or(0) as f32 / AREA,
        marks: marks.len(),
    };
    let told: Vec<[f32; 4]> = match relation {
        Relation::Possible => changes.iter().chain(&marks).map(|g| g.place.map(|v| v as f32)).collect(),
        Relation::SamePaperMarked => marks.iter().map(|g| g.place.map(|v| v as f32)).collect(),
        _ => vec![],
    };
    let on = |page: &Prepared, bend: Option<&Bend>| told.iter().map(|r| on_page(page, bend, *r)).collect();
    let (regions, others) = (on(a, None), on(b, Some(&alignment.there)));
    Some(Answer { relation, score: agreeing, regions, others, plane: plane(a, b, alignment), figures })
}

/// What the differences say.
struct Decision {
    relation: Relation,
    changes: Vec<Group>,
    marks: Vec<Group>,
}

fn decide(found: &[Difference], [ink, agreeing, shown]: [f32; 3], limits: &RelationThresholds) -> Decision {
    let Sorted { changes, marks } = sorted(found, limits);
    let mass = |groups: &[Group]| groups.iter().map(|g| g.mass).sum::<u32>() as f32 / AREA;
    let later = marks.len() <= limits.most_marks.0 && mass(&marks) <= limits.most_marks.1 * ink;
    let certain = agreeing + mass(&marks) / ink >= limits.min_agreeing && shown >= limits.min_shown && later;
    let few = changes.len() <= limits.most_regions && mass(&changes) <= limits.most_changed * ink;
    let relation = match (changes.is_empty(), marks.is_empty()) {
        (true, true) if certain => Relation::SamePaper,
        (true, false) if certain => Relation::SamePaperMarked,
        _ if few => Relation::Possible,
        _ => Relation::SameTemplate,
    };
    Decision { relation, changes, marks }
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

/// Which page has the ink of a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
    Both,
}

impl Side {
    fn of(difference: &Difference) -> Self {
        /// The lesser side counts from this share on.
        const LESSER: f32 = 0.1;
        let all = (difference.lost + difference.gained) as f32;
        let has = |part: u32| part as f32 >= LESSER * all;
        match (has(difference.lost), has(difference.gained)) {
            (true, false) => Self::First,
            (false, true) => Self::Second,
            _ => Self::Both,
        }
    }
}

/// Differences of one side that lie together.
#[derive(Clone, Copy)]
struct Group {
    place: [i32; 4],
    mass: u32,
}

impl Group {
    fn large(&self, limits: &RelationThresholds) -> bool {
        let [x0, y0, x1, y1] = self.place;
        let (wide, high) = limits.mark_sides;
        (x1 - x0) as f32 >= wide * BODY_PX || (y1 - y0) as f32 >= high * BODY_PX
    }
}

/// Differences by what they are.
struct Sorted {
    changes: Vec<Group>,
    marks: Vec<Group>,
}

/// What was changed, and what was put on one of the pages: large ink of one page alone, and from there on what lies
/// beside it and beside that. Ink of one page alone is no change where that page has more everywhere.
fn sorted(found: &[Difference], limits: &RelationThresholds) -> Sorted {
    const BESIDE: i32 = (5.0 * BODY_PX) as i32;
    let gap = (limits.together * BODY_PX) as i32;
    let reaches =
        |d: &Difference, (ratio, off): (f32, f32), times: f32| d.ratio >= times * ratio && d.off >= times * off * AREA;
    let mut out = Sorted { changes: vec![], marks: vec![] };
    let mut losing = vec![];
    for side in [Side::First, Side::Second] {
        let own = found.iter().filter(|d| Side::of(d) == side && (d.drawn || reaches(d, limits.trace, 1.0)));
        let own: Vec<Difference> = own.copied().collect();
        let (mut marks, mut rest): (Vec<Group>, Vec<Group>) =
            grouped(&own, side, gap).into_iter().partition(|g| g.large(limits));
        let mut at = 0;
        while at < marks.len() {
            let (beside, further) = rest.into_iter().partition(|g| touch(marks[at].place, g.place, BESIDE));
            let beside: Vec<Group> = beside;
            marks.extend(beside);
            rest = further;
            at += 1;
        }
        let strong = |g: &Group| {
            g.mass as f32 >= limits.least_beyond.1 * AREA
                && own.iter().any(|d| {
                    let times = if d.framed { limits.framed.1 } else { 1.0 };
                    !d.drawn && touch(g.place, d.place, 0) && reaches(d, limits.one_sided, times)
                })
        };
        let loose = |g: &Group| own.iter().any(|d| !d.framed && touch(g.place, d.place, 0));
        if rest.iter().filter(|g| loose(g)).count() < limits.lossy {
            rest.retain(strong);
            out.changes.extend(rest);
        } else {
            losing.push(side);
        }
        out.marks.extend(marks);
    }
    let both = found.iter().filter(|d| {
        let times = if d.framed { limits.framed.0 } else { 1.0 };
        let beyond = (d.lost + d.gained) as f32 >= limits.least_beyond.0 * AREA;
        Side::of(d) == Side::Both && !d.drawn && beyond && reaches(d, limits.two_sided, times)
    });
    let both: Vec<Difference> = both.copied().collect();
    out.changes.extend(grouped(&both, Side::Both, gap));
    if out.changes.is_empty() {
        let judged: Vec<Difference> = found.iter().filter(|d| !losing.contains(&Side::of(d))).copied().collect();
        out.changes = standing_out(&judged, &out.marks, limits);
    }
    out
}

/// Differences that are small, and yet stand out from all others of these two pages: in a thin face another digit is
/// hardly more than a worn edge, but on pages whose edges agree everywhere else it is seen.
fn standing_out(found: &[Difference], marks: &[Group], limits: &RelationThresholds) -> Vec<Group> {
    /// The others are told by the one of them that comes at this place in the order of size: one number may stand on
    /// a page two or three times.
    const USUAL: usize = 3;
    /// Around a mark, whose strokes run into the print.
    const ROOM: i32 = BODY_PX as i32;
    let (ratio, off, times, least) = limits.outlier;
    let gap = (limits.together * BODY_PX) as i32;
    let plain: Vec<Difference> = found
        .iter()
        .filter(|d| !d.drawn && !d.framed && !marks.iter().any(|m| touch(m.place, d.place, ROOM)))
        .copied()
        .collect();
    let of = |g: &Group| plain.iter().filter(|d| touch(g.place, d.place, 0)).map(|d| d.off).fold(0.0, f32::max);
    let groups = joined(plain.iter().map(|d| Group { place: d.place, mass: d.lost + d.gained }), gap);
    let mut sizes: Vec<f32> = groups.iter().map(of).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let usual = sizes.get(USUAL).copied().unwrap_or(0.0).max(least * AREA);
    let stands_out = |d: &Difference| d.ratio >= ratio && d.off >= (off * AREA).max(times * usual);
    let worth = groups.into_iter().filter(|g| g.mass as f32 >= limits.least_beyond.2 * AREA);
    worth.filter(|g| plain.iter().any(|d| touch(g.place, d.place, 0) && stands_out(d))).collect()
}

fn touch(a: [i32; 4], b: [i32; 4], gap: i32) -> bool {
    a[0] <= b[2] + gap && b[0] <= a[2] + gap && a[1] <= b[3] + gap && b[1] <= a[3] + gap
}

/// Differences of a side joined where they lie within `gap` of each other.
fn grouped(differences: &[Difference], side: Side, gap: i32) -> Vec<Group> {
    let own = differences.iter().filter(|d| Side::of(d) == side);
    joined(own.map(|d| Group { place: d.place, mass: d.lost + d.gained }), gap)
}

/// Groups joined where they lie within `gap` of each other.
fn joined(groups: impl Iterator<Item = Group>, gap: i32) -> Vec<Group> {
    let mut groups: Vec<Group> = groups.collect();
    let mut joined = true;
    while joined {
        joined = false;
        let mut i = 0;
        while i < groups.len() {
            let mut j = i + 1;
            while j < groups.len() {
                if touch(groups[i].place, groups[j].place, gap) {
                    let other = groups.swap_remove(j);
                    let mine = &mut groups[i];
                    let (p, q) = (mine.place, other.place);
                    mine.place = [p[0].min(q[0]), p[1].min(q[1]), p[2].max(q[2]), p[3].max(q[3])];
                    mine.mass += other.mass;
                    joined = true;
                } else {
                    j += 1;
                }
            }
            i += 1;
        }
    }
    groups
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
