-- The date story of a claim: dates that people gave for its papers, and what follows from everything.

-- Never overwritten: a later date of the same person's side for the same place replaces the one before it.
CREATE TABLE given_dates (
    id           TEXT    NOT NULL PRIMARY KEY,
    claim_id     TEXT    NOT NULL REFERENCES claims (id),
    version_id   TEXT    NOT NULL REFERENCES document_versions (id),
    role         TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    iso          TEXT    NOT NULL,
    typed        TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    given_by     TEXT    NOT NULL REFERENCES users (id),
    given_at     INTEGER NOT NULL,
    replaced_at  INTEGER
) STRICT;

CREATE INDEX given_dates_by_claim ON given_dates (claim_id);
CREATE INDEX given_dates_by_version ON given_dates (version_id);

CREATE TABLE stories (
    claim_id   TEXT    NOT NULL PRIMARY KEY REFERENCES claims (id),
    told_at    INTEGER NOT NULL,
    told_on    TEXT    NOT NULL,
    verdict    TEXT    NOT NULL,
    remarks    INTEGER NOT NULL,
    asked      INTEGER NOT NULL,
    judgement  TEXT    NOT NULL
) STRICT;
