//! What two pages are to each other.
//!
//! After alignment every window of either page is held against the other page. The page's own windows tell
//! how alike two captures of one ink can be here (a fax is less like a scan than a scan is); a window that
//! falls out of that, where both pages have ink, is a change: another digit, another name. Large ink that
//! only one page has is a mark: a stamp, a note, a signature. A paper is *the same* only without changes.

use super::align::{Alignment, Bend, Prepared, SEED, align};
use super::fingerprint::BODY_PX;
use super::residual::{Window, compare};
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

    /// Whether it says "this paper again".
    #[must_use]
    pub const fn again(self) -> bool {
        matches!(self, Self::SameBytes | Self::SamePicture | Self::SamePaper | Self::SamePaperMarked)
    }
}

/// Limits of the comparison of two pages. Set on papers of the fitting split of the sample generator; figures
/// are taken on papers held out from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RelationThresholds {
    /// Fewest windows that both pages show. 30–200.
    pub min_windows: usize,
    /// Share of either page's windows that the other must show too before they can be one paper: what was cropped
    /// away may be the one thing that differs. 0–1.
    pub min_shown: f32,
    /// Likeness from which a window agrees, whatever the captures. 0–1.
    pub agree: f32,
    /// Share of agreeing windows below which the pages have nothing to do with each other. 0–1.
    pub min_template: f32,
    /// Share of agreeing windows of a first sample below which the papers are certainly different. 0–1.
    pub min_sample: f32,
    /// A window may be a change this many spreads below the middle of all ...
    pub change_spreads: f32,
    /// ... but never below the first and always below the second of these. 0–1.
    pub change_between: (f32, f32),
    /// ... when it differs in so much ink, as a share of the square of the body height. 0–1.
    pub min_off: f32,
    /// Seen from one page alone, a change must lie this much lower ...
    pub alone_lower: f32,
    /// ... and differ in so much ink. 0–1.
    pub alone_off: f32,
    /// Middle likeness below which a changed digit would not show: nothing is *the same* then. 0–1.
    pub min_middle: f32,
    /// Regions of change up to which a person is asked; above, it is another paper.
    pub most_regions: usize,
    /// Share of changed windows up to which a person is asked. 0–1.
    pub most_changed: f32,
    /// Share of windows of added ink up to which it may be a later mark. 0–1.
    pub most_added: f32,
}

