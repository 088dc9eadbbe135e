//! Table `stories`: what followed from a claim when something of it last changed.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::ClaimId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "stories";
    KEEP = "INSERT INTO stories (claim_id, told_at, told_on, verdict, remarks, asked, judgement) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (claim_id) DO UPDATE SET told_at = excluded.told_at, \
            told_on = excluded.told_on, verdict = excluded.verdict, remarks = excluded.remarks, \
            asked = excluded.asked, judgement = excluded.judgement";
    FIND = "SELECT remarks, asked, judgement FROM stories WHERE claim_id = $1";
}

/// What followed, to be written.
#[derive(Debug)]
pub(crate) struct NewStory<'a> {
    /// The day it was judged on, Tehran.
    pub(crate) on: &'a str,
    pub(crate) verdict: &'static str,
    pub(crate) counts: StoryCounts,
    /// JSON of the judgement, with every place that shows why.
    pub(crate) judgement: &'a str,
}

/// The story in two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StoryCounts {
    /// Findings about dates, identity, account, sums and kinds that warn or refuse.
    pub remarks: i64,
    /// Dates that somebody is asked to type.
    pub asked: i64,
}

pub(crate) async fn keep(tx: &mut Tx, claim: &ClaimId, new: &NewStory<'_>, now: UnixMs) -> Result<(), SqlError> {
    let StoryCounts { remarks, asked } = new.counts;
    let values = values![claim, now.0, new.on, new.verdict, remarks, asked, new.judgement];
    tx.run(&KEEP, values).await.map(|_| ())
}

/// The numbers and the judgement as JSON; `None` where nothing was judged yet.
pub(crate) async fn find(tx: &mut Tx, claim: &ClaimId) -> Result<Option<(StoryCounts, String)>, SqlError> {
    let row = tx.maybe(&FIND, values![claim]).await?;
    row.map(|row| {
        let counts = StoryCounts { remarks: row.whole("remarks")?, asked: row.whole("asked")? };
        Ok((counts, row.text("judgement")?))
    })
    .transpose()
}
