//! Table `claim_words`: the words that went with an act on a claim.

use serde::Serialize;

use crate::claim::words::SaidKind;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, UserId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "claim_words";
    // Numbered, because two acts may fall into one moment; the claim is held meanwhile.
    INSERT = "INSERT INTO claim_words (id, claim_id, generation, kind, codes, body, said_by, said_at, place) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
              (SELECT COALESCE(MAX(w.place), 0) + 1 FROM claim_words w WHERE w.claim_id = $2))";
    OF_CLAIM = "SELECT w.kind AS kind, w.generation AS generation, w.codes AS codes, w.body AS body, \
                w.said_by AS said_by, w.said_at AS said_at, u.display_name AS said_by_name \
                FROM claim_words w JOIN users u ON u.id = w.said_by WHERE w.claim_id = $1 ORDER BY w.place";
}

/// Words that went with an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What they are about.
    pub kind: SaidKind,
    /// The claim's opening they belong to.
    pub generation: i64,
    /// Reason codes, where the act has some.
    pub codes: Vec<String>,
    /// The words.
    pub text: String,
    /// Who said it.
    pub by: String,
    /// When.
    pub at: UnixMs,
    /// The person behind the name.
    #[serde(skip)]
    pub(crate) user: UserId,
}

/// Words to be written.
#[derive(Debug)]
pub(crate) struct NewWords<'a> {
    pub(crate) id: &'a str,
    pub(crate) claim: &'a ClaimId,
    pub(crate) generation: i64,
    pub(crate) kind: SaidKind,
    pub(crate) codes: &'a [String],
    pub(crate) text: &'a str,
    pub(crate) by: &'a UserId,
    pub(crate) at: UnixMs,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewWords<'_>) -> Result<(), SqlError> {
    let codes = new.codes.join(" ");
    let values = values![new.id, new.claim, new.generation, new.kind, codes, new.text, new.by, new.at.0];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// Oldest first.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<Said>, SqlError> {
    let rows = tx.rows(&OF_CLAIM, values![claim]).await?;
    rows.iter()
        .map(|row| {
            Ok(Said {
                kind: SaidKind::stored(&row.text("kind")?)?,
                generation: row.whole("generation")?,
                codes: row.text("codes")?.split_whitespace().map(str::to_owned).collect(),
                text: row.text("body")?,
                by: row.text("said_by_name")?,
                at: UnixMs(row.whole("said_at")?),
                user: UserId::stored(row.text("said_by")?),
            })
        })
        .collect()
}
