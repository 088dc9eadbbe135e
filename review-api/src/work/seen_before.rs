//! The job that holds the pages of an upload against all pages that came before it, after its verdict.
//!
//! What a page is known again by is taken in the same locked child as the verdict and kept in the verdict's own
//! transaction. The comparison needs no picture: it opens fingerprints. Pages whose keys were written meanwhile by
//! another worker are met, because each writes its keys before it looks.

use std::sync::Arc;

use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::fingerprint::Fingerprint;
use sanad_checks::duplicates::relation::Relation;
use sanad_checks::page::Region;

use super::candidates::{self, Asked};
use super::errand::{Errand, InHand, Undone, aside, owe_slowly, row_of};
use super::held_against::{Met, held_against};
use super::judge_upload::{about, held};
use super::keys_anew;
use super::reader::{PageImages, PaperReader};
use crate::audit::EventKind;
use crate::blobs::Stored;
use crate::store::act::Act;
use crate::store::ids::{PairId, VersionId};
use crate::store::tables::jobs::{self, Taken};
use crate::store::tables::seen_pages::{self, NewPage, SeenPage};
use crate::store::tables::seen_pairs::{self, NewPair};
use crate::store::tables::versions::{self, VersionRow};
use crate::store::tables::{blobs, counters};
use crate::store::{Store, StoreError, hex};

/// Name of the job.
pub(super) const KIND: &str = "seen_before";

/// Name of the counter of pages.
const NUMBERS: &str = "seen_pages";

/// The very same pictures that are told of, at most.
const MOST_SAME: i64 = 24;

/// What a page is known again by, durable but not yet named by a row.
pub(super) struct KeptIdentity {
    position: i64,
    pixels: String,
    print: Result<Stored, String>,
}

/// Keeps what the pages are known again by. Pages that nobody identified are left out.
pub(super) async fn keep(store: &Store, images: &[PageImages]) -> Result<Vec<KeptIdentity>, Undone> {
    let mut kept = Vec::new();
    for (position, image) in (0..).zip(images) {
        let Some(identity) = &image.identity else { continue };
        let print = match &identity.fingerprint {
            Ok(bytes) => Ok(store.blobs().keep(Arc::from(bytes.as_slice())).await?),
            Err(unfit) => Err(unfit.to_string()),
        };
        kept.push(KeptIdentity { position, pixels: hex(&identity.pixels_sha256), print });
    }
    Ok(kept)
}

/// Writes the pages into the register and hands the comparison in.
pub(super) async fn owe(
    act: &mut Act<'_>,
    version: &VersionRow,
    slot: &str,
    kept: &[KeptIdentity],
) -> Result<(), Undone> {
    let now = act.now;
    let mut prints: Vec<&Stored> = kept.iter().filter_map(|one| one.print.as_ref().ok()).collect();
    prints.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    for print in prints {
        blobs::refer(&mut act.tx, print, now).await?;
    }
    for one in kept {
        let new = NewPage {
            number: counters::next(&mut act.tx, NUMBERS).await?,
            version: &version.id,
            document: &version.document,
            claim: &version.claim,
            slot,
            position: one.position,
            pixels: &one.pixels,
            print: one.print.as_ref().ok().map(|print| print.sha256.as_str()),
            unfit: one.print.as_ref().err().map(String::as_str),
            at: now,
        };
        seen_pages::insert(&mut act.tx, &new).await?;
    }
    if kept.iter().all(|one| one.print.is_err()) {
        return Ok(());
    }
    owe_slowly(act, KIND, &version.id).await
}

/// Two pages that have to do with each other.
pub(super) struct Found {
    earlier: (i64, VersionId),
    later: (i64, VersionId),
    relation: Relation,
    score: f64,
    plane: [f64; 9],
    regions: Vec<Region>,
    others: Vec<Region>,
}

/// Holds the pages of one upload against the register.
#[derive(Debug)]
pub(super) struct SeenBefore;

impl Errand for SeenBefore {
    type Subject = VersionRow;
    type Made = Vec<Found>;

    async fn subject(store: &Store, job: &Taken) -> Result<Option<VersionRow>, Undone> {
        row_of(store, job).await
    }

    async fn make(store: &Store, _: Arc<dyn PaperReader>, version: &VersionRow) -> Result<Vec<Found>, Undone> {
        let pages = seen_pages::of_version(&mut store.read().await?, &version.id).await?;
        let mut found = Vec::new();
        for page in pages.into_iter().filter(|page| page.print.is_some()) {
            found.extend(against_the_register(store, version, page).await?);
        }
        Ok(found)
    }

