//! Which pages of a register are worth comparing: those that share rare keys, in some turn.
//!
//! A key that stands on every paper of one form says only which form it is; one that stands on two pages says
//! that they are one paper. So shared keys count by their rarity (inverse document frequency, Spärck Jones
//! 1972), and of the many pages of one form the right one comes first.

use std::collections::BTreeMap;

use super::align::Prepared;
use super::keys::{KEY_BITS, Key, SureKeys};

/// Keys of a page for a register in memory: more than are stored, since memory is at hand.
const KEYS: usize = 2000;
/// Candidates of a page, at most.
const MOST: usize = 64;
/// ... and of those only what weighs this share of the heaviest; ...
const MIN_WEIGHT: f32 = 0.15;
/// ... besides, so many in another turn ...
const MOST_TURNED: usize = 32;
/// ... of this share: a turned page is asked for by its keys alone, not by those too that slips make of them.
const MIN_TURNED: f32 = 0.04;
/// Keys that two pages must share.
const MIN_SHARED: u32 = 3;
/// Power of the logarithm of its rarity by which a key weighs: what two pages alone share says far more than much that pages of
/// other forms have in common with them.
const RARITY: i32 = 3;
/// In another turn than the likeliest two pages may stand where it has this share of its weight.
const NEARLY: f32 = 0.1;
/// Buckets larger than this share of the register, and than this, say nothing.
const HOT: (f32, usize) = (0.5, 40);

/// Two pages worth comparing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The one page, the lower number.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Clockwise quarters by which the first is to be turned to stand as the second.
    pub quarters: u8,
    /// The other turns in which they may.
    pub others: Turns,
}

/// Some of the four turns of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turns(u8);

impl Turns {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Those of clockwise quarters that weigh so much, but for the heaviest, which comes first.
    #[must_use]
    pub fn nearly(weights: &[f32; 4], share: f32) -> (u8, Self) {
        let heaviest = (0..4).max_by(|&a, &b| weights[a].total_cmp(&weights[b])).unwrap_or(0);
        let near = |turn: &usize| *turn != heaviest && weights[*turn] >= share * weights[heaviest];
        let others = (0..4).filter(near).filter(|turn| weights[*turn] > 0.0);
        (heaviest as u8, Self(others.fold(0, |turns, turn| turns | 1 << turn)))
    }

    /// As clockwise quarters.
    pub fn quarters(self) -> impl Iterator<Item = u8> {
        (0..4).filter(move |turn| self.0 >> turn & 1 == 1)
    }

    /// The same the other way round.
    #[must_use]
    fn back(self) -> Self {
        Self(self.quarters().fold(0, |turns, turn| turns | 1 << turned_back(turn)))
    }
}

impl Candidate {
    /// Sorted pairs, those of each first page together.
    #[must_use]
    pub fn of_each_page(pairs: &[Self]) -> Vec<&[Self]> {
        pairs.chunk_by(|c, d| c.a == d.a).collect()
    }

    /// The same pair, the first page turned by so many quarters.
    #[must_use]
    pub const fn standing(self, quarters: u8) -> Self {
        Self { quarters, ..self }
    }

    /// Clockwise quarters by which the second page is to be turned to stand as the first.
    #[must_use]
    pub const fn back(&self) -> u8 {
        turned_back(self.quarters)
    }
}

/// The clockwise quarters that undo so many, 0 to 3.
#[must_use]
pub const fn turned_back(quarters: u8) -> u8 {
    (4 - quarters) % 4
}

/// The ways in which a page is asked for: how many times as large as they stand its letters are taken to be (two captures
/// may judge their size unlike), and clockwise quarters by which it is turned.
pub const WAYS: [(f32, u8); 8] = [(1.0, 0), (0.8, 0), (0.9, 0), (1.12, 0), (1.25, 0), (1.0, 1), (1.0, 2), (1.0, 3)];

/// The keys of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageKeys {
    /// Those that may lead to it, sorted.
    pub own: Vec<Key>,
    /// Those by which it is asked for, for each of [`WAYS`].
    pub asked: [Vec<Key>; WAYS.len()],
}

impl PageKeys {
    /// So many keys of a page that may lead to it; so many, slips aside, to ask for it as it stands, and for each other turn.
    #[must_use]
    pub fn of(page: &Prepared, own: usize, asked: (usize, usize)) -> Self {
        let ink = page.ink.integral();
        let standing = SureKeys::of(&ink, &page.points, 1.0);
        let asked = WAYS.map(|way| match way {
            (1.0, 0) => standing.with_slips(asked.0),
            (size, 0) => SureKeys::of(&ink, &page.points, size).with_slips(asked.0),
            (size, quarters) => SureKeys::of_turned(&ink, page, quarters, size).smallest(asked.1),
        });
        Self { own: standing.smallest(own), asked }
    }
}

