//! A second look at the pages that keys lead to: which of them have most in common with a page that is rare among them.
//!
//! In a form of two hundred thousand papers a page keeps a dozen keys that lead to few others, and what leads to fifty pages leads as
//! well to them as to it. So every page keeps all its sure keys, cut short, and those of a thousand pages are held against what is
//! asked for. How rare each is, is counted among these pages alone (inverse document frequency, Spärck Jones 1972): most are
//! of one form, so that its print says nothing and each name and figure much, however many others in the register bear it too.

use super::candidates::{PageKeys, WAYS};
use super::keys::{KEY_BITS, Key};

/// Bits of a key that are kept: of fifteen thousand keys asked for one of a page's falls together with a stranger's.
const BITS: u32 = 24;
/// Of these so many say in which heap it lies, and the others stand in two bytes.
const HEAP_BITS: u32 = 8;
const HEAPS: usize = 1 << HEAP_BITS;
/// Keys that are kept of a page at most: 2.3 KB.
const MOST: usize = 1024;
/// Pages that are counted anew among themselves, once the others are left out.
const NEARER: usize = 200;

/// A key cut short.
type Mark = u32;

const fn cut(key: Key) -> Mark {
    (key >> (KEY_BITS - BITS)) as Mark
}

/// The sure keys of a page cut short, as bytes: how many lie in each heap, then two bytes of each.
#[must_use]
pub fn sketch(keys: &[Key]) -> Vec<u8> {
    let mut marks: Vec<Mark> = keys.iter().take(MOST).map(|key| cut(*key)).collect();
    marks.sort_unstable();
    marks.dedup();
    let (mut heaps, mut rest) = (vec![0_u8; HEAPS], Vec::new());
    for mark in marks {
        let heap = &mut heaps[(mark >> (BITS - HEAP_BITS)) as usize];
        // keys are spread evenly: no heap comes near to being full
        if *heap < u8::MAX {
            *heap += 1;
            rest.extend((mark as u16).to_le_bytes());
        }
    }
    heaps.append(&mut rest);
    heaps
}

/// What a sketch holds; nothing of bytes that are none.
fn marks(sketch: &[u8]) -> impl Iterator<Item = Mark> {
    let (heaps, rest) = sketch.split_at_checked(HEAPS).unwrap_or_default();
    let heaps = (0..).zip(heaps).flat_map(|(heap, count)| std::iter::repeat_n(heap, usize::from(*count)));
    heaps
        .zip(rest.as_chunks().0)
        .map(|(heap, low): (Mark, _)| heap << (BITS - HEAP_BITS) | Mark::from(u16::from_le_bytes(*low)))
}

/// The keys by which a page is asked for, cut short and numbered.
#[derive(Debug)]
pub struct Sought {
    /// A bit for each mark there is.
    bits: Vec<u64>,
    /// How many marks lie before each word of these.
    before: Vec<u32>,
    /// The turns in which each mark is asked for, a bit for each clockwise quarter.
    turns: Vec<u8>,
}

impl Sought {
    /// Those of a page at all sizes.
    #[must_use]
    pub fn of(keys: &PageKeys) -> Self {
        let asked = || {
            let ways = WAYS.into_iter().zip(&keys.asked);
            ways.flat_map(|((_, quarters), keys)| keys.iter().map(move |key| (cut(*key), quarters)))
        };
        let mut bits = vec![0_u64; 1 << (BITS - 6)];
        for (mark, _) in asked() {
            bits[mark as usize / 64] |= 1 << (mark % 64);
        }
        let mut count = 0;
        let before = bits.iter().map(|word| (count, count += word.count_ones()).0).collect();
        let mut sought = Self { bits, before, turns: vec![0; count as usize] };
        for (mark, quarters) in asked() {
            if let Some(number) = sought.number(mark) {
                sought.turns[number as usize] |= 1 << quarters;
            }
        }
        sought
    }

    /// The number of a mark that is asked for.
    fn number(&self, mark: Mark) -> Option<u32> {
        let (word, bit) = (mark as usize / 64, 1_u64 << (mark % 64));
        let bits = *self.bits.get(word)?;
        (bits & bit != 0).then(|| self.before[word] + (bits & (bit - 1)).count_ones())
    }

