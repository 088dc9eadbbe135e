//! An eye for signs: whether one place of two captures shows one sign or another.
//!
//! It reads nothing and knows no script. A small network sees both looks at once (`network.rs`) and was taught by
//! `training/signs` on captures of drawn papers what wear does to a sign and what another sign is: a broken three is still a
//! three, a five is not.

mod network;

use std::ops::Range;
use std::sync::LazyLock;

use sanad_checks::duplicates::twins::{SIDE, Twin};
use sanad_checks::page::Luma;

use self::network::Network;

static EYE: LazyLock<Network> = LazyLock::new(Network::new);

/// Odds, as logarithms, between which a first glance settles nothing.
const UNSURE: Range<f32> = -3.0..6.0;

/// How sure it is that a place shows another sign, as a logarithm of odds: below nothing it is rather the same. `usual` is
/// how unlike signs are that did not change between these captures ([`sanad_checks::duplicates::relation::Looked`]).
///
/// What one glance leaves open is seen in all ways in which one sign stays one and another another: mirrored, on its head,
/// and with either page first. The mean of what is said then errs less than any of them.
#[must_use]
pub fn other(twin: &Twin, usual: f32) -> f32 {
    let looks = twin.looks.each_ref().map(Luma::pixels);
    let glance = EYE.score(looks, usual);
    if UNSURE.contains(&glance) { in_all_ways(looks, usual, glance) } else { glance }
}

/// A way to see a look.
type Way = fn(&[u8]) -> Vec<u8>;

/// The mean of what is said of two looks seen in eight ways, of which a glance was the first.
fn in_all_ways([here, there]: [&[u8]; 2], usual: f32, glance: f32) -> f32 {
    const WAYS: [Way; 4] = [<[u8]>::to_vec, mirrored, on_its_head, turned];
    let seen = WAYS.map(|way| [way(here), way(there)]);
    let said = |first: &[u8], second: &[u8]| EYE.score([first, second], usual);
    let as_given = seen[1..].iter().map(|[here, there]| said(here, there));
    let swapped = seen.iter().map(|[here, there]| said(there, here));
    (glance + as_given.chain(swapped).sum::<f32>()) / (2 * WAYS.len()) as f32
}

fn mirrored(look: &[u8]) -> Vec<u8> {
    look.chunks(SIDE).flat_map(|row| row.iter().rev().copied()).collect()
}

fn on_its_head(look: &[u8]) -> Vec<u8> {
    look.chunks(SIDE).rev().flatten().copied().collect()
}

fn turned(look: &[u8]) -> Vec<u8> {
    look.iter().rev().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanad_checks::duplicates::twins::Cause;

    /// A look that the trainer draws too (`training/signs/export.py`).
    fn drawn(seed: i64) -> Luma {
        let side = SIDE as i64;
        let grey = |k: i64| {
            let (x, y) = (k % side, k / side);
            let ring = ((x - 20).pow(2) + (y - 18).pow(2)) / (60 + 9 * seed) % 3 == 1;
            let bars = (x * (2 + seed) + y * 5) % 23 < 6;
            if ring { 15 } else { 255 - 120 * u8::from(bars) }
        };
        Luma::new(SIDE, SIDE, (0..side * side).map(grey).collect()).expect("a whole square")
    }

    #[test]
    fn it_says_what_the_trained_network_says() {
        let cases: Vec<(i64, i64, f32, f32)> =
            serde_json::from_str(include_str!("signs/agreement.json")).expect("cases");
        assert!(cases.len() >= 5);
        for (first, second, usual, said) in cases {
            let looks = [drawn(first), drawn(second)];
            let own = EYE.score(looks.each_ref().map(Luma::pixels), usual);
            assert!((own - said).abs() < 0.02 + 0.005 * said.abs(), "{first} {second}: {own} for {said}");
        }
    }

    #[test]
    fn what_a_glance_leaves_open_is_judged_alike_from_either_side_and_the_rest_by_the_glance() {
        const USUAL: f32 = 0.05;
        let twin = |first, second| Twin {
            at: (0, 0),
            cause: Cause::Parted,
            unlike: 1.0,
            looks: [drawn(first), drawn(second)],
        };
        let (mut open, mut clear) = (0, 0);
        for (first, second) in (0..8).flat_map(|first| (0..8).map(move |second| (first, second))) {
            let there = twin(first, second);
            let glance = EYE.score(there.looks.each_ref().map(Luma::pixels), USUAL);
            if UNSURE.contains(&glance) {
                open += 1;
                let back = EYE.score([1, 0].map(|at: usize| there.looks[at].pixels()), USUAL);
                let both = [other(&there, USUAL), other(&twin(second, first), USUAL)];
                assert!(!UNSURE.contains(&back) || (both[0] - both[1]).abs() < 1e-3, "{first} {second}: {both:?}");
                assert_ne!(both[0].to_bits(), glance.to_bits(), "{first} {second}");
            } else {
                clear += 1;
                assert_eq!(other(&there, USUAL).to_bits(), glance.to_bits(), "{first} {second}");
            }
        }
        assert!(open > 3 && clear > 3, "{open} open, {clear} clear");
    }

    #[test]
    fn a_place_is_judged_alike_however_it_is_seen() {
        let looks = [drawn(0), drawn(1)];
        let [here, there] = looks.each_ref().map(Luma::pixels);
        let judged = |here: &[u8], there: &[u8]| in_all_ways([here, there], 0.05, EYE.score([here, there], 0.05));
        let said = judged(here, there);
        let glances = [mirrored, on_its_head, turned].map(|way| EYE.score([&way(here), &way(there)], 0.05));
        assert!(glances.iter().any(|glance| (glance - said).abs() > 0.1), "{glances:?}: one way of seeing is as good");
        for way in [mirrored, on_its_head, turned] {
            assert!((judged(&way(there), &way(here)) - said).abs() < 1e-3);
        }
    }
}
