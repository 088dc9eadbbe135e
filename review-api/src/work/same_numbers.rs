//! The job that looks the numbers of a paper up among those of all other claims, once its words are read.
//!
//! Its numbers are written with the reading itself; the look-up comes after, so that of two papers that come at once
//! the later one meets the earlier. Claims that were deleted keep their numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use sanad_checks::duplicates::numbers::{Borne, KnownNumber, Sign, figures, of_paper, sign};
use sanad_checks::duplicates::relation::Relation;
use sanad_checks::facts::Facts;
use sanad_checks::page::Region;
use sha2::{Digest as _, Sha256};

use super::errand::{Errand, InHand, Undone, owe_slowly, row_of};
use super::judge_upload::{about, held};
use super::reader::PaperReader;
use crate::audit::EventKind;
use crate::store::act::Act;
use crate::store::ids::PairId;
use crate::store::tables::jobs::{self, Taken};
use crate::store::tables::seen_numbers::{self, NewNumber, SeenNumber};
use crate::store::tables::seen_pairs::{self, NewPair, SharedNumber};
use crate::store::tables::versions::VersionRow;
use crate::store::tables::{documents, seen_pages};
use crate::store::{Store, StoreError, hex};

/// Name of the job.
pub(super) const KIND: &str = "same_numbers";

/// Places of one number that are told of, at most: more are no number of a paper.
const MOST: i64 = 8;

/// Keeps the numbers of a paper that was read, and hands the look-up in; nothing where it has none.
pub(super) async fn owe(act: &mut Act<'_>, version: &VersionRow, facts: &Facts) -> Result<(), Undone> {
    if facts.numbers.is_empty() {
        return Ok(());
    }
    let slot = documents::find(&mut act.tx, &version.document).await?.map(|document| document.slot);
    let pages = seen_pages::of_version(&mut act.tx, &version.id).await?;
    for known in of_paper(facts, &slot.unwrap_or_default()) {
        let Some(page) = pages.iter().find(|page| page.position == i64::from(known.fact.page)) else { continue };
        let digest = digest_of(&known);
        let new = NewNumber {
            page: page.number,
            digest: &digest,
            name: known.fact.of.word(),
            figures: i64::try_from(figures(&known.fact.text)).unwrap_or(i64::MAX),
            sure: known.fact.trusted,
            borne: &hidden(&known.borne, &digest),
            region: known.fact.region,
        };
        seen_numbers::insert(&mut act.tx, &new).await?;
    }
    owe_slowly(act, KIND, &version.id).await
}

/// A number of one kind of paper has one digest wherever it stands.
fn digest_of(known: &KnownNumber) -> String {
    digest(&[&known.paper, known.fact.of.word(), &known.fact.text])
}

/// Days and sums, each hidden behind the number it stands beside.
fn hidden(borne: &[Borne], number: &str) -> Vec<Borne> {
    let hide = |one: &Borne| Borne { value: digest(&[number, &one.value]), ..one.clone() };
    borne.iter().map(hide).collect()
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// A number of the upload that stands elsewhere too.
pub(super) struct Met {
    own: SeenNumber,
    other: SeenNumber,
    sign: Sign,
}

/// Looks the numbers of one upload up.
#[derive(Debug)]
pub(super) struct SameNumbers;

impl Errand for SameNumbers {
    type Subject = VersionRow;
    type Made = Vec<Met>;

    async fn subject(store: &Store, job: &Taken) -> Result<Option<VersionRow>, Undone> {
        row_of(store, job).await
    }

    async fn make(store: &Store, _: Arc<dyn PaperReader>, version: &VersionRow) -> Result<Vec<Met>, Undone> {
        let mut tx = store.read().await?;
        let mut met = Vec::new();
        let mut papers = BTreeSet::new();
        for own in seen_numbers::of_version(&mut tx, &version.id).await? {
            for other in seen_numbers::elsewhere(&mut tx, &own.digest, &version.claim, MOST).await? {
                let count = usize::try_from(own.figures).unwrap_or(0);
                let Some(sign) = sign(count, (own.sure, &own.borne), (other.sure, &other.borne)) else { continue };
                // the versions of one paper bear one number
                if papers.insert((own.digest.clone(), other.document.clone())) {
                    met.push(Met { own: own.clone(), other, sign });
                }
            }
        }
        Ok(met)
    }

    async fn answer(at: InHand<'_>, version: &VersionRow, met: Vec<Met>) -> Result<(), Undone> {
        let mut act = at.store.act(None).await?;
        let Some(claim) = held(&mut act, version).await? else { return Ok(()) };
        if !jobs::finish(&mut act.tx, &at.job.id, at.worker).await? {
            return Ok(());
        }
        let mut told = 0;
        for one in &met {
            told += u32::from(keep(&mut act, one).await?);
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

async fn keep(act: &mut Act<'_>, met: &Met) -> Result<bool, Undone> {
    let (earlier, later) = if met.own.page < met.other.page { (&met.own, &met.other) } else { (&met.other, &met.own) };
    let new = NewPair {
        id: &PairId::fresh(act.now, act.chance()),
        earlier: (earlier.page, &earlier.version),
        later: (later.page, &later.version),
        relation: Relation::Possible,
        // nothing is known of their ink
        score: 0.0,
        plane: laid(earlier.region, later.region),
        regions: &[earlier.region],
        others: &[later.region],
        at: act.now,
    };
    let shared = SharedNumber { name: met.own.name.clone(), sure: met.sign == Sign::Sure };
    Ok(seen_pairs::insert_number(&mut act.tx, &new, &shared).await?)
}

/// The map that lays one number on the other, so that the pages can be looked at over each other.
fn laid(earlier: Region, later: Region) -> [f64; 9] {
    /// Captures of one sort of paper are not further apart in size.
    const MOST: f64 = 4.0;
    let of = |region: Region| (f64::from(region.width.max(1)), f64::from(region.x), f64::from(region.y));
    let ((width, x, y), (own, own_x, own_y)) = (of(earlier), of(later));
    let scale = (width / own).clamp(1.0 / MOST, MOST);
    [scale, 0.0, x - scale * own_x, 0.0, scale, y - scale * own_y, 0.0, 0.0, 1.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_laid_on_the_other() {
        let plane = laid(Region::new(100, 50, 80, 20), Region::new(30, 40, 40, 10));
        let at = |x: f64, y: f64| (plane[0] * x + plane[2], plane[4] * y + plane[5]);
        assert_eq!((at(30.0, 40.0), at(70.0, 50.0)), ((100.0, 50.0), (180.0, 70.0)));
    }

    #[test]
    fn digests_tell_parts_apart() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
