//! The same numbers counted again from the record alone.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{RejectionFilter, RejectionRow, named, narrow};
use crate::accounts::Actor;
use crate::audit::EventKind;
use crate::claim::{ClaimError, RaisedBy};
use crate::store::Store;
use crate::store::ids::OfficeId;
use crate::store::sql::Tx;
use crate::store::tables::events::{self, EventRow};
use crate::store::tables::rejections::{Count, Narrow};

/// Entries read at a time.
const BATCH: i64 = 1000;

#[derive(Deserialize)]
struct Detail {
    #[serde(default)]
    codes: Vec<String>,
}

type Key = (i64, i64, OfficeId, String, RaisedBy);

/// The numbers of [`super::rejections`], counted from the events.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn recount(store: &Store, actor: &Actor, filter: &RejectionFilter) -> Result<Vec<RejectionRow>, ClaimError> {
    let mut tx = store.read().await?;
    let narrow = narrow(actor, filter)?;
    let mut counted: BTreeMap<Key, i64> = BTreeMap::new();
    for (kind, by) in [(EventKind::UploadJudged, RaisedBy::Machine), (EventKind::DocumentRejected, RaisedBy::People)] {
        if narrow.by.is_none_or(|wanted| wanted == by) {
            count_kind(&mut tx, kind, by, &narrow, &mut counted).await?;
        }
    }
    let mut counts: Vec<Count> = counted
        .into_iter()
        .map(|((year, month, office, code, by), rejections)| Count { office, year, month, by, code, rejections })
        .collect();
    // The order of the kept numbers: newest month, office, most often, code, who.
    counts.sort_by(|a, b| {
        let ahead = (b.year, b.month).cmp(&(a.year, a.month)).then_with(|| a.office.cmp(&b.office));
        let often = b.rejections.cmp(&a.rejections).then_with(|| a.code.cmp(&b.code));
        ahead.then(often).then_with(|| a.by.as_str().cmp(b.by.as_str()))
    });
    named(&mut tx, counts).await
}

async fn count_kind(
    tx: &mut Tx,
    kind: EventKind,
    by: RaisedBy,
    narrow: &Narrow<'_>,
    counted: &mut BTreeMap<Key, i64>,
) -> Result<(), ClaimError> {
    let mut seq = 0;
    loop {
        let batch = events::of_kind_after(tx, kind.as_str(), seq, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        seq = last.seq;
        for event in batch {
            let Some(office) = event.office.clone().map(OfficeId::stored) else { continue };
            if !asked(&event, &office, narrow) {
                continue;
            }
            let detail: Detail = serde_json::from_str(&event.detail)?;
            for code in detail.codes {
                *counted.entry((event.year, event.month, office.clone(), code, by)).or_default() += 1;
            }
        }
    }
}

fn asked(event: &EventRow, office: &OfficeId, narrow: &Narrow<'_>) -> bool {
    narrow.office.is_none_or(|wanted| wanted == office)
        && narrow.year.is_none_or(|wanted| wanted == event.year)
        && narrow.month.is_none_or(|wanted| wanted == event.month)
}
