-- The record of every act, chained by hashes, and the figures that its transactions keep.

CREATE TABLE chain_heads (
    name  TEXT    NOT NULL PRIMARY KEY,
    seq   INTEGER NOT NULL,
    hash  TEXT    NOT NULL
) STRICT;

CREATE TABLE events (
    seq           INTEGER NOT NULL PRIMARY KEY,
    happened_at   INTEGER NOT NULL,
    jalali_year   INTEGER NOT NULL,
    jalali_month  INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    actor_id      TEXT,
    office_id     TEXT,
    claim_id      TEXT,
    document_id   TEXT,
    version_id    TEXT,
    detail        TEXT    NOT NULL,
    prev_hash     TEXT    NOT NULL,
    hash          TEXT    NOT NULL
) STRICT;

CREATE INDEX events_by_claim ON events (claim_id, seq);
CREATE INDEX events_by_kind ON events (kind, seq);

CREATE TABLE rejection_counts (
    office_id     TEXT    NOT NULL REFERENCES offices (id),
    jalali_year   INTEGER NOT NULL,
    jalali_month  INTEGER NOT NULL,
    raised_by     TEXT    NOT NULL,
    code          TEXT    NOT NULL,
    rejections    INTEGER NOT NULL,
    PRIMARY KEY (office_id, jalali_year, jalali_month, raised_by, code)
) STRICT;

-- The rejections behind each number above.
CREATE TABLE rejections (
    event_seq     INTEGER NOT NULL REFERENCES events (seq),
    code          TEXT    NOT NULL,
    raised_by     TEXT    NOT NULL,
    office_id     TEXT    NOT NULL REFERENCES offices (id),
    jalali_year   INTEGER NOT NULL,
    jalali_month  INTEGER NOT NULL,
    claim_id      TEXT    NOT NULL REFERENCES claims (id),
    document_id   TEXT    NOT NULL REFERENCES documents (id),
    version_id    TEXT    NOT NULL REFERENCES document_versions (id),
    rejected_at   INTEGER NOT NULL,
    PRIMARY KEY (event_seq, code)
) STRICT;

CREATE INDEX rejections_by_cell ON rejections (office_id, jalali_year, jalali_month, raised_by, code);
