//! Tables `rejection_counts` and `rejections`: a number for each reason, office and month, and
//! the rejections behind it. Both are written by the transaction of the event they count.

use crate::claim::words::RaisedBy;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "rejections";
    COUNT_UP = "INSERT INTO rejection_counts (office_id, jalali_year, jalali_month, raised_by, code, rejections) \
                VALUES ($1, $2, $3, $4, $5, 1) \
                ON CONFLICT (office_id, jalali_year, jalali_month, raised_by, code) \
                DO UPDATE SET rejections = rejection_counts.rejections + 1";
    INSERT = "INSERT INTO rejections (event_seq, code, raised_by, office_id, jalali_year, jalali_month, claim_id, \
              document_id, version_id, rejected_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    COUNTS = "SELECT office_id, jalali_year, jalali_month, raised_by, code, rejections FROM rejection_counts \
              WHERE ($1 IS NULL OR office_id = $1) AND ($2 IS NULL OR jalali_year = $2) \
              AND ($3 IS NULL OR jalali_month = $3) AND ($4 IS NULL OR raised_by = $4) \
              ORDER BY jalali_year DESC, jalali_month DESC, office_id, rejections DESC, code, raised_by";
    BEHIND = "SELECT r.claim_id AS claim_id, r.document_id AS document_id, r.version_id AS version_id, \
              r.rejected_at AS rejected_at, d.slot AS slot FROM rejections r JOIN documents d ON d.id = r.document_id \
              WHERE r.office_id = $1 AND r.jalali_year = $2 AND r.jalali_month = $3 AND r.raised_by = $4 \
              AND r.code = $5 ORDER BY r.event_seq";
    FIRST_PASS = "SELECT c.office_id AS office_id, COUNT(*) AS judged, \
                  CAST(SUM(CASE WHEN v.verdict = 'reject' OR EXISTS (SELECT 1 FROM decisions x \
                  WHERE x.version_id = v.id AND x.ruling = 'reject') THEN 0 ELSE 1 END) AS BIGINT) AS first_time \
                  FROM document_versions v JOIN claims c ON c.id = v.claim_id \
                  WHERE v.number = 1 AND v.state = 'judged' AND ($1 IS NULL OR c.office_id = $1) \
                  GROUP BY c.office_id ORDER BY c.office_id";
}

/// One rejection for one reason.
#[derive(Debug)]
pub(crate) struct Rejection<'a> {
    pub(crate) event_seq: i64,
    pub(crate) code: &'a str,
    pub(crate) by: RaisedBy,
    pub(crate) office: &'a OfficeId,
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) claim: &'a ClaimId,
    pub(crate) document: &'a DocumentId,
    pub(crate) version: &'a VersionId,
    pub(crate) at: UnixMs,
}

/// A number of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) office: OfficeId,
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) by: RaisedBy,
    pub(crate) code: String,
    pub(crate) rejections: i64,
}

/// What of the report is asked for; `None` asks for all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrow<'a> {
    pub(crate) office: Option<&'a OfficeId>,
    pub(crate) year: Option<i64>,
    pub(crate) month: Option<i64>,
    pub(crate) by: Option<RaisedBy>,
}

/// A rejection behind a number.
#[derive(Clone, Debug)]
pub(crate) struct Behind {
    pub(crate) claim: ClaimId,
    pub(crate) document: DocumentId,
    pub(crate) version: VersionId,
    pub(crate) slot: String,
    pub(crate) at: UnixMs,
}

/// Counts one rejection and keeps what is behind the number.
pub(crate) async fn count_up(tx: &mut Tx, one: &Rejection<'_>) -> Result<(), SqlError> {
    let values = values![
        one.event_seq,
        one.code,
        one.by,
        one.office,
        one.year,
        one.month,
        one.claim,
        one.document,
        one.version,
        one.at.0
    ];
    tx.run(&INSERT, values).await?;
    tx.run(&COUNT_UP, values![one.office, one.year, one.month, one.by, one.code]).await.map(|_| ())
}

/// The numbers, newest month first.
pub(crate) async fn counts(tx: &mut Tx, narrow: &Narrow<'_>) -> Result<Vec<Count>, SqlError> {
    let by = narrow.by.map(RaisedBy::as_str);
    let rows = tx.rows(&COUNTS, values![narrow.office, narrow.year, narrow.month, by]).await?;
    rows.iter()
        .map(|row| {
            Ok(Count {
                office: OfficeId::stored(row.text("office_id")?),
                year: row.whole("jalali_year")?,
                month: row.whole("jalali_month")?,
                by: RaisedBy::stored(&row.text("raised_by")?)?,
                code: row.text("code")?,
                rejections: row.whole("rejections")?,
            })
        })
        .collect()
}

/// The rejections behind one number, oldest first.
pub(crate) async fn behind(tx: &mut Tx, cell: &Count) -> Result<Vec<Behind>, SqlError> {
    let values = values![&cell.office, cell.year, cell.month, cell.by, &cell.code];
    let rows = tx.rows(&BEHIND, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Behind {
                claim: ClaimId::stored(row.text("claim_id")?),
                document: DocumentId::stored(row.text("document_id")?),
                version: VersionId::stored(row.text("version_id")?),
                slot: row.text("slot")?,
                at: UnixMs(row.whole("rejected_at")?),
            })
        })
        .collect()
}

/// For each office: first versions that were judged, and those that nobody refused.
pub(crate) async fn first_pass(tx: &mut Tx, office: Option<&OfficeId>) -> Result<Vec<(OfficeId, i64, i64)>, SqlError> {
    let rows = tx.rows(&FIRST_PASS, values![office]).await?;
    rows.iter()
        .map(|row| {
            let office = OfficeId::stored(row.text("office_id")?);
            Ok((office, row.whole("judged")?, row.whole("first_time")?))
        })
        .collect()
}
