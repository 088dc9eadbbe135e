-- Work that is owed: a row stands until the work is done, in the same transaction as its result.

CREATE TABLE jobs (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind         TEXT COLLATE "C" NOT NULL,
    dedup_key    TEXT COLLATE "C" NOT NULL,
    payload      TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL,
    run_after    BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    worker       TEXT COLLATE "C",
    lease_until  BIGINT,
    last_error   TEXT COLLATE "C",
    created_at   BIGINT NOT NULL,
    UNIQUE (dedup_key)
);

CREATE INDEX jobs_by_state ON jobs (state, run_after);
