-- What the papers say. Reading words takes seconds and must not hold up a verdict: work has a lane.

ALTER TABLE jobs ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
CREATE INDEX jobs_by_lane ON jobs (lane, state, run_after);

-- One row per version whose words are wanted; `facts` is what the checks know of the paper.
CREATE TABLE readings (
    version_id   TEXT    NOT NULL PRIMARY KEY REFERENCES document_versions (id),
    claim_id     TEXT    NOT NULL REFERENCES claims (id),
    state        TEXT    NOT NULL,
    state_since  INTEGER NOT NULL,
    kind         TEXT,
    pages_read   INTEGER NOT NULL,
    pages        INTEGER NOT NULL,
    facts        TEXT,
    why_not      TEXT
) STRICT;

CREATE INDEX readings_by_claim ON readings (claim_id);
CREATE INDEX readings_by_state ON readings (state, state_since);