/// The keys of a page for a register in memory.
#[must_use]
pub fn all_keys(page: &Prepared) -> PageKeys {
    PageKeys::of(page, KEYS, (KEYS, KEYS))
}

/// The pairs worth comparing, sorted, each once with its likeliest turn. Pages without keys have none.
#[must_use]
pub fn candidates(pages: &[PageKeys]) -> Vec<Candidate> {
    let index = Index::of(pages);
    let hot = ((pages.len() as f32 * HOT.0) as usize).max(HOT.1);
    let mut pairs: BTreeMap<(usize, usize), (f32, u8, Turns)> = BTreeMap::new();
    for (i, keys) in pages.iter().enumerate() {
        let worth_comparing = worth_comparing(ranked(i, keys, &index, hot, pages.len()));
        for Ranked { page: other, weight, quarters, others, .. } in worth_comparing {
            // what turns the later page back turns the earlier one forth
            let (pair, said) = if i < other {
                ((i, other), (weight, quarters, others))
            } else {
                ((other, i), (weight, turned_back(quarters), others.back()))
            };
            let known = pairs.entry(pair).or_insert(said);
            if weight > known.0 {
                *known = said;
            }
        }
    }
    pairs.into_iter().map(|((a, b), (_, quarters, others))| Candidate { a, b, quarters, others }).collect()
}

/// The first of all pages that a page shares anything with, and the first in another turn, if
/// that is not much less than the most.
fn worth_comparing(mut ranked: Vec<Ranked>) -> Vec<Ranked> {
    let mut turned: Vec<f32> = ranked.iter().map(|other| other.turned).collect();
    turned.sort_unstable_by(|a, b| b.total_cmp(a));
    let least_turned = turned.get(MOST_TURNED).copied().unwrap_or(0.0);
    let heaviest = ranked.first().map_or(0.0, |first| first.weight);
    let mut rank = 0;
    ranked.retain(|other| {
        rank += 1;
        rank <= MOST && other.weight >= MIN_WEIGHT * heaviest
            || other.turned > least_turned && other.turned >= MIN_TURNED * heaviest
    });
    ranked
}

/// Which pages a key leads to.
struct Index {
    /// Sorted.
    leads: Vec<(Key, u32)>,
    /// Where the keys of each beginning start, and where the last of them end.
    starts: Vec<u32>,
}

impl Index {
    /// Bits of a beginning: keys are spread evenly, so that a few share one.
    const BITS: u32 = 16;

