//! An eye for signs: whether one place of two captures shows one sign or another.
//!
//! It reads nothing and knows no script. A small network sees both looks at once (`network.rs`) and was taught by
//! `training/signs` on captures of drawn papers what wear does to a sign and what another sign is: a broken three is still a
//! three, a five is not.

mod network;

use std::sync::LazyLock;

use sanad_checks::duplicates::twins::Twin;
use sanad_checks::page::Luma;

use self::network::Network;

static EYE: LazyLock<Network> = LazyLock::new(Network::new);

/// How sure it is that a place shows another sign, as a logarithm of odds: below nothing it is rather the same. `usual` is
/// how unlike signs are that did not change between these captures ([`sanad_checks::duplicates::relation::Looked`]).
#[must_use]
pub fn other(twin: &Twin, usual: f32) -> f32 {
    EYE.score(twin.looks.each_ref().map(Luma::pixels), usual)
}

#[cfg(test)]
mod tests {
    use sanad_checks::duplicates::twins::{Cause, SIDE};

    use super::*;

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
            let twin = Twin { at: (0, 0), cause: Cause::Figure, unlike: 0.5, looks };
            let own = other(&twin, usual);
            assert!((own - said).abs() < 0.02 + 0.005 * said.abs(), "{first} {second}: {own} for {said}");
        }
    }
}
