-- What the papers say. Reading words takes seconds and must not hold up a verdict: work has a lane.

ALTER TABLE jobs ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
CREATE INDEX jobs_by_lane ON jobs (lane, state, run_after);

-- One row per version whose words are wanted; `facts` is what the checks know of the paper.
CREATE TABLE readings (
    version_id   TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES document_versions (id),
    claim_id     TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    state        TEXT COLLATE "C" NOT NULL,
    state_since  BIGINT NOT NULL,
    kind         TEXT COLLATE "C",
    pages_read   BIGINT NOT NULL,
    pages        BIGINT NOT NULL,
    facts        TEXT COLLATE "C",
    why_not      TEXT COLLATE "C"
);

CREATE INDEX readings_by_claim ON readings (claim_id);
CREATE INDEX readings_by_state ON readings (state, state_since);
