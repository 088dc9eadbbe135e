//! What the differences of two pages are: changes of what was written, marks put on later, or the ways of a capture.

use super::super::differences::Difference;
use super::super::fingerprint::BODY_PX;
use super::super::overlay::Overlay;
use super::{AREA, Relation, RelationThresholds};

/// What the differences say.
pub(super) struct Decision {
    pub(super) relation: Relation,
    /// What they would be without the changes, if enough of them is seen and agrees.
    pub(super) unchanged: Option<Relation>,
    pub(super) changes: Vec<Group>,
    pub(super) marks: Vec<Group>,
}

pub(super) fn decide(found: &[Difference], [ink, agreeing, shown]: [f32; 3], limits: &RelationThresholds) -> Decision {
    let Sorted { changes, marks } = sorted(found, limits);
    let mass = |groups: &[Group]| groups.iter().map(|g| g.mass).sum::<u32>() as f32 / AREA;
    let later = marks.len() <= limits.most_marks.0 && mass(&marks) <= limits.most_marks.1 * ink;
    let certain = agreeing + mass(&marks) / ink >= limits.min_agreeing && shown >= limits.min_shown && later;
    let few = changes.len() <= limits.most_regions && mass(&changes) <= limits.most_changed * ink;
    let unchanged = certain.then_some(if marks.is_empty() { Relation::SamePaper } else { Relation::SamePaperMarked });
    let relation = match unchanged {
        Some(same) if changes.is_empty() => same,
        _ if few => Relation::Possible,
        _ => Relation::SameTemplate,
    };
    Decision { relation, unchanged, changes, marks }
}

/// Which page has the ink of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
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
pub(super) struct Group {
    pub(super) place: [i32; 4],
    pub(super) mass: u32,
    pub(super) side: Side,
}

impl Group {
    const fn of(difference: &Difference, side: Side) -> Self {
        Self { place: difference.place, mass: difference.lost + difference.gained, side }
    }

    /// A figure that may be another one.
    pub(super) fn of_figure(place: [i32; 4], laid: &Overlay) -> Self {
        let [x0, y0, x1, y1] = place;
        let mass = laid.mine.within(x0, y0, x1, y1).abs_diff(laid.theirs.within(x0, y0, x1, y1));
        Self { place, mass, side: Side::Both }
    }

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
    let (mut losing, mut large) = (vec![], vec![]);
    for side in [Side::First, Side::Second] {
        let own = found.iter().filter(|d| Side::of(d) == side && (d.drawn || reaches(d, limits.trace, 1.0)));
        let own: Vec<Difference> = own.copied().collect();
        let (mut marks, mut rest): (Vec<Group>, Vec<Group>) =
            grouped(&own, side, gap).into_iter().partition(|g| g.large(limits));
        large.push(marks.clone());
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
    // where each page bears a mark of its own there is ink of both
    let crossed = |d: &Difference| large.iter().all(|marks| marks.iter().any(|mark| touch(mark.place, d.place, 0)));
    let both = found.iter().filter(|d| {
        let times = if d.framed { limits.framed.0 } else { 1.0 };
        let beyond = (d.lost + d.gained) as f32 >= limits.least_beyond.0 * AREA;
        Side::of(d) == Side::Both && !d.drawn && !crossed(d) && beyond && reaches(d, limits.two_sided, times)
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
    let groups = joined(plain.iter().map(|d| Group::of(d, Side::Both)), gap);
    let mut sizes: Vec<f32> = groups.iter().map(of).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let usual = sizes.get(USUAL).copied().unwrap_or(0.0).max(least * AREA);
    let stands_out = |d: &Difference| d.ratio >= ratio && d.off >= (off * AREA).max(times * usual);
    let worth = groups.into_iter().filter(|g| g.mass as f32 >= limits.least_beyond.2 * AREA);
    worth.filter(|g| plain.iter().any(|d| touch(g.place, d.place, 0) && stands_out(d))).collect()
}

pub(super) fn touch(a: [i32; 4], b: [i32; 4], gap: i32) -> bool {
    a[0] <= b[2] + gap && b[0] <= a[2] + gap && a[1] <= b[3] + gap && b[1] <= a[3] + gap
}

/// Differences of a side joined where they lie within `gap` of each other.
fn grouped(differences: &[Difference], side: Side, gap: i32) -> Vec<Group> {
    let own = differences.iter().filter(|d| Side::of(d) == side);
    joined(own.map(|d| Group::of(d, side)), gap)
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
