-- The particulars of insured persons, their households, what was written before an edit, and their words
-- for the search.

ALTER TABLE insured ADD COLUMN given_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN family_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN father_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN sex TEXT COLLATE "C";
ALTER TABLE insured ADD COLUMN phone TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE insured ADD COLUMN birth_year BIGINT;
ALTER TABLE insured ADD COLUMN birth_calendar TEXT COLLATE "C";
ALTER TABLE insured ADD COLUMN head_id TEXT COLLATE "C" REFERENCES insured (id);
ALTER TABLE insured ADD COLUMN kinship TEXT COLLATE "C";
ALTER TABLE insured ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE insured ADD COLUMN deleted_at BIGINT;

CREATE INDEX insured_by_head ON insured (head_id);
CREATE INDEX insured_by_office ON insured (office_id, registered_at);

CREATE TABLE insured_versions (
    insured_id  TEXT COLLATE "C"    NOT NULL REFERENCES insured (id),
    revision    BIGINT NOT NULL,
    body        TEXT COLLATE "C"    NOT NULL,
    changed_by  TEXT COLLATE "C"    NOT NULL REFERENCES users (id),
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (insured_id, revision)
);

CREATE TABLE insured_words (
    word        TEXT COLLATE "C"    NOT NULL,
    insured_id  TEXT COLLATE "C"    NOT NULL REFERENCES insured (id),
    PRIMARY KEY (word, insured_id)
);

CREATE INDEX insured_words_by_insured ON insured_words (insured_id);
