//! Table `payments`: what was paid, and what the bank sent back.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, OfficeId, UserId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "payments";
    INSERT = "INSERT INTO payments (id, claim_id, amount_rial, reference, paid_on, recorded_by, recorded_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    RETURN = "UPDATE payments SET returned_by = $2, returned_at = $3 WHERE claim_id = $1 AND returned_at IS NULL";
    PAID = "SELECT COUNT(*) AS payments, CAST(COALESCE(SUM(p.amount_rial), 0) AS BIGINT) AS total FROM payments p \
            JOIN claims c ON c.id = p.claim_id WHERE p.returned_at IS NULL AND c.office_id = $1";
    OF_CLAIM = "SELECT amount_rial, reference, paid_on, recorded_at, returned_at FROM payments \
                WHERE claim_id = $1 ORDER BY recorded_at DESC, id DESC";
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// The sum, rial.
    pub amount_rial: i64,
    /// The bank's reference.
    pub reference: String,
    /// Day of the payment, ISO.
    pub paid_on: String,
    /// When it was recorded.
    pub recorded_at: UnixMs,
    /// When it came back.
    pub returned_at: Option<UnixMs>,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: &str,
    claim: &ClaimId,
    payment: &Payment,
    by: &UserId,
) -> Result<(), SqlError> {
    let Payment { amount_rial, reference, paid_on, recorded_at, .. } = payment;
    tx.run(&INSERT, values![id, claim, *amount_rial, reference, paid_on, by, recorded_at.0]).await.map(|_| ())
}

/// Writes that the money came back.
pub(crate) async fn give_back(tx: &mut Tx, claim: &ClaimId, by: &UserId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&RETURN, values![claim, by, now.0]).await.map(|_| ())
}

/// Latest first.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<Payment>, SqlError> {
    let rows = tx.rows(&OF_CLAIM, values![claim]).await?;
    rows.iter()
        .map(|row| {
            Ok(Payment {
                amount_rial: row.whole("amount_rial")?,
                reference: row.text("reference")?,
                paid_on: row.text("paid_on")?,
                recorded_at: UnixMs(row.whole("recorded_at")?),
                returned_at: row.maybe_whole("returned_at")?.map(UnixMs),
            })
        })
        .collect()
}

/// How many payments the office's claims got and their sum, rial.
pub(crate) async fn of_office(tx: &mut Tx, office: &OfficeId) -> Result<(i64, i64), SqlError> {
    let row = tx.one(&PAID, values![office]).await?;
    Ok((row.whole("payments")?, row.whole("total")?))
}
