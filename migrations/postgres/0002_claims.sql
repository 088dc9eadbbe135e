-- Insured persons and their claims.

CREATE TABLE insured (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    office_id        TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    name             TEXT COLLATE "C" NOT NULL,
    nationality      TEXT COLLATE "C" NOT NULL,
    document_number  TEXT COLLATE "C" NOT NULL,
    document_key     TEXT COLLATE "C" NOT NULL,
    birth            TEXT COLLATE "C",
    registered_by    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    registered_at    BIGINT NOT NULL,
    UNIQUE (office_id, document_key)
);

CREATE TABLE policies (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    insured_id   TEXT COLLATE "C" NOT NULL REFERENCES insured (id),
    number       TEXT COLLATE "C" NOT NULL,
    cover_from   TEXT COLLATE "C",
    cover_to     TEXT COLLATE "C",
    recorded_at  BIGINT NOT NULL,
    UNIQUE (insured_id, number)
);

CREATE TABLE counters (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value  BIGINT NOT NULL
);

CREATE TABLE claims (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number            TEXT COLLATE "C" NOT NULL,
    generation        BIGINT NOT NULL,
    office_id         TEXT COLLATE "C" NOT NULL REFERENCES offices (id),
    insured_id        TEXT COLLATE "C" NOT NULL REFERENCES insured (id),
    claim_type        TEXT COLLATE "C" NOT NULL,
    channel           TEXT COLLATE "C" NOT NULL,
    circumstances     TEXT COLLATE "C" NOT NULL,
    accident_date     TEXT COLLATE "C" NOT NULL,
    place             TEXT COLLATE "C" NOT NULL,
    description       TEXT COLLATE "C" NOT NULL,
    state             TEXT COLLATE "C" NOT NULL,
    state_since       BIGINT NOT NULL,
    revision          BIGINT NOT NULL,
    opened_by         TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    opened_at         BIGINT NOT NULL,
    opened_year       BIGINT NOT NULL,
    opened_month      BIGINT NOT NULL,
    submitted_at      BIGINT,
    paused_since      BIGINT,
    paused_ms         BIGINT NOT NULL,
    rank_at           BIGINT,
    rank_parts        TEXT COLLATE "C" NOT NULL,
    UNIQUE (number, generation)
);

CREATE INDEX claims_by_office ON claims (office_id, opened_at);
CREATE INDEX claims_by_state ON claims (state, rank_at);
CREATE INDEX claims_by_insured ON claims (insured_id);

-- Why a required paper is not there, in the office's words.
CREATE TABLE explanations (
    claim_id      TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    slot          TEXT COLLATE "C" NOT NULL,
    reason        TEXT COLLATE "C" NOT NULL,
    explained_by  TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    explained_at  BIGINT NOT NULL,
    PRIMARY KEY (claim_id, slot)
);

-- Who is looking at a claim; two experts never decide the same document.
CREATE TABLE leases (
    claim_id    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES claims (id),
    expert_id   TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    taken_at    BIGINT NOT NULL,
    held_until  BIGINT NOT NULL
);