    async fn answer(at: InHand<'_>, version: &VersionRow, found: Vec<Found>) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            return Ok(());
        }
        let now = act.now;
        let mut told = 0;
        for pair in &found {
            let new = NewPair {
                id: &PairId::fresh(now, act.chance()),
                earlier: (pair.earlier.0, &pair.earlier.1),
                later: (pair.later.0, &pair.later.1),
                relation: pair.relation,
                score: pair.score,
                plane: pair.plane,
                regions: &pair.regions,
                others: &pair.others,
                at: now,
            };
            told += u32::from(seen_pairs::insert(&mut act.tx, &new).await?);
        }
        if told > 0 {
            act.record(about(EventKind::SeenBefore, &claim, version).with("pairs", told)).await?;
        }
        Ok(act.commit().await?)
    }

    async fn give_up(at: InHand<'_>, _: &VersionRow, why: &str) -> Result<(), Undone> {
        let mut tx = at.store.write().await?;
        jobs::bury(&mut tx, &at.job.id, at.worker, why).await?;
        Ok(tx.commit().await.map_err(StoreError::from)?)
    }
}

/// A page made ready to be compared.
pub(super) async fn ready(store: &Store, print: &str) -> Result<Option<Prepared>, Undone> {
    let bytes = store.blobs().give(print).await?;
    // A fingerprint of another method is compared with none.
    let Ok(fingerprint) = Fingerprint::from_bytes(&bytes) else { return Ok(None) };
    Ok(Some(aside(move || Prepared::of(&fingerprint)).await?))
}

async fn against_the_register(store: &Store, version: &VersionRow, page: SeenPage) -> Result<Vec<Found>, Undone> {
    let Some(print) = page.print.as_deref() else { return Ok(vec![]) };
    let mut found = same_pictures(store, version, &page).await?;
    let Some(own) = ready(store, print).await? else { return Ok(found) };
    let (keys, own) = aside(move || (Asked::of(&own), own)).await?;
    if !page.keyed {
        let mut act = store.act(None).await?;
        keys_anew::let_lead(&mut act, page.number, &keys.0.own).await?;
        act.commit().await?;
    }
    let candidates = candidates::find(store, page.number, &keys).await?;
    let mut others = Vec::new();
    for candidate in candidates {
        let other = seen_pages::find(&mut store.read().await?, candidate.page).await?;
        let Some(other) = other.filter(|other| worth_telling(&page, other)) else { continue };
        if !found.iter().any(|f| f.earlier.0 == other.number || f.later.0 == other.number) {
            others.push((other, candidate));
        }
    }
    for Met { other, answer, .. } in held_against(store, own, page.number, others).await? {
        if answer.relation > Relation::Possible {
            continue;
        }
        let (earlier, later) = in_order(&page, &other);
        found.push(Found {
            earlier,
            later,
            relation: answer.relation,
            score: f64::from(answer.score),
            plane: answer.plane,
            regions: answer.regions,
            others: answer.others,
        });
    }
    Ok(found)
}

fn in_order(a: &SeenPage, b: &SeenPage) -> ((i64, VersionId), (i64, VersionId)) {
    let (earlier, later) = if a.number < b.number { (a, b) } else { (b, a) };
    ((earlier.number, earlier.version.clone()), (later.number, later.version.clone()))
}

/// The versions of one paper are alike, and so may be the papers of one slot: nobody needs to hear of it.
fn worth_telling(page: &SeenPage, other: &SeenPage) -> bool {
    page.document != other.document && (page.claim != other.claim || page.slot != other.slot)
}

/// Pages that are the very same picture, in whatever wrapping.
async fn same_pictures(store: &Store, version: &VersionRow, page: &SeenPage) -> Result<Vec<Found>, Undone> {
    const AS_IT_IS: [f64; 9] = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
    let mut tx = store.read().await?;
    let same = seen_pages::same_pixels(&mut tx, &page.pixels, &page.document, MOST_SAME).await?;
    let mut found = Vec::new();
    for other in same.iter().filter(|other| worth_telling(page, other)) {
        let bytes = versions::find(&mut tx, &other.version).await?.map(|there| there.sha256);
        let relation =
            if bytes.as_deref() == Some(&version.sha256) { Relation::SameBytes } else { Relation::SamePicture };
        let (earlier, later) = in_order(page, other);
        let (plane, regions, others) = (AS_IT_IS, vec![], vec![]);
        found.push(Found { earlier, later, relation, score: 1.0, plane, regions, others });
    }
    Ok(found)
}
