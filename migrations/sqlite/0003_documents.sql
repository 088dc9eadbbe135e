-- Papers in their slots, every version of them, their pages, and what was decided.

-- One row per content address; refs counts the rows elsewhere that name it.
CREATE TABLE blobs (
    sha256     TEXT    NOT NULL PRIMARY KEY,
    bytes      INTEGER NOT NULL,
    refs       INTEGER NOT NULL,
    stored_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
    id                  TEXT    NOT NULL PRIMARY KEY,
    claim_id            TEXT    NOT NULL REFERENCES claims (id),
    slot                TEXT    NOT NULL,
    position            INTEGER NOT NULL,
    state               TEXT    NOT NULL,
    state_since         INTEGER NOT NULL,
    revision            INTEGER NOT NULL,
    current_version_id  TEXT,
    approved_sha256     TEXT,
    UNIQUE (claim_id, slot, position)
) STRICT;

CREATE TABLE document_versions (
    id                 TEXT    NOT NULL PRIMARY KEY,
    document_id        TEXT    NOT NULL REFERENCES documents (id),
    claim_id           TEXT    NOT NULL REFERENCES claims (id),
    number             INTEGER NOT NULL,
    sha256             TEXT    NOT NULL REFERENCES blobs (sha256),
    bytes              INTEGER NOT NULL,
    file_name          TEXT    NOT NULL,
    receipt            TEXT    NOT NULL,
    uploaded_by        TEXT    NOT NULL REFERENCES users (id),
    uploaded_at        INTEGER NOT NULL,
    state              TEXT    NOT NULL,
    state_since        INTEGER NOT NULL,
    media_type         TEXT,
    verdict            TEXT,
    readability        REAL,
    report             TEXT,
    judgement_version  TEXT,
    thresholds         TEXT,
    judged_at          INTEGER,
    why_not_judged     TEXT,
    sent_anyway        TEXT,
    sent_anyway_by     TEXT    REFERENCES users (id),
    superseded_at      INTEGER,
    UNIQUE (document_id, number),
    UNIQUE (receipt)
) STRICT;

CREATE INDEX document_versions_by_claim ON document_versions (claim_id);
CREATE INDEX document_versions_by_sha256 ON document_versions (sha256);
CREATE INDEX document_versions_by_state ON document_versions (state, state_since);

CREATE TABLE pages (
    version_id      TEXT    NOT NULL REFERENCES document_versions (id),
    position        INTEGER NOT NULL,
    width_px        INTEGER NOT NULL,
    height_px       INTEGER NOT NULL,
    preview_sha256  TEXT    REFERENCES blobs (sha256),
    thumb_sha256    TEXT    REFERENCES blobs (sha256),
    grey_sha256     TEXT    REFERENCES blobs (sha256),
    PRIMARY KEY (version_id, position)
) STRICT;

-- What an expert ruled on one version; the hash pins the very bytes that were seen.
CREATE TABLE decisions (
    id           TEXT    NOT NULL PRIMARY KEY,
    document_id  TEXT    NOT NULL REFERENCES documents (id),
    version_id   TEXT    NOT NULL REFERENCES document_versions (id),
    claim_id     TEXT    NOT NULL REFERENCES claims (id),
    ruling       TEXT    NOT NULL,
    codes        TEXT    NOT NULL,
    note         TEXT,
    sha256       TEXT    NOT NULL,
    decided_by   TEXT    NOT NULL REFERENCES users (id),
    decided_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX decisions_by_document ON decisions (document_id, decided_at);

CREATE TABLE notes (
    id           TEXT    NOT NULL PRIMARY KEY,
    document_id  TEXT    NOT NULL REFERENCES documents (id),
    claim_id     TEXT    NOT NULL REFERENCES claims (id),
    version_id   TEXT    REFERENCES document_versions (id),
    author_id    TEXT    NOT NULL REFERENCES users (id),
    body         TEXT    NOT NULL,
    written_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX notes_by_document ON notes (document_id, written_at);
