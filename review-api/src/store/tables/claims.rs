//! Table `claims`.

use serde::Serialize;

use crate::claim::tokens::after;
use crate::claim::words::{Channel, ClaimState, ClaimType};
use crate::store::calendar::JalaliMonth;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, InsuredId, OfficeId, UserId};
use crate::store::sql::{Row, SqlError, Tx, statements, values};

// A claim with the names and counts that a line of a list shows.
macro_rules! summary {
    ($rest:literal) => {
        concat!(
            "SELECT c.id AS id, c.number AS number, c.generation AS generation, c.claim_type AS claim_type, \
             c.state AS state, c.office_id AS office_id, o.name_fa AS office_name_fa, o.name_en AS office_name_en, \
             i.name AS insured_name, (SELECT q.number FROM policies q WHERE q.insured_id = c.insured_id \
             ORDER BY q.recorded_at DESC, q.id DESC LIMIT 1) AS policy_number, c.accident_date AS accident_date, c.opened_at AS opened_at, \
             c.submitted_at AS submitted_at, c.rank_at AS rank_at, c.rank_parts AS rank_parts, \
             (SELECT COUNT(*) FROM documents d WHERE d.claim_id = c.id AND d.state = 'approved') AS approved, \
             (SELECT COUNT(*) FROM documents d WHERE d.claim_id = c.id AND d.state = 'rejected') AS rejected, \
             (SELECT COUNT(*) FROM documents d WHERE d.claim_id = c.id AND d.state = 'in_review') AS waiting, \
             (SELECT COUNT(*) FROM documents d WHERE d.claim_id = c.id) AS documents \
             FROM claims c JOIN offices o ON o.id = c.office_id JOIN insured i ON i.id = c.insured_id ",
            $rest
        )
    };
}

// The lines of a list, newest first: `$1` rows after `$2`.
macro_rules! listed {
    ($condition:literal) => {
        concat!(
            summary!("WHERE c.id IN (SELECT c.id FROM claims c WHERE "),
            $condition,
            " ORDER BY c.opened_at DESC, c.id DESC LIMIT $1 OFFSET $2) ORDER BY c.opened_at DESC, c.id DESC"
        )
    };
}

macro_rules! counted {
    ($condition:literal) => {
        concat!("SELECT COUNT(*) AS total FROM claims c WHERE ", $condition)
    };
}

