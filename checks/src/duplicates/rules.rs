//! The rules of tables and frames: long straight runs of ink.

use super::fingerprint::BODY_PX;
use super::ink::Ink;

/// A straight run of ink as long as this is a rule of a table or of a frame, pixels; lying a little aslant ...
const RULE: usize = (2.6 * BODY_PX) as usize;
/// ... it is one from this length on.
const ASLANT: usize = (3.5 * BODY_PX) as usize;

/// Long straight runs of ink, across and down, a little aslant too.
pub(super) fn rules(ink: &Ink) -> Ink {
    let mut out = Ink::blank(ink.width(), ink.height());
    runs_across(ink, RULE, &mut out);
    runs_down(ink, RULE, &mut out);
    let mut slanted = Ink::blank(ink.width(), ink.height());
    runs_across(&ink.grown_down(), ASLANT, &mut slanted);
    runs_down(&ink.grown_across(), ASLANT, &mut slanted);
    out.with(&slanted.and(ink))
}

fn runs_across(ink: &Ink, least: usize, out: &mut Ink) {
    for y in 0..ink.height() {
        ink.each_run(y, |x0, x1| {
            if x1 - x0 >= least {
                for x in x0..x1 {
                    out.set(x, y);
                }
            }
        });
    }
}

fn runs_down(ink: &Ink, least: usize, out: &mut Ink) {
    let mut since = vec![0_usize; ink.width()];
    let mut close = |x: usize, y: usize, since: &mut [usize]| {
        if since[x] >= least {
            for row in y - since[x]..y {
                out.set(x, row);
            }
        }
        since[x] = 0;
    };
    let mut open = vec![0_u64; ink.width().div_ceil(64)];
    for y in 0..ink.height() {
        for (place, (word, open)) in ink.row(y).iter().zip(&mut open).enumerate() {
            let mut ended = *open & !word;
            while ended != 0 {
                close(place * 64 + ended.trailing_zeros() as usize, y, &mut since);
                ended &= ended - 1;
            }
            let mut on = *word;
            while on != 0 {
                since[place * 64 + on.trailing_zeros() as usize] += 1;
                on &= on - 1;
            }
            *open = *word;
        }
    }
    for x in 0..ink.width() {
        close(x, ink.height(), &mut since);
    }
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
