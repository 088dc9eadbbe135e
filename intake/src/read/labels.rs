//! Labels that say date where the reader of words found none: beside them on their row, or in the cell under them.

use sanad_checks::facts::{Role, UnreadDate};
use sanad_checks::page::Region;

use super::dates::Found;
use super::roles::{Cue, Says, captioned, cues};
use super::rows::{Item, Row, gap};
use super::text::digit;

/// Words less sure than this are what the reader made of a blot.
const GARBLED: f32 = 0.45;
/// What ends a label; a colon beside a blot is read as its like.
const ENDS: [char; 4] = [':', '：', '؛', ';'];

/// Places beside labels that name a date and have no word beside them: something may stand there that no reader takes
/// for letters, as a date that was crossed out.
pub(crate) fn places_without_words(rows: &[Row]) -> Vec<Region> {
    /// Length of such a place, and white between it and its label, in heights of the row.
    const LONG: u32 = 9;
    const WHITE: u32 = 4;
    let named = |cue: &Cue| matches!(cue.says, Says::Date(_));
    let mut places = Vec::new();
    for cue in cues(rows).into_iter().filter(named) {
        let row = &rows[cue.place.row];
        let (label, height) = (cue.place.region, row.height.max(1));
        let Some(after) = after_label(row, &cue) else { continue };
        let label = row.items[cue.place.items.1..after].iter().fold(label, |label, item| label.union(item.region));
        let end = row.items.get(after).map_or(0, |item| item.region.x + item.region.width);
        let from = end.max(label.x.saturating_sub(LONG * height));
        let to = label.x.saturating_sub(height / WHITE);
        if to > from + 2 * height {
            places.push(Region::new(from, label.y, to - from, label.height));
        }
    }
    places
}

/// The number of the first word after a label that ends as labels do; its colon may stand as a word of its own.
fn after_label(row: &Row, cue: &Cue) -> Option<usize> {
    let end = cue.place.items.1;
    if row.items[end - 1].text.trim_end().ends_with(ENDS) {
        return Some(end);
    }
    let colon = |item: &Item| item.text.chars().all(|c| ENDS.contains(&c));
    row.items.get(end).is_some_and(colon).then_some(end + 1)
}

/// The dates that the blots beside labels hide; `blots` are places with ink, as [`places_without_words`] told them.
pub(super) fn blotted(blots: &[Region], cues: &[Cue], page: u32) -> Vec<UnreadDate> {
    let label_of = |blot: &Region| {
        let beside = |cue: &&Cue| {
            let label = cue.place.region;
            let rows = (blot.y..blot.y + blot.height).contains(&(label.y + label.height / 2));
            rows && label.x + label.width > blot.x + blot.width
        };
        let nearest = cues.iter().filter(beside).min_by_key(|cue| cue.place.region.x.abs_diff(blot.x + blot.width))?;
        let Says::Date(role) = nearest.says else { return None };
        Some(UnreadDate { role, text: String::new(), why: "no-date".to_owned(), page, region: *blot })
    };
    blots.iter().filter_map(label_of).collect()
}

/// Labels of a date that have something beside them which is none.
pub(super) fn labels_without_date(
    rows: &[Row],
    cues: &[Cue],
    found: &[Found],
    kind: &str,
    page: u32,
) -> Vec<UnreadDate> {
    let mut open = Vec::new();
    for cue in cues {
        let Says::Date(role) = cue.says else { continue };
        let row = &rows[cue.place.row];
        let Some(after) = after_label(row, cue).filter(|_| kind != "identity") else { continue };
        let height = row.height.max(1);
        // What stands between this label and the next one.
        let next = cues
            .iter()
            .filter(|other| other.place.row == cue.place.row && other.place.items.0 >= cue.place.items.1)
            .map(|other| other.place.items.0)
            .min()
            .unwrap_or(row.items.len());
        let value: Vec<_> = row.items[after..next.max(after)].iter().take(4).collect();
        let unread = without_date(&value, role, page);
        let Some(unread) = unread.filter(|u| gap(u.region, cue.place.region) < 9 * height) else { continue };
        let dated = found.iter().any(|date| date.row == cue.place.row && date.region.near(unread.region, height));
        let figures = unread.text.chars().filter(|c| digit(*c).is_some()).count();
        // A word of letters is an answer of its own («ندارد»); what could hardly be read at all is none.
        let garbled = value.iter().all(|item| item.confidence < GARBLED);
        if !dated && (figures >= 2 || garbled) {
            open.push(unread);
        }
    }
    open
}

/// What a cell has under its caption, where the caption says date and no date was found there: forms put the label
/// small over the value, and the reader of words garbles a number that stands alone.
pub(super) fn captions_without_date(
    rows: &[Row],
    cues: &[Cue],
    found: &[Found],
    kind: &str,
    page: u32,
) -> Vec<UnreadDate> {
    let mut open = Vec::new();
    for cue in cues {
        let Some(role) = captioned(cue.says, kind) else { continue };
        let row = &rows[cue.place.row];
        let (label, height) = (cue.place.region, row.height.max(1));
        let follows = row.items.get(cue.place.items.1).map(|item| gap(item.region, label));
        if follows.is_some_and(|gap| gap < caption::FREE * height) {
            continue;
        }
        let items = rows.iter().flat_map(|row| &row.items);
        let value: Vec<_> = items.filter(|item| under(item.region, label, height)).collect();
        let Some(unread) = without_date(&value, role, page) else { continue };
        let dated = found.iter().any(|date| date.day.is_ok() && date.region.near(unread.region, 0));
        if !dated && unread.region.width <= caption::WIDEST * height {
            open.push(unread);
        }
    }
    open
}

/// Where a value stands under its caption, in heights of the caption's row.
mod caption {
    /// Nothing follows the caption on its row within this.
    pub(super) const FREE: u32 = 3;
    /// The value begins at most this far below.
    pub(super) const BELOW: u32 = 2;
    /// It reaches so far beside the caption to the left, and to the right.
    pub(super) const LEFT: u32 = 8;
    pub(super) const RIGHT: u32 = 3;
    /// A date is no longer than this.
    pub(super) const WIDEST: u32 = 14;
}

/// Whether a word stands in the cell under a caption.
const fn under(word: Region, label: Region, height: u32) -> bool {
    let (bottom, middle) = (label.y + label.height, word.y + word.height / 2);
    let below = middle > bottom && word.y < bottom + caption::BELOW * height;
    let (right, end) = (word.x + word.width, label.x + label.width);
    below && right > label.x && right <= end + caption::RIGHT * height && word.x + caption::LEFT * height >= label.x
}

/// What stands at a label, put together; `None` where nothing does.
fn without_date(value: &[&Item], role: Role, page: u32) -> Option<UnreadDate> {
    let region = value.iter().map(|item| item.region).reduce(Region::union)?;
    let text = value.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(" ");
    Some(UnreadDate { role, text, why: "no-date".to_owned(), page, region })
}
