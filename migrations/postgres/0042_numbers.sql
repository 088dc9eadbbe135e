-- Numbers of invoices and receipts that stood on papers, and pairs of pages that bear the same.

-- Digests only: the number, and each day and sum beside it, with the number it stands beside. They outlive the claim.
CREATE TABLE seen_numbers (
    page     BIGINT NOT NULL REFERENCES seen_pages (number),
    digest   TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    figures  BIGINT NOT NULL,
    sure     BIGINT NOT NULL,
    borne    TEXT COLLATE "C" NOT NULL,
    region   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (page, digest)
);

CREATE INDEX seen_numbers_by_digest ON seen_numbers (digest);

-- What the two pages of a pair have in common beside their looks, and whether their looks were what led to it.
ALTER TABLE seen_pairs ADD COLUMN number_name TEXT COLLATE "C";
ALTER TABLE seen_pairs ADD COLUMN number_sure BIGINT;
ALTER TABLE seen_pairs ADD COLUMN by_looks BIGINT NOT NULL DEFAULT 1;
