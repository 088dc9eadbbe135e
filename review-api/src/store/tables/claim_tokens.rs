//! Table `claim_tokens`: the folded words by which a claim is found.

use crate::store::clock::UnixMs;
use crate::store::ids::ClaimId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "claim_tokens";
    INSERT = "INSERT INTO claim_tokens (token, claim_id, opened_at) VALUES ($1, $2, $3) \
              ON CONFLICT (token, claim_id) DO NOTHING";
    DROP = "DELETE FROM claim_tokens WHERE claim_id = $1";
}

/// Writes the words of a claim in the place of those that stood there.
pub(crate) async fn set(tx: &mut Tx, claim: &ClaimId, opened_at: UnixMs, tokens: &[String]) -> Result<(), SqlError> {
    tx.run(&DROP, values![claim]).await?;
    for token in tokens {
        tx.run(&INSERT, values![token, claim, opened_at.0]).await?;
    }
    Ok(())
}
