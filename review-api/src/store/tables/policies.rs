//! Table `policies`: as little of a policy as a claim needs.

use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, PolicyId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "policies";
    INSERT = "INSERT INTO policies (id, insured_id, number, recorded_at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (insured_id, number) DO NOTHING";
    NEWEST = "SELECT number, cover_from, cover_to FROM policies WHERE insured_id = $1 \
              ORDER BY recorded_at DESC, id DESC LIMIT 1";
}

/// Records a policy's number for a person, once.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: &PolicyId,
    insured: &InsuredId,
    number: &str,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&INSERT, values![id, insured, number, now.0]).await.map(|_| ())
}

/// A policy as far as it is known.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRow {
    pub(crate) number: String,
    pub(crate) cover_from: Option<String>,
    pub(crate) cover_to: Option<String>,
}

/// The newest policy recorded for a person.
pub(crate) async fn newest(tx: &mut Tx, insured: &InsuredId) -> Result<Option<PolicyRow>, SqlError> {
    let row = tx.maybe(&NEWEST, values![insured]).await?;
    row.map(|row| {
        Ok(PolicyRow {
            number: row.text("number")?,
            cover_from: row.maybe_text("cover_from")?,
            cover_to: row.maybe_text("cover_to")?,
        })
    })
    .transpose()
}