statements! { "claims";
    INSERT = "INSERT INTO claims (id, number, generation, office_id, insured_id, claim_type, channel, circumstances, \
              accident_date, place, description, state, state_since, revision, opened_by, opened_at, opened_year, \
              opened_month, paused_ms, rank_parts) \
              VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $12, $14, $15, 0, '[]')";
    FIND = "SELECT generation, office_id, insured_id, claim_type, channel, circumstances, accident_date, \
            place, description, state, revision, submitted_at, paused_since, paused_ms, rank_at, rank_parts, \
            deleted_at, originals_at, rule_version, accident_id, iban FROM claims WHERE id = $1";
    // Touching the row makes every act on one claim wait for the one before it, on both engines.
    LOCK = "UPDATE claims SET revision = revision WHERE id = $1";
    SUMMARY = summary!("WHERE c.id = $1");
    // Each list has its own index and picks its rows before it looks anything up for them.
    LIST = listed!("c.deleted_at IS NULL");
    COUNT = counted!("c.deleted_at IS NULL");
    LIST_STATE = listed!("c.deleted_at IS NULL AND c.state IN ($3, $4)");
    COUNT_STATE = counted!("c.deleted_at IS NULL AND c.state IN ($1, $2)");
    LIST_OFFICE = listed!("c.office_id = $3 AND c.deleted_at IS NULL");
    COUNT_OFFICE = counted!("c.office_id = $1 AND c.deleted_at IS NULL");
    LIST_OFFICE_STATE = listed!("c.office_id = $3 AND c.deleted_at IS NULL AND c.state IN ($4, $5)");
    COUNT_OFFICE_STATE = counted!("c.office_id = $1 AND c.deleted_at IS NULL AND c.state IN ($2, $3)");
    OF_INSURED = listed!("c.insured_id = $3 AND c.deleted_at IS NULL AND ($4 IS NULL OR c.state IN ($4, $5))");
    COUNT_OF_INSURED = counted!("c.insured_id = $1 AND c.deleted_at IS NULL AND ($2 IS NULL OR c.state IN ($2, $3))");
    // The first word picks, the others must be there too.
    SEARCH = listed!("c.id IN (SELECT t.claim_id FROM claim_tokens t WHERE t.token >= $3 AND t.token < $4) \
              AND c.deleted_at IS NULL AND ($5 IS NULL OR c.office_id = $5) AND ($6 IS NULL OR c.insured_id = $6) \
              AND ($7 IS NULL OR c.state IN ($7, $8)) \
              AND ($9 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $9 AND t.token < $10)) \
              AND ($11 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $11 AND t.token < $12)) \
              AND ($13 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $13 AND t.token < $14))");
    COUNT_SEARCH = counted!("c.id IN (SELECT t.claim_id FROM claim_tokens t WHERE t.token >= $1 AND t.token < $2) \
              AND c.deleted_at IS NULL AND ($3 IS NULL OR c.office_id = $3) AND ($4 IS NULL OR c.insured_id = $4) \
              AND ($5 IS NULL OR c.state IN ($5, $6)) \
              AND ($7 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $7 AND t.token < $8)) \
              AND ($9 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $9 AND t.token < $10)) \
              AND ($11 IS NULL OR EXISTS (SELECT 1 FROM claim_tokens t \
               WHERE t.claim_id = c.id AND t.token >= $11 AND t.token < $12))");
    BY_STATE = "SELECT state, COUNT(*) AS total FROM claims WHERE deleted_at IS NULL GROUP BY state ORDER BY state";
    BY_STATE_OFFICE = "SELECT state, COUNT(*) AS total FROM claims WHERE office_id = $1 AND deleted_at IS NULL \
                       GROUP BY state ORDER BY state";
    QUEUE = summary!("WHERE c.state = 'in_review' ORDER BY c.rank_at, c.submitted_at, c.id LIMIT $1 OFFSET $2");
    NEXT_FREE = "SELECT c.id AS id FROM claims c WHERE c.state = 'in_review' AND NOT EXISTS \
                 (SELECT 1 FROM leases l WHERE l.claim_id = c.id AND l.held_until > $1 AND l.expert_id <> $2) \
                 ORDER BY c.rank_at, c.submitted_at, c.id LIMIT 1 {skip_locked}";
    MOVE = "UPDATE claims SET state = $2, state_since = $3, revision = revision + 1, submitted_at = $4, \
            paused_since = $5, paused_ms = $6, rank_at = $7, rank_parts = $8 WHERE id = $1";
    OVERDUE = "SELECT id, state, state_since FROM claims WHERE state = $1 AND state_since < $2 \
               AND deleted_at IS NULL ORDER BY state_since";
    DELETE = "UPDATE claims SET deleted_at = $2, revision = revision + 1 WHERE id = $1";
    DELETED = summary!("WHERE ($1 IS NULL OR c.office_id = $1) AND ($2 IS NULL OR c.insured_id = $2) \
                        AND c.deleted_at > $3 ORDER BY c.deleted_at DESC, c.id LIMIT $4");
    ORIGINALS = "UPDATE claims SET originals_at = $2 WHERE id = $1";
    SET_IBAN = "UPDATE claims SET iban = $2, revision = revision + 1 WHERE id = $1";
    BY_NUMBER = "SELECT id FROM claims WHERE number = $1 AND deleted_at IS NULL";
    EDIT = "UPDATE claims SET claim_type = $2, circumstances = $3, accident_date = $4, place = $5, description = $6, \
            revision = revision + 1 WHERE id = $1";
    BIND = "UPDATE claims SET accident_id = $2 WHERE id = $1 AND accident_id IS NULL";
    OF_ACCIDENT = summary!("WHERE c.accident_id = $1 AND c.deleted_at IS NULL ORDER BY c.opened_at, c.id");
    OF_PERSON = "SELECT id, number, opened_at FROM claims WHERE insured_id = $1 AND deleted_at IS NULL ORDER BY id";
    SET_RANK = "UPDATE claims SET rank_at = $2, rank_parts = $3 WHERE id = $1";
    REOPEN = "UPDATE claims SET generation = generation + 1 WHERE id = $1";
    FIX_RULES = "UPDATE claims SET rule_version = $2 WHERE id = $1 AND rule_version IS NULL";
}

