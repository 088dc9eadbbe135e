//! Table `explanations`: why a required paper is not there.

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, UserId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "explanations";
    SET = "INSERT INTO explanations (claim_id, slot, reason, explained_by, explained_at) \
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (claim_id, slot) DO UPDATE SET \
           reason = excluded.reason, explained_by = excluded.explained_by, explained_at = excluded.explained_at";
    OF_CLAIM = "SELECT slot, reason FROM explanations WHERE claim_id = $1 ORDER BY slot";
}

pub(crate) async fn set(
    tx: &mut Tx,
    claim: &ClaimId,
    slot: &str,
    reason: &str,
    by: &UserId,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&SET, values![claim, slot, reason, by, now.0]).await.map(|_| ())
}

/// Slot and reason, by slot.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<(String, String)>, SqlError> {
    let rows = tx.rows(&OF_CLAIM, values![claim]).await?;
    rows.iter().map(|row| Ok((row.text("slot")?, row.text("reason")?))).collect()
}
