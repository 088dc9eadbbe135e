//! Which points of two pages may belong together, by their looks alone.

use super::Looks;
use super::fit::WIDE_BITS;

/// Points of one number, at most this many times those of the other page: repeated words tell nothing.
const MOST_OF_A_NUMBER: usize = 48;
/// Bits in which the looks of one point may differ.
const MOST_BITS: u32 = 40;
/// Proposals looked at.
const MOST_PROPOSALS: usize = 3000;

/// Points whose looks share a band.
pub(super) fn proposals(sizes: &[&Looks], b: &Looks) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for a in sizes {
        propose(a, b, &mut out);
    }
    out.sort_unstable();
    out.dedup();
    if out.len() > MOST_PROPOSALS {
        let stride = out.len().div_ceil(MOST_PROPOSALS);
        out = out.into_iter().step_by(stride).collect();
    }
    out
}

/// Points that look more like each other than like any other point of the two pages: where few looks share a band, as on a
/// passport seen aslant, and the fillers of its zone share them all.
pub(super) fn nearest(sizes: &[&Looks], b: &Looks) -> Vec<(usize, usize)> {
    let bits = |i: usize, j: usize| sizes.iter().map(|a| (a.looks[i] ^ b.looks[j]).count_ones()).min();
    let count = sizes.first().map_or(0, |a| a.looks.len());
    let mut of_b = vec![(u32::MAX, usize::MAX); b.looks.len()];
    let mut of_a = vec![(u32::MAX, usize::MAX); count];
    for (i, best) in of_a.iter_mut().enumerate() {
        for (j, other) in of_b.iter_mut().enumerate() {
            let bits = bits(i, j).unwrap_or(u32::MAX);
            *best = (*best).min((bits, j));
            *other = (*other).min((bits, i));
        }
    }
    let mutual = |(i, (bits, j)): (usize, &(u32, usize))| (*bits <= WIDE_BITS && of_b[*j].1 == i).then_some((i, *j));
    of_a.iter().enumerate().filter_map(mutual).collect()
}

fn propose(a: &Looks, b: &Looks, out: &mut Vec<(usize, usize)>) {
    let (mut i, mut j) = (0, 0);
    while i < a.bands.len() && j < b.bands.len() {
        let (key, other) = (a.bands[i].0, b.bands[j].0);
        if key != other {
            if key < other {
                i += 1
            } else {
                j += 1
            }
            continue;
        }
        let end = |bands: &[(u32, u16)], from: usize| from + bands[from..].iter().take_while(|e| e.0 == key).count();
        let (i_end, j_end) = (end(&a.bands, i), end(&b.bands, j));
        if (i_end - i) * (j_end - j) <= MOST_OF_A_NUMBER {
            for &(_, p) in &a.bands[i..i_end] {
                for &(_, q) in &b.bands[j..j_end] {
                    let (p, q) = (usize::from(p), usize::from(q));
                    if (a.looks[p] ^ b.looks[q]).count_ones() <= MOST_BITS {
                        out.push((p, q));
                    }
                }
            }
        }
        (i, j) = (i_end, j_end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_are_most_like_each_other_are_proposed_and_fillers_hardly() {
        let look = |seed: u128| seed.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).rotate_left(31);
        let (filler, worn) = (look(77), 0b1011_u128 << 40 | 0b11 << 90);
        let own = [look(1), look(2), filler, filler, filler, look(3)];
        let other = [filler ^ 1, look(2) ^ worn, filler, look(1) ^ worn << 7, look(9)];
        let (own, other) = (Looks::of(own.to_vec()), Looks::of(other.to_vec()));
        let found = nearest(&[&own], &other);
        assert!(found.contains(&(0, 3)) && found.contains(&(1, 1)), "{found:?}");
        assert_eq!(found.iter().filter(|(i, _)| (2..5).contains(i)).count(), 1, "one filler is as good as any");
        assert!(!found.iter().any(|(i, j)| *i == 5 || *j == 4), "points that the other page has not");
    }
}