/// A claim as it is opened.
#[derive(Debug)]
pub(crate) struct FreshClaim<'a> {
    pub(crate) id: &'a ClaimId,
    pub(crate) number: &'a str,
    pub(crate) office: &'a OfficeId,
    pub(crate) insured: &'a InsuredId,
    pub(crate) claim_type: ClaimType,
    pub(crate) channel: Channel,
    /// JSON array of words.
    pub(crate) circumstances: &'a str,
    pub(crate) accident_date: &'a str,
    pub(crate) place: &'a str,
    pub(crate) description: &'a str,
    pub(crate) by: &'a UserId,
    pub(crate) now: UnixMs,
    pub(crate) month: JalaliMonth,
}

/// The claim's own row.
#[derive(Clone, Debug)]
pub(crate) struct ClaimRow {
    pub(crate) id: ClaimId,
    pub(crate) generation: i64,
    pub(crate) office: OfficeId,
    pub(crate) insured: InsuredId,
    pub(crate) claim_type: ClaimType,
    pub(crate) channel: Channel,
    pub(crate) circumstances: String,
    pub(crate) accident_date: String,
    pub(crate) place: String,
    pub(crate) description: String,
    pub(crate) state: ClaimState,
    pub(crate) revision: i64,
    pub(crate) submitted_at: Option<UnixMs>,
    pub(crate) paused_since: Option<UnixMs>,
    pub(crate) paused_ms: i64,
    pub(crate) rank_at: Option<UnixMs>,
    pub(crate) rank_parts: String,
    pub(crate) deleted_at: Option<UnixMs>,
    /// When every original was here.
    pub(crate) originals_at: Option<UnixMs>,
    /// The version of the rules it was first sent under.
    pub(crate) rule_version: Option<String>,
    /// What binds the claims of one accident together.
    pub(crate) accident: Option<String>,
    /// The account as typed from the bank's slip.
    pub(crate) iban: Option<String>,
}

/// A claim as a line of a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimSummary {
    /// Identifier.
    pub id: ClaimId,
    /// Number for people: Jalali year and a running number.
    pub number: String,
    /// Counts up when a closed claim is opened again.
    pub generation: i64,
    /// What the accident led to.
    pub claim_type: ClaimType,
    /// Where it stands.
    pub state: ClaimState,
    /// Whose it is.
    pub office: OfficeId,
    /// The office's Persian name.
    pub office_name_fa: String,
    /// The office's English name.
    pub office_name_en: String,
    /// The insured person's name.
    pub insured_name: String,
    /// Number of the person's newest policy.
    pub policy_number: Option<String>,
    /// Day of the accident, ISO.
    pub accident_date: String,
    /// When it was opened.
    pub opened_at: UnixMs,
    /// When it was first sent to the experts.
    pub submitted_at: Option<UnixMs>,
    /// Papers approved.
    pub approved: i64,
    /// Papers an expert refused.
    pub rejected: i64,
    /// Papers in all.
    pub documents: i64,
}

/// A claim in the experts' queue.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) claim: ClaimSummary,
    pub(crate) rank_at: UnixMs,
    pub(crate) rank_parts: String,
    pub(crate) waiting: i64,
}

/// What changes when a claim moves to another state.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) state: ClaimState,
    pub(crate) submitted_at: Option<UnixMs>,
    pub(crate) paused_since: Option<UnixMs>,
    pub(crate) paused_ms: i64,
    pub(crate) rank_at: Option<UnixMs>,
    pub(crate) rank_parts: String,
}

fn maybe_ms(row: &Row, column: &str) -> Result<Option<UnixMs>, SqlError> {
    Ok(row.maybe_whole(column)?.map(UnixMs))
}

