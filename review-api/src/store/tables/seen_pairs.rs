//! Table `seen_pairs`: pages that have to do with each other, and what an expert said to it.

use sanad_checks::duplicates::relation::Relation;
use sanad_checks::page::Region;

use crate::claim::words::PairAnswer;
use crate::store::StoreError;
use crate::store::clock::UnixMs;
use crate::store::ids::{PairId, UserId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, Value, statements, values};

macro_rules! pair {
    ($rest:literal) => {
        concat!(
            "SELECT p.id AS id, p.earlier AS earlier, p.later AS later, \
             p.later_version AS later_version, p.relation AS relation, p.score AS score, p.plane AS plane, \
             p.regions AS regions, p.others AS others, p.found_at AS found_at, p.answer AS answer, \
             p.answered_at AS answered_at, \
             p.number_name AS number_name, p.number_sure AS number_sure, p.by_looks AS by_looks, \
             u.display_name AS answered_by_name \
             FROM seen_pairs p LEFT JOIN users u ON u.id = p.answered_by ",
            $rest
        )
    };
}

statements! { "seen_pairs";
    INSERT = "INSERT INTO seen_pairs (id, earlier, later, earlier_version, later_version, relation, score, plane, \
              regions, others, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
              ON CONFLICT (earlier, later) DO UPDATE SET relation = excluded.relation, score = excluded.score, \
              plane = excluded.plane, regions = excluded.regions, others = excluded.others, by_looks = 1 \
              WHERE seen_pairs.by_looks = 0";
    // One number of two pages in common is told; a surer one says more.
    INSERT_NUMBER = "INSERT INTO seen_pairs (id, earlier, later, earlier_version, later_version, relation, score, \
              plane, regions, others, found_at, number_name, number_sure, by_looks) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0) \
              ON CONFLICT (earlier, later) DO UPDATE SET number_name = excluded.number_name, \
              number_sure = excluded.number_sure \
              WHERE seen_pairs.number_name IS NULL OR seen_pairs.number_sure < excluded.number_sure";
    FIND = pair!("WHERE p.id = $1");
    OF_VERSION = pair!("WHERE p.earlier_version = $1 OR p.later_version = $1 ORDER BY p.found_at, p.id");
    ANSWER = "UPDATE seen_pairs SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1";
}

/// A pair to be written.
#[derive(Debug)]
pub(crate) struct NewPair<'a> {
    pub(crate) id: &'a PairId,
    pub(crate) earlier: (i64, &'a VersionId),
    pub(crate) later: (i64, &'a VersionId),
    pub(crate) relation: Relation,
    pub(crate) score: f64,
    /// From the later page's pixels to the earlier one's.
    pub(crate) plane: [f64; 9],
    /// Places that differ, on the earlier page.
    pub(crate) regions: &'a [Region],
    /// The same on the later one.
    pub(crate) others: &'a [Region],
    pub(crate) at: UnixMs,
}

/// A number that both pages of a pair bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SharedNumber {
    /// What it is given to, by the word of the contract.
    pub(crate) name: String,
    /// Whether number and what bears it out were read surely on both.
    pub(crate) sure: bool,
}

/// A pair as it stands.
#[derive(Clone, Debug)]
pub(crate) struct PairRow {
    pub(crate) id: PairId,
    pub(crate) earlier: i64,
    pub(crate) later: i64,
    pub(crate) later_version: VersionId,
    pub(crate) relation: Relation,
    pub(crate) score: f64,
    pub(crate) plane: [f64; 9],
    pub(crate) regions: Vec<Region>,
    pub(crate) others: Vec<Region>,
    pub(crate) found_at: UnixMs,
    pub(crate) answer: Option<PairAnswer>,
    pub(crate) answered_by_name: Option<String>,
    pub(crate) answered_at: Option<UnixMs>,
    pub(crate) shared: Option<SharedNumber>,
    /// Whether the looks of the pages led to it; else only their number did, and the relation says nothing.
    pub(crate) by_looks: bool,
}

fn read(row: &Row) -> Result<PairRow, StoreError> {
    let answer = row.maybe_text("answer")?;
    let sure = row.maybe_whole("number_sure")?.unwrap_or(0) != 0;
    Ok(PairRow {
        id: PairId::stored(row.text("id")?),
        earlier: row.whole("earlier")?,
        later: row.whole("later")?,
        later_version: VersionId::stored(row.text("later_version")?),
        relation: Relation::parse(&row.text("relation")?).ok_or(SqlError::UnknownWord("relation"))?,
        score: row.maybe_real("score")?.unwrap_or(0.0),
        plane: serde_json::from_str(&row.text("plane")?)?,
        regions: serde_json::from_str(&row.text("regions")?)?,
        others: serde_json::from_str(&row.text("others")?)?,
        found_at: UnixMs(row.whole("found_at")?),
        answer: answer.as_deref().map(PairAnswer::stored).transpose()?,
        answered_by_name: row.maybe_text("answered_by_name")?,
        answered_at: row.maybe_whole("answered_at")?.map(UnixMs),
        shared: row.maybe_text("number_name")?.map(|name| SharedNumber { name, sure }),
        by_looks: row.whole("by_looks")? != 0,
    })
}

/// The values of a pair, in the order of the columns.
fn written(new: &NewPair<'_>) -> Result<Vec<Value>, StoreError> {
    let (plane, regions) = (serde_json::to_string(&new.plane)?, serde_json::to_string(new.regions)?);
    let others = serde_json::to_string(new.others)?;
    Ok(values![
        new.id,
        new.earlier.0,
        new.later.0,
        new.earlier.1,
        new.later.1,
        new.relation.as_str(),
        Some(new.score),
        &plane,
        &regions,
        &others,
        new.at.0
    ]
    .to_vec())
}

/// Writes a pair that its looks led to; false when it stands so already, with whatever was said of it.
pub(crate) async fn insert(tx: &mut Tx, new: &NewPair<'_>) -> Result<bool, StoreError> {
    Ok(tx.run(&INSERT, &written(new)?).await? > 0)
}

/// Writes that both pages bear one number; false when that stands already. What their looks say stays as it is.
pub(crate) async fn insert_number(tx: &mut Tx, new: &NewPair<'_>, shared: &SharedNumber) -> Result<bool, StoreError> {
    let mut values = written(new)?;
    values.extend_from_slice(values![&shared.name, i64::from(shared.sure)]);
    Ok(tx.run(&INSERT_NUMBER, &values).await? > 0)
}

pub(crate) async fn find(tx: &mut Tx, id: &PairId) -> Result<Option<PairRow>, StoreError> {
    tx.maybe(&FIND, values![id]).await?.as_ref().map(read).transpose()
}

/// Pairs with a page of this version, in the order they were found.
pub(crate) async fn of_version(tx: &mut Tx, version: &VersionId) -> Result<Vec<PairRow>, StoreError> {
    tx.rows(&OF_VERSION, values![version]).await?.iter().map(read).collect()
}

pub(crate) async fn answer(
    tx: &mut Tx,
    id: &PairId,
    answer: PairAnswer,
    by: &UserId,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&ANSWER, values![id, answer, by, now.0]).await.map(|_| ())
}
