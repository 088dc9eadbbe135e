-- The particulars of insured persons, their households, what was written before an edit, and their words
-- for the search.

ALTER TABLE insured ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN family_name TEXT NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN father_name TEXT NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN sex TEXT;
ALTER TABLE insured ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN birth_year INTEGER;
ALTER TABLE insured ADD COLUMN birth_calendar TEXT;
ALTER TABLE insured ADD COLUMN head_id TEXT REFERENCES insured (id);
ALTER TABLE insured ADD COLUMN kinship TEXT;
ALTER TABLE insured ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE insured ADD COLUMN deleted_at INTEGER;

CREATE INDEX insured_by_head ON insured (head_id);
CREATE INDEX insured_by_office ON insured (office_id, registered_at);

CREATE TABLE insured_versions (
    insured_id  TEXT    NOT NULL REFERENCES insured (id),
    revision    INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    changed_by  TEXT    NOT NULL REFERENCES users (id),
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (insured_id, revision)
) STRICT;

CREATE TABLE insured_words (
    word        TEXT    NOT NULL,
    insured_id  TEXT    NOT NULL REFERENCES insured (id),
    PRIMARY KEY (word, insured_id)
) STRICT;

CREATE INDEX insured_words_by_insured ON insured_words (insured_id);