pub(super) fn summary(row: &Row) -> Result<ClaimSummary, SqlError> {
    Ok(ClaimSummary {
        id: ClaimId::stored(row.text("id")?),
        number: row.text("number")?,
        generation: row.whole("generation")?,
        claim_type: ClaimType::stored(&row.text("claim_type")?)?,
        state: ClaimState::stored(&row.text("state")?)?,
        office: OfficeId::stored(row.text("office_id")?),
        office_name_fa: row.text("office_name_fa")?,
        office_name_en: row.text("office_name_en")?,
        insured_name: row.text("insured_name")?,
        policy_number: row.maybe_text("policy_number")?,
        accident_date: row.text("accident_date")?,
        opened_at: UnixMs(row.whole("opened_at")?),
        submitted_at: maybe_ms(row, "submitted_at")?,
        approved: row.whole("approved")?,
        rejected: row.whole("rejected")?,
        documents: row.whole("documents")?,
    })
}

pub(crate) async fn insert(tx: &mut Tx, new: &FreshClaim<'_>) -> Result<(), SqlError> {
    let values = values![
        new.id,
        new.number,
        new.office,
        new.insured,
        new.claim_type,
        new.channel,
        new.circumstances,
        new.accident_date,
        new.place,
        new.description,
        ClaimState::Draft,
        new.now.0,
        new.by,
        new.month.year,
        new.month.month
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, id: &ClaimId) -> Result<Option<ClaimRow>, SqlError> {
    let Some(row) = tx.maybe(&FIND, values![id]).await? else { return Ok(None) };
    Ok(Some(ClaimRow {
        id: id.clone(),
        generation: row.whole("generation")?,
        office: OfficeId::stored(row.text("office_id")?),
        insured: InsuredId::stored(row.text("insured_id")?),
        claim_type: ClaimType::stored(&row.text("claim_type")?)?,
        channel: Channel::stored(&row.text("channel")?)?,
        circumstances: row.text("circumstances")?,
        accident_date: row.text("accident_date")?,
        place: row.text("place")?,
        description: row.text("description")?,
        state: ClaimState::stored(&row.text("state")?)?,
        revision: row.whole("revision")?,
        submitted_at: maybe_ms(&row, "submitted_at")?,
        paused_since: maybe_ms(&row, "paused_since")?,
        paused_ms: row.whole("paused_ms")?,
        rank_at: maybe_ms(&row, "rank_at")?,
        rank_parts: row.text("rank_parts")?,
        deleted_at: maybe_ms(&row, "deleted_at")?,
        originals_at: maybe_ms(&row, "originals_at")?,
        rule_version: row.maybe_text("rule_version")?,
        accident: row.maybe_text("accident_id")?,
        iban: row.maybe_text("iban")?,
    }))
}

/// Waits until no other act holds the claim, then reads it.
pub(crate) async fn lock(tx: &mut Tx, id: &ClaimId) -> Result<Option<ClaimRow>, SqlError> {
    tx.run(&LOCK, values![id]).await?;
    find(tx, id).await
}

pub(crate) async fn find_summary(tx: &mut Tx, id: &ClaimId) -> Result<Option<ClaimSummary>, SqlError> {
    tx.maybe(&SUMMARY, values![id]).await?.as_ref().map(summary).transpose()
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrow<'a> {
    pub(crate) office: Option<&'a OfficeId>,
    pub(crate) insured: Option<&'a InsuredId>,
    /// A state and another that looks like it to the asker; the same twice where none does.
    pub(crate) states: Option<(ClaimState, ClaimState)>,
    /// Folded words, all of which must be found.
    pub(crate) words: Vec<String>,
}

/// Newest first; the rows and how many there are in all.
pub(crate) async fn list(
    tx: &mut Tx,
    narrow: &Narrow<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<ClaimSummary>, i64), SqlError> {
    let (state, twin) = narrow.states.map(|(state, twin)| (state.as_str(), twin.as_str())).unzip();
    let Narrow { office, insured, .. } = *narrow;
    let (rows, total) = if let Some(first) = narrow.words.first() {
        let (a, a2) = (first, after(first));
        let word = |at: usize| narrow.words.get(at).map(String::as_str);
        let [b, c, d] = [word(1), word(2), word(3)];
        let [b2, c2, d2] = [b, c, d].map(|word| word.map(after));
        let [b2, c2, d2] = [b2.as_deref(), c2.as_deref(), d2.as_deref()];
        let rows = values![limit, offset, a, &a2, office, insured, state, twin, b, b2, c, c2, d, d2];
        let count = values![a, &a2, office, insured, state, twin, b, b2, c, c2, d, d2];
        (tx.rows(&SEARCH, rows).await?, tx.one(&COUNT_SEARCH, count).await?)
    } else {
        match (insured, office, state) {
            (Some(_), ..) => (
                tx.rows(&OF_INSURED, values![limit, offset, insured, state, twin]).await?,
                tx.one(&COUNT_OF_INSURED, values![insured, state, twin]).await?,
            ),
            (None, Some(_), Some(_)) => (
                tx.rows(&LIST_OFFICE_STATE, values![limit, offset, office, state, twin]).await?,
                tx.one(&COUNT_OFFICE_STATE, values![office, state, twin]).await?,
            ),
            (None, Some(_), None) => (
                tx.rows(&LIST_OFFICE, values![limit, offset, office]).await?,
                tx.one(&COUNT_OFFICE, values![office]).await?,
            ),
            (None, None, Some(_)) => (
                tx.rows(&LIST_STATE, values![limit, offset, state, twin]).await?,
                tx.one(&COUNT_STATE, values![state, twin]).await?,
            ),
            (None, None, None) => (tx.rows(&LIST, values![limit, offset]).await?, tx.one(&COUNT, values![]).await?),
        }
    };
    Ok((rows.iter().map(summary).collect::<Result<_, _>>()?, total.whole("total")?))
}

pub(crate) async fn by_state(tx: &mut Tx, office: Option<&OfficeId>) -> Result<Vec<(ClaimState, i64)>, SqlError> {
    let rows = match office {
        Some(office) => tx.rows(&BY_STATE_OFFICE, values![office]).await?,
        None => tx.rows(&BY_STATE, values![]).await?,
    };
    rows.iter().map(|row| Ok((ClaimState::stored(&row.text("state")?)?, row.whole("total")?))).collect()
}

/// The experts' queue in its order.
pub(crate) async fn queue(tx: &mut Tx, limit: i64, offset: i64) -> Result<(Vec<Queued>, i64), SqlError> {
    let rows = tx.rows(&QUEUE, values![limit, offset]).await?;
    let total = tx.one(&COUNT_STATE, values![ClaimState::InReview, ClaimState::InReview]).await?.whole("total")?;
    let read = |row: &Row| {
        Ok::<_, SqlError>(Queued {
            claim: summary(row)?,
            rank_at: UnixMs(row.maybe_whole("rank_at")?.unwrap_or(i64::MAX)),
            rank_parts: row.text("rank_parts")?,
            waiting: row.whole("waiting")?,
        })
    };
    Ok((rows.iter().map(read).collect::<Result<_, _>>()?, total))
}

/// The first claim of the queue that no other expert holds.
pub(crate) async fn next_free(tx: &mut Tx, expert: &UserId, now: UnixMs) -> Result<Option<ClaimId>, SqlError> {
    let row = tx.maybe(&NEXT_FREE, values![now.0, expert]).await?;
    row.map(|row| row.text("id").map(ClaimId::stored)).transpose()
}

pub(crate) async fn move_to(tx: &mut Tx, id: &ClaimId, now: UnixMs, to: &Move) -> Result<(), SqlError> {
    let moment = |at: Option<UnixMs>| at.map(|at| at.0);
    let values = values![
        id,
        to.state,
        now.0,
        moment(to.submitted_at),
        moment(to.paused_since),
        to.paused_ms,
        moment(to.rank_at),
        &to.rank_parts
    ];
    tx.run(&MOVE, values).await.map(|_| ())
}

/// Claims that stand in `state` since before a moment: identifier and since when.
pub(crate) async fn overdue(
    tx: &mut Tx,
    state: ClaimState,
    before: UnixMs,
) -> Result<Vec<(ClaimId, UnixMs)>, SqlError> {
    let rows = tx.rows(&OVERDUE, values![state, before.0]).await?;
    rows.iter().map(|row| Ok((ClaimId::stored(row.text("id")?), UnixMs(row.whole("state_since")?)))).collect()
}

/// Deletes the claim, or brings it back with `None`; its rows stay.
pub(crate) async fn delete(tx: &mut Tx, id: &ClaimId, at: Option<UnixMs>) -> Result<(), SqlError> {
    tx.run(&DELETE, values![id, at.map(|at| at.0)]).await.map(|_| ())
}

/// Claims deleted since a moment, latest first.
pub(crate) async fn deleted(
    tx: &mut Tx,
    office: Option<&OfficeId>,
    insured: Option<&InsuredId>,
    since: UnixMs,
    limit: i64,
) -> Result<Vec<ClaimSummary>, SqlError> {
    tx.rows(&DELETED, values![office, insured, since.0, limit]).await?.iter().map(summary).collect()
}

/// Writes when every original was here; `None` when that no longer holds.
pub(crate) async fn set_originals(tx: &mut Tx, id: &ClaimId, at: Option<UnixMs>) -> Result<(), SqlError> {
    tx.run(&ORIGINALS, values![id, at.map(|at| at.0)]).await.map(|_| ())
}

/// Counts the claim's openings up.
pub(crate) async fn reopen(tx: &mut Tx, id: &ClaimId) -> Result<(), SqlError> {
    tx.run(&REOPEN, values![id]).await.map(|_| ())
}

/// Binds the claim to a version of the rules, unless it is bound.
pub(crate) async fn fix_rules(tx: &mut Tx, id: &ClaimId, version: &str) -> Result<(), SqlError> {
    tx.run(&FIX_RULES, values![id, version]).await.map(|_| ())
}

/// Writes the account; `None` when it no longer holds.
pub(crate) async fn set_iban(tx: &mut Tx, id: &ClaimId, iban: Option<&str>) -> Result<(), SqlError> {
    tx.run(&SET_IBAN, values![id, iban]).await.map(|_| ())
}

/// The claim with this number.
pub(crate) async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<ClaimId>, SqlError> {
    let row = tx.maybe(&BY_NUMBER, values![number]).await?;
    row.map(|row| row.text("id").map(ClaimId::stored)).transpose()
}

/// What is declared about the accident.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) claim_type: ClaimType,
    /// JSON array of words.
    pub(crate) circumstances: &'a str,
    pub(crate) accident_date: &'a str,
    pub(crate) place: &'a str,
    pub(crate) description: &'a str,
}

