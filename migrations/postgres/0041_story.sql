-- The date story of a claim: dates that people gave for its papers, and what follows from everything.

-- Never overwritten: a later date of the same person's side for the same place replaces the one before it.
CREATE TABLE given_dates (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    claim_id     TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    version_id   TEXT COLLATE "C" NOT NULL REFERENCES document_versions (id),
    role         TEXT COLLATE "C" NOT NULL,
    place        TEXT COLLATE "C" NOT NULL,
    iso          TEXT COLLATE "C" NOT NULL,
    typed        TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL,
    given_by     TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    given_at     BIGINT NOT NULL,
    replaced_at  BIGINT
);

CREATE INDEX given_dates_by_claim ON given_dates (claim_id);
CREATE INDEX given_dates_by_version ON given_dates (version_id);

CREATE TABLE stories (
    claim_id   TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES claims (id),
    told_at    BIGINT NOT NULL,
    told_on    TEXT COLLATE "C" NOT NULL,
    verdict    TEXT COLLATE "C" NOT NULL,
    remarks    BIGINT NOT NULL,
    asked      BIGINT NOT NULL,
    judgement  TEXT COLLATE "C" NOT NULL
);
