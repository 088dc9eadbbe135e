//! Table `insured`: the persons an office has registered.

use serde::{Deserialize, Serialize};

use crate::policies::Standing;
use crate::store::clock::UnixMs;
use crate::store::ids::{InsuredId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, Value, statements, values};

// The policy shown is the newest one recorded.
macro_rules! person {
    ($rest:expr) => {
        concat!(
            "SELECT i.id AS id, i.office_id AS office_id, i.name AS name, i.given_name AS given_name, \
             i.family_name AS family_name, i.father_name AS father_name, i.sex AS sex, i.phone AS phone, \
             i.nationality AS nationality, i.document_number AS document_number, i.birth AS birth, \
             i.birth_year AS birth_year, i.birth_calendar AS birth_calendar, i.head_id AS head_id, \
             i.kinship AS kinship, i.revision AS revision, i.deleted_at AS deleted_at, \
             i.registered_at AS registered_at, p.number AS policy_number, p.cover_from AS cover_from, \
             p.cover_to AS cover_to, p.standing AS standing, p.asked_at AS asked_at, \
             (SELECT COUNT(*) FROM insured d WHERE d.head_id = i.id AND d.deleted_at IS NULL) AS dependants \
             FROM insured i LEFT JOIN policies p ON p.id = (SELECT q.id FROM policies q WHERE q.insured_id = i.id \
             ORDER BY q.recorded_at DESC, q.id DESC LIMIT 1) ",
            $rest
        )
    };
}

// Three words at most, each as the range of words that begin with it; an empty word narrows nothing.
macro_rules! sought {
    () => {
        "WHERE i.deleted_at IS NULL AND ($1 IS NULL OR i.office_id = $1) AND ($2 = 0 OR i.head_id IS NULL) \
         AND ($3 = '' OR i.id IN (SELECT w.insured_id FROM insured_words w WHERE w.word >= $3 AND w.word < $4)) \
         AND ($5 = '' OR i.id IN (SELECT w.insured_id FROM insured_words w WHERE w.word >= $5 AND w.word < $6)) \
         AND ($7 = '' OR i.id IN (SELECT w.insured_id FROM insured_words w WHERE w.word >= $7 AND w.word < $8)) "
    };
}

statements! { "insured";
    INSERT = "INSERT INTO insured (id, office_id, document_key, registered_by, registered_at, name, given_name, \
              family_name, father_name, sex, phone, nationality, document_number, birth, birth_year, birth_calendar, \
              head_id, kinship) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
              ON CONFLICT (office_id, document_key) DO NOTHING RETURNING id";
    FIND = person!("WHERE i.id = $1");
    BY_KEY = person!("WHERE i.office_id = $1 AND i.document_key = $2");
    OF_HEAD = person!("WHERE i.head_id = $1 AND i.deleted_at IS NULL ORDER BY i.registered_at, i.id");
    LIST = concat!(person!(""), sought!(), "ORDER BY i.registered_at DESC, i.id DESC LIMIT $9 OFFSET $10");
    COUNT = concat!("SELECT COUNT(*) AS total FROM insured i ", sought!());
    CHANGE = "UPDATE insured SET document_key = $3, name = $4, given_name = $5, family_name = $6, father_name = $7, \
              sex = $8, phone = $9, nationality = $10, document_number = $11, birth = $12, birth_year = $13, \
              birth_calendar = $14, kinship = $15, revision = revision + 1, deleted_at = NULL \
              WHERE id = $1 AND revision = $2 RETURNING id";
    DELETE = "UPDATE insured SET deleted_at = $2 WHERE id = $1";
    // What was decided for good no longer needs the person on the list.
    LIVE_CLAIMS = "SELECT COUNT(*) AS claims FROM claims WHERE insured_id = $1 \
                   AND deleted_at IS NULL AND state NOT IN ('closed', 'refused')";
    FORGET_WORDS = "DELETE FROM insured_words WHERE insured_id = $1";
    ADD_WORD = "INSERT INTO insured_words (word, insured_id) VALUES ($1, $2) ON CONFLICT (word, insured_id) DO NOTHING";
    KEEP_VERSION = "INSERT INTO insured_versions (insured_id, revision, body, changed_by, changed_at) \
                    VALUES ($1, $2, $3, $4, $5)";
    VERSIONS = "SELECT v.revision AS revision, v.body AS body, v.changed_at AS changed_at, \
                u.display_name AS changed_by FROM insured_versions v JOIN users u ON u.id = v.changed_by \
                WHERE v.insured_id = $1 ORDER BY v.revision DESC";
}

