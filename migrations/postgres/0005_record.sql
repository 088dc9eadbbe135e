-- The record of every act, chained by hashes, and the figures that its transactions keep.

CREATE TABLE chain_heads (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL,
    hash  TEXT COLLATE "C" NOT NULL
);

CREATE TABLE events (
    seq           BIGINT NOT NULL PRIMARY KEY,
    happened_at   BIGINT NOT NULL,
    jalali_year   BIGINT NOT NULL,
    jalali_month  BIGINT NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    actor_id      TEXT COLLATE "C",
    office_id     TEXT COLLATE "C",
    claim_id      TEXT COLLATE "C",
    document_id   TEXT COLLATE "C",
    version_id    TEXT COLLATE "C",
    detail        TEXT COLLATE "C" NOT NULL,
    prev_hash     TEXT COLLATE "C" NOT NULL,
    hash          TEXT COLLATE "C" NOT NULL
);

CREATE INDEX events_by_claim ON events (claim_id, seq);
CREATE INDEX events_by_kind ON events (kind, seq);

CREATE TABLE rejection_counts (
    office_id     TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    jalali_year   BIGINT NOT NULL,
    jalali_month  BIGINT NOT NULL,
    raised_by     TEXT COLLATE "C" NOT NULL,
    code          TEXT COLLATE "C" NOT NULL,
    rejections    BIGINT NOT NULL,
    PRIMARY KEY (office_id, jalali_year, jalali_month, raised_by, code)
);

-- The rejections behind each number above.
CREATE TABLE rejections (
    event_seq     BIGINT NOT NULL REFERENCES events (seq),
    code          TEXT COLLATE "C" NOT NULL,
    raised_by     TEXT COLLATE "C" NOT NULL,
    office_id     TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    jalali_year   BIGINT NOT NULL,
    jalali_month  BIGINT NOT NULL,
    claim_id      TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    document_id   TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    version_id    TEXT COLLATE "C" NOT NULL REFERENCES document_versions (id),
    rejected_at   BIGINT NOT NULL,
    PRIMARY KEY (event_seq, code)
);

CREATE INDEX rejections_by_cell ON rejections (office_id, jalali_year, jalali_month, raised_by, code);
