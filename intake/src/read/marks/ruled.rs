//! Rules that run through a place and on beyond it. Two cells of a table, one over the other, look like a stamp in a frame;
//! but a stamp's frame ends with it, and a table's rules go on.

use sanad_checks::page::{Luma, Region};

/// Ink is darker than the paper around it by this, levels.
const INK: u8 = 60;
/// How far a rule goes on beyond the place, and how far it goes through it, in widths of the place.
const BEYOND: f32 = 0.5;
const THROUGH: f32 = 0.8;
/// Rules of one place lie so far apart at least, in its heights; as far above and below it one is still its own.
const APART: f32 = 0.2;
/// Thickest rule, in heights of the place.
const THICKEST: f32 = 0.06;
/// Columns without ink that a worn rule may have in a row.
const GAP: usize = 3;

/// How many rules run through a place and on beyond the one side of it, or the other.
pub(super) fn rules_beyond(luma: &Luma, place: Region) -> usize {
    let width = place.width as f32;
    let (left, right) = (place.x as f32, (place.x + place.width) as f32);
    let from_left = (left - BEYOND * width, left + THROUGH * width);
    let from_right = (right + BEYOND * width, right - THROUGH * width);
    [from_left, from_right].map(|(from, to)| rules_between(luma, place, from, to)).into_iter().max().unwrap_or(0)
}

/// Rules from one column to another, over the heights of a place; none where a column lies off the page.
fn rules_between(luma: &Luma, place: Region, from: f32, to: f32) -> usize {
    let inside = |x: f32| (x >= 0.0 && x < luma.width() as f32).then_some(x as usize);
    let (Some(from), Some(to)) = (inside(from), inside(to)) else { return 0 };
    let high = place.height as f32;
    let apart = (APART * high) as usize;
    let top = (place.y as usize).saturating_sub(apart);
    let bottom = ((place.y + place.height) as usize + apart).min(luma.height());
    let limit = paper(luma, place).saturating_sub(INK);
    let inked = |x: usize, y: usize| y < luma.height() && luma.at(x, y) < limit;
    let mut found: Vec<usize> = Vec::new();
    for y in (top..bottom).filter(|y| inked(from, *y) && (*y == 0 || !inked(from, *y - 1))) {
        let thick = (y..bottom).take_while(|y| inked(from, *y)).count();
        let fresh = found.last().is_none_or(|last| y - last >= apart.max(1));
        if thick as f32 <= (THICKEST * high).max(3.0) && fresh && goes(&inked, (from, to), y + thick / 2) {
            found.push(y);
        }
    }
    found.len()
}

/// Whether ink goes on from one column to another, rising or falling by a pixel a column at most.
fn goes(inked: &impl Fn(usize, usize) -> bool, (from, to): (usize, usize), mut y: usize) -> bool {
    let mut bare = 0;
    for step in 0..=from.abs_diff(to) {
        let x = if to > from { from + step } else { from - step };
        match [y, y.saturating_sub(1), y + 1].into_iter().find(|near| inked(x, *near)) {
            Some(near) => (y, bare) = (near, 0),
            None => bare += 1,
        }
        if bare > GAP {
            return false;
        }
    }
    true
}

/// The brightness that four in five of a place's pixels do not exceed.
fn paper(luma: &Luma, place: Region) -> u8 {
    let rows = place.y as usize..((place.y + place.height) as usize).min(luma.height());
    let columns = place.x as usize..((place.x + place.width) as usize).min(luma.width());
    let mut seen: Vec<u8> = rows.flat_map(|y| luma.row(y)[columns.clone()].iter().copied()).collect();
    if seen.is_empty() {
        return 0;
    }
    let at = (seen.len() - 1) * 4 / 5;
    *seen.select_nth_unstable(at).1
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Region = Region::new(220, 80, 120, 100);

    /// A page with lines of ink that fall by a part of a pixel a column: their height at its left edge, and where they
    /// begin and end.
    fn page(lines: &[(usize, usize, usize)], fall: f32) -> Luma {
        let mut page = Luma::filled(400, 300, 230);
        for (y, from, to) in lines {
            for x in *from..*to {
                let y = (*y as f32 + fall * x as f32) as usize;
                for thick in 0..2 {
                    page.pixels_mut()[(y + thick) * 400 + x] = 60;
                }
            }
        }
        page
    }

    #[test]
    fn the_rules_of_a_table_go_on_and_a_frame_ends() {
        let table = [(85, 60, 345), (130, 60, 345), (175, 60, 345)];
        assert_eq!(rules_beyond(&page(&table, 0.0), PLACE), 3);
        assert_eq!(rules_beyond(&page(&table.map(|(y, a, b)| (y - 8, a, b)), 0.03), PLACE), 3, "seen aslant");
        let frame = [(85, 222, 338), (130, 222, 338), (175, 222, 338)];
        assert_eq!(rules_beyond(&page(&frame, 0.0), PLACE), 0);
    }

    #[test]
    fn what_lies_at_the_pages_edge_has_nothing_beyond() {
        let table = [(85, 0, 130), (130, 0, 130)];
        assert_eq!(rules_beyond(&page(&table, 0.0), Region::new(5, 80, 120, 100)), 0);
        assert_eq!(rules_beyond(&Luma::filled(30, 30, 200), Region::new(10, 10, 10, 10)), 0);
    }
}