/// An insured person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insured {
    /// Identifier.
    pub id: InsuredId,
    /// The office that registered the person.
    pub office: OfficeId,
    /// Full name as on the policy.
    pub name: String,
    /// Given name, where it was typed apart.
    pub given_name: String,
    /// Family name, where it was typed apart.
    pub family_name: String,
    /// The father's name.
    pub father_name: String,
    /// `male` or `female`.
    pub sex: Option<String>,
    /// Telephone number.
    pub phone: String,
    /// Nationality, ISO 3166 alpha-3.
    pub nationality: String,
    /// Passport or other document number, as entered; the head's for a child without a paper.
    pub document_number: String,
    /// Day of birth, ISO.
    pub birth: Option<String>,
    /// Year of birth in `birth_calendar`, where only the year is known.
    pub birth_year: Option<i64>,
    /// The calendar in which the birth was typed: `jalali` or `gregorian`.
    pub birth_calendar: Option<String>,
    /// The head of the household, for a dependant.
    pub head: Option<InsuredId>,
    /// What the dependant is to the head.
    pub kinship: Option<String>,
    /// Counts up with every edit.
    pub revision: i64,
    /// Number of the newest policy recorded.
    pub policy_number: Option<String>,
    /// First day of its cover, ISO.
    pub cover_from: Option<String>,
    /// Last day of its cover, ISO.
    pub cover_to: Option<String>,
    /// How far the insurer confirmed it.
    pub standing: Standing,
    /// When the insurer said so, where it answered.
    #[serde(default)]
    pub answered_at: Option<UnixMs>,
    /// Dependants under this head.
    pub dependants: i64,
    /// When the person was registered.
    pub registered_at: UnixMs,
    /// When the person was taken off the list.
    pub deleted_at: Option<UnixMs>,
}

fn read(row: &Row) -> Result<Insured, SqlError> {
    let standing = row.maybe_text("standing")?.map_or(Ok(Standing::Unchecked), |word| Standing::stored(&word))?;
    let answered = matches!(standing, Standing::Confirmed | Standing::Refused);
    Ok(Insured {
        id: InsuredId::stored(row.text("id")?),
        office: OfficeId::stored(row.text("office_id")?),
        name: row.text("name")?,
        given_name: row.text("given_name")?,
        family_name: row.text("family_name")?,
        father_name: row.text("father_name")?,
        sex: row.maybe_text("sex")?,
        phone: row.text("phone")?,
        nationality: row.text("nationality")?,
        document_number: row.text("document_number")?,
        birth: row.maybe_text("birth")?,
        birth_year: row.maybe_whole("birth_year")?,
        birth_calendar: row.maybe_text("birth_calendar")?,
        head: row.maybe_text("head_id")?.map(InsuredId::stored),
        kinship: row.maybe_text("kinship")?,
        revision: row.whole("revision")?,
        policy_number: row.maybe_text("policy_number")?,
        cover_from: row.maybe_text("cover_from")?,
        cover_to: row.maybe_text("cover_to")?,
        standing,
        answered_at: row.maybe_whole("asked_at")?.map(UnixMs).filter(|_| answered),
        dependants: row.whole("dependants")?,
        registered_at: UnixMs(row.whole("registered_at")?),
        deleted_at: row.maybe_whole("deleted_at")?.map(UnixMs),
    })
}

/// Writes the person; false when the office has one with this document already.
pub(crate) async fn insert(tx: &mut Tx, person: &Insured, key: &str, by: &UserId) -> Result<bool, SqlError> {
    let values = values![
        &person.id,
        &person.office,
        key,
        by,
        person.registered_at.0,
        &person.name,
        &person.given_name,
        &person.family_name,
        &person.father_name,
        person.sex.as_deref(),
        &person.phone,
        &person.nationality,
        &person.document_number,
        person.birth.as_deref(),
        person.birth_year,
        person.birth_calendar.as_deref(),
        person.head.as_ref(),
        person.kinship.as_deref()
    ];
    Ok(tx.maybe(&INSERT, values).await?.is_some())
}

