//! Seeded chance.
//!
//! Every draw of the generator comes from a stream named by a seed and a label, so that adding a draw in one
//! place never moves the numbers of another, and pages can be made in any order.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator used everywhere: fast, portable and fixed by its seed.
pub(crate) type Chance = ChaCha8Rng;

/// A seed derived from another by a label and a number (splitmix64 finaliser over an FNV-1a hash).
pub(crate) fn derive(seed: u64, label: &str, index: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in label.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let mut z = seed.wrapping_add(hash).wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The stream of `seed` named `label`.
pub(crate) fn stream(seed: u64, label: &str) -> Chance {
    Chance::seed_from_u64(derive(seed, label, 0))
}

/// The draws the generator needs, in its own words.
pub(crate) trait Draw {
    /// One of `items`; the slice must not be empty.
    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T;
    /// A real number in `low..high`, or `low` where the range is empty.
    fn real(&mut self, low: f32, high: f32) -> f32;
    /// A whole number in `low..=high`.
    fn whole(&mut self, low: u32, high: u32) -> u32;
    /// True with probability `p`.
    fn odds(&mut self, p: f64) -> bool;
    /// `count` decimal digits, the first not zero.
    fn digits(&mut self, count: usize) -> String;
    /// +1 or -1.
    fn sign(&mut self) -> f32;
}

impl Draw for Chance {
    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.random_range(0..items.len())]
    }

    fn real(&mut self, low: f32, high: f32) -> f32 {
        if high > low { self.random_range(low..high) } else { low }
    }

    fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.random_range(low..=high)
    }

    fn odds(&mut self, p: f64) -> bool {
        self.random_bool(p)
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|at| char::from(b'0' + self.random_range(u8::from(at == 0)..10))).collect()
    }

    fn sign(&mut self) -> f32 {
        if self.random_bool(0.5) { 1.0 } else { -1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_fixed_and_apart() {
        assert_eq!(stream(7, "a").digits(12), stream(7, "a").digits(12));
        assert_ne!(stream(7, "a").digits(12), stream(7, "b").digits(12));
        assert_ne!(derive(7, "a", 0), derive(7, "a", 1));
    }
}
