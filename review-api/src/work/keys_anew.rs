//! Keys that lead to a page: entered when it comes, and anew once too many of them lead to too many others.
//!
//! The first papers of a form cannot know what of them is the form's print: their keys lead to few pages yet. As more
//! papers of the form come those keys lead too far and are followed no more, and a page that has only such would be
//! lost. So a page of which some keys were lost so is entered anew, by a job of the slow lane, with keys that still lead to few
//! pages: what was filled in. The same job enters pages whose keys an earlier version of this program took.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanad_checks::duplicates::keys::{KEYS, Key};
use sanad_checks::duplicates::sketch::sketch;

use super::candidates::offered;
use super::errand::{Errand, InHand, Undone, aside};
use super::reader::PaperReader;
use super::seen_before::ready;
use crate::store::act::Act;
use crate::store::sql::Tx;
use crate::store::tables::jobs::{self, Lane, Owed, Taken};
use crate::store::tables::seen_pages::{self, SeenPage};
use crate::store::tables::{counters, seen_keys, seen_sketches};
use crate::store::{Store, StoreError};

/// Name of the job, of which one is owed at most.
pub(super) const KIND: &str = "keys_anew";

/// Name of the counter of writings.
const WRITINGS: &str = "seen_keys";

/// Pages of one job: other slow work has its turn in between.
const AT_ONCE: i64 = 16;

/// Lets keys lead to a page: of those it offers the first that do not lead too far yet.
pub(super) async fn let_lead(act: &mut Act<'_>, page: i64, own: &[Key]) -> Result<(), StoreError> {
    // one writes keys at a time: two that write the same ones would wait for each other
    counters::next(&mut act.tx, WRITINGS).await?;
    let lost = written(&mut act.tx, page, own).await?;
    seen_sketches::put(&mut act.tx, page, sketch(own)).await?;
    seen_pages::keyed(&mut act.tx, page).await?;
    seen_pages::worn(&mut act.tx, &lost).await?;
    owe(act).await
}

/// Lets the keys that a page offers lead to it, as for an upload.
///
/// # Errors
/// When the database fails.
pub async fn enter(store: &Store, page: i64, own: &[Key]) -> Result<(), StoreError> {
    let mut act = store.act(None).await?;
    let_lead(&mut act, page, own).await?;
    act.commit().await
}

/// Writes the keys; how many each page has lost by it, since they lead too far from now on.
async fn written(tx: &mut Tx, page: i64, own: &[Key]) -> Result<BTreeMap<i64, i64>, StoreError> {
    let leads = seen_keys::leads(tx, own).await?;
    let (mut kept, mut fresh, mut spent, mut lost) = (0, Vec::new(), Vec::new(), BTreeMap::new());
    for key in own.iter().filter(|key| leads.hot.binary_search(key).is_err()) {
        if kept == KEYS {
            break;
        }
        let known = leads.found.binary_search_by_key(key, |lead| lead.key).ok().map(|at| &leads.found[at]);
        match known {
            Some(lead) if lead.pages.binary_search(&page).is_ok() => kept += 1,
            Some(full) if full.full() => {
                spent.push(*key);
                full.pages.iter().for_each(|loser| *lost.entry(*loser).or_default() += 1);
            }
            _ => {
                kept += 1;
                fresh.push(*key);
            }
        }
    }
    seen_keys::insert(tx, page, &fresh).await?;
    seen_keys::spend(tx, &spent).await?;
    Ok(lost)
}

/// Hands the job in where pages wait for it.
async fn owe(act: &mut Act<'_>) -> Result<(), StoreError> {
    if seen_pages::due(&mut act.tx, 1).await?.is_empty() {
        return Ok(());
    }
    let (dedup_key, payload) = (KIND.to_owned(), "{}".to_owned());
    act.owe(&Owed { kind: KIND, dedup_key, payload, lane: Lane::Slow }).await
}

/// Hands in what is left from before: pages whose keys an earlier version of this program took.
///
/// # Errors
/// When the database fails.
pub async fn owe_from_before(store: &Store) -> Result<(), StoreError> {
    let mut act = store.act(None).await?;
    owe(&mut act).await?;
    act.commit().await
}

/// Enters some pages anew.
#[derive(Debug)]
pub(super) struct KeysAnew;

impl Errand for KeysAnew {
    type Subject = Vec<SeenPage>;
    type Made = Vec<(i64, Vec<Key>)>;

    async fn subject(store: &Store, _: &Taken) -> Result<Option<Self::Subject>, Undone> {
        let due = seen_pages::due(&mut store.read().await?, AT_ONCE).await?;
        Ok((!due.is_empty()).then_some(due))
    }

    async fn make(store: &Store, _: Arc<dyn PaperReader>, due: &Self::Subject) -> Result<Self::Made, Undone> {
        let mut made = Vec::new();
        for page in due {
            let own = match &page.print {
                Some(print) => ready(store, print).await?,
                None => None,
            };
            // a fingerprint of another method leads to nothing
            let keys = match own {
                Some(own) => aside(move || offered(&own)).await?,
                None => vec![],
            };
            made.push((page.number, keys));
        }
        Ok(made)
    }

    async fn answer(at: InHand<'_>, _: &Self::Subject, made: Self::Made) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            return Ok(());
        }
        for (page, keys) in &made {
            let_lead(&mut act, *page, keys).await?;
        }
        Ok(act.commit().await?)
    }

    async fn give_up(at: InHand<'_>, due: &Self::Subject, why: &str) -> Result<(), Undone> {
        // they stay known by the keys they have, and the others have their turn
        tracing::error!(why, pages = due.len(), "keys were not entered anew");
        let mut act = at.store.act(None).await?;
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            return Ok(());
        }
        for page in due {
            seen_pages::keyed(&mut act.tx, page.number).await?;
        }
        owe(&mut act).await?;
        Ok(act.commit().await?)
    }
}
