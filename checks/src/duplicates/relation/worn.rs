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
