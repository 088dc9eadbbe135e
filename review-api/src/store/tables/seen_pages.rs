//! Table `seen_pages`: every page that came, with what it is known again by. It outlives its claim.

use std::collections::BTreeMap;

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, Value, statements, values};

macro_rules! page {
    ($rest:literal) => {
        concat!(
            "SELECT number, version_id, document_id, claim_id, slot, position, pixels_sha256, print_sha256, keyed \
             FROM seen_pages ",
            $rest
        )
    };
}

statements! { "seen_pages";
    INSERT = "INSERT INTO seen_pages (number, version_id, document_id, claim_id, slot, position, pixels_sha256, \
              print_sha256, unfit, keyed, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) \
              ON CONFLICT (version_id, position) DO NOTHING";
    OF_VERSION = page!("WHERE version_id = $1 ORDER BY position");
    FIND = page!("WHERE number = $1");
    SAME_PIXELS = page!("WHERE pixels_sha256 = $1 AND document_id <> $2 AND print_sha256 IS NOT NULL \
                         ORDER BY number LIMIT $3");
    KEYED = "UPDATE seen_pages SET keyed = 2, worn = 0 WHERE number = $1";
    WORN = "UPDATE seen_pages SET worn = worn + $49, \
            keyed = CASE WHEN keyed = 2 AND worn + $49 >= $50 THEN 1 ELSE keyed END \
            WHERE number IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
            $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, \
            $41, $42, $43, $44, $45, $46, $47, $48)";
    DUE = page!("WHERE keyed = 1 ORDER BY number LIMIT $1");
}

/// Pages that one statement counts lost keys of.
const COUNTED: usize = 48;
/// Keys of a page that may come to lead too far before others are entered for it.
const MOST_WORN: i64 = 16;

/// A page to be written.
#[derive(Debug)]
pub(crate) struct NewPage<'a> {
    pub(crate) number: i64,
    pub(crate) version: &'a VersionId,
    pub(crate) document: &'a DocumentId,
    pub(crate) claim: &'a ClaimId,
    pub(crate) slot: &'a str,
    pub(crate) position: i64,
    pub(crate) pixels: &'a str,
    /// Address of its fingerprint ...
    pub(crate) print: Option<&'a str>,
    /// ... or why it has none.
    pub(crate) unfit: Option<&'a str>,
    pub(crate) at: UnixMs,
}

/// A page as it stands.
#[derive(Clone, Debug)]
pub(crate) struct SeenPage {
    pub(crate) number: i64,
    pub(crate) version: VersionId,
    pub(crate) document: DocumentId,
    pub(crate) claim: ClaimId,
    pub(crate) slot: String,
    pub(crate) position: i64,
    pub(crate) pixels: String,
    pub(crate) print: Option<String>,
    /// Whether keys lead to it already, worn ones or not.
    pub(crate) keyed: bool,
}

fn read(row: &Row) -> Result<SeenPage, SqlError> {
    Ok(SeenPage {
        number: row.whole("number")?,
        version: VersionId::stored(row.text("version_id")?),
        document: DocumentId::stored(row.text("document_id")?),
        claim: ClaimId::stored(row.text("claim_id")?),
        slot: row.text("slot")?,
        position: row.whole("position")?,
        pixels: row.text("pixels_sha256")?,
        print: row.maybe_text("print_sha256")?,
        keyed: row.whole("keyed")? != 0,
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewPage<'_>) -> Result<(), SqlError> {
    let values = values![
        new.number,
        new.version,
        new.document,
        new.claim,
        new.slot,
        new.position,
        new.pixels,
        new.print,
        new.unfit,
        new.at.0
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn of_version(tx: &mut Tx, version: &VersionId) -> Result<Vec<SeenPage>, SqlError> {
    tx.rows(&OF_VERSION, values![version]).await?.iter().map(read).collect()
}

pub(crate) async fn find(tx: &mut Tx, number: i64) -> Result<Option<SeenPage>, SqlError> {
    tx.maybe(&FIND, values![number]).await?.as_ref().map(read).transpose()
}

/// Pages of other papers that are the very same picture, oldest first; those without writing do not count.
pub(crate) async fn same_pixels(
    tx: &mut Tx,
    pixels: &str,
    but: &DocumentId,
    limit: i64,
) -> Result<Vec<SeenPage>, SqlError> {
    tx.rows(&SAME_PIXELS, values![pixels, but, limit]).await?.iter().map(read).collect()
}

/// Says that keys lead to the page, none of them worn.
pub(crate) async fn keyed(tx: &mut Tx, number: i64) -> Result<(), SqlError> {
    tx.run(&KEYED, values![number]).await.map(|_| ())
}

/// Says how many keys of each of these pages lead too far from now on.
pub(crate) async fn worn(tx: &mut Tx, lost: &BTreeMap<i64, i64>) -> Result<(), SqlError> {
    let mut pages: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (page, keys) in lost {
        pages.entry(*keys).or_default().push(*page);
    }
    for (keys, pages) in pages {
        for some in pages.chunks(COUNTED) {
            let mut values = Value::filled(some, COUNTED);
            values.extend([keys, MOST_WORN].map(Value::from));
            tx.run(&WORN, &values).await?;
        }
    }
    Ok(())
}

/// Pages whose keys are to be entered anew, oldest first.
pub(crate) async fn due(tx: &mut Tx, limit: i64) -> Result<Vec<SeenPage>, SqlError> {
    tx.rows(&DUE, values![limit]).await?.iter().map(read).collect()
}
