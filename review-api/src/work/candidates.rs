//! Which pages of the register are worth holding against a new one: those that its keys lead to, the more of them
//! and the rarer the better.

use std::collections::BTreeMap;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{PageKeys, Turns, WAYS, turned_back};
use sanad_checks::duplicates::keys::{ASKED, Key, OFFERED, SureKeys};

use crate::store::sql::Tx;
use crate::store::tables::seen_keys::{self, Lead};
use crate::store::{Store, StoreError};

/// Candidates of a page, at most.
const MOST: usize = 64;
/// A key weighs the square of the logarithm of so many times its share of one page (after the inverse document frequency, Spärck
/// Jones 1972): unsquared, what a page has in common with a hundred others of its form outweighs what it alone has.
const RARITY: f32 = 1000.0;
/// The least weight of a candidate: more than one key can give.
const LEAST: f32 = 48.0;
/// Another turn in which a page of few letters may stand has this share of the weight: other turns are asked for at one size alone.
const NEARLY: f32 = 0.05;
/// Pages are numbered from 1.
const NO_PAGE: i64 = 0;

/// A page worth holding against the asked one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its number in the register.
    pub page: i64,
    /// Clockwise quarters by which the asked page is to be turned to stand as this one.
    pub quarters: u8,
    /// The other turns in which it may.
    pub others: Turns,
    /// How much speaks for it.
    pub weight: f32,
}

impl Candidate {
    /// The same page, the asked one turned by so many quarters.
    pub(crate) const fn standing(self, quarters: u8) -> Self {
        Self { quarters, ..self }
    }

    /// Clockwise quarters by which this page is to be turned to stand as the asked one.
    pub(crate) const fn back(&self) -> u8 {
        turned_back(self.quarters)
    }
}

/// The keys that may lead to a page, and those by which it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked(pub PageKeys);

impl Asked {
    /// The keys of a page.
    #[must_use]
    pub fn of(page: &Prepared) -> Self {
        Self(PageKeys::of(page, OFFERED, ASKED))
    }
}

/// The keys of a page that may lead to it: more than are entered, since some lead too far.
pub(super) fn offered(page: &Prepared) -> Vec<Key> {
    SureKeys::of(&page.ink.integral(), &page.points, 1.0).smallest(OFFERED)
}

/// The candidates for a page, the likeliest first; never itself.
pub(crate) async fn find(tx: &mut Tx, own: i64, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    // letters of one size may be taken for another, so that keys of all sizes speak for the same turn
    let mut weights: BTreeMap<i64, [f32; 4]> = BTreeMap::new();
    for ((_, quarters), keys) in WAYS.into_iter().zip(&asked.0.asked) {
        for Lead { pages, .. } in seen_keys::leads(tx, keys).await?.found {
            let weight = (1.0 + RARITY / pages.len() as f32).ln().powi(2);
            for page in pages.into_iter().filter(|page| *page != own) {
                weights.entry(page).or_default()[usize::from(quarters)] += weight;
            }
        }
    }
    let mut found: Vec<Candidate> = weights
        .into_iter()
        .filter_map(|(page, turns)| {
            let (quarters, others) = Turns::nearly(&turns, NEARLY);
            let weight = turns[usize::from(quarters)];
            (weight >= LEAST).then_some(Candidate { page, quarters, others, weight })
        })
        .collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.page.cmp(&b.page)));
    found.truncate(MOST);
    Ok(found)
}

/// The candidates for a page that does not stand in the register, the likeliest first.
///
/// # Errors
/// When the database fails.
pub async fn search(store: &Store, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    find(&mut store.read().await?, NO_PAGE, asked).await
}
