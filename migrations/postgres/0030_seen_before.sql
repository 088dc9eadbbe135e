-- What pages are known again by, where they were seen, and what experts said of pairs.

-- Versions and claims are named without a reference: a page stays known when its claim is gone.
CREATE TABLE seen_pages (
    number         BIGINT NOT NULL PRIMARY KEY,
    version_id     TEXT COLLATE "C" NOT NULL,
    document_id    TEXT COLLATE "C" NOT NULL,
    claim_id       TEXT COLLATE "C" NOT NULL,
    slot           TEXT COLLATE "C" NOT NULL,
    position       BIGINT NOT NULL,
    pixels_sha256  TEXT COLLATE "C" NOT NULL,
    print_sha256   TEXT COLLATE "C" REFERENCES blobs (sha256),
    unfit          TEXT COLLATE "C",
    keyed          BIGINT NOT NULL,
    seen_at        BIGINT NOT NULL,
    UNIQUE (version_id, position)
);

CREATE INDEX seen_pages_by_pixels ON seen_pages (pixels_sha256);

-- A key leads to a few pages; one that leads to many leads nowhere and takes no more.
CREATE TABLE seen_keys (
    key   BIGINT NOT NULL,
    page  BIGINT NOT NULL,
    PRIMARY KEY (key, page)
);

-- Two pages that have to do with each other, and the expert's answer to it.
CREATE TABLE seen_pairs (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    earlier          BIGINT NOT NULL REFERENCES seen_pages (number),
    later            BIGINT NOT NULL REFERENCES seen_pages (number),
    earlier_version  TEXT COLLATE "C" NOT NULL,
    later_version    TEXT COLLATE "C" NOT NULL,
    relation         TEXT COLLATE "C" NOT NULL,
    score            DOUBLE PRECISION NOT NULL,
    plane            TEXT COLLATE "C" NOT NULL,
    regions          TEXT COLLATE "C" NOT NULL,
    others           TEXT COLLATE "C" NOT NULL,
    found_at         BIGINT NOT NULL,
    answer           TEXT COLLATE "C",
    answered_by      TEXT COLLATE "C" REFERENCES users (id),
    answered_at      BIGINT,
    UNIQUE (earlier, later)
);

CREATE INDEX seen_pairs_by_earlier ON seen_pairs (earlier_version);
CREATE INDEX seen_pairs_by_later ON seen_pairs (later_version);
