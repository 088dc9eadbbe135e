-- Papers in their slots, every version of them, their pages, and what was decided.

-- One row per content address; refs counts the rows elsewhere that name it.
CREATE TABLE blobs (
    sha256     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    bytes      BIGINT NOT NULL,
    refs       BIGINT NOT NULL,
    stored_at  BIGINT NOT NULL
);

CREATE TABLE documents (
    id                  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    claim_id            TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    slot                TEXT COLLATE "C" NOT NULL,
    position            BIGINT NOT NULL,
    state               TEXT COLLATE "C" NOT NULL,
    state_since         BIGINT NOT NULL,
    revision            BIGINT NOT NULL,
    current_version_id  TEXT COLLATE "C",
    approved_sha256     TEXT COLLATE "C",
    UNIQUE (claim_id, slot, position)
);

CREATE TABLE document_versions (
    id                 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    document_id        TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    claim_id           TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    number             BIGINT NOT NULL,
    sha256             TEXT COLLATE "C" NOT NULL REFERENCES blobs (sha256),
    bytes              BIGINT NOT NULL,
    file_name          TEXT COLLATE "C" NOT NULL,
    receipt            TEXT COLLATE "C" NOT NULL,
    uploaded_by        TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    uploaded_at        BIGINT NOT NULL,
    state              TEXT COLLATE "C" NOT NULL,
    state_since        BIGINT NOT NULL,
    media_type         TEXT COLLATE "C",
    verdict            TEXT COLLATE "C",
    readability        DOUBLE PRECISION,
    report             TEXT COLLATE "C",
    judgement_version  TEXT COLLATE "C",
    thresholds         TEXT COLLATE "C",
    judged_at          BIGINT,
    why_not_judged     TEXT COLLATE "C",
    sent_anyway        TEXT COLLATE "C",
    sent_anyway_by     TEXT COLLATE "C" REFERENCES users (id),
    superseded_at      BIGINT,
    UNIQUE (document_id, number),
    UNIQUE (receipt)
);

CREATE INDEX document_versions_by_claim ON document_versions (claim_id);
CREATE INDEX document_versions_by_sha256 ON document_versions (sha256);
CREATE INDEX document_versions_by_state ON document_versions (state, state_since);

CREATE TABLE pages (
    version_id      TEXT COLLATE "C" NOT NULL REFERENCES document_versions (id),
    position        BIGINT NOT NULL,
    width_px        BIGINT NOT NULL,
    height_px       BIGINT NOT NULL,
    preview_sha256  TEXT COLLATE "C" REFERENCES blobs (sha256),
    thumb_sha256    TEXT COLLATE "C" REFERENCES blobs (sha256),
    grey_sha256     TEXT COLLATE "C" REFERENCES blobs (sha256),
    PRIMARY KEY (version_id, position)
);

-- What an expert ruled on one version; the hash pins the very bytes that were seen.
CREATE TABLE decisions (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    document_id  TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    version_id   TEXT COLLATE "C" NOT NULL REFERENCES document_versions (id),
    claim_id     TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    ruling       TEXT COLLATE "C" NOT NULL,
    codes        TEXT COLLATE "C" NOT NULL,
    note         TEXT COLLATE "C",
    sha256       TEXT COLLATE "C" NOT NULL,
    decided_by   TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    decided_at   BIGINT NOT NULL
);

CREATE INDEX decisions_by_document ON decisions (document_id, decided_at);

CREATE TABLE notes (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    document_id  TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
    claim_id     TEXT COLLATE "C" NOT NULL REFERENCES claims (id),
    version_id   TEXT COLLATE "C" REFERENCES document_versions (id),
    author_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    body         TEXT COLLATE "C" NOT NULL,
    written_at   BIGINT NOT NULL
);

CREATE INDEX notes_by_document ON notes (document_id, written_at);
