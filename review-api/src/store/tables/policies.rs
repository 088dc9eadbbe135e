//! Table `policies`: as little of a policy as a claim needs.

use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, PolicyId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "policies";
    INSERT = "INSERT INTO policies (id, insured_id, number, recorded_at) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (insured_id, number) DO NOTHING";
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
