-- Versions of the rules about papers: drafts that are edited, and published ones that never change again.

CREATE TABLE rule_versions (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    rules         TEXT COLLATE "C" NOT NULL,
    revision      BIGINT NOT NULL,
    valid_from    TEXT COLLATE "C",
    made_by       TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    made_at       BIGINT NOT NULL,
    published_by  TEXT COLLATE "C" REFERENCES users (id),
    published_at  BIGINT
);

CREATE INDEX rule_versions_by_day ON rule_versions (valid_from);
