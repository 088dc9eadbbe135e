//! Table `given_dates`: dates that people gave for papers, beside what was read on them.

use sanad_checks::dates::Source;

use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DateId, UserId, VersionId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

statements! { "given_dates";
    INSERT = "INSERT INTO given_dates (id, claim_id, version_id, role, place, iso, typed, source, given_by, given_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    REPLACE = "UPDATE given_dates SET replaced_at = $4 WHERE version_id = $1 AND place = $2 AND source = $3 \
               AND replaced_at IS NULL";
    OF_CLAIM = "SELECT g.version_id AS version_id, g.role AS role, g.place AS place, g.iso AS iso, g.typed AS typed, \
                g.source AS source, g.given_at AS given_at, u.display_name AS given_by_name FROM given_dates g \
                JOIN users u ON u.id = g.given_by JOIN documents d ON d.current_version_id = g.version_id \
                WHERE g.claim_id = $1 AND g.replaced_at IS NULL ORDER BY g.given_at, g.id";
}

/// A date as somebody gave it.
#[derive(Clone, Debug)]
pub(crate) struct GivenRow {
    pub(crate) version: VersionId,
    /// A word of the roles.
    pub(crate) role: String,
    /// JSON of page and region; empty for the paper as a whole.
    pub(crate) place: String,
    pub(crate) iso: String,
    pub(crate) typed: String,
    pub(crate) source: Source,
    pub(crate) at: UnixMs,
    pub(crate) by_name: String,
}

/// A date to be written.
#[derive(Debug)]
pub(crate) struct NewGiven<'a> {
    pub(crate) id: &'a DateId,
    pub(crate) claim: &'a ClaimId,
    pub(crate) version: &'a VersionId,
    pub(crate) role: &'static str,
    pub(crate) place: &'a str,
    pub(crate) iso: &'a str,
    pub(crate) typed: &'a str,
    pub(crate) source: Source,
    pub(crate) by: &'a UserId,
}

const EXPERT: &str = "expert";
const TYPED: &str = "typed";

/// The stored word of who gave it.
const fn word(source: Source) -> &'static str {
    match source {
        Source::Expert => EXPERT,
        Source::Typed | Source::Read | Source::Declared => TYPED,
    }
}

/// Writes the date; the one before it from the same side for the same place is replaced.
pub(crate) async fn insert(tx: &mut Tx, new: &NewGiven<'_>, now: UnixMs) -> Result<(), SqlError> {
    let source = word(new.source);
    tx.run(&REPLACE, values![new.version, new.place, source, now.0]).await?;
    let values =
        values![new.id, new.claim, new.version, new.role, new.place, new.iso, new.typed, source, new.by, now.0];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// What stands for the versions that count, oldest first.
pub(crate) async fn of_claim(tx: &mut Tx, claim: &ClaimId) -> Result<Vec<GivenRow>, SqlError> {
    let read = |row: &Row| {
        let source = row.text("source")?;
        Ok(GivenRow {
            version: VersionId::stored(row.text("version_id")?),
            role: row.text("role")?,
            place: row.text("place")?,
            iso: row.text("iso")?,
            typed: row.text("typed")?,
            source: if source == EXPERT { Source::Expert } else { Source::Typed },
            at: UnixMs(row.whole("given_at")?),
            by_name: row.text("given_by_name")?,
        })
    };
    tx.rows(&OF_CLAIM, values![claim]).await?.iter().map(read).collect()
}