    fn of(pages: &[PageKeys]) -> Self {
        let own = |(page, keys): (u32, &PageKeys)| keys.own.iter().map(move |&key| (key, page)).collect::<Vec<_>>();
        let mut leads: Vec<(Key, u32)> = (0..).zip(pages).flat_map(own).collect();
        leads.sort_unstable();
        let mut starts = vec![0; (1 << Self::BITS) + 1];
        for (key, _) in &leads {
            starts[Self::beginning(*key) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { leads, starts }
    }

    const fn beginning(key: Key) -> usize {
        (key >> (KEY_BITS - Self::BITS)) as usize & ((1 << Self::BITS) - 1)
    }

    /// The key again with each page it leads to.
    fn leads(&self, key: Key) -> &[(Key, u32)] {
        let at = Self::beginning(key);
        let some = &self.leads[self.starts[at] as usize..self.starts[at + 1] as usize];
        let some = &some[some.partition_point(|lead| lead.0 < key)..];
        &some[..some.partition_point(|lead| lead.0 == key)]
    }
}

/// Another page by what it shares with a page.
struct Ranked {
    page: usize,
    /// In the likeliest turn ...
    weight: f32,
    quarters: u8,
    /// ... and the most in one that is not upright.
    turned: f32,
    others: Turns,
}

/// The heaviest of each turn's ways in which pages share enough.
fn heaviest(ways: &[(f32, u32); WAYS.len()]) -> [f32; 4] {
    let mut turns = [0.0; 4];
    // a plain loop: over a chain of WAYS, zipped and filtered, the optimiser of rustc 1.95 came to no end
    for (at, (weight, shared)) in ways.iter().enumerate() {
        let turn = &mut turns[usize::from(WAYS[at].1)];
        if *shared >= MIN_SHARED && *weight > *turn {
            *turn = *weight;
        }
    }
    turns
}

/// Other pages by the weight of what they share with a page, the heaviest first.
fn ranked(page: usize, keys: &PageKeys, index: &Index, hot: usize, count: usize) -> Vec<Ranked> {
    let mut weights = vec![[(0.0_f32, 0_u32); WAYS.len()]; count];
    for (way, keys) in keys.asked.iter().enumerate() {
        for &key in keys {
            let leads = index.leads(key);
            if leads.is_empty() || leads.len() > hot {
                continue;
            }
            let weight = (1.0 + count as f32 / leads.len() as f32).ln().powi(RARITY);
            for &(_, other) in leads {
                let slot = &mut weights[other as usize][way];
                *slot = (slot.0 + weight, slot.1 + 1);
            }
        }
    }
    let mut ranked: Vec<Ranked> = weights
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != page)
        .flat_map(|(other, ways)| {
            let turns = heaviest(ways);
            let (quarters, others) = Turns::nearly(&turns, NEARLY);
            let weight = turns[usize::from(quarters)];
            let turned = turns[1..].iter().copied().fold(0.0, f32::max);
            (weight > 0.0).then_some(Ranked { page: other, weight, quarters, turned, others })
        })
        .collect();
    ranked.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.page.cmp(&b.page)));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upright(keys: &[Key]) -> PageKeys {
        let mut page = PageKeys { own: keys.to_vec(), ..PageKeys::default() };
        page.asked[0] = keys.to_vec();
        page
    }

    #[test]
    fn rare_keys_find_the_twin_among_papers_of_one_form() {
        // sixty pages of one form; two of them share six keys of their own
        let mut pages: Vec<PageKeys> =
            (0..60).map(|i| upright(&[1, 2, 3, 4, 5, 1000 + i, 2000 + i, 3000 + i])).collect();
        pages[7] = upright(&[1, 2, 3, 4, 5, 70, 71, 72]);
        pages[41] = upright(&[1, 2, 3, 4, 5, 70, 71, 72]);
        let found = candidates(&pages);
        assert!(found.contains(&Candidate { a: 7, b: 41, quarters: 0, others: Turns::NONE }));
        assert!(found.len() < 10, "{}", found.len());
    }

    #[test]
    fn a_turned_twin_is_found_with_its_turn() {
        let mut lying = upright(&[90, 91, 92]);
        lying.asked[7] = vec![10, 11, 12, 13];
        let pages = [upright(&[10, 11, 12, 13]), lying];
        assert_eq!(candidates(&pages), [Candidate { a: 0, b: 1, quarters: 1, others: Turns::NONE }]);
    }

    #[test]
    fn what_little_is_shared_in_another_turn_is_worth_a_comparison_and_as_little_upright_is_not() {
        let own = |keys: std::ops::Range<Key>| PageKeys { own: keys.collect(), ..PageKeys::default() };
        let mut asking = PageKeys::default();
        // the first 60 lead to a page that stands as this one does, 5 to another one that does, and 5 to one upside down
        asking.asked[0] = (0..65).collect();
        asking.asked[6] = (100..105).collect();
        let found = candidates(&[asking, own(0..60), own(60..65), own(100..105)]);
        assert_eq!(found.iter().map(|c| (c.b, c.quarters)).collect::<Vec<_>>(), [(1, 0), (3, 2)]);
    }

    #[test]
    fn a_page_in_another_turn_is_worth_a_comparison_behind_however_many_upright_ones() {
        let upright = |page, weight| Ranked { page, weight, quarters: 0, turned: 0.0, others: Turns::NONE };
        let mut ranked: Vec<Ranked> = (0..100).map(|page| upright(page, 200.0 - page as f32)).collect();
        ranked[80].turned = 10.0;
        ranked[90].turned = 1.0;
        let kept: Vec<usize> = worth_comparing(ranked).iter().map(|other| other.page).collect();
        assert_eq!(kept, (0..MOST).chain([80]).collect::<Vec<_>>());
    }

    #[test]
    fn a_turn_that_is_nearly_as_likely_is_told_after_the_likeliest() {
        let (turn, others) = Turns::nearly(&[10.0, 3.9, 12.0, 0.0], 0.4);
        assert_eq!((turn, others.quarters().collect::<Vec<_>>()), (2, vec![0]));
        let (turn, others) = Turns::nearly(&[1.0, 9.0, 2.0, 7.0], 0.2);
        assert_eq!((turn, others.quarters().collect::<Vec<_>>()), (1, vec![2, 3]));
        assert_eq!(others.back().quarters().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(Turns::nearly(&[0.0; 4], 0.4).1, Turns::NONE);
    }
}