impl Default for RelationThresholds {
    fn default() -> Self {
        Self {
            min_windows: 60,
            min_shown: 0.8,
            agree: 0.7,
            min_template: 0.45,
            min_sample: 0.75,
            change_spreads: 3.0,
            change_between: (0.55, 0.86),
            min_off: 0.02,
            alone_lower: 0.16,
            alone_off: 0.03,
            min_middle: 0.8,
            most_regions: 3,
            most_changed: 0.06,
            most_added: 0.15,
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
    /// Figures behind the answer.
    pub figures: Figures,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Windows compared, of both pages.
    pub windows: usize,
    /// Middle of their likeness.
    pub middle: f32,
    /// Likeness below which a window was a change.
    pub limit: f32,
    /// Changed windows.
    pub changed: usize,
    /// Regions they form.
    pub regions: usize,
    /// Windows of ink that only one page has.
    pub extra: usize,
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

/// One page's side of the comparison.
struct Side<'p> {
    page: &'p Prepared,
    windows: Vec<Window>,
    /// Boxes of large ink that the other page lacks, pixels.
    marks: Vec<[f32; 4]>,
}

/// One in so many pieces is looked at first.
const SAMPLE: usize = 6;

fn judge(a: &Prepared, b: &Prepared, alignment: &Alignment, limits: &RelationThresholds) -> Option<Answer> {
    let first = compare(a, b, &alignment.there, SAMPLE);
    let agreeing = share(&first, limits.agree);
    if first.len() * SAMPLE >= limits.min_windows && agreeing < limits.min_sample {
        let figures = Figures { windows: first.len(), ..Figures::default() };
        let answer =
            Answer { relation: Relation::SameTemplate, score: agreeing, regions: vec![], others: vec![], figures };
        return (agreeing >= limits.min_template).then_some(answer);
    }
    let sides = [
        Side { page: a, windows: compare(a, b, &alignment.there, 1), marks: marks(a, b, &alignment.there) },
        Side { page: b, windows: compare(b, a, &alignment.back, 1), marks: marks(b, a, &alignment.back) },
    ];
    weigh(&sides, alignment, limits)
}

fn share(windows: &[Window], likeness: f32) -> f32 {
    windows.iter().filter(|w| w.likeness >= likeness).count() as f32 / windows.len().max(1) as f32
}

fn weigh(sides: &[Side<'_>; 2], alignment: &Alignment, limits: &RelationThresholds) -> Option<Answer> {
    let all = sides[0].windows.len() + sides[1].windows.len();
    if all < limits.min_windows {
        return None;
    }
    let mut likeness: Vec<f32> = sides.iter().flat_map(|s| s.windows.iter().map(|w| w.likeness)).collect();
    likeness.sort_unstable_by(f32::total_cmp);
    let at = |share: f32| likeness[((likeness.len() - 1) as f32 * share) as usize];
    let (middle, agreeing) = (at(0.5), likeness.iter().filter(|&&l| l >= limits.agree).count() as f32 / all as f32);
    if agreeing < limits.min_template {
        return None;
    }
    let spread = (middle - at(0.2)) / 0.84;
    let limit = (middle - limits.change_spreads * spread).clamp(limits.change_between.0, limits.change_between.1);
    let found = changes(sides, alignment, limit, limits);
    let regions = grouped(&found.changed, 3.0 * BODY_PX);
    let figures = Figures {
        windows: all,
        middle,
        limit,
        changed: found.changed.len(),
        regions: regions.len(),
        extra: found.extra.len(),
    };
    let shown = |side: &Side<'_>| side.windows.len() as f32 >= limits.min_shown * all_windows(side.page) as f32;
    let certain = middle >= limits.min_middle
        && sides.iter().all(shown)
        && found.extra.len() as f32 <= limits.most_added * all as f32;
    let few = regions.len() <= limits.most_regions && found.changed.len() as f32 <= limits.most_changed * all as f32;
    let relation = if found.changed.is_empty() && certain {
        if found.extra.is_empty() { Relation::SamePaper } else { Relation::SamePaperMarked }
    } else if few {
        Relation::Possible
    } else {
        Relation::SameTemplate
    };
    let told = match relation {
        Relation::Possible => regions,
        Relation::SamePaperMarked => grouped(&found.extra, 3.0 * BODY_PX),
        _ => vec![],
    };
    let on = |page: &Prepared, bend: Option<&Bend>| told.iter().map(|r| on_page(page, bend, *r)).collect();
    let (regions, others) = (on(sides[0].page, None), on(sides[1].page, Some(&alignment.there)));
    Some(Answer { relation, score: agreeing, regions, others, figures })
}

fn all_windows(page: &Prepared) -> usize {
    page.parts.iter().map(|part| super::residual::windows(part).count()).sum()
}

/// Changed and added places in the frame of the first page, pixels: left, top, right, bottom.
struct Found {
    changed: Vec<[f32; 4]>,
    extra: Vec<[f32; 4]>,
}

/// A place that may be a change.
struct Suspect {
    /// In the frame of the first page.
    place: [f32; 4],
    side: usize,
    /// Enough by itself.
    alone: bool,
}

/// Ink of the other page below this multiple of a window's own is none.
const NO_INK: f32 = 0.2;
/// A window whose ink the other page has to this share lies under a mark and is no change.
const UNDER: f32 = 0.8;
/// Pieces higher than this are strokes of a hand or of a stamp, pixels.
const TALL: i32 = (2.2 * BODY_PX) as i32;

fn changes(sides: &[Side<'_>; 2], alignment: &Alignment, limit: f32, limits: &RelationThresholds) -> Found {
    let square = BODY_PX * BODY_PX;
    let mut found = Found { changed: vec![], extra: vec![] };
    let mut suspects = Vec::new();
    for (i, side) in sides.iter().enumerate() {
        let other = &sides[1 - i];
        for w in side.windows.iter().filter(|w| w.likeness < limit && w.off() as f32 >= limits.min_off * square) {
            let (here, there) = (w.place.map(|v| v as f32), there(w));
            let place = if i == 0 { here } else { there };
            let own_mark = side.marks.iter().any(|m| touch(*m, here, 0.6 * BODY_PX));
            let under = other.marks.iter().any(|m| touch(*m, there, 0.3 * BODY_PX)) && w.covered() >= UNDER;
            let one_sided = w.ratio() < NO_INK;
            if under || (own_mark && (one_sided || w.covered() >= UNDER)) || (one_sided && speck(side, w)) {
                continue;
            }
            if w.height > TALL || (one_sided && !in_print(side, w, limit)) {
                found.extra.push(place);
            } else {
                let low = w.likeness < limit - limits.alone_lower && w.off() as f32 >= limits.alone_off * square;
                suspects.push(Suspect { place, side: i, alone: low });
            }
        }
    }
    for suspect in &suspects {
        let partner = |o: &Suspect| o.side != suspect.side && touch(o.place, suspect.place, 0.4 * BODY_PX);
        if suspect.alone || suspects.iter().any(partner) {
            found.changed.push(suspect.place);
        }
    }
    found.extra.extend(&sides[0].marks);
    found.extra.extend(sides[1].marks.iter().map(|m| {
        let (x0, y0) = alignment.back.apply(m[0], m[1]);
        let (x1, y1) = alignment.back.apply(m[2], m[3]);
        [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]
    }));
    found
}

/// A window's place on the other page.
fn there(w: &Window) -> [f32; 4] {
    let (hw, hh) = ((w.place[2] - w.place[0]) as f32 / 2.0, (w.place[3] - w.place[1]) as f32 / 2.0);
    [w.other.0 - hw, w.other.1 - hh, w.other.0 + hw, w.other.1 + hh]
}

fn touch(a: [f32; 4], b: [f32; 4], gap: f32) -> bool {
    a[0] <= b[2] + gap && b[0] <= a[2] + gap && a[1] <= b[3] + gap && b[1] <= a[3] + gap
}

/// A small piece far from everything: dirt, toner, a worn dot.
fn speck(side: &Side<'_>, window: &Window) -> bool {
    let [x0, y0, x1, y1] = window.place.map(|v| v as f32);
    if (x1 - x0).max(y1 - y0) > 1.1 * BODY_PX {
        return false;
    }
    let near = |p: &super::parts::Part| {
        let part = [p.x0, p.y0, p.x1, p.y1].map(f32::from);
        p.area >= 8 && part != [x0, y0, x1, y1] && touch(part, [x0, y0, x1, y1], 0.9 * BODY_PX)
    };
    !side.page.parts.iter().any(near)
}

/// Whether a piece that the other page lacks stands in a line of print that both pages have.
fn in_print(side: &Side<'_>, window: &Window, limit: f32) -> bool {
    const GAP: f32 = 2.5 * BODY_PX;
    let [x0, y0, x1, y1] = window.place.map(|v| v as f32);
    side.windows.iter().filter(|w| w.likeness >= limit).any(|w| {
        let [p0, q0, p1, q1] = w.place.map(|v| v as f32);
        let overlap = q1.min(y1) - q0.max(y0);
        let heights = ((q1 - q0) / (y1 - y0)).max((y1 - y0) / (q1 - q0));
        overlap > 0.75 * (y1 - y0).min(q1 - q0) && heights < 1.6 && p0.max(x0) - p1.min(x1) < GAP
    })
}

/// Side of the tiles by which large ink is judged, pixels.
const TILE: u16 = (3.0 * BODY_PX) as u16;

/// Large ink of one page that the other lacks, tile by tile: a stamp that runs into a table stays a stamp.
fn marks(from: &Prepared, to: &Prepared, bend: &Bend) -> Vec<[f32; 4]> {
    const LARGE: i32 = (2.4 * BODY_PX) as i32;
    /// Pixels looked at that a mark has at least; in a tile, and altogether.
    const MIN_SEEN: (u32, u32) = (6, 24);
    /// Share of the ink that the other page lacks from which it is a mark.
    const LACKING: f32 = 0.5;
    let mut out = Vec::new();
    for part in from.parts.iter().filter(|p| p.height().max(p.width() / 3) >= LARGE) {
        if part.width() > 30 * part.height() || part.height() > 30 * part.width() {
            continue;
        }
        let mut tiles = Vec::new();
        let mut lacking = 0;
        for y in (part.y0..part.y1).step_by(usize::from(TILE)) {
            for x in (part.x0..part.x1).step_by(usize::from(TILE)) {
                let tile = [x, y, (x + TILE).min(part.x1), (y + TILE).min(part.y1)];
                let (seen, lacked) = lacked(from, to, bend, tile);
                if seen >= MIN_SEEN.0 && lacked as f32 >= LACKING * seen as f32 {
                    tiles.push(tile.map(f32::from));
                    lacking += lacked;
                }
            }
        }
        if lacking >= MIN_SEEN.1 {
            out.extend(tiles);
        }
    }
    out
}

/// Pixels of ink in a box that both pages show, a sample, and those of them that the other page has not.
fn lacked(from: &Prepared, to: &Prepared, bend: &Bend, [x0, y0, x1, y1]: [u16; 4]) -> (u32, u32) {
    const STEP: usize = 3;
    let (mut seen, mut lacked) = (0, 0);
    for y in (y0..y1).step_by(STEP) {
        for x in (x0..x1).step_by(STEP) {
            if !from.ink.at(i32::from(x), i32::from(y)) {
                continue;
            }
            let (u, v) = bend.apply(f32::from(x) + 0.5, f32::from(y) + 0.5);
            if to.on_sheet(u, v) {
                let (u, v) = (u as i32, v as i32);
                let near = (-2..=2).any(|dy| (-2..=2).any(|dx| to.ink.at(u + dx, v + dy)));
                seen += 1;
                lacked += u32::from(!near);
            }
        }
    }
    (seen, lacked)
}

/// Boxes joined where they lie within `gap` of each other.
fn grouped(boxes: &[[f32; 4]], gap: f32) -> Vec<[f32; 4]> {
    let mut groups: Vec<[f32; 4]> = boxes.to_vec();
    let mut joined = true;
    while joined {
        joined = false;
        'search: for i in 0..groups.len() {
            for j in i + 1..groups.len() {
                if touch(groups[i], groups[j], gap) {
                    let other = groups.swap_remove(j);
                    let mine = groups[i];
                    groups[i] =
                        [mine[0].min(other[0]), mine[1].min(other[1]), mine[2].max(other[2]), mine[3].max(other[3])];
                    joined = true;
                    break 'search;
                }
            }
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
