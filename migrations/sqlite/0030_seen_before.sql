-- What pages are known again by, where they were seen, and what experts said of pairs.

-- Versions and claims are named without a reference: a page stays known when its claim is gone.
CREATE TABLE seen_pages (
    number         INTEGER NOT NULL PRIMARY KEY,
    version_id     TEXT NOT NULL,
    document_id    TEXT NOT NULL,
    claim_id       TEXT NOT NULL,
    slot           TEXT NOT NULL,
    position       INTEGER NOT NULL,
    pixels_sha256  TEXT NOT NULL,
    print_sha256   TEXT REFERENCES blobs (sha256),
    unfit          TEXT,
    keyed          INTEGER NOT NULL,
    seen_at        INTEGER NOT NULL,
    UNIQUE (version_id, position)
) STRICT;

CREATE INDEX seen_pages_by_pixels ON seen_pages (pixels_sha256);

-- A key leads to a few pages; one that leads to many leads nowhere and takes no more.
CREATE TABLE seen_keys (
    key   INTEGER NOT NULL,
    page  INTEGER NOT NULL,
    PRIMARY KEY (key, page)
) STRICT, WITHOUT ROWID;

-- Two pages that have to do with each other, and the expert's answer to it.
CREATE TABLE seen_pairs (
    id               TEXT NOT NULL PRIMARY KEY,
    earlier          INTEGER NOT NULL REFERENCES seen_pages (number),
    later            INTEGER NOT NULL REFERENCES seen_pages (number),
    earlier_version  TEXT NOT NULL,
    later_version    TEXT NOT NULL,
    relation         TEXT NOT NULL,
    score            REAL NOT NULL,
    plane            TEXT NOT NULL,
    regions          TEXT NOT NULL,
    others           TEXT NOT NULL,
    found_at         INTEGER NOT NULL,
    answer           TEXT,
    answered_by      TEXT REFERENCES users (id),
    answered_at      INTEGER,
    UNIQUE (earlier, later)
) STRICT;

CREATE INDEX seen_pairs_by_earlier ON seen_pairs (earlier_version);
CREATE INDEX seen_pairs_by_later ON seen_pairs (later_version);
