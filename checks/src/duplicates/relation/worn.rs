//! Changes so small that they may be wear.
//!
//! In a capture that is poor somewhere, a letter loses a corner or two touch, and it looks like a change. Another name or
//! date moves more ink than that; one other figure may not. So where figures stand a reader of numbers is asked, and
//! elsewhere so little is no change.

use super::super::glyphs::{Odd, Places};
use super::changes::Group;
use super::{AREA, RelationThresholds};

/// The changes that a reader must settle, if none of them is more than wear.
pub(super) fn worn(changes: &[Group], places: &Places, limits: &RelationThresholds) -> Option<Vec<Odd>> {
    let mut open = Vec::new();
    for change in changes {
        let row = places.row_at(change.place);
        let most = if row.is_some() { limits.most_worn.0 } else { limits.most_worn.1 };
        if change.mass as f32 > most * AREA {
            return None;
        }
        open.extend(row.map(|row| Odd { place: change.place, row }));
    }
    Some(open)
}

#[cfg(test)]
mod tests {
    use super::super::super::ink::Ink;
    use super::super::super::overlay::Overlay;
    use super::*;

    /// A page with a row of three figures.
    fn places() -> Places {
        let mut ink = Ink::blank(400, 200);
        for x0 in [20, 34, 48] {
            (0..180).for_each(|i| ink.set(x0 + i % 10, 40 + i / 10));
        }
        Places::of(&Overlay { mine: ink.clone(), theirs: ink, seen: Ink::blank(25, 13) })
    }

    /// How many changes a reader must settle.
    fn open(changes: &[([i32; 4], u32)]) -> Option<usize> {
        let changes: Vec<Group> = changes.iter().map(|&(place, mass)| Group { place, mass }).collect();
        worn(&changes, &places(), &RelationThresholds::default()).map(|open| open.len())
    }

    #[test]
    fn little_ink_is_wear_and_where_figures_stand_it_is_asked_about() {
        let (figure, elsewhere) = ([36, 44, 40, 50], [300, 100, 306, 106]);
        assert_eq!(open(&[]), Some(0));
        assert_eq!(open(&[(elsewhere, 20)]), Some(0));
        assert_eq!(open(&[(elsewhere, 20), (figure, 60)]), Some(1));
        assert_eq!(open(&[(elsewhere, 60)]), None);
        assert_eq!(open(&[(elsewhere, 20), (figure, 100)]), None);
    }
}
