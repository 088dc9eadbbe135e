//! Table `register_answers`: the last answer of the insurer's server to a question.

use crate::policies::Question;
use crate::store::clock::UnixMs;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "register_answers";
    SET = "INSERT INTO register_answers (number_key, document_key, answer, answered_at) VALUES ($1, $2, $3, $4) \
           ON CONFLICT (number_key, document_key) DO UPDATE SET answer = excluded.answer, \
           answered_at = excluded.answered_at";
    FIND = "SELECT answer, answered_at FROM register_answers WHERE number_key = $1 AND document_key = $2";
}

pub(crate) async fn set(tx: &mut Tx, asked: &Question, answer: &str, at: UnixMs) -> Result<(), SqlError> {
    tx.run(&SET, values![&asked.number_key, &asked.document_key, answer, at.0]).await.map(|_| ())
}

/// The answer as JSON, and when it was given.
pub(crate) async fn find(tx: &mut Tx, asked: &Question) -> Result<Option<(String, UnixMs)>, SqlError> {
    let row = tx.maybe(&FIND, values![&asked.number_key, &asked.document_key]).await?;
    row.map(|row| Ok((row.text("answer")?, UnixMs(row.whole("answered_at")?)))).transpose()
}
