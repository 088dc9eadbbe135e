-- What the insurer says about policies: a register that was brought, answers of its server, and how far
-- the policy of each insured person was confirmed.

CREATE TABLE register_policies (
    number_key       TEXT COLLATE "C"    NOT NULL,
    document_key     TEXT COLLATE "C"    NOT NULL,
    number           TEXT COLLATE "C"    NOT NULL,
    document_number  TEXT COLLATE "C"    NOT NULL,
    name             TEXT COLLATE "C"    NOT NULL,
    nationality      TEXT COLLATE "C"    NOT NULL,
    birth            TEXT COLLATE "C",
    office_code      TEXT COLLATE "C"    NOT NULL,
    cover_from       TEXT COLLATE "C",
    cover_to         TEXT COLLATE "C",
    import_id        TEXT COLLATE "C"    NOT NULL,
    PRIMARY KEY (number_key, document_key)
);

CREATE TABLE register_imports (
    id           TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    file_name    TEXT COLLATE "C"    NOT NULL,
    sha256       TEXT COLLATE "C"    NOT NULL,
    policies     BIGINT NOT NULL,
    repeated     BIGINT NOT NULL,
    imported_by  TEXT COLLATE "C",
    imported_at  BIGINT NOT NULL
);

-- The last answer of the insurer's server to a question; it serves while the server cannot be reached.
CREATE TABLE register_answers (
    number_key    TEXT COLLATE "C"    NOT NULL,
    document_key  TEXT COLLATE "C"    NOT NULL,
    answer        TEXT COLLATE "C"    NOT NULL,
    answered_at   BIGINT NOT NULL,
    PRIMARY KEY (number_key, document_key)
);

ALTER TABLE policies ADD COLUMN number_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE policies ADD COLUMN standing TEXT COLLATE "C" NOT NULL DEFAULT 'unchecked';
ALTER TABLE policies ADD COLUMN asked_at BIGINT;

CREATE INDEX policies_by_key ON policies (number_key);
CREATE INDEX policies_by_standing ON policies (standing, asked_at);
