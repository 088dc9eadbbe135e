-- Versions of the rules about papers: drafts that are edited, and published ones that never change again.

CREATE TABLE rule_versions (
    id            TEXT    NOT NULL PRIMARY KEY,
    rules         TEXT    NOT NULL,
    revision      INTEGER NOT NULL,
    valid_from    TEXT,
    made_by       TEXT    NOT NULL REFERENCES users (id),
    made_at       INTEGER NOT NULL,
    published_by  TEXT    REFERENCES users (id),
    published_at  INTEGER
) STRICT;

CREATE INDEX rule_versions_by_day ON rule_versions (valid_from);
