//! Two pages of a pair: side by side, and the later one laid over the earlier one.

use askama::Template;
use sanad_checks::duplicates::relation::Relation;
use sanad_checks::page::Region;

use super::Shell;
use super::terms;
use crate::claim::PairAnswer;
use crate::claim::seen::{PairDetail, PairSide};
use crate::i18n::msg;

struct SideContext<'a> {
    page: &'a PairSide,
    label: &'static str,
    slot_key: String,
    claim_href: Option<String>,
    picture: Option<String>,
    /// Places that differ, with the paper around them.
    marks: Vec<Region>,
}

struct PairContext<'a> {
    relation_key: &'static str,
    lead_key: &'static str,
    /// What a person said, or else the machine.
    title_key: &'static str,
    confirmed: bool,
    dismissed: bool,
    sides: [SideContext<'a>; 2],
    /// For the script that lays the later page over the earlier one: nine numbers, row by row.
    plane: String,
    /// For browsers without scripts: the same without perspective.
    flat: String,
    overlaid: bool,
}

#[derive(Template)]
#[template(path = "pairs/show.html")]
struct PairPage<'a> {
    shell: &'a Shell,
    view: &'a PairDetail,
    page: PairContext<'a>,
}

/// The word for a relation.
const fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::SameBytes => msg("relation-same-bytes"),
        Relation::SamePicture => msg("relation-same-picture"),
        Relation::SamePaper => msg("relation-same-paper"),
        Relation::SamePaperMarked => msg("relation-same-paper-marked"),
        Relation::Possible => msg("relation-possible"),
        Relation::SameTemplate => msg("relation-same-template"),
    }
}

/// The word for what led to a pair: its relation, or a number where only that did.
pub(crate) const fn led_key(relation: Relation, by_looks: bool) -> &'static str {
    if by_looks { relation_key(relation) } else { msg("relation-same-number") }
}

/// The word for an answer.
pub(crate) const fn answer_key(answer: PairAnswer) -> &'static str {
    match answer {
        PairAnswer::Confirmed => msg("pair-confirmed"),
        PairAnswer::Dismissed => msg("pair-dismissed"),
    }
}

fn side<'a>(label: &'static str, side: &'a PairSide) -> SideContext<'a> {
    SideContext {
        page: side,
        label,
        slot_key: terms::slot_key(&side.slot),
        claim_href: side.number.is_some().then(|| format!("/claims/{}/desk?document={}", side.claim, side.document)),
        picture: (side.size.0 > 0 && side.size.1 > 0)
            .then(|| format!("/versions/{}/pages/{}/preview", side.version, side.page)),
        marks: side.regions.iter().map(|region| around(*region, side.size)).collect(),
    }
}

/// A place with some of the paper around it: a frame as small as one sign hides what it points at.
fn around(place: Region, (width, height): (i64, i64)) -> Region {
    /// Of the longer side of the page.
    const ROOM: u32 = 100;
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap_or(0));
    let room = width.max(height) / ROOM;
    place.grown(room, room, (width, height))
}

/// A plane map without its perspective, as it is at the middle of a page, for `transform="matrix(…)"`.
fn flattened(plane: &[f64; 9], (width, height): (i64, i64)) -> String {
    let at = |x: f64, y: f64| {
        let w = plane[6] * x + plane[7] * y + plane[8];
        ((plane[0] * x + plane[1] * y + plane[2]) / w, (plane[3] * x + plane[4] * y + plane[5]) / w)
    };
    let (x, y) = (width as f64 / 2.0, height as f64 / 2.0);
    let (o, a, b) = (at(x, y), at(x + 1.0, y), at(x, y + 1.0));
    let (a, b) = ((a.0 - o.0, a.1 - o.1), (b.0 - o.0, b.1 - o.1));
    let e = (o.0 - a.0 * x - b.0 * y, o.1 - a.1 * x - b.1 * y);
    format!("matrix({:.6} {:.6} {:.6} {:.6} {:.3} {:.3})", a.0, a.1, b.0, b.1, e.0, e.1)
}

/// The page.
///
/// # Errors
/// When the template fails.
pub fn draw(shell: &Shell, pair: &PairDetail) -> Result<String, askama::Error> {
    let sides = [side(msg("pair-earlier"), &pair.earlier), side(msg("pair-later"), &pair.later)];
    let relation_key = led_key(pair.relation, pair.by_looks);
    let page = PairContext {
        relation_key,
        title_key: pair.answer.map_or(relation_key, answer_key),
        lead_key: match pair.relation {
            _ if !pair.by_looks => msg("pair-lead-number"),
            Relation::Possible | Relation::SameTemplate => msg("pair-lead-possible"),
            Relation::SamePaperMarked => msg("pair-lead-marked"),
            _ => msg("pair-lead-same"),
        },
        confirmed: pair.answer == Some(PairAnswer::Confirmed),
        dismissed: pair.answer == Some(PairAnswer::Dismissed),
        overlaid: sides.iter().all(|side| side.picture.is_some()),
        sides,
        plane: serde_json::to_string(&pair.plane).unwrap_or_default(),
        flat: flattened(&pair.plane, pair.later.size),
    };
    PairPage { shell, view: pair, page }.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_map_stays_what_it_is() {
        let plane = [2.0, 0.0, 10.0, 0.0, 3.0, -5.0, 0.0, 0.0, 1.0];
        assert_eq!(flattened(&plane, (100, 200)), "matrix(2.000000 0.000000 0.000000 3.000000 10.000 -5.000)");
    }

    #[test]
    fn a_place_is_shown_with_the_paper_around_it_and_within_the_page() {
        assert_eq!(around(Region::new(300, 400, 20, 20), (1000, 1400)), Region::new(286, 386, 48, 48));
        assert_eq!(around(Region::new(5, 1390, 20, 10), (1000, 1400)), Region::new(0, 1376, 39, 24));
    }
}
