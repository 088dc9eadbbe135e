//! Keys by which a page is found among many: bands of the looks of its points, thinned out.
//!
//! Each look gives one number for each band (locality-sensitive hashing by bit sampling, Indyk and
//! Motwani 1998): two captures of one point agree in all bits of some band far more often than two
//! different points do. Keys are bands of the line that the point stands in: of a band of the whole look only a few bits
//! would lie on a number, and the others on the form's print around it, so that a key would tell one of some hundred
//! numbers from the others, and of a large form nothing would lead to one paper. Of a page's keys only those are taken whose
//! bits lie far from where they would fall otherwise, and of these the smallest under a fixed mixing, so two captures thin out
//! alike (bottom-k sampling, Broder 1997). Who asks also asks for what the keys would be had one of their two least sure bits
//! fallen otherwise (multi-probe search, Lv et al. 2007).

use super::align::Prepared;
use super::ink::{Integral, TurnedSums};
use super::points::{Densities, Point, turned_places};

/// A key, of [`KEY_BITS`] bits.
pub type Key = u64;
/// So many that among a million pages hardly two share a key by chance: of 32 each page shared one with some hundred others.
pub(super) const KEY_BITS: u32 = 40;
/// Keys that lead to a page in a register of rows; five bytes each.
pub const KEYS: usize = 102;
/// Keys of which those are kept that lead to few pages: on a form that is known they lead to what was filled in. All that are
/// sure, since a form of many papers leaves few.
pub const OFFERED: usize = 2048;
/// Keys by which such a register is asked for a page as it stands (at each size), slips aside, and for each of its other
/// turns: nearly all that are sure.
pub const ASKED: (usize, usize) = (1000, 1000);
/// The share of a page's keys that are sure enough, and how many are at least.
const SURE: (f32, usize) = (0.3, 1000);
/// How far from the mean the ink of a bit's box tells, pixels: where it lies this far, every fifth other capture or so is taken
/// to have the bit otherwise. Chosen, not measured.
const SPREAD: f32 = 12.0;
/// Bits of a key that are asked for the other way round as well.
const SLIPS: usize = 2;
/// Bands of a look.
pub const BANDS: usize = 6;
/// Bits of a band.
const BAND_BITS: usize = 24;
/// Bits of a band of one line ...
const LINE_BITS: usize = 36;
/// ... and the rows of the look that lie on it, from and to.
const LINE: (u8, u8) = (2, 6);

/// The bits of each band.
const PLACES: [[u8; BAND_BITS]; BANDS] = places((0, 8));
/// The bits of each band of a line.
const PLACES_ON_LINE: [[u8; LINE_BITS]; BANDS] = places(LINE);

/// Bits of bands, drawn once and for all from some rows of the look: a linear congruential walk over the lattice.
const fn places<const BITS: usize>((from, to): (u8, u8)) -> [[u8; BITS]; BANDS] {
    const COLUMNS: u8 = 16;
    const LAST: u8 = 127;
    let mut out = [[0; BITS]; BANDS];
    let mut state: u64 = 0x5eed;
    let mut band = 0;
    while band < BANDS {
        let mut taken = 0_u128;
        let mut bit = 0;
        while bit < BITS {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (state >> 57) as u8;
            // the first box is the highest bit
            let row = (LAST - place) / COLUMNS;
            if taken >> place & 1 == 0 && from <= row && row < to {
                taken |= 1 << place;
                out[band][bit] = place;
                bit += 1;
            }
        }
        band += 1;
    }
    out
}

/// The number of a look in a band, the band in the lowest bits.
#[must_use]
pub fn banded(look: u128, band: usize) -> u32 {
    let bits = PLACES[band].iter().fold(0_u32, |bits, &place| bits << 1 | (look >> place & 1) as u32);
    bits * BANDS as u32 + band as u32
}

/// A look says little when hardly any box differs from the others.
#[must_use]
pub fn telling(look: u128) -> bool {
    const ONES: std::ops::RangeInclusive<u32> = 24..=104;
    ONES.contains(&look.count_ones())
}

/// The bits of a look in a band of its line, the first highest.
fn bits(look: u128, band: usize) -> u64 {
    PLACES_ON_LINE[band].iter().fold(0, |bits, &place| bits << 1 | (look >> place & 1) as u64)
}

/// The key of such bits, spread evenly (the finaliser of splitmix64, Steele, Lea and Flood 2014).
const fn key(bits: u64, band: usize) -> Key {
    let mut mixed = bits * BANDS as u64 + band as u64;
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) >> (u64::BITS - KEY_BITS)
}

/// One band of a look as a key.
struct Banded {
    key: Key,
    /// What it would be had one of its least sure bits fallen otherwise.
    slips: [Key; SLIPS],
    /// How unlikely another capture has it too; smaller is surer.
    doubt: f32,
}

impl Banded {
    /// `doubts` by margin, as [`doubts`] gives them; `margins` by bit.
    fn of(look: u128, margins: &[u16; 128], band: usize, doubts: &[f32]) -> Self {
        let mut doubt = 0.0;
        let mut least = [(u16::MAX, 0); SLIPS];
        for (at, bit) in PLACES_ON_LINE[band].into_iter().enumerate() {
            let margin = margins[usize::from(bit)];
            doubt += doubts[usize::from(margin).min(doubts.len() - 1)];
            if let Some(rank) = least.iter().position(|(known, _)| margin < *known) {
                least[rank..].rotate_right(1);
                least[rank] = (margin, at);
            }
        }
        let own = bits(look, band);
        let slips = least.map(|(_, at)| key(own ^ 1 << (LINE_BITS - 1 - at), band));
        Self { key: key(own, band), slips, doubt }
    }
}

