-- Insured persons and their claims.

CREATE TABLE insured (
    id               TEXT    NOT NULL PRIMARY KEY,
    office_id        TEXT    NOT NULL REFERENCES offices (id),
    name             TEXT    NOT NULL,
    nationality      TEXT    NOT NULL,
    document_number  TEXT    NOT NULL,
    document_key     TEXT    NOT NULL,
    birth            TEXT,
    registered_by    TEXT    NOT NULL REFERENCES users (id),
    registered_at    INTEGER NOT NULL,
    UNIQUE (office_id, document_key)
) STRICT;

CREATE TABLE policies (
    id           TEXT    NOT NULL PRIMARY KEY,
    insured_id   TEXT    NOT NULL REFERENCES insured (id),
    number       TEXT    NOT NULL,
    cover_from   TEXT,
    cover_to     TEXT,
    recorded_at  INTEGER NOT NULL,
    UNIQUE (insured_id, number)
) STRICT;

CREATE TABLE counters (
    name   TEXT    NOT NULL PRIMARY KEY,
    value  INTEGER NOT NULL
) STRICT;

CREATE TABLE claims (
    id                TEXT    NOT NULL PRIMARY KEY,
    number            TEXT    NOT NULL,
    generation        INTEGER NOT NULL,
    office_id         TEXT    NOT NULL REFERENCES offices (id),
    insured_id        TEXT    NOT NULL REFERENCES insured (id),
    claim_type        TEXT    NOT NULL,
    channel           TEXT    NOT NULL,
    circumstances     TEXT    NOT NULL,
    accident_date     TEXT    NOT NULL,
    place             TEXT    NOT NULL,
    description       TEXT    NOT NULL,
    state             TEXT    NOT NULL,
    state_since       INTEGER NOT NULL,
    revision          INTEGER NOT NULL,
    opened_by         TEXT    NOT NULL REFERENCES users (id),
    opened_at         INTEGER NOT NULL,
    opened_year       INTEGER NOT NULL,
    opened_month      INTEGER NOT NULL,
    submitted_at      INTEGER,
    paused_since      INTEGER,
    paused_ms         INTEGER NOT NULL,
    rank_at           INTEGER,
    rank_parts        TEXT    NOT NULL,
    UNIQUE (number, generation)
) STRICT;

CREATE INDEX claims_by_office ON claims (office_id, opened_at);
CREATE INDEX claims_by_state ON claims (state, rank_at);
CREATE INDEX claims_by_insured ON claims (insured_id);

-- Why a required paper is not there, in the office's words.
CREATE TABLE explanations (
    claim_id      TEXT    NOT NULL REFERENCES claims (id),
    slot          TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    explained_by  TEXT    NOT NULL REFERENCES users (id),
    explained_at  INTEGER NOT NULL,
    PRIMARY KEY (claim_id, slot)
) STRICT;

-- Who is looking at a claim; two experts never decide the same document.
CREATE TABLE leases (
    claim_id    TEXT    NOT NULL PRIMARY KEY REFERENCES claims (id),
    expert_id   TEXT    NOT NULL REFERENCES users (id),
    taken_at    INTEGER NOT NULL,
    held_until  INTEGER NOT NULL
) STRICT;
