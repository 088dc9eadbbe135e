//! Tables `parcels` and `parcel_papers`: originals on their way, and what was found in the parcel.

use serde::Serialize;

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "parcels";
    INSERT = "INSERT INTO parcels (id, claim_id, tracking, posted_by, posted_at) VALUES ($1, $2, $3, $4, $5)";
    RECEIVE = "UPDATE parcels SET received_by = $2, received_at = $3 WHERE id = $1 AND received_at IS NULL";
    OF_CLAIM = "SELECT id, claim_id, tracking, posted_at, received_at FROM parcels \
                WHERE claim_id = $1 ORDER BY posted_at DESC, id DESC";
    TRACKED = "SELECT claim_id FROM parcels WHERE tracking = $1 ORDER BY posted_at DESC LIMIT 1";
    INSERT_PAPER = "INSERT INTO parcel_papers (parcel_id, document_id, arrived, code) VALUES ($1, $2, $3, $4)";
    PAPERS = "SELECT document_id, arrived, code FROM parcel_papers WHERE parcel_id = $1 ORDER BY document_id";
}

/// A parcel of originals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parcel {
    /// Identifier.
    pub id: String,
    /// The post's tracking number.
    pub tracking: String,
    /// When it was posted.
    pub posted_at: UnixMs,
    /// When it was opened here.
    pub received_at: Option<UnixMs>,
    /// What was found in it.
    pub papers: Vec<ParcelPaper>,
}

/// What was found of one paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParcelPaper {
    /// The paper.
    pub document: DocumentId,
    /// Whether it is here and is what was approved.
    pub arrived: bool,
    /// What is wrong, a reason code.
    pub code: Option<String>,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: &str,
    claim: &ClaimId,
    tracking: &str,
    by: &UserId,
    now: UnixMs,
) -> Result<(), SqlError> {
    tx.run(&INSERT, values![id, claim, tracking, by, now.0]).await.map(|_| ())
}

/// Writes that the parcel is here; false when it was before.
pub(crate) async fn receive(tx: &mut Tx, id: &str, by: &UserId, now: UnixMs) -> Result<bool, SqlError> {
    Ok(tx.run(&RECEIVE, values![id, by, now.0]).await? > 0)
}

pub(crate) async fn insert_paper(tx: &mut Tx, parcel: &str, paper: &ParcelPaper) -> Result<(), SqlError> {
    let values = values![parcel, &paper.document, i64::from(paper.arrived), paper.code.as_deref()];
    tx.run(&INSERT_PAPER, values).await.map(|_| ())
}

/// Latest first.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<Parcel>, SqlError> {
    let mut parcels = Vec::new();
    for row in tx.rows(&OF_CLAIM, values![claim]).await? {
        let id = row.text("id")?;
        let paper = |row: &Row| {
            Ok::<_, SqlError>(ParcelPaper {
                document: DocumentId::stored(row.text("document_id")?),
                arrived: row.whole("arrived")? != 0,
                code: row.maybe_text("code")?,
            })
        };
        let papers = tx.rows(&PAPERS, values![id.as_str()]).await?.iter().map(paper).collect::<Result<_, _>>()?;
        parcels.push(Parcel {
            id,
            tracking: row.text("tracking")?,
            posted_at: UnixMs(row.whole("posted_at")?),
            received_at: row.maybe_whole("received_at")?.map(UnixMs),
            papers,
        });
    }
    Ok(parcels)
}

/// The claim of the latest parcel with this tracking number.
pub(crate) async fn tracked(tx: &mut Tx, tracking: &str) -> Result<Option<ClaimId>, SqlError> {
    let row = tx.maybe(&TRACKED, values![tracking]).await?;
    row.map(|row| row.text("claim_id").map(ClaimId::stored)).transpose()
}
