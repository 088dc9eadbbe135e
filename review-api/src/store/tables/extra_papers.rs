//! Table `extra_papers`: papers that an expert asks for beyond the rules.

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, UserId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "extra_papers";
    INSERT = "INSERT INTO extra_papers (claim_id, slot, reason, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5) \
              ON CONFLICT (claim_id, slot) DO NOTHING";
    OF_CLAIM = "SELECT slot, reason FROM extra_papers WHERE claim_id = $1 ORDER BY slot";
}

/// Asks for the paper; false when it was asked for before.
pub(crate) async fn insert(
    tx: &mut Tx,
    claim: &ClaimId,
    slot: &str,
    reason: &str,
    by: &UserId,
    now: UnixMs,
) -> Result<bool, SqlError> {
    Ok(tx.run(&INSERT, values![claim, slot, reason, by, now.0]).await? > 0)
}

/// Slot and reason, by slot.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<(String, String)>, SqlError> {
    let rows = tx.rows(&OF_CLAIM, values![claim]).await?;
    rows.iter().map(|row| Ok((row.text("slot")?, row.text("reason")?))).collect()
}
