//! Which pages of the register are worth holding against a new one: of those that its keys lead to, the ones that have
//! most in common with it that is rare among them.

use std::collections::{BTreeMap, HashMap};

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{PageKeys, Turns, WAYS, turned_back};
use sanad_checks::duplicates::keys::{ASKED, Key, OFFERED, SureKeys};
use sanad_checks::duplicates::sketch::Sought;

use super::held_against::AT_ONCE;
use crate::store::tables::seen_keys::{self, Lead};
use crate::store::tables::seen_sketches;
use crate::store::{Store, StoreError};

/// Candidates of a page, at most.
const MOST: usize = 64;
/// Pages that are looked at twice, at most.
const NEAR: usize = 1000;
/// A key weighs the square of the logarithm of so many times its share of one page (after the inverse document frequency, Spärck
/// Jones 1972): unsquared, what a page has in common with a hundred others of its form outweighs what it alone has.
const RARITY: f32 = 1000.0;
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
    /// How much speaks for it, to be held against the other candidates.
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
pub(crate) async fn find(store: &Store, own: i64, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    let near = near(store, own, asked).await?;
    let numbers: Vec<i64> = near.iter().map(|one| one.page).collect();
    let looking: Vec<_> = numbers.chunks(NEAR / AT_ONCE).map(|some| sketches(store, some)).collect();
    let sketches: Vec<BTreeMap<i64, Vec<u8>>> = stream::iter(looking).buffered(AT_ONCE).try_collect().await?;
    let sketches: BTreeMap<i64, Vec<u8>> = sketches.into_iter().flatten().collect();
    let sought = Sought::of(&asked.0);
    let shared: Vec<Vec<u32>> = near
        .iter()
        .map(|one| sketches.get(&one.page).map_or_else(Vec::new, |sketch| sought.shared(sketch, one.quarters)))
        .collect();
    Ok(sought.likeliest(&shared, MOST).into_iter().map(|(at, weight)| Candidate { weight, ..near[at] }).collect())
}

/// The pages that the keys lead to, those first to which the more and the rarer ones do.
async fn near(store: &Store, own: i64, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    let leading: Vec<_> = asked.0.asked.iter().map(|keys| leads(store, keys)).collect();
    let mut leading = stream::iter(WAYS).zip(stream::iter(leading).buffered(AT_ONCE));
    // letters of one size may be taken for another, so that keys of all sizes speak for the same turn
    let mut weights: HashMap<i64, [f32; 4]> = HashMap::new();
    while let Some(((_, quarters), leads)) = leading.next().await {
        for Lead { pages, .. } in leads? {
            let weight = (1.0 + RARITY / pages.len() as f32).ln().powi(2);
            for page in pages.into_iter().filter(|page| *page != own) {
                weights.entry(page).or_default()[usize::from(quarters)] += weight;
            }
        }
    }
    let mut found: Vec<Candidate> = weights
        .into_iter()
        .map(|(page, turns)| {
            let (quarters, others) = Turns::nearly(&turns, NEARLY);
            Candidate { page, quarters, others, weight: turns[usize::from(quarters)] }
        })
        .collect();
    let heavier = |a: &Candidate, b: &Candidate| b.weight.total_cmp(&a.weight).then(a.page.cmp(&b.page));
    // of a hundred thousand pages only the first are to be in order
    if found.len() > NEAR {
        found.select_nth_unstable_by(NEAR, heavier);
        found.truncate(NEAR);
    }
    found.sort_unstable_by(heavier);
    Ok(found)
}

async fn leads(store: &Store, keys: &[Key]) -> Result<Vec<Lead>, StoreError> {
    Ok(seen_keys::leads(&mut store.read().await?, keys).await?.found)
}

async fn sketches(store: &Store, pages: &[i64]) -> Result<BTreeMap<i64, Vec<u8>>, StoreError> {
    Ok(seen_sketches::of_pages(&mut store.read().await?, pages).await?)
}

/// The candidates for a page that does not stand in the register, the likeliest first.
///
/// # Errors
/// When the database fails.
pub async fn search(store: &Store, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    find(store, NO_PAGE, asked).await
}
