-- Numbers of invoices and receipts that stood on papers, and pairs of pages that bear the same.

-- Digests only: the number, and each day and sum beside it, with the number it stands beside. They outlive the claim.
CREATE TABLE seen_numbers (
    page     INTEGER NOT NULL REFERENCES seen_pages (number),
    digest   TEXT NOT NULL,
    name     TEXT NOT NULL,
    figures  INTEGER NOT NULL,
    sure     INTEGER NOT NULL,
    borne    TEXT NOT NULL,
    region   TEXT NOT NULL,
    PRIMARY KEY (page, digest)
) STRICT;

CREATE INDEX seen_numbers_by_digest ON seen_numbers (digest);

-- What the two pages of a pair have in common beside their looks, and whether their looks were what led to it.
ALTER TABLE seen_pairs ADD COLUMN number_name TEXT;
ALTER TABLE seen_pairs ADD COLUMN number_sure INTEGER;
ALTER TABLE seen_pairs ADD COLUMN by_looks INTEGER NOT NULL DEFAULT 1;
