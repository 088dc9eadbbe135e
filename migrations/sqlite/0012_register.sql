-- What the insurer says about policies: a register that was brought, answers of its server, and how far
-- the policy of each insured person was confirmed.

CREATE TABLE register_policies (
    number_key       TEXT    NOT NULL,
    document_key     TEXT    NOT NULL,
    number           TEXT    NOT NULL,
    document_number  TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    nationality      TEXT    NOT NULL,
    birth            TEXT,
    office_code      TEXT    NOT NULL,
    cover_from       TEXT,
    cover_to         TEXT,
    import_id        TEXT    NOT NULL,
    PRIMARY KEY (number_key, document_key)
) STRICT;

CREATE TABLE register_imports (
    id           TEXT    NOT NULL PRIMARY KEY,
    file_name    TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    policies     INTEGER NOT NULL,
    repeated     INTEGER NOT NULL,
    imported_by  TEXT,
    imported_at  INTEGER NOT NULL
) STRICT;

-- The last answer of the insurer's server to a question; it serves while the server cannot be reached.
CREATE TABLE register_answers (
    number_key    TEXT    NOT NULL,
    document_key  TEXT    NOT NULL,
    answer        TEXT    NOT NULL,
    answered_at   INTEGER NOT NULL,
    PRIMARY KEY (number_key, document_key)
) STRICT;

ALTER TABLE policies ADD COLUMN number_key TEXT NOT NULL DEFAULT '';
ALTER TABLE policies ADD COLUMN standing TEXT NOT NULL DEFAULT 'unchecked';
ALTER TABLE policies ADD COLUMN asked_at INTEGER;

CREATE INDEX policies_by_key ON policies (number_key);
CREATE INDEX policies_by_standing ON policies (standing, asked_at);