/// How unlikely a bit of each margin stays as it is in another capture, minus the logarithm, with letters so many times as small.
fn doubts(size: f32) -> Vec<f32> {
    const MARGINS: usize = 400;
    let otherwise = |margin: usize| 0.5 * (-(margin as f32 + 0.5) / (SPREAD * size * size)).exp();
    (0..MARGINS).map(|margin| -(1.0 - otherwise(margin)).ln()).collect()
}

/// The keys of a page that another capture of it likely has too.
pub struct SureKeys(Vec<Banded>);

impl SureKeys {
    /// Those of points of a page with this ink, with letters so many times as small.
    #[must_use]
    pub fn of(ink: &Integral, points: &[Point], size: f32) -> Self {
        Self::of_places(ink.turned(0), points.iter().map(|point| (point.x, point.y)), size)
    }

    /// The same of a page as it is once turned clockwise by quarters.
    #[must_use]
    pub fn of_turned(ink: &Integral, page: &Prepared, quarters: u8, size: f32) -> Self {
        let places = turned_places(&page.parts, quarters, (page.ink.width(), page.ink.height()));
        Self::of_places(ink.turned(quarters), places.into_iter(), size)
    }

    fn of_places(ink: TurnedSums<'_>, places: impl Iterator<Item = (f32, f32)>, size: f32) -> Self {
        let around = places.map(|place| Densities::around(ink, place, size));
        let looked = around.map(|around| (around.look(), around)).filter(|(look, _)| telling(*look));
        let doubts = doubts(size);
        let doubts = doubts.as_slice();
        let of_one = |(look, around): (u128, Densities)| {
            let margins = around.margins();
            (0..BANDS).map(move |band| Banded::of(look, &margins, band, doubts))
        };
        let mut keys: Vec<Banded> = looked.flat_map(of_one).collect();
        let most = ((keys.len() as f32 * SURE.0) as usize).max(SURE.1);
        if keys.len() > most {
            keys.select_nth_unstable_by(most, |a, b| a.doubt.total_cmp(&b.doubt).then(a.key.cmp(&b.key)));
            keys.truncate(most);
        }
        Self(keys)
    }

    /// So many of them, smallest first under the mixing.
    #[must_use]
    pub fn smallest(&self, count: usize) -> Vec<Key> {
        let mut keys = sorted(self.0.iter().map(|one| one.key));
        keys.truncate(count);
        keys
    }

    /// The same and their slips, as far as those are no greater than the last of them.
    #[must_use]
    pub fn with_slips(&self, count: usize) -> Vec<Key> {
        let Some(last) = self.smallest(count).last().copied() else { return vec![] };
        let all = self.0.iter().flat_map(|one| std::iter::once(one.key).chain(one.slips));
        sorted(all.filter(|key| *key <= last))
    }
}

fn sorted(keys: impl Iterator<Item = Key>) -> Vec<Key> {
    let mut keys: Vec<Key> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::super::ink::Ink;
    use super::super::parts::Parts;
    use super::super::points::points;
    use super::*;

    /// A page of letters that all differ; of their ink `worn` pixels in a thousand are gone.
    fn page(worn: u32) -> SureKeys {
        let mut ink = Ink::blank(900, 700);
        let dice =
            |seed: u32| (key(bits(u128::from(seed.wrapping_mul(0x9e37_79b9) ^ 0x51) << 40, 0), 0) & 0xffff_ffff) as u32;
        for letter in 0..400_u32 {
            let (x0, y0) = (80 + letter % 20 * 37, 60 + letter / 20 * 29);
            let shape = dice(letter);
            for (y, x) in (0..18_u32).flat_map(|y| (0..20).map(move |x| (y, x))) {
                let stroke = (shape >> (y / 3 * 5 + x / 4)) & 1 == 1;
                let gone = dice(letter << 12 | y << 6 | x) % 1000 < worn;
                if (y < 3 || stroke) && !gone {
                    ink.set((x0 + x) as usize, (y0 + y) as usize);
                }
            }
        }
        let parts = Parts::of(&ink).expect("letters");
        SureKeys::of(&ink.integral(), &points(&ink, &parts), 1.0)
    }

    fn in_common(one: &[Key], other: &[Key]) -> usize {
        one.iter().filter(|key| other.binary_search(key).is_ok()).count()
    }

    #[test]
    fn slips_meet_keys_that_wear_has_changed() {
        let (own, worn) = (page(0).smallest(128), page(60));
        let (plain, slips) = (in_common(&own, &worn.smallest(200)), in_common(&own, &worn.with_slips(200)));
        assert!(plain < own.len() && slips * 10 >= plain * 11, "{plain} {slips}");
    }

    #[test]
    fn slips_lie_among_the_keys_that_are_asked_for() {
        let keys = page(0);
        let (plain, slips) = (keys.smallest(200), keys.with_slips(200));
        assert_eq!(in_common(&plain, &slips), plain.len());
        assert!(slips.last() == plain.last() && slips.len() > plain.len());
        assert!(slips.is_sorted());
        assert!(SureKeys::of(&Ink::blank(50, 50).integral(), &[], 1.0).with_slips(200).is_empty());
    }

    #[test]
    fn a_bit_near_the_mean_is_in_doubt_the_more_the_smaller_the_boxes() {
        let (full, small) = (doubts(1.0), doubts(0.8));
        assert!(full.is_sorted_by(|a, b| a >= b));
        assert!(full[0] > 0.6 && full[120] < 0.001);
        assert!(small[10] < full[10], "ink of small boxes weighs more");
    }
}
