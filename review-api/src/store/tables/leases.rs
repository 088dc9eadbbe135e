//! Table `leases`: which expert has a claim on the desk, and until when.

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "leases";
    // Takes the claim when it is free, when its lease ran out, or when it is the expert's own.
    TAKE = "INSERT INTO leases (claim_id, expert_id, taken_at, held_until) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (claim_id) DO UPDATE SET expert_id = excluded.expert_id, \
            taken_at = CASE WHEN leases.expert_id = excluded.expert_id THEN leases.taken_at ELSE excluded.taken_at END, \
            held_until = excluded.held_until \
            WHERE leases.held_until <= $3 OR leases.expert_id = $2 RETURNING taken_at";
    FIND = "SELECT l.claim_id AS claim_id, l.expert_id AS expert_id, l.held_until AS held_until, \
            u.display_name AS expert_name FROM leases l JOIN users u ON u.id = l.expert_id \
            WHERE l.claim_id = $1 AND l.held_until > $2";
    DROP = "DELETE FROM leases WHERE claim_id = $1";
    GIVE_BACK = "DELETE FROM leases WHERE claim_id = $1 AND expert_id = $2";
}

/// A lease that still counts.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    pub(crate) claim: ClaimId,
    pub(crate) expert: UserId,
    pub(crate) expert_name: String,
    pub(crate) until: UnixMs,
}

fn read(row: &Row) -> Result<Lease, SqlError> {
    Ok(Lease {
        claim: ClaimId::stored(row.text("claim_id")?),
        expert: UserId::stored(row.text("expert_id")?),
        expert_name: row.text("expert_name")?,
        until: UnixMs(row.whole("held_until")?),
    })
}

/// Takes or lengthens the lease. `None` when another expert holds it; else whether it is new.
pub(crate) async fn take(
    tx: &mut Tx,
    claim: &ClaimId,
    expert: &UserId,
    now: UnixMs,
    until: UnixMs,
) -> Result<Option<bool>, SqlError> {
    let row = tx.maybe(&TAKE, values![claim, expert, now.0, until.0]).await?;
    row.map(|row| Ok(row.whole("taken_at")? == now.0)).transpose()
}

pub(crate) async fn find(tx: &mut Tx, claim: &ClaimId, now: UnixMs) -> Result<Option<Lease>, SqlError> {
    tx.maybe(&FIND, values![claim, now.0]).await?.as_ref().map(read).transpose()
}

/// Whether there was a lease of this expert to give back.
pub(crate) async fn give_back(tx: &mut Tx, claim: &ClaimId, expert: &UserId) -> Result<bool, SqlError> {
    Ok(tx.run(&GIVE_BACK, values![claim, expert]).await? > 0)
}

/// Takes the claim off whosever desk it is on.
pub(crate) async fn drop(tx: &mut Tx, claim: &ClaimId) -> Result<(), SqlError> {
    tx.run(&DROP, values![claim]).await.map(|_| ())
}