    /// What a page that stands so many clockwise quarters from the asked one has of them, by number.
    #[must_use]
    pub fn shared(&self, sketch: &[u8], quarters: u8) -> Vec<u32> {
        let numbers = marks(sketch).filter_map(|mark| self.number(mark));
        numbers.filter(|number| self.turns[*number as usize] >> quarters & 1 == 1).collect()
    }

    /// The pages that have most in common with the asked one by what each shares with it, the likeliest first and so many at
    /// most: the place of each, and how much that weighs.
    #[must_use]
    pub fn likeliest(&self, shared: &[Vec<u32>], most: usize) -> Vec<(usize, f32)> {
        let all: Vec<usize> = (0..shared.len()).collect();
        let nearer = self.ranked(shared, &all, NEARER.max(most));
        self.ranked(shared, &nearer.into_iter().map(|(at, _)| at).collect::<Vec<_>>(), most)
    }

    /// Some of the pages by what they share that is rare among them.
    fn ranked(&self, shared: &[Vec<u32>], some: &[usize], most: usize) -> Vec<(usize, f32)> {
        let mut bearers = vec![0_u32; self.turns.len()];
        for number in some.iter().flat_map(|at| &shared[*at]) {
            bearers[*number as usize] += 1;
        }
        let weights: Vec<f32> =
            bearers.iter().map(|bearers| (1.0 + some.len() as f32 / (*bearers).max(1) as f32).ln()).collect();
        let weight = |at: &usize| shared[*at].iter().map(|number| weights[*number as usize]).sum();
        let mut ranked: Vec<(usize, f32)> = some.iter().map(|at| (*at, weight(at))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(most);
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(mark: Mark) -> Key {
        Key::from(mark) << (KEY_BITS - BITS) | 0x1234
    }

    fn page(marks: impl IntoIterator<Item = Mark>) -> Vec<u8> {
        let mut keys: Vec<Key> = marks.into_iter().map(key).collect();
        keys.sort_unstable();
        sketch(&keys)
    }

    #[test]
    fn a_sketch_holds_the_smallest_keys_and_is_small() {
        let spread: Vec<Mark> = (0..2000).map(|i| i * 8000 + 77).collect();
        let kept = page(spread.iter().copied());
        assert_eq!(marks(&kept).collect::<Vec<_>>(), spread[..MOST]);
        assert_eq!(kept.len(), HEAPS + 2 * MOST);
        for none in [&[][..], &[1; 9], &kept[..HEAPS]] {
            assert_eq!(marks(none).count(), 0);
        }
        assert_eq!(marks(&[255; HEAPS + 3]).count(), 1, "a broken one gives what it has");
    }

    /// A page that asks for such marks as it stands, and a quarter further.
    fn sought(standing: impl IntoIterator<Item = Mark>, turned: &[Mark]) -> Sought {
        let mut asked = PageKeys::default();
        asked.asked[0] = standing.into_iter().map(key).collect();
        asked.asked[1] = vec![key(16_000_000)];
        asked.asked[5] = turned.iter().map(|mark| key(*mark)).collect();
        Sought::of(&asked)
    }

    #[test]
    fn only_what_was_asked_for_in_that_turn_is_shared() {
        let sought = sought([5, 90_000], &[7, 90_000]);
        let kept = page([5, 7, 90_000, 90_001, 16_000_000]);
        let shared = |quarters| sought.shared(&kept, quarters).len();
        assert_eq!([0, 1, 2, 3].map(shared), [3, 2, 0, 0]);
        assert_eq!(sought.shared(&kept, 0).last(), Some(&3), "numbered in their order");
    }

    #[test]
    fn what_is_rare_among_the_pages_outweighs_what_most_of_them_have() {
        let sought = sought(0..1000, &[]);
        // three hundred papers of a form; one has less of its print and two names that few bear
        let of_form = |i: Mark| page((0..20).chain([100 + i % 40]));
        let mut shared: Vec<Vec<u32>> = (0..300).map(|i| sought.shared(&of_form(i), 0)).collect();
        shared[250] = sought.shared(&page((0..12).chain([101, 117, 500, 501])), 0);
        let found = sought.likeliest(&shared, 3);
        assert_eq!((found.len(), found[0].0), (3, 250));
        assert!(found[0].1 > found[1].1);
        assert!(sought.likeliest(&[], 3).is_empty());
    }
}