/// Writes other particulars, and puts the person back on the list; false when somebody else changed them since.
pub(crate) async fn change(tx: &mut Tx, person: &Insured, key: &str) -> Result<bool, SqlError> {
    let values = values![
        &person.id,
        person.revision,
        key,
        &person.name,
        &person.given_name,
        &person.family_name,
        &person.father_name,
        person.sex.as_deref(),
        &person.phone,
        &person.nationality,
        &person.document_number,
        person.birth.as_deref(),
        person.birth_year,
        person.birth_calendar.as_deref(),
        person.kinship.as_deref()
    ];
    Ok(tx.maybe(&CHANGE, values).await?.is_some())
}

pub(crate) async fn find(tx: &mut Tx, id: &InsuredId) -> Result<Option<Insured>, SqlError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

pub(crate) async fn by_key(tx: &mut Tx, office: &OfficeId, key: &str) -> Result<Option<Insured>, SqlError> {
    tx.maybe(&BY_KEY, values![office, key]).await?.as_ref().map(read).transpose()
}

/// The dependants of a head, in the order of their registration.
pub(crate) async fn of_head(tx: &mut Tx, head: &InsuredId) -> Result<Vec<Insured>, SqlError> {
    tx.rows(&OF_HEAD, values![head]).await?.iter().map(read).collect()
}

/// Words of a search that are looked for at most.
pub(crate) const SEARCH_WORDS: usize = 3;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'a> {
    pub(crate) office: Option<&'a OfficeId>,
    /// Only heads of households.
    pub(crate) heads: bool,
    /// Folded words, the first [`SEARCH_WORDS`] count.
    pub(crate) words: &'a [String],
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

/// Newest first; the rows and how many there are in all.
pub(crate) async fn list(tx: &mut Tx, sought: &Sought<'_>) -> Result<(Vec<Insured>, i64), SqlError> {
    let mut values: Vec<Value> = vec![sought.office.into(), i64::from(sought.heads).into()];
    for place in 0..SEARCH_WORDS {
        let word = sought.words.get(place).map(String::as_str).unwrap_or_default();
        values.push(word.into());
        values.push(format!("{word}\u{10ffff}").into());
    }
    let total = tx.one(&COUNT, &values).await?.whole("total")?;
    values.extend([sought.limit.into(), sought.offset.into()]);
    let rows = tx.rows(&LIST, &values).await?;
    Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
}

pub(crate) async fn delete(tx: &mut Tx, id: &InsuredId, now: UnixMs) -> Result<(), SqlError> {
    tx.run(&DELETE, values![id, now.0]).await.map(|_| ())
}

/// Claims of the person that are not over.
pub(crate) async fn live_claims(tx: &mut Tx, id: &InsuredId) -> Result<i64, SqlError> {
    tx.one(&LIVE_CLAIMS, values![id]).await?.whole("claims")
}

/// Puts these words for the search in the place of the person's earlier ones.
pub(crate) async fn set_words(tx: &mut Tx, id: &InsuredId, words: &[String]) -> Result<(), SqlError> {
    tx.run(&FORGET_WORDS, values![id]).await?;
    for word in words {
        tx.run(&ADD_WORD, values![word, id]).await?;
    }
    Ok(())
}

/// Keeps the person as written before an edit.
pub(crate) async fn keep_version(
    tx: &mut Tx,
    before: &Insured,
    body: &str,
    by: &UserId,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&KEEP_VERSION, values![&before.id, before.revision, body, by, now.0]).await.map(|_| ())
}

/// What a person was before an edit: revision, the row as JSON, when it was changed and by whom.
pub(crate) async fn versions(tx: &mut Tx, id: &InsuredId) -> Result<Vec<(i64, String, UnixMs, String)>, SqlError> {
    let read = |row: &Row| {
        Ok((row.whole("revision")?, row.text("body")?, UnixMs(row.whole("changed_at")?), row.text("changed_by")?))
    };
    tx.rows(&VERSIONS, values![id]).await?.iter().map(read).collect()
}
