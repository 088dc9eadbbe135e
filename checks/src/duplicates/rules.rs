//! The rules of tables and frames: long straight runs of ink.

use super::fingerprint::BODY_PX;
use super::ink::Ink;

/// A straight run of ink as long as this is a rule of a table or of a frame, pixels; lying a little aslant ...
const RULE: usize = (2.6 * BODY_PX) as usize;
/// ... it is one from this length on.
const ASLANT: usize = (3.5 * BODY_PX) as usize;

/// Long straight runs of ink, across and down, a little aslant too.
pub(super) fn rules(ink: &Ink) -> Ink {
    let straight = ink.long_across(RULE).with(&ink.long_down(RULE));
    let slanted = ink.grown_down().long_across(ASLANT).with(&ink.grown_across().long_down(ASLANT));
    straight.with(&slanted.and(ink))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_both_ways_and_letters_are_none() {
        let mut ink = Ink::blank(300, 200);
        for x in 20..200 {
            ink.set(x, 50);
        }
        for y in 60..180 {
            ink.set(130, y);
        }
        for x in 20..40 {
            ink.set(x, 100);
        }
        let found = rules(&ink);
        assert_eq!(found.count(), 180 + 120);
        assert!(found.at(130, 179) && !found.at(25, 100));
    }
}
