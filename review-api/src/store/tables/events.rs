//! Tables `events` and `chain_heads`: the record, each entry bound to the one before it.

use crate::store::clock::UnixMs;
use crate::store::sql::{Row, SqlError, Tx, statements, values};

/// The one chain of the office.
const CHAIN: &str = "office";

statements! { "events";
    // Taking the next number holds the chain until the transaction ends: entries never fork.
    NEXT = "INSERT INTO chain_heads (name, seq, hash) VALUES ($1, 1, '') \
            ON CONFLICT (name) DO UPDATE SET seq = chain_heads.seq + 1 RETURNING seq, hash";
    SET_HEAD = "UPDATE chain_heads SET hash = $2 WHERE name = $1";
    HEAD = "SELECT seq, hash FROM chain_heads WHERE name = $1";
    INSERT = "INSERT INTO events (seq, happened_at, jalali_year, jalali_month, kind, actor_id, office_id, claim_id, \
              document_id, version_id, detail, prev_hash, hash) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    AFTER = "SELECT seq, happened_at, jalali_year, jalali_month, kind, actor_id, office_id, claim_id, document_id, \
             version_id, detail, prev_hash, hash FROM events WHERE seq > $1 ORDER BY seq LIMIT $2";
    NEWEST = "SELECT e.seq AS seq, e.happened_at AS happened_at, e.jalali_year AS jalali_year, \
              e.jalali_month AS jalali_month, e.kind AS kind, e.actor_id AS actor_id, e.office_id AS office_id, \
              e.claim_id AS claim_id, e.document_id AS document_id, e.version_id AS version_id, e.detail AS detail, \
              e.prev_hash AS prev_hash, e.hash AS hash, u.display_name AS actor_name FROM events e \
              LEFT JOIN users u ON u.id = e.actor_id ORDER BY e.seq DESC LIMIT $1 OFFSET $2";
    OF_KIND_AFTER = "SELECT seq, happened_at, jalali_year, jalali_month, kind, actor_id, office_id, claim_id, \
                     document_id, version_id, detail, prev_hash, hash FROM events \
                     WHERE kind = $1 AND seq > $2 ORDER BY seq LIMIT $3";
}

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventRow {
    pub(crate) seq: i64,
    pub(crate) at: UnixMs,
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) kind: String,
    pub(crate) actor: Option<String>,
    pub(crate) office: Option<String>,
    pub(crate) claim: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) detail: String,
    pub(crate) prev_hash: String,
    pub(crate) hash: String,
}

fn read(row: &Row) -> Result<EventRow, SqlError> {
    Ok(EventRow {
        seq: row.whole("seq")?,
        at: UnixMs(row.whole("happened_at")?),
        year: row.whole("jalali_year")?,
        month: row.whole("jalali_month")?,
        kind: row.text("kind")?,
        actor: row.maybe_text("actor_id")?,
        office: row.maybe_text("office_id")?,
        claim: row.maybe_text("claim_id")?,
        document: row.maybe_text("document_id")?,
        version: row.maybe_text("version_id")?,
        detail: row.text("detail")?,
        prev_hash: row.text("prev_hash")?,
        hash: row.text("hash")?,
    })
}

/// The next number, and the hash of the entry before it; empty before the first.
pub(crate) async fn next(tx: &mut Tx) -> Result<(i64, String), SqlError> {
    let row = tx.one(&NEXT, values![CHAIN]).await?;
    Ok((row.whole("seq")?, row.text("hash")?))
}

/// Writes the entry and makes it the head of the chain.
pub(crate) async fn append(tx: &mut Tx, event: &EventRow) -> Result<(), SqlError> {
    let values = values![
        event.seq,
        event.at.0,
        event.year,
        event.month,
        &event.kind,
        event.actor.as_deref(),
        event.office.as_deref(),
        event.claim.as_deref(),
        event.document.as_deref(),
        event.version.as_deref(),
        &event.detail,
        &event.prev_hash,
        &event.hash
    ];
    tx.run(&INSERT, values).await?;
    tx.run(&SET_HEAD, values![CHAIN, &event.hash]).await.map(|_| ())
}

/// Number and hash of the newest entry, if there is one.
pub(crate) async fn head(tx: &mut Tx) -> Result<Option<(i64, String)>, SqlError> {
    let row = tx.maybe(&HEAD, values![CHAIN]).await?;
    row.map(|row| Ok((row.whole("seq")?, row.text("hash")?))).transpose()
}

/// At most `limit` entries after a number, in order.
pub(crate) async fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<EventRow>, SqlError> {
    tx.rows(&AFTER, values![seq, limit]).await?.iter().map(read).collect()
}

/// At most `limit` entries of one kind after a number, in order.
pub(crate) async fn of_kind_after(tx: &mut Tx, kind: &str, seq: i64, limit: i64) -> Result<Vec<EventRow>, SqlError> {
    tx.rows(&OF_KIND_AFTER, values![kind, seq, limit]).await?.iter().map(read).collect()
}

/// One entry with the name of who did it.
pub(crate) type Named = (EventRow, Option<String>);

/// A stretch of the record, newest first.
pub(crate) async fn before(tx: &mut Tx, limit: i64, offset: i64) -> Result<Vec<Named>, SqlError> {
    let rows = tx.rows(&NEWEST, values![limit, offset]).await?;
    rows.iter().map(|row| Ok((read(row)?, row.maybe_text("actor_name")?))).collect()
}
