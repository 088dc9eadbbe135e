//! Table `register_policies`: policies as a register of the insurer told them.

use crate::policies::Known;
use crate::store::clock::UnixMs;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "register_policies";
    SET = "INSERT INTO register_policies (number_key, document_key, number, document_number, name, nationality, \
           birth, office_code, cover_from, cover_to, import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
           ON CONFLICT (number_key, document_key) DO UPDATE SET number = excluded.number, \
           document_number = excluded.document_number, name = excluded.name, nationality = excluded.nationality, \
           birth = excluded.birth, office_code = excluded.office_code, cover_from = excluded.cover_from, \
           cover_to = excluded.cover_to, import_id = excluded.import_id";
    FIND = "SELECT r.number AS number, r.document_number AS document_number, r.name AS name, \
            r.nationality AS nationality, r.birth AS birth, r.office_code AS office_code, \
            r.cover_from AS cover_from, r.cover_to AS cover_to, i.imported_at AS imported_at \
            FROM register_policies r JOIN register_imports i ON i.id = r.import_id \
            WHERE r.number_key = $1 AND r.document_key = $2";
    COUNT = "SELECT COUNT(*) AS policies FROM register_policies";
}

/// Writes a policy of the register; a later register has the last word.
pub(crate) async fn set(tx: &mut Tx, keys: (&str, &str), known: &Known, import: &str) -> Result<(), SqlError> {
    let values = values![
        keys.0,
        keys.1,
        &known.number,
        &known.document_number,
        &known.name,
        &known.nationality,
        known.birth.as_deref(),
        &known.office,
        known.cover_from.as_deref(),
        known.cover_to.as_deref(),
        import
    ];
    tx.run(&SET, values).await.map(|_| ())
}

/// The policy, and when it was brought.
pub(crate) async fn find(
    tx: &mut Tx,
    number_key: &str,
    document_key: &str,
) -> Result<Option<(Known, UnixMs)>, SqlError> {
    let row = tx.maybe(&FIND, values![number_key, document_key]).await?;
    row.map(|row| {
        let known = Known {
            number: row.text("number")?,
            document_number: row.text("document_number")?,
            name: row.text("name")?,
            nationality: row.text("nationality")?,
            birth: row.maybe_text("birth")?,
            office: row.text("office_code")?,
            cover_from: row.maybe_text("cover_from")?,
            cover_to: row.maybe_text("cover_to")?,
        };
        Ok((known, UnixMs(row.whole("imported_at")?)))
    })
    .transpose()
}

/// Policies of the register.
pub(crate) async fn count(tx: &mut Tx) -> Result<i64, SqlError> {
    tx.one(&COUNT, values![]).await?.whole("policies")
}
