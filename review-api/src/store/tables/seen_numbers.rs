//! Table `seen_numbers`: numbers of invoices and receipts that stood on the pages that came. It outlives their claims
//! and holds digests alone: of few figures they hide nothing from a determined eye, but no health data lies open here.

use sanad_checks::duplicates::numbers::Borne;
use sanad_checks::page::Region;

use crate::store::StoreError;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::sql::{Row, Tx, statements, values};

macro_rules! number {
    ($rest:literal) => {
        concat!(
            "SELECT n.page AS page, n.digest AS digest, n.name AS name, n.figures AS figures, n.sure AS sure, \
             n.borne AS borne, n.region AS region, p.version_id AS version_id, p.document_id AS document_id \
             FROM seen_numbers n JOIN seen_pages p ON p.number = n.page ",
            $rest
        )
    };
}

statements! { "seen_numbers";
    INSERT = "INSERT INTO seen_numbers (page, digest, name, figures, sure, borne, region) \
              VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (page, digest) DO NOTHING";
    OF_VERSION = number!("WHERE p.version_id = $1 ORDER BY n.page, n.digest");
    ELSEWHERE = number!("WHERE n.digest = $1 AND p.claim_id <> $2 ORDER BY n.page DESC LIMIT $3");
}

/// A number to be written.
#[derive(Debug)]
pub(crate) struct NewNumber<'a> {
    /// The page it stands on.
    pub(crate) page: i64,
    /// Of the kind of paper, what it is given to, and the number.
    pub(crate) digest: &'a str,
    /// What it is given to.
    pub(crate) name: &'a str,
    /// How many figures it has.
    pub(crate) figures: i64,
    /// Whether it was read surely.
    pub(crate) sure: bool,
    /// Days and sums beside it, as digests.
    pub(crate) borne: &'a [Borne],
    /// Where, in page pixels.
    pub(crate) region: Region,
}

/// A number as it stands.
#[derive(Clone, Debug)]
pub(crate) struct SeenNumber {
    pub(crate) page: i64,
    pub(crate) digest: String,
    pub(crate) name: String,
    pub(crate) figures: i64,
    pub(crate) sure: bool,
    pub(crate) borne: Vec<Borne>,
    pub(crate) region: Region,
    pub(crate) version: VersionId,
    pub(crate) document: DocumentId,
}

fn read(row: &Row) -> Result<SeenNumber, StoreError> {
    Ok(SeenNumber {
        page: row.whole("page")?,
        digest: row.text("digest")?,
        name: row.text("name")?,
        figures: row.whole("figures")?,
        sure: row.whole("sure")? != 0,
        borne: serde_json::from_str(&row.text("borne")?)?,
        region: serde_json::from_str(&row.text("region")?)?,
        version: VersionId::stored(row.text("version_id")?),
        document: DocumentId::stored(row.text("document_id")?),
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewNumber<'_>) -> Result<(), StoreError> {
    let (borne, region) = (serde_json::to_string(new.borne)?, serde_json::to_string(&new.region)?);
    let values = values![new.page, new.digest, new.name, new.figures, i64::from(new.sure), &borne, &region];
    tx.run(&INSERT, values).await?;
    Ok(())
}

/// The numbers of one upload.
pub(crate) async fn of_version(tx: &mut Tx, version: &VersionId) -> Result<Vec<SeenNumber>, StoreError> {
    tx.rows(&OF_VERSION, values![version]).await?.iter().map(read).collect()
}

/// Where the same number stands on pages of other claims, the latest first.
pub(crate) async fn elsewhere(
    tx: &mut Tx,
    digest: &str,
    claim: &ClaimId,
    limit: i64,
) -> Result<Vec<SeenNumber>, StoreError> {
    tx.rows(&ELSEWHERE, values![digest, claim, limit]).await?.iter().map(read).collect()
}