pub(crate) async fn edit(tx: &mut Tx, id: &ClaimId, facts: &Facts<'_>) -> Result<(), SqlError> {
    let Facts { claim_type, circumstances, accident_date, place, description } = *facts;
    let values = values![id, claim_type, circumstances, accident_date, place, description];
    tx.run(&EDIT, values).await.map(|_| ())
}

/// Every claim of a person that is not deleted, in one order: identifier, number and when it was opened.
pub(crate) async fn of_person(tx: &mut Tx, person: &InsuredId) -> Result<Vec<(ClaimId, String, UnixMs)>, SqlError> {
    let rows = tx.rows(&OF_PERSON, values![person]).await?;
    let read = |row: &Row| Ok((ClaimId::stored(row.text("id")?), row.text("number")?, UnixMs(row.whole("opened_at")?)));
    rows.iter().map(read).collect()
}

/// Writes another place in the queue.
pub(crate) async fn set_rank(tx: &mut Tx, id: &ClaimId, rank_at: UnixMs, parts: &str) -> Result<(), SqlError> {
    tx.run(&SET_RANK, values![id, rank_at.0, parts]).await.map(|_| ())
}

/// Binds the claim to an accident, unless it is bound to one.
pub(crate) async fn bind(tx: &mut Tx, id: &ClaimId, accident: &str) -> Result<(), SqlError> {
    tx.run(&BIND, values![id, accident]).await.map(|_| ())
}

/// The claims of one accident, oldest first.
pub(crate) async fn of_accident(tx: &mut Tx, accident: &str) -> Result<Vec<ClaimSummary>, SqlError> {
    tx.rows(&OF_ACCIDENT, values![accident]).await?.iter().map(summary).collect()
}
