//! Table `insured`: the persons an office has registered.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

// The policy shown is the newest one recorded.
macro_rules! person {
    ($rest:literal) => {
        concat!(
            "SELECT i.id AS id, i.office_id AS office_id, i.name AS name, i.nationality AS nationality, \
             i.document_number AS document_number, i.birth AS birth, i.registered_at AS registered_at, \
             (SELECT p.number FROM policies p WHERE p.insured_id = i.id \
              ORDER BY p.recorded_at DESC, p.id DESC LIMIT 1) AS policy_number FROM insured i ",
            $rest
        )
    };
}

statements! { "insured";
    INSERT = "INSERT INTO insured (id, office_id, name, nationality, document_number, document_key, birth, \
              registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
              ON CONFLICT (office_id, document_key) DO NOTHING RETURNING id";
    FIND = person!("WHERE i.id = $1");
    BY_KEY = person!("WHERE i.office_id = $1 AND i.document_key = $2");
    LIST = person!("WHERE ($1 IS NULL OR i.office_id = $1) ORDER BY i.registered_at DESC, i.id DESC LIMIT $2 OFFSET $3");
    COUNT = "SELECT COUNT(*) AS total FROM insured WHERE ($1 IS NULL OR office_id = $1)";
}

/// An insured person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Insured {
    /// Identifier.
    pub id: InsuredId,
    /// The office that registered the person.
    pub office: OfficeId,
    /// Full name as on the policy.
    pub name: String,
    /// Nationality, ISO 3166 alpha-3.
    pub nationality: String,
    /// Passport or other document number, as entered.
    pub document_number: String,
    /// Day of birth, ISO.
    pub birth: Option<String>,
    /// Number of the newest policy recorded.
    pub policy_number: Option<String>,
    /// When the person was registered.
    pub registered_at: UnixMs,
}

fn read(row: &Row) -> Result<Insured, SqlError> {
    Ok(Insured {
        id: InsuredId::stored(row.text("id")?),
        office: OfficeId::stored(row.text("office_id")?),
        name: row.text("name")?,
        nationality: row.text("nationality")?,
        document_number: row.text("document_number")?,
        birth: row.maybe_text("birth")?,
        policy_number: row.maybe_text("policy_number")?,
        registered_at: UnixMs(row.whole("registered_at")?),
    })
}

/// Writes the person; false when the office has one with this document already.
pub(crate) async fn insert(tx: &mut Tx, person: &Insured, key: &str, by: &UserId) -> Result<bool, SqlError> {
    let values = values![
        &person.id,
        &person.office,
        &person.name,
        &person.nationality,
        &person.document_number,
        key,
        person.birth.as_deref(),
        by,
        person.registered_at.0
    ];
    Ok(tx.maybe(&INSERT, values).await?.is_some())
}

pub(crate) async fn find(tx: &mut Tx, id: &InsuredId) -> Result<Option<Insured>, SqlError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn by_key(tx: &mut Tx, office: &OfficeId, key: &str) -> Result<Option<Insured>, SqlError> {
    tx.maybe(&BY_KEY, values![office, key]).await?.as_ref().map(read).transpose()
}

/// Newest first; the rows and how many there are in all.
pub(crate) async fn list(
    tx: &mut Tx,
    office: Option<&OfficeId>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Insured>, i64), SqlError> {
    let rows = tx.rows(&LIST, values![office, limit, offset]).await?;
    let total = tx.one(&COUNT, values![office]).await?.whole("total")?;
    Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
}
