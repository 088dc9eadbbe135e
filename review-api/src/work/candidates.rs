//! Which pages of the register are worth holding against a new one: those that its keys lead to, the more of them
//! and the rarer the better.

use std::collections::BTreeMap;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::candidates::{PageKeys, WAYS};
use sanad_checks::duplicates::keys::{ASKED, KEYS, OFFERED};

use crate::store::sql::Tx;
use crate::store::tables::seen_keys::{self, Lead};
use crate::store::{Store, StoreError};

/// Candidates of a page, at most.
const MOST: usize = 64;
/// How a key weighs by the pages that it leads to: the cube of the logarithm of so many times their share of one. What few
/// pages share says far more than much that a small form's pages all share.
const RARITY: (f64, i32) = (64.0, 3);
/// The least weight of a candidate: one key that leads to four pages, or two dozen that lead to all they may.
const LEAST: f64 = 20.0;
/// Pages are numbered from 1.
const NO_PAGE: i64 = 0;

/// A page worth holding against the asked one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its number in the register.
    pub page: i64,
    /// Clockwise quarters by which the asked page is to be turned to stand as this one.
    pub quarters: u8,
    /// How much speaks for it.
    pub weight: f64,
}

impl Candidate {
    /// The same page after so many further quarters.
    pub(crate) const fn turned(self, further: u8) -> Self {
        Self { quarters: (self.quarters + further) % 4, ..self }
    }

    /// Clockwise quarters by which this page is to be turned to stand as the asked one.
    pub(crate) const fn back(&self) -> u8 {
        (4 - self.quarters) % 4
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

/// Of the keys of a page as it stands, those that may lead to it: the first that do not lead too far already.
pub(crate) async fn worth_keeping(tx: &mut Tx, asked: &Asked) -> Result<Vec<u32>, StoreError> {
    let hot = seen_keys::leads(tx, &asked.0.own).await?.hot;
    let cold = asked.0.own.iter().copied().filter(|key| hot.binary_search(key).is_err());
    Ok(cold.take(KEYS).collect())
}

/// The candidates for a page, the likeliest first; never itself.
pub(crate) async fn find(tx: &mut Tx, own: i64, asked: &Asked) -> Result<Vec<Candidate>, StoreError> {
    let mut weights: BTreeMap<i64, [f64; WAYS.len()]> = BTreeMap::new();
    for (way, keys) in asked.0.asked.iter().enumerate() {
        for Lead { pages, .. } in seen_keys::leads(tx, keys).await?.found {
            let weight = (1.0 + RARITY.0 / pages.len() as f64).ln().powi(RARITY.1);
            for page in pages.into_iter().filter(|page| *page != own) {
                weights.entry(page).or_default()[way] += weight;
            }
        }
    }
    let mut found: Vec<Candidate> = weights
        .into_iter()
        .filter_map(|(page, ways)| {
            let (way, best) = ways.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
            (*best >= LEAST).then_some(Candidate { page, quarters: WAYS[way].1, weight: *best })
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

/// Lets the keys of a page lead to it, as for an upload.
///
/// # Errors
/// When the database fails.
pub async fn enter(store: &Store, page: i64, asked: &Asked) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    let kept = worth_keeping(&mut tx, asked).await?;
    seen_keys::insert(&mut tx, page, &kept).await?;
    Ok(tx.commit().await?)
}
