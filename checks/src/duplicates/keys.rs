//! Keys by which a page is found among many: bands of the looks of its points, thinned out.
//!
//! Each look gives one number for each band (locality-sensitive hashing by bit sampling, Indyk and
//! Motwani 1998): two captures of one point agree in all bits of some band far more often than two
//! different points do. Of a page's numbers only the smallest under a fixed mixing are kept, so two
//! captures thin out alike (bottom-k sampling, Broder 1997).

use super::points::Point;

/// Keys that lead to a page in a register of rows; four bytes each.
pub const KEYS: usize = 128;
/// Keys by which such a register is asked for a page as it stands (at each size), and for each of its other turns. Of the first the
/// [`KEYS`] that lead to few pages are kept: on a form that is known they lead to what was filled in.
pub const ASKED: (usize, usize) = (512, 160);
/// Bands of a look.
pub const BANDS: usize = 6;
/// Bits of a band.
const BAND_BITS: usize = 24;

/// The bits of each band, drawn once and for all: a linear congruential walk over the lattice.
const PLACES: [[u8; BAND_BITS]; BANDS] = places();

const fn places() -> [[u8; BAND_BITS]; BANDS] {
    let mut out = [[0; BAND_BITS]; BANDS];
    let mut state: u64 = 0x5eed;
    let mut band = 0;
    while band < BANDS {
        let mut taken = 0_u128;
        let mut bit = 0;
        while bit < BAND_BITS {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (state >> 57) as u8;
            if taken >> place & 1 == 0 {
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

/// Spreads numbers evenly (the finaliser of MurmurHash3).
const fn mixed(mut key: u32) -> u32 {
    key ^= key >> 16;
    key = key.wrapping_mul(0x85eb_ca6b);
    key ^= key >> 13;
    key = key.wrapping_mul(0xc2b2_ae35);
    key ^ key >> 16
}

/// So many keys of points, smallest first under the mixing.
#[must_use]
pub fn thinned(points: &[Point], count: usize) -> Vec<u32> {
    let mut keys: Vec<u32> = points
        .iter()
        .filter(|p| telling(p.look))
        .flat_map(|p| (0..BANDS).map(|band| mixed(banded(p.look, band))))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(count);
    keys
}
