-- Work that is owed: a row stands until the work is done, in the same transaction as its result.

CREATE TABLE jobs (
    id           TEXT    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    dedup_key    TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    run_after    INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    worker       TEXT,
    lease_until  INTEGER,
    last_error   TEXT,
    created_at   INTEGER NOT NULL,
    UNIQUE (dedup_key)
) STRICT;

CREATE INDEX jobs_by_state ON jobs (state, run_after);
