//! Table `jobs`: work that is owed. A row is deleted by the transaction that writes its result.

use crate::store::clock::UnixMs;
use crate::store::ids::JobId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "jobs";
    INSERT = "INSERT INTO jobs (id, kind, dedup_key, payload, state, run_after, attempts, created_at, lane) \
              VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $5, $6) ON CONFLICT (dedup_key) DO NOTHING";
    // The attempt is counted when the work is taken: a worker that dies of it has used it up.
    TAKE = "UPDATE jobs SET state = 'running', worker = $1, lease_until = $3, attempts = attempts + 1 \
            WHERE id = (SELECT id FROM jobs WHERE lane = $4 AND ((state = 'waiting' AND run_after <= $2) \
            OR (state = 'running' AND lease_until <= $2)) ORDER BY run_after, id LIMIT 1 {skip_locked}) \
            RETURNING id, kind, payload, attempts";
    RENEW = "UPDATE jobs SET lease_until = $3 WHERE id = $1 AND worker = $2 AND state = 'running'";
    FINISH = "DELETE FROM jobs WHERE id = $1 AND worker = $2 AND state = 'running'";
    PUT_BACK = "UPDATE jobs SET state = 'waiting', worker = NULL, lease_until = NULL, run_after = $3, last_error = $4 \
                WHERE id = $1 AND worker = $2";
    // Nothing was wrong with the work itself: the attempt is given back.
    WAIT = "UPDATE jobs SET state = 'waiting', worker = NULL, lease_until = NULL, run_after = $3, last_error = $4, \
            attempts = attempts - 1 WHERE id = $1 AND worker = $2";
    BURY = "UPDATE jobs SET state = 'dead', worker = NULL, lease_until = NULL, last_error = $3 \
            WHERE id = $1 AND worker = $2 AND state = 'running'";
    OVERDUE = "SELECT id, kind, state, attempts, created_at, last_error FROM jobs \
               WHERE state = 'dead' OR created_at < $1 ORDER BY created_at";
    COUNT = "SELECT COUNT(*) AS owed FROM jobs WHERE state <> 'dead'";
}

/// Which workers take it: what somebody waits for never stands behind what takes seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Somebody is looking at the screen.
    Quick,
    /// It may take its time.
    Slow,
}

impl Lane {
    const fn number(self) -> i64 {
        match self {
            Self::Quick => 0,
            Self::Slow => 1,
        }
    }
}

/// Work to be handed in.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    /// Name of the job.
    pub(crate) kind: &'static str,
    /// The same work handed in twice is owed once.
    pub(crate) dedup_key: String,
    /// What it is about, JSON.
    pub(crate) payload: String,
    pub(crate) lane: Lane,
}

/// Work that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) attempts: i64,
}

/// Work that has stood too long, or was given up.
#[derive(Clone, Debug)]
pub(crate) struct StaleJob {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) dead: bool,
    pub(crate) attempts: i64,
    pub(crate) created_at: UnixMs,
    pub(crate) last_error: Option<String>,
}

/// Owes the work from `now` on, unless it is owed already.
pub(crate) async fn insert(tx: &mut Tx, id: &JobId, owed: &Owed, now: UnixMs) -> Result<(), SqlError> {
    let values = values![id, owed.kind, &owed.dedup_key, &owed.payload, now.0, owed.lane.number()];
    tx.run(&INSERT, values).await.map(|_| ())
}

/// Takes the oldest work of a lane that is due, or whose worker stopped answering.
pub(crate) async fn take(
    tx: &mut Tx,
    worker: &str,
    lane: Lane,
    now: UnixMs,
    until: UnixMs,
) -> Result<Option<Taken>, SqlError> {
    let row = tx.maybe(&TAKE, values![worker, now.0, until.0, lane.number()]).await?;
    row.map(|row| {
        Ok(Taken {
            id: JobId::stored(row.text("id")?),
            kind: row.text("kind")?,
            payload: row.text("payload")?,
            attempts: row.whole("attempts")?,
        })
    })
    .transpose()
}

/// Says that the worker is alive; false when the work was given to another.
pub(crate) async fn renew(tx: &mut Tx, id: &JobId, worker: &str, until: UnixMs) -> Result<bool, SqlError> {
    Ok(tx.run(&RENEW, values![id, worker, until.0]).await? > 0)
}

/// Ends the work; false when it was given to another, whose result then counts.
pub(crate) async fn finish(tx: &mut Tx, id: &JobId, worker: &str) -> Result<bool, SqlError> {
    Ok(tx.run(&FINISH, values![id, worker]).await? > 0)
}

/// Puts the work back until `run_after`.
pub(crate) async fn put_back(
    tx: &mut Tx,
    id: &JobId,
    worker: &str,
    run_after: UnixMs,
    why: &str,
) -> Result<(), SqlError> {
    tx.run(&PUT_BACK, values![id, worker, run_after.0, why]).await.map(|_| ())
}

/// Lets the work wait until `run_after` for a disk or a database; the attempt does not count.
pub(crate) async fn wait(tx: &mut Tx, id: &JobId, worker: &str, run_after: UnixMs, why: &str) -> Result<(), SqlError> {
    tx.run(&WAIT, values![id, worker, run_after.0, why]).await.map(|_| ())
}

/// Gives the work up for a person to look at; false when it was given to another.
pub(crate) async fn bury(tx: &mut Tx, id: &JobId, worker: &str, why: &str) -> Result<bool, SqlError> {
    Ok(tx.run(&BURY, values![id, worker, why]).await? > 0)
}

pub(crate) async fn overdue(tx: &mut Tx, before: UnixMs) -> Result<Vec<StaleJob>, SqlError> {
    let rows = tx.rows(&OVERDUE, values![before.0]).await?;
    rows.iter()
        .map(|row| {
            Ok(StaleJob {
                id: JobId::stored(row.text("id")?),
                kind: row.text("kind")?,
                dead: row.text("state")? == "dead",
                attempts: row.whole("attempts")?,
                created_at: UnixMs(row.whole("created_at")?),
                last_error: row.maybe_text("last_error")?,
            })
        })
        .collect()
}

/// How much work is owed.
pub(crate) async fn count(tx: &mut Tx) -> Result<i64, SqlError> {
    tx.one(&COUNT, values![]).await?.whole("owed")
}
